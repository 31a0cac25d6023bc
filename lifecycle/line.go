package lifecycle

import (
	"cmp"
	"slices"
	"strings"

	"parc/inventory"
)

// LineKind says what a line of a forecast is about.
type LineKind string

// The kinds of lines. Those until backlog are money that leaves; the ends carry what
// going on would cost, where that is known.
const (
	LinePurchase     LineKind = "purchase"
	LineLoan         LineKind = "loan"
	LineRent         LineKind = "rent"
	LineSubscription LineKind = "subscription" // of a licence
	LineContract     LineKind = "contract"
	LineDeposit      LineKind = "deposit" // of a lease; negative when it comes back
	LineRefresh      LineKind = "refresh" // the replacement of an asset
	LineBacklog      LineKind = "backlog" // a replacement that is overdue

	LineLeaseEnd       LineKind = "lease-end"
	LineReturn         LineKind = "lease-return" // during the term, by an amendment
	LineLicenceEnd     LineKind = "licence-end"
	LineMaintenanceEnd LineKind = "maintenance-end"
	LineContractEnd    LineKind = "contract-end"
	LineInsuranceEnd   LineKind = "insurance-end"
	LineCoverageEnd    LineKind = "coverage-end"
	LineSupportEnd     LineKind = "support-end"
)

// Line is one thing that ends or must be paid.
type Line struct {
	Day      inventory.Day
	ClientID string
	SiteID   string          // "" where it belongs to no one site
	Class    inventory.Class // "" where it belongs to no one class
	Kind     LineKind
	What     string
	AssetIDs []string
	Net      inventory.Money // empty where no amount is known
	VAT      inventory.Money
	Gross    inventory.Money // Net + VAT
	Certain  bool            // signed or bound; false is an estimate
	Why      string
	Notice   inventory.Day // last working day to give notice, where there is one
}

// Month gives the line's month: "2026-11".
func (l Line) Month() string { return string(l.Day[:min(len(l.Day), 7)]) }

// CashOut tells that the line is money that leaves, and not only an end.
func (l Line) CashOut() bool {
	switch l.Kind {
	case LinePurchase, LineLoan, LineRent, LineSubscription, LineContract, LineDeposit, LineRefresh, LineBacklog:
		return true
	}
	return false
}

// By says how lines are grouped.
type By string

// The groupings.
const (
	ByMonth  By = "month"
	ByClient By = "client"
	BySite   By = "site"
	ByClass  By = "class"
	ByKind   By = "kind"
)

// ParseBy reads the name of a grouping; another one is Invalid.
func ParseBy(s string) (By, error) {
	switch by := By(s); by {
	case ByMonth, ByClient, BySite, ByClass, ByKind:
		return by, nil
	}
	return "", inventory.Errorf(inventory.Invalid, "by: %q is no grouping: month, client, site, class or kind", inventory.CleanTo(s, 40))
}

func (by By) key(l *Line) string {
	switch by {
	case ByMonth:
		return l.Month()
	case ByClient:
		return l.ClientID
	case BySite:
		return l.SiteID
	case ByClass:
		return string(l.Class)
	}
	return string(l.Kind)
}

// Total is what lines of one currency add up to.
type Total struct {
	Net, VAT, Gross inventory.Money
	Certain         inventory.Money // the part of Net that is signed or bound
	Lines           int             // that carry an amount in the currency
}

// Sum adds up lines, one total for each currency, in the order of their codes:
// parc never converts. Sums too large to count are LimitReached.
func Sum(lines []Line) ([]Total, error) {
	var s sums
	for i := range lines {
		if err := s.add(&lines[i]); err != nil {
			return nil, err
		}
	}
	return s.totals(), nil
}

// sums adds up by currency; there are few of them.
type sums struct{ all []Total }

func (s *sums) add(l *Line) error {
	currency := l.Gross.Currency
	if currency == "" {
		return nil
	}
	i := slices.IndexFunc(s.all, func(t Total) bool { return t.Net.Currency == currency })
	if i < 0 {
		i = len(s.all)
		zero := inventory.Money{Currency: currency}
		s.all = append(s.all, Total{zero, zero, zero, zero, 0})
	}
	t, certain := &s.all[i], inventory.Money{Currency: currency}
	if l.Certain {
		certain = l.Net
	}
	for _, pair := range []struct {
		sum *inventory.Money
		add inventory.Money
	}{{&t.Net, l.Net}, {&t.VAT, l.VAT}, {&t.Gross, l.Gross}, {&t.Certain, certain}} {
		sum, err := pair.sum.Add(pair.add)
		if err != nil {
			return err
		}
		*pair.sum = sum
	}
	t.Lines++
	return nil
}

func (s *sums) totals() []Total {
	slices.SortFunc(s.all, func(a, b Total) int { return strings.Compare(a.Net.Currency, b.Net.Currency) })
	return s.all
}

// Group is the lines of one key with what they add up to.
type Group struct {
	Key    string
	Lines  int // all, those without an amount too
	Totals []Total
}

// GroupLines sums lines by month, client, site, class or kind, in the order of
// the keys. The totals of the groups add up to those of all lines.
func GroupLines(lines []Line, by By) ([]Group, error) {
	at := map[string]int{}
	var keys []string
	var counts []int
	var parts []sums
	for i := range lines {
		key := by.key(&lines[i])
		k, seen := at[key]
		if !seen {
			k = len(keys)
			at[key] = k
			keys, counts, parts = append(keys, key), append(counts, 0), append(parts, sums{})
		}
		counts[k]++
		if err := parts[k].add(&lines[i]); err != nil {
			return nil, err
		}
	}
	groups := make([]Group, len(keys))
	for k := range keys {
		groups[k] = Group{keys[k], counts[k], parts[k].totals()}
	}
	slices.SortFunc(groups, func(a, b Group) int { return cmp.Compare(a.Key, b.Key) })
	return groups, nil
}

// CashOut gives the lines that are money leaving: purchases, instalments,
// subscriptions, contracts and replacements in one list.
func CashOut(lines []Line) []Line {
	var out []Line
	for i := range lines {
		if lines[i].CashOut() {
			out = append(out, lines[i])
		}
	}
	return out
}
