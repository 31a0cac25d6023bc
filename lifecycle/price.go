package lifecycle

import (
	"slices"
	"strings"

	"parc/inventory"
)

// Quote is what one thing is expected to cost, net, and where that is known from.
type Quote struct {
	Amount    inventory.Money
	Low, High inventory.Money
	Known     bool
	Source    string // QuoteInvoices, QuoteList or QuoteBand
	Why       string
	Day       inventory.Day // of the newest price it is made of
}

// Where a quote comes from, the most trusted first.
const (
	QuoteInvoices = "invoices" // the client's own last purchases
	QuoteList     = "list"     // a price list, the client's or the provider's
	QuoteBand     = "band"     // parc's built-in planning bands
)

// How many of the client's own last purchases are averaged, and how much older than the newest they may be.
const (
	lastPurchases  = 5
	purchaseMonths = 48
)

// PriceBook answers what a class or a model costs in a year.
type PriceBook struct {
	invoices  map[priceKey][]seenPrice // the last ones, the newest first
	lists     map[priceKey]seenPrice   // the newest; of one day the client's own
	folded    map[string]string        // models as they compare
	inflation map[inventory.Class]int
}

type priceKey struct {
	class inventory.Class
	model string // folded; "" is any of the class
}

// seenPrice is what a book keeps of a price.
type seenPrice struct {
	day    inventory.Day
	client string
	amount inventory.Money
}

// NewPriceBook makes a price book for one client of the known prices: its own
// and the provider's (those without a client). Prices whose source is "invoice"
// are purchases; any other is a list. Prices from after the day are not known
// yet. Inflation comes from the policy.
func NewPriceBook(prices []inventory.Price, policy inventory.Policy, day inventory.Day) *PriceBook {
	b := &PriceBook{map[priceKey][]seenPrice{}, map[priceKey]seenPrice{}, map[string]string{}, policy.Inflation}
	for i := range prices {
		p := &prices[i]
		if p.Amount.Minor <= 0 || p.Day > day {
			continue
		}
		key, seen := priceKey{p.Class, b.fold(p.Model)}, seenPrice{p.Day, p.ClientID, p.Amount}
		if p.Source == "invoice" && p.ClientID != "" {
			b.bought(key, seen)
			continue
		}
		if old, ok := b.lists[key]; !ok || seen.day > old.day || seen.day == old.day && seen.client > old.client {
			b.lists[key] = seen
		}
	}
	return b
}

// addPurchases feeds the book with a client's own purchases up to a day.
func (b *PriceBook) addPurchases(e Estate, x *index, day inventory.Day) {
	for i := range e.Financings {
		if f := &e.Financings[i]; f.Start <= day {
			eachPurchase(f, e.Assets, x.assetsOf(i), func(a *inventory.Asset, share inventory.Money) {
				b.bought(priceKey{a.Class, b.fold(a.Model)}, seenPrice{f.Start, f.ClientID, share})
			})
		}
	}
}

// bought keeps an invoice among the last of its model, and of its class.
func (b *PriceBook) bought(key priceKey, p seenPrice) {
	if key.model != "" {
		b.bought(priceKey{key.class, ""}, p)
	}
	last := b.invoices[key]
	if len(last) == lastPurchases && p.day <= last[len(last)-1].day {
		return
	}
	i := len(last)
	for i > 0 && last[i-1].day < p.day {
		i--
	}
	b.invoices[key] = slices.Insert(last, i, p)[:min(len(last)+1, lastPurchases)]
}

// fold makes models comparable: lower case, single spaces. It remembers them.
func (b *PriceBook) fold(model string) string {
	folded, ok := b.folded[model]
	if !ok {
		folded = foldModel(model)
		b.folded[model] = folded
	}
	return folded
}

// foldOnly does without remembering: a book that is made is asked by many at once.
func (b *PriceBook) foldOnly(model string) string {
	if folded, ok := b.folded[model]; ok {
		return folded
	}
	return foldModel(model)
}

func foldModel(model string) string { return strings.ToLower(strings.Join(strings.Fields(model), " ")) }

// eachPurchase gives each asset's share of what a financing bought; found are the
// places of its assets.
func eachPurchase(f *inventory.Financing, assets []inventory.Asset, found []int32, yield func(*inventory.Asset, inventory.Money)) {
	if !Owned(f.Kind) || f.Price.Minor <= 0 || len(f.AssetIDs) == 0 {
		return
	}
	if len(found) == 1 {
		if found[0] >= 0 {
			yield(&assets[found[0]], f.Price)
		}
		return
	}
	for i, share := range f.Price.Allocate(make([]int64, len(found))...) {
		if found[i] >= 0 {
			yield(&assets[found[i]], share)
		}
	}
}

// Purchases gives the prices that a client's own purchases tell: each asset's
// share of its invoice. They are what was really paid.
func Purchases(assets []inventory.Asset, financings []inventory.Financing) []inventory.Price {
	x := newIndex(Estate{Assets: assets, Financings: financings})
	var prices []inventory.Price
	for i := range financings {
		f := &financings[i]
		eachPurchase(f, assets, x.assetsOf(i), func(a *inventory.Asset, share inventory.Money) {
			prices = append(prices, inventory.Price{
				ClientID: f.ClientID, Class: a.Class, Vendor: a.Vendor, Model: a.Model, Amount: share, Day: f.Start,
				Source: "invoice", Reference: f.Reference,
			})
		})
	}
	return prices
}

func indexOf(assets []inventory.Asset) map[string]int {
	at := make(map[string]int, len(assets))
	for i := range assets {
		at[assets[i].ID] = i
	}
	return at
}

// Quote gives what a thing of the class and model is expected to cost in a year:
// the average of the client's last purchases of the model, else a list's price
// of the model, else the same for the class, else a built-in band. Prices rise
// by the class's inflation for every calendar year between theirs and that one.
func (b *PriceBook) Quote(class inventory.Class, model string, in int) Quote {
	for _, m := range []string{b.foldOnly(model), ""} {
		k := priceKey{class, m}
		if q, ok := b.average(k, in); ok {
			return q
		}
		if q, ok := b.listed(k, in); ok {
			return q
		}
	}
	band, ok := planningBands[class]
	if !ok {
		return Quote{Why: "no price known for this class"}
	}
	low, high := inventory.EUR(band.low*100), inventory.EUR(band.high*100)
	middle := inventory.EUR((band.low + band.high) * 50)
	years := max(in-bandYear, 0)
	rate, _ := of(b.inflation, class)
	return Quote{grown(middle, rate, years), grown(low, rate, years), grown(high, rate, years), true, QuoteBand, "middle of the planning band", ""}
}

// average of the last purchases, in the currency of the newest.
func (b *PriceBook) average(k priceKey, in int) (Quote, bool) {
	var q Quote
	var sum int64
	n := 0
	var oldest inventory.Day
	for _, p := range b.invoices[k] {
		if n > 0 && (p.day < oldest || p.amount.Currency != q.Amount.Currency) {
			continue
		}
		amount := b.raised(p, k.class, in)
		if n == 0 {
			oldest = p.day.AddMonths(-purchaseMonths)
			q = Quote{Amount: amount, Low: amount, High: amount, Known: true, Source: QuoteInvoices, Day: p.day}
		}
		q.Low.Minor, q.High.Minor = min(q.Low.Minor, amount.Minor), max(q.High.Minor, amount.Minor)
		sum += amount.Minor
		n++
	}
	if n == 0 {
		return Quote{}, false
	}
	q.Amount = inventory.Money{Minor: sum, Currency: q.Amount.Currency}.Scale(1, int64(n))
	q.Why = "average of the last purchases"
	if n == 1 {
		q.Why = "the last purchase"
	}
	return q, true
}

func (b *PriceBook) listed(k priceKey, in int) (Quote, bool) {
	p, ok := b.lists[k]
	if !ok {
		return Quote{}, false
	}
	amount := b.raised(p, k.class, in)
	// planning margins: 10 % below, 20 % above
	return Quote{amount, amount.Scale(90, 100), amount.Scale(120, 100), true, QuoteList, "price list", p.day}, true
}

func (b *PriceBook) raised(p seenPrice, class inventory.Class, in int) inventory.Money {
	rate, _ := of(b.inflation, class)
	return grown(p.amount, rate, in-year(p.day))
}

func year(d inventory.Day) int {
	n := 0
	for i := 0; i < 4 && i < len(d); i++ {
		n = n*10 + int(d[i]-'0')
	}
	return n
}

// bandYear is the year of the planning bands' prices.
const bandYear = 2026

// planningBands are what replacing one thing of a class usually costs a small
// company in France, in euros net of VAT, set-up apart: parc's own planning
// figures, for where neither an invoice nor a list tells.
var planningBands = map[inventory.Class]struct{ low, high int64 }{
	inventory.Laptop: {800, 1500}, inventory.Desktop: {600, 1000}, inventory.Workstation: {1800, 3500},
	inventory.Server: {3000, 6000}, inventory.Hypervisor: {6000, 15000}, inventory.NAS: {1000, 3000}, inventory.SAN: {10000, 30000},
	inventory.Switch: {400, 2000}, inventory.Firewall: {500, 2500}, inventory.Router: {300, 1200}, inventory.Gateway: {150, 600},
	inventory.AccessPoint: {150, 500}, inventory.WLC: {800, 3000}, inventory.WirelessBridge: {200, 800}, inventory.UPS: {300, 1500},
	inventory.Printer: {400, 1200}, inventory.Scanner: {300, 900}, inventory.Monitor: {150, 350}, inventory.Mobile: {300, 800},
	inventory.Phone: {80, 200}, inventory.Camera: {150, 500}, inventory.NVR: {400, 1500}, inventory.Conference: {800, 3000},
	inventory.Projector: {500, 1500}, inventory.PDU: {150, 600}, inventory.TapeLibrary: {3000, 8000}, inventory.LoadBalancer: {2000, 8000},
}

// Inflate gives an amount after some years of a class's inflation, or before
// them when years is negative.
func Inflate(m inventory.Money, policy inventory.Policy, class inventory.Class, years int) inventory.Money {
	rate, _ := of(policy.Inflation, class)
	return grown(m, rate, years)
}
