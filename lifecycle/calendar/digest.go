package calendar

import (
	"fmt"
	"slices"
	"strings"

	"parc/inventory"
	"parc/lifecycle"
)

// Near is what is to be written of one client.
type Near struct {
	Client string
	Alerts []lifecycle.Alert
}

// Digest writes one message of what is near for some clients: its subject and its
// text. Another language than fr and en is Invalid.
func Digest(lang string, day inventory.Day, clients []Near) (subject, text string, err error) {
	w, ok := languages[lang]
	if !ok {
		return "", "", inventory.Errorf(inventory.Invalid, "lang: %q is neither fr nor en", inventory.CleanTo(lang, 20))
	}
	n := 0
	var b strings.Builder
	clients = slices.Clone(clients)
	slices.SortStableFunc(clients, func(x, y Near) int { return strings.Compare(x.Client, y.Client) })
	for _, c := range clients {
		fmt.Fprintf(&b, "%s\n", clean(c.Client))
		for _, a := range c.Alerts {
			n++
			what := clean(a.What)
			if a.Kind == lifecycle.EventCoverageEnd && len(a.AssetIDs) > 1 {
				what = fmt.Sprintf(w.things, len(a.AssetIDs))
			}
			fmt.Fprintf(&b, "- %s (%s) %s", w.day(a.Day), w.in(a.DaysLeft), w.title(a.Kind, what))
			if a.Renews && a.Bound != "" {
				fmt.Fprintf(&b, "\n  "+w.renews, w.day(a.Bound))
			}
			if a.AtStake.Minor > 0 {
				fmt.Fprintf(&b, "\n  "+w.cost, w.money(a.AtStake))
			}
			b.WriteString("\n")
		}
		b.WriteString("\n")
	}
	b.WriteString(w.foot + "\n")
	if n == 1 {
		return fmt.Sprintf(w.subjectOne, w.day(day)), b.String(), nil
	}
	return fmt.Sprintf(w.subject, w.day(day), n), b.String(), nil
}

// in says how far off a day is.
func (w words) in(days int) string {
	switch days {
	case 0:
		return w.today
	case 1:
		return w.leftOne
	}
	return fmt.Sprintf(w.left, days)
}
