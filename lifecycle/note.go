package lifecycle

import (
	"strconv"
	"strings"

	"parc/inventory"
)

// Phrase is a sentence in the languages that parc speaks.
type Phrase struct {
	FR string `json:"fr" yaml:"fr"`
	EN string `json:"en" yaml:"en"`
}

// In gives the sentence in fr or en; another language is English.
func (p Phrase) In(lang string) string {
	if lang == "fr" {
		return p.FR
	}
	return p.EN
}

// NoteCode says what a note of a position is about.
type NoteCode string

// What there is to know of a position of licences.
const (
	NoteUnrecorded NoteCode = "unrecorded"      // no licence is recorded
	NoteNotYet     NoteCode = "not-yet"         // rights that begin on a later Day
	NoteLapsed     NoteCode = "lapsed"          // rights that ended on Day
	NoteGone       NoteCode = "gone"            // OEM rights that went with their devices
	NoteCores      NoteCode = "cores-unknown"   // servers whose cores no inventory tells
	NoteHosts      NoteCode = "hosts-unknown"   // virtual machines whose server is not known
	NoteUsers      NoteCode = "users-unknown"   // devices of which no user is known
	NoteOEM        NoteCode = "oem"             // devices that carry the licence they came with
	NoteChannel    NoteCode = "channel-unknown" // devices that do not tell how they are licensed
	NoteAsk        NoteCode = "ask"             // devices of which a Question has to be asked
	NoteMetric     NoteCode = "metric"          // installations, but not how many by the Metric
	NoteNothing    NoteCode = "nothing"         // nothing was discovered
)

// Note is one thing to know of a position, in no language; In tells it in one.
type Note struct {
	Code     NoteCode      `json:"code"`
	Count    int           `json:"count,omitempty"`
	Day      inventory.Day `json:"day,omitempty"`
	Metric   string        `json:"metric,omitempty"`
	Question Phrase        `json:"question,omitzero"` // of NoteAsk: why the title alone does not tell
}

// noteText is a note in words, of one and of several: # stands for the count, @ for the rest.
type noteText struct{ one, many Phrase }

func always(fr, en string) noteText { return noteText{Phrase{fr, en}, Phrase{fr, en}} }

var noteTexts = map[NoteCode]noteText{
	NoteUnrecorded: always("aucune licence enregistrée", "no licence is recorded"),
	NoteNotYet: {
		Phrase{"1 droit ne vaut qu’à partir du @", "1 right is not valid before @"},
		Phrase{"# droits ne valent qu’à partir du @", "# rights are not valid before @"},
	},
	NoteLapsed: {
		Phrase{"1 droit échu le @", "1 right ended on @"},
		Phrase{"# droits échus le @", "# rights ended on @"},
	},
	NoteGone: {
		Phrase{"1 droit OEM perdu avec son appareil", "1 OEM right gone with its device"},
		Phrase{"# droits OEM perdus avec leurs appareils", "# OEM rights gone with their devices"},
	},
	NoteCores: {
		Phrase{"au moins : aucun inventaire ne donne les cœurs d’un autre serveur", "at least: no inventory tells the cores of 1 more server"},
		Phrase{"au moins : aucun inventaire ne donne les cœurs de # autres serveurs", "at least: no inventory tells the cores of # more servers"},
	},
	NoteHosts: {
		Phrase{"au moins : on ignore sur quel serveur tourne une autre machine virtuelle", "at least: it is not known on which server 1 more virtual machine runs"},
		Phrase{"au moins : on ignore sur quels serveurs tournent # autres machines virtuelles", "at least: it is not known on which servers # more virtual machines run"},
	},
	NoteUsers: {
		Phrase{"au moins : l’utilisateur d’un appareil n’est pas connu", "at least: of 1 device no user is known"},
		Phrase{"au moins : les utilisateurs de # appareils ne sont pas connus", "at least: of # devices no user is known"},
	},
	NoteOEM: {
		Phrase{"1 autre appareil porte la licence livrée avec lui", "1 more device carries the licence that it came with"},
		Phrase{"# autres appareils portent la licence livrée avec eux", "# more devices carry the licence that they came with"},
	},
	NoteChannel: {
		Phrase{"1 autre appareil ne dit pas comment il est licencié", "1 more device does not tell how it is licensed"},
		Phrase{"# autres appareils ne disent pas comment ils sont licenciés", "# more devices do not tell how they are licensed"},
	},
	NoteAsk: {
		Phrase{"à vérifier sur 1 appareil : @", "to check on 1 device: @"},
		Phrase{"à vérifier sur # appareils : @", "to check on # devices: @"},
	},
	NoteMetric: {
		Phrase{"vu sur 1 appareil, ce qui ne dit pas combien de licences @ il faut", "found on 1 device, which does not tell how many @ licences that makes"},
		Phrase{"vu sur # appareils, ce qui ne dit pas combien de licences @ il faut", "found on # devices, which does not tell how many @ licences that makes"},
	},
	NoteNothing: always("rien de découvert au @ : les droits ne sont comparés à rien", "nothing discovered as of @: the rights are not compared"),
}

// metricTexts say by what licences count, after the word licences.
var metricTexts = map[string]Phrase{
	MetricDevice: {"par appareil", "device"}, MetricUser: {"par utilisateur", "user"}, MetricConcurrent: {"simultanées", "concurrent"},
	MetricCore: {"par cœur", "core"}, MetricCAL: {"d’accès client", "client access"}, MetricServer: {"par serveur", "server"},
}

// In tells the note in fr or en; another language is English.
func (n Note) In(lang string) string {
	text := noteTexts[n.Code].many
	if n.Count == 1 {
		text = noteTexts[n.Code].one
	}
	rest := n.Question.In(lang)
	switch {
	case !n.Day.IsZero() && lang == "fr":
		rest = n.Day.Time().Format("02/01/2006")
	case !n.Day.IsZero():
		rest = string(n.Day)
	case n.Metric != "":
		rest = metricTexts[n.Metric].In(lang)
	}
	return strings.NewReplacer("#", strconv.Itoa(n.Count), "@", rest).Replace(text.In(lang))
}

// NotesIn tells notes in fr or en.
func NotesIn(lang string, notes []Note) []string {
	texts := make([]string, len(notes))
	for i, n := range notes {
		texts[i] = n.In(lang)
	}
	return texts
}
