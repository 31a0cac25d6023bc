package scanner

import (
	"context"
	"strings"

	"parc/inventory"
)

const mdnsFrom = "5353/udp:mdns"

// worthAsking are the kinds of Bonjour services whose own records name the
// device.
var worthAsking = []string{
	"_ipp._tcp", "_ipps._tcp", "_printer._tcp", "_pdl-datastream._tcp", "_uscan._tcp", "_googlecast._tcp", "_airplay._tcp", "_hap._tcp",
	"_axis-video._tcp", "_adisk._tcp", "_device-info._tcp", "_http._tcp", "_workstation._tcp",
}

// askMDNS asks a host by multicast DNS, in unicast, what services it has and
// what they say of it (RFC 6762, 5.5 and 6.7).
func askMDNS(ctx context.Context, a *asking) {
	const port, answers = 5353, 4
	var kinds []string
	for _, answer := range a.exchange(ctx, port, dnsQuery(dnsPTR, "_services._dns-sd._udp.local"), 1) {
		records, _ := parseDNS(answer) // as far as it goes
		for _, r := range records {
			if r.kind == dnsPTR && len(kinds) < 32 {
				kinds = append(kinds, strings.ToLower(r.target))
			}
		}
	}
	if len(kinds) == 0 {
		return
	}
	a.learn(func(e *evidence) {
		for _, k := range kinds {
			e.add(onMDNS, k, "", mdnsFrom)
		}
	})
	var names []string
	for _, k := range kinds {
		for _, w := range worthAsking {
			if strings.HasPrefix(k, w+".") {
				names = append(names, k)
			}
		}
	}
	if len(names) == 0 {
		return
	}
	for _, answer := range a.exchange(ctx, port, dnsQuery(dnsPTR, names[:min(len(names), 8)]...), answers) {
		records, _ := parseDNS(answer)
		a.learn(func(e *evidence) { e.bonjour(records) })
	}
}

// bonjour keeps what the records of services tell of the device.
func (e *evidence) bonjour(records []dnsRecord) {
	for _, r := range records {
		switch {
		case r.kind == dnsSRV && strings.HasSuffix(strings.ToLower(r.target), ".local"):
			e.name(r.target, 90, "mdns", mdnsFrom)
		case r.kind == dnsTXT:
			e.bonjourText(strings.ToLower(r.name), keyed(r.texts))
		}
	}
}

// keyed reads the key=value texts of a TXT record.
func keyed(texts []string) map[string]string {
	out := map[string]string{}
	for _, t := range texts {
		if key, value, ok := strings.Cut(t, "="); ok {
			out[strings.ToLower(key)] = value
		}
	}
	return out
}

func (e *evidence) bonjourText(service string, texts map[string]string) {
	switch {
	case strings.Contains(service, "._ipp"), strings.Contains(service, "._printer."), strings.Contains(service, "._pdl-datastream."):
		if strings.Contains(strings.ToLower(texts["product"]), "cups") || texts["printer-type"] != "" && texts["usb_mdl"] == "" {
			return // a computer that shares its printer
		}
		e.say(inventory.FieldVendor, texts["usb_mfg"], 85, "mdns", mdnsFrom)
		e.printerModel(texts["usb_mdl"], cmpText(texts["ty"], strings.Trim(texts["product"], "()")), texts["usb_mfg"], "mdns", mdnsFrom)
	case strings.Contains(service, "._googlecast."):
		e.say(inventory.FieldModel, texts["md"], 78, "mdns", mdnsFrom)
	case strings.Contains(service, "._airplay."), strings.Contains(service, "._device-info."):
		e.apple(texts["model"], "mdns", mdnsFrom)
	case strings.Contains(service, "._adisk."), strings.Contains(service, "._http."):
		e.say(inventory.FieldVendor, texts["vendor"], 85, "mdns", mdnsFrom) // as Synology's do
		e.say(inventory.FieldModel, texts["model"], 85, "mdns", mdnsFrom)
		e.say(inventory.FieldSerial, texts["serial"], 82, "mdns", mdnsFrom)
		if texts["vendor"] != "" {
			e.say(inventory.FieldVersion, strings.Trim(texts["version_major"]+"."+texts["version_minor"]+"-"+texts["version_build"], ".-"), 80, "mdns", mdnsFrom)
		}
	}
}

// apple keeps what an Apple model identifier ("MacBookPro14,1") tells.
func (e *evidence) apple(model, group, from string) {
	for _, k := range []struct {
		prefix string
		class  inventory.Class
	}{
		{"MacBook", inventory.Laptop}, {"iMac", inventory.Desktop}, {"Macmini", inventory.Desktop}, {"MacPro", inventory.Workstation},
		{"Mac", inventory.Desktop}, {"iPhone", inventory.Mobile}, {"iPad", inventory.Mobile}, {"AppleTV", inventory.Video}, {"AudioAccessory", inventory.Video},
	} {
		if strings.HasPrefix(model, k.prefix) {
			e.say(inventory.FieldVendor, "Apple", 93, group, from)
			e.say(inventory.FieldModel, model, 88, group, from)
			e.say(inventory.FieldClass, string(k.class), 85, group, from)
			return
		}
	}
}

// printerModel keeps a printer's model: as its device id tells it, or out of
// its full name, less the maker's before it. HP's models carry the name.
func (e *evidence) printerModel(model, full, maker, group, from string) {
	if model = inventory.Clean(model); model == "" {
		model = inventory.Clean(full)
		first, rest, _ := strings.Cut(model, " ")
		if rest != "" && !strings.EqualFold(first, "HP") && (maker == "" || strings.EqualFold(first, maker)) {
			model = rest
			e.say(inventory.FieldVendor, first, 70, group, from)
		}
	}
	if model == "" {
		return
	}
	e.say(inventory.FieldModel, model, 88, group, from)
	e.say(inventory.FieldClass, string(inventory.Printer), 85, group, from)
}

func cmpText(texts ...string) string {
	for _, t := range texts {
		if t = inventory.Clean(t); t != "" {
			return t
		}
	}
	return ""
}
