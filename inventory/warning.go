package inventory

import (
	"fmt"
	"regexp"
	"strings"
	"sync"
)

// Warning names what a scan could lose. Scans keep the English sentence; what shows
// it to people says it in their language.
type Warning string

// What scans could not see.
const (
	WarnLeftOut     Warning = "nmap-left-out"
	WarnNoNmap      Warning = "nmap-missing"
	WarnNmapHere    Warning = "nmap-current-folder"
	WarnNmapRight   Warning = "nmap-no-right"
	WarnNmapBroken  Warning = "nmap-does-not-run"
	WarnNmapWhich   Warning = "nmap-no-version"
	WarnNmapOld     Warning = "nmap-too-old"
	WarnNmapGaveUp  Warning = "nmap-gave-up"
	WarnNmapBroke   Warning = "nmap-broke-off"
	WarnNmapSays    Warning = "nmap-says"
	WarnOurselves   Warning = "without-nmap"
	WarnNoRaw       Warning = "nmap-no-raw-sockets"
	WarnNoVersions  Warning = "no-service-versions"
	WarnHostTooLong Warning = "host-too-long"
	WarnOddHost     Warning = "host-unreadable"
	WarnNoCommunity Warning = "no-community"
	WarnSNMP        Warning = "snmp-refused"
	WarnSNMPSlow    Warning = "snmp-too-long"
	WarnSilentOne   Warning = "silent-one"
	WarnSilent      Warning = "silent"
)

// warnings are the sentences, in English and in French, in the order in which they
// are looked for: %s stands for what differs, in the same order in both.
var warnings = []struct {
	is     Warning
	en, fr string
}{
	{WarnLeftOut, "only devices that answer SNMP are found: nmap was left out (--no-nmap)", "seuls les équipements qui répondent en SNMP sont trouvés : nmap a été écarté (--no-nmap)"},
	{WarnNoNmap, "nmap is not installed: install it with apt install nmap, or use --no-nmap", "nmap n'est pas installé : l'installer avec apt install nmap, ou utiliser --no-nmap"},
	{WarnNmapHere, "the nmap in the current folder is not run: install it with apt install nmap, or use --no-nmap", "le nmap du dossier courant n'est pas exécuté : l'installer avec apt install nmap, ou utiliser --no-nmap"},
	{WarnNmapRight, "nmap may not be run by this user: give the right to, or use --no-nmap", "cet utilisateur n'a pas le droit d'exécuter nmap : lui en donner le droit, ou utiliser --no-nmap"},
	{WarnNmapBroken, "nmap (%s) does not run: %s; install it again with apt install nmap, or use --no-nmap", "nmap (%s) ne s'exécute pas : %s ; le réinstaller avec apt install nmap, ou utiliser --no-nmap"},
	{WarnNmapWhich, "%s does not say which nmap it is: install nmap 7.80 or later, or use --no-nmap", "%s ne dit pas quel nmap il est : installer nmap 7.80 ou plus récent, ou utiliser --no-nmap"},
	{WarnNmapOld, "nmap %s (%s) is too old: parc needs 7.80 or later; update it, or use --no-nmap", "nmap %s (%s) est trop ancien : parc demande la version 7.80 ou une plus récente ; le mettre à jour, ou utiliser --no-nmap"},
	{WarnOurselves, "without nmap parc looks by itself, at fewer ports: hosts that have none of these open, service versions, MAC addresses behind a router and guesses at operating systems are lost", "sans nmap, parc regarde par lui-même, sur moins de ports : sont perdus les équipements qui n'en ont aucun d'ouvert, les versions des services, les adresses MAC derrière un routeur et les suppositions sur les systèmes"},
	{WarnNoRaw, "nmap runs without raw sockets (parc is not root): no MAC addresses, no guesses at operating systems, no UDP services; hosts that answer neither ping-like connections nor SNMP are not found", "nmap fonctionne sans sockets bruts (parc n'est pas root) : ni adresses MAC, ni suppositions sur les systèmes, ni services UDP ; les équipements qui ne répondent ni aux connexions d'essai ni en SNMP ne sont pas trouvés"},
	{WarnNoVersions, "service versions are missing: %s", "les versions des services manquent : %s"},
	{WarnHostTooLong, "some hosts took nmap too long and were left before everything was asked", "certains équipements ont demandé trop de temps à nmap et ont été quittés avant la fin des questions"},
	{WarnOddHost, "nmap told of a host in a way that parc cannot read: it was left out", "nmap a décrit un équipement d'une façon que parc ne sait pas lire : il a été écarté"},
	{WarnNoCommunity, "no SNMP community or user was given: devices are not asked by SNMP", "aucune communauté ni aucun utilisateur SNMP n'a été donné : les équipements ne sont pas interrogés en SNMP"},
	{WarnSNMPSlow, "some devices took too long to answer by SNMP: what they had said by then was kept", "certains équipements ont mis trop de temps à répondre en SNMP : ce qu'ils avaient déjà dit est gardé"},
	{WarnSilentOne, "1 address answers and tells nothing (%s): no port is open and SNMP is silent, so what is there is not in the inventory; give its SNMP community, scan from its own network, or open its firewall to this machine", "1 adresse répond sans rien dire (%s) : aucun port n'est ouvert et SNMP reste muet, ce qui s'y trouve n'est donc pas dans l'inventaire ; donner sa communauté SNMP, scanner depuis son propre réseau, ou ouvrir son pare-feu à cette machine"},
	{WarnSilent, "%s addresses answer and tell nothing (%s): no port is open and SNMP is silent, so what is there is not in the inventory; give its SNMP community, scan from its own network, or open its firewall to this machine", "%s adresses répondent sans rien dire (%s) : aucun port n'est ouvert et SNMP reste muet, ce qui s'y trouve n'est donc pas dans l'inventaire ; donner leur communauté SNMP, scanner depuis leur propre réseau, ou ouvrir leur pare-feu à cette machine"},
	// What is told of other programs' words comes last: these would take the others'.
	{WarnNmapGaveUp, "nmap gave up: %s", "nmap a renoncé : %s"},
	{WarnNmapBroke, "nmap broke off%s", "nmap s'est interrompu%s"},
	{WarnNmapSays, "nmap: %s", "nmap : %s"},
	{WarnSNMP, "SNMP: %s", "SNMP : %s"},
}

// Say gives the warning's sentence in English; args are what differs.
func (w Warning) Say(args ...any) string {
	for i := range warnings {
		if warnings[i].is == w {
			return fmt.Sprintf(warnings[i].en, args...)
		}
	}
	return string(w)
}

// warningForms reads the sentences back.
var warningForms = sync.OnceValue(func() []*regexp.Regexp {
	forms := make([]*regexp.Regexp, len(warnings))
	for i := range warnings {
		parts := strings.Split(warnings[i].en, "%s")
		for n := range parts {
			parts[n] = regexp.QuoteMeta(parts[n])
		}
		forms[i] = regexp.MustCompile(`(?s)^` + strings.Join(parts, `(.*)`) + `$`)
	}
	return forms
})

// WarningIn gives a kept warning in a language, fr or en; what is no sentence of
// ours stays as it is. What differs may hold another warning.
func WarningIn(lang, text string) string {
	if lang != "fr" {
		return text
	}
	for i, form := range warningForms() {
		found := form.FindStringSubmatch(text)
		if found == nil {
			continue
		}
		args := make([]any, len(found)-1)
		for n, arg := range found[1:] {
			args[n] = arg
			if warnings[i].is == WarnNoVersions {
				args[n] = WarningIn(lang, arg)
			}
		}
		return fmt.Sprintf(warnings[i].fr, args...)
	}
	return text
}
