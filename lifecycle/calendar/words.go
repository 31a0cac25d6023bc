package calendar

import (
	"fmt"
	"strings"

	"parc/inventory"
	"parc/lifecycle"
)

// words are the texts of one language.
type words struct {
	titles                                              map[lifecycle.EventKind]string
	name, all, client, things, more, renews, ends, cost string
	subject, subjectOne, left, leftOne, today, foot     string // of a message
	comma                                               string // of decimals
}

var languages = map[string]words{
	"en": {
		titles: map[lifecycle.EventKind]string{
			lifecycle.EventCoverageEnd: "Warranty ends", lifecycle.EventSupportEnd: "Support ends",
			lifecycle.EventLeaseEnd: "Lease ends", lifecycle.EventLeaseNotice: "Last day of notice (lease)",
			lifecycle.EventLeaseReturn: "Goes back to the lessor", lifecycle.EventLeaseOption: "Last day of the purchase option",
			lifecycle.EventLicenceEnd: "Licence ends", lifecycle.EventLicenceNotice: "Last day of notice (licence)",
			lifecycle.EventMaintenanceEnd: "Maintenance of a licence ends", lifecycle.EventContractEnd: "Contract ends",
			lifecycle.EventNotice: "Last day of notice (contract)", lifecycle.EventInsuranceEnd: "Insurance ends",
		},
		name: "Ends of %s", all: "What ends", client: "Client: %s", things: "%d assets", more: "and %d more",
		renews: "Goes on by itself until %s unless notice is given.", ends: "Goes on by itself unless notice is given.",
		cost: "At stake: %s net.", comma: ".",
		subject: "parc, %s: %d deadlines", subjectOne: "parc, %s: 1 deadline", left: "in %d days", leftOne: "tomorrow", today: "today",
		foot: "Take note of a deadline in parc, or put it off: what is noted is not written of again.",
	},
	"fr": {
		titles: map[lifecycle.EventKind]string{
			lifecycle.EventCoverageEnd: "Fin de garantie", lifecycle.EventSupportEnd: "Fin de support",
			lifecycle.EventLeaseEnd: "Fin de location", lifecycle.EventLeaseNotice: "Dernier jour de préavis (location)",
			lifecycle.EventLeaseReturn: "Restitution au bailleur", lifecycle.EventLeaseOption: "Dernier jour de la levée d’option",
			lifecycle.EventLicenceEnd: "Fin de licence", lifecycle.EventLicenceNotice: "Dernier jour de préavis (licence)",
			lifecycle.EventMaintenanceEnd: "Fin de maintenance d’une licence", lifecycle.EventContractEnd: "Fin de contrat",
			lifecycle.EventNotice: "Dernier jour de préavis (contrat)", lifecycle.EventInsuranceEnd: "Fin d’assurance",
		},
		name: "Échéances de %s", all: "Échéances", client: "Client : %s", things: "%d équipements", more: "et %d de plus",
		renews: "Se reconduit jusqu’au %s si personne ne donne congé.", ends: "Se reconduit si personne ne donne congé.",
		cost: "En jeu : %s HT.", comma: ",",
		subject: "parc, %s : %d échéances", subjectOne: "parc, %s : 1 échéance", left: "dans %d jours", leftOne: "demain", today: "aujourd’hui",
		foot: "Prenez acte d’une échéance dans parc, ou reportez-la : ce qui est noté n’est plus rappelé.",
	},
}

func (w words) title(k lifecycle.EventKind, what string) string {
	colon := ": "
	if w.comma == "," {
		colon = " : " // French sets a space before a colon
	}
	return w.titles[k] + colon + what
}

func (w words) money(m inventory.Money) string {
	return strings.Replace(m.Decimal(), ".", w.comma, 1) + " " + m.Currency
}

// day writes a date as people of the language do.
func (w words) day(d inventory.Day) string {
	if t := d.Time(); w.comma == "," && !t.IsZero() {
		return fmt.Sprintf("%02d/%02d/%d", t.Day(), t.Month(), t.Year())
	}
	return string(d)
}
