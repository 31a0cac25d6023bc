package lifecycle

import (
	"cmp"

	"parc/inventory"
)

// bound gives until when an agreement binds as seen on a day: to the end of the
// running term, or of the next one where notice came too late.
func (a Agreement) bound(day inventory.Day) inventory.Day {
	t := a.On(day)
	if t.Missed {
		return t.Bound
	}
	return t.End
}

// last gives the last day that the agreement may reach: its end, or the horizon
// where it goes on by itself or has no end.
func (a Agreement) last(horizon inventory.Day) inventory.Day {
	if a.Months <= 0 || a.TacitMonths > 0 {
		return horizon
	}
	return min(TermEnd(a.Start, a.Months, 0, 0), horizon)
}

// financing adds the payments of the i-th financing and its end.
func (f *forecaster) financing(i int) {
	g := &f.in.Financings[i]
	if g.Kind == inventory.Purchase && !f.within(g.Start) {
		return // most of them: paid long ago
	}
	if len(g.Amendments) == 0 {
		places, weights := f.placesOf(g.AssetIDs, f.index.assetsOf(i), nil)
		f.schedule(g, places, weights)
		return
	}
	for _, part := range Schedules(*g) {
		places, weights := f.places(part.AssetIDs, nil)
		f.schedule(&part, places, weights)
	}
}

// payer makes lines of a financing's payments.
type payer struct {
	*forecaster
	g         *inventory.Financing
	line      Line
	agreement Agreement
	bound     inventory.Day
	places    []place
	weights   []int64
}

// at gives where what is financed stands on a day.
func (p *payer) at(day inventory.Day) ([]place, []int64) {
	if len(p.g.Amendments) == 0 {
		return p.places, p.weights
	}
	return p.forecaster.places(p.g.AssetsOn(day), nil)
}

func (p *payer) add(i Instalment) {
	if !p.within(i.Day) {
		return
	}
	l, permille := p.line, p.g.VATPermille
	l.Day = i.Day
	switch i.Kind {
	case PayPrice:
		l.Kind, l.Certain, l.Why = LinePurchase, true, "invoice"
	case PayLoan:
		l.Kind, l.Certain, l.Why, permille = LineLoan, true, "repayment of the loan", 0
	default:
		l.Kind, l.Certain, l.Why = LineRent, i.Term == 0 || i.Day <= p.bound, "rent"
		switch i.Kind {
		case PayInterim:
			l.Why = "rent of the broken first period"
		case PayPremium:
			l.Why, permille = "insurance with the rent", 0
		case PayAdjustment:
			l.Why = "what an amendment changes within the period"
		}
		if !l.Certain {
			l.Why, l.Notice = l.Why+", unless notice is given", noticeBefore(p.agreement, i.Term)
		}
	}
	places, weights := p.at(i.Day)
	p.spread(l, i.Amount, permille, places, weights)
}

// schedule adds the payments of one schedule of a financing and its end, for the
// places of the assets that it begins with.
func (f *forecaster) schedule(g *inventory.Financing, places []place, weights []int64) {
	what := cmp.Or(g.Reference, g.Lessor, g.Supplier, string(g.Kind))
	p := payer{forecaster: f, g: g, line: Line{ClientID: g.ClientID, What: what}, agreement: LeaseAgreement(*g), places: places, weights: weights}
	p.bound = p.agreement.bound(f.in.Day)
	for _, i := range Instalments(*g) {
		p.add(i)
	}
	if Owned(g.Kind) || g.Start.IsZero() {
		return
	}
	if g.TacitMonths > 0 && g.Months > 0 {
		last := current(*g)
		for k := 1; k <= maxRenewals && p.agreement.Term(k).Start <= f.to; k++ {
			from := last.Months + (k-1)*last.TacitMonths
			if p.agreement.Term(k).End < f.from {
				continue
			}
			for _, i := range rentsOf(last, from, from+last.TacitMonths, k) {
				p.add(i)
			}
		}
	}
	if g.Months == 0 && g.Kind == inventory.Subscription {
		p.openEnded()
		return
	}
	p.leaseEnd()
	p.returns()
}

// goesOn says what happens at the end of a term that renews by itself.
func goesOn(t Term) string {
	if t.Missed {
		return "goes on until " + string(t.Bound) + ": it is too late for notice"
	}
	return "goes on until " + string(t.Bound) + " unless notice is given"
}

// openEnded adds the rents of a subscription without a term.
func (p *payer) openEnded() {
	until := monthsTo(p.g.Start, max(p.to, p.g.Start)) + max(p.g.PeriodMonths, 1)
	for _, i := range rentsOf(*p.g, 0, until, 1) {
		p.add(i)
	}
}

// noticeBefore gives the day by which notice keeps a renewal from coming.
func noticeBefore(a Agreement, term int) inventory.Day {
	if term <= 0 {
		return ""
	}
	return a.Term(term - 1).Notice
}

// leaseEnd adds the end of the running term of a lease: with the option's price
// of a crédit-bail, with the cost of the return of what goes back; the deposit
// that is paid and comes back, and the end of the lessee's insurance.
func (p *payer) leaseEnd() {
	g, t := p.g, p.agreement.On(p.in.Day)
	if p.within(g.InsuredUntil) {
		l := p.line
		l.Day, l.Kind, l.Certain, l.Why = g.InsuredUntil, LineInsuranceEnd, true, "insurance of what is leased ends"
		places, weights := p.at(l.Day)
		p.spread(l, inventory.Money{}, 0, places, weights)
	}
	p.deposit(g.Start, g.Deposit, true, "deposit, which comes back at the end")
	if !p.within(t.End) {
		return
	}
	l := p.line
	l.Day, l.Kind, l.Notice, l.Certain = t.End, LineLeaseEnd, t.Notice, true
	amount := g.ReturnCost
	switch {
	case g.Kind == inventory.CreditBail:
		amount, l.Why = g.Residual, "purchase option"
		if g.OptionUntil != "" {
			l.Why += ", to be declared by " + string(g.OptionUntil)
		}
	case t.Renews:
		l.Why = goesOn(t)
	default:
		l.Why = "goes back to the lessor"
	}
	if amount.Minor > 0 {
		l.Certain = false
	}
	places, weights := p.at(t.End)
	p.spread(l, amount, g.VATPermille, places, weights)
	p.deposit(t.End, inventory.Money{Minor: -g.Deposit.Minor, Currency: g.Deposit.Currency}, !t.Renews, "the deposit comes back")
}

func (p *payer) deposit(day inventory.Day, amount inventory.Money, certain bool, why string) {
	if amount.Minor == 0 || !p.within(day) {
		return
	}
	l := p.line
	l.Day, l.Kind, l.Certain, l.Why = day, LineDeposit, certain, why
	places, weights := p.at(day)
	p.spread(l, amount, 0, places, weights)
}

// returns adds what goes back during the term, by an amendment.
func (p *payer) returns() {
	for i := range p.g.Amendments {
		a := &p.g.Amendments[i]
		if len(a.AssetsOut) == 0 || !p.within(a.Day) {
			continue
		}
		l := p.line
		l.Day, l.Kind, l.Certain, l.Why = a.Day, LineReturn, true, "goes back to the lessor by an amendment"
		places, weights := p.forecaster.places(a.AssetsOut, nil)
		p.spread(l, inventory.Money{}, 0, places, weights)
	}
}

// contract adds the payments of a contract, indexed on each anniversary, and its end.
func (f *forecaster) contract(c *inventory.Contract) {
	a := ContractAgreement(*c)
	if c.Start.IsZero() {
		return
	}
	places, weights := f.places(c.AssetIDs, c.SiteIDs)
	line := Line{ClientID: c.ClientID, What: cmp.Or(c.Title, c.Reference, c.Party)}
	bound := a.bound(f.in.Day)
	pay := line
	pay.Kind = LineContract
	f.payments(stream{c.Start, a.last(f.to), c.PriceMonths}, func(day inventory.Day) {
		pay.Day, pay.Certain, pay.Why = day, day <= bound, "price of the contract"
		if c.IndexBPS != 0 && day >= c.Start.AddMonths(12) {
			pay.Why = "price of the contract, indexed"
			pay.Certain = pay.Certain && day <= f.in.Day
		}
		if day > bound {
			pay.Why += ", unless notice is given"
			if a.Months <= 0 {
				pay.Why = "price of the contract, which has no end"
			}
		}
		f.spread(pay, IndexedPrice(*c, day), c.VATPermille, places, weights)
	})
	t := a.On(f.in.Day)
	if f.within(t.End) {
		l := line
		l.Day, l.Kind, l.Notice, l.Certain, l.Why = t.End, LineContractEnd, t.Notice, true, goesOn(t)
		var more inventory.Money
		if !t.Renews {
			l.Why = "ends"
			more = yearOf(IndexedPrice(*c, t.End.AddDays(1)), c.PriceMonths)
			if more.Minor > 0 {
				l.Certain, l.Why = false, "ends; the price is that of 12 months more"
			}
		}
		f.spread(l, more, c.VATPermille, places, weights)
	}
	if f.within(c.InsuredUntil) {
		l := line
		l.Day, l.Kind, l.Certain, l.Why = c.InsuredUntil, LineInsuranceEnd, true, "insurance of "+cmp.Or(c.Insurer, c.Party)+" ends"
		f.spread(l, inventory.Money{}, 0, places, weights)
	}
}

// licence adds the payments of a licence, the end of its term and of its maintenance.
func (f *forecaster) licence(l *inventory.Licence) {
	places, weights := f.places(l.AssetIDs, nil)
	line := Line{ClientID: l.ClientID, What: l.Product}
	price := l.UnitPrice.Scale(int64(l.Quantity), 1)
	a := licenceAgreement(*l)
	if !l.Start.IsZero() && price.Minor > 0 {
		bound := cmp.Or(l.End, l.Start)
		if a.Months > 0 {
			bound = a.bound(f.in.Day)
		}
		last := f.to
		if !l.End.IsZero() && !l.Renews {
			last = min(l.End.AddDays(-1), last) // what falls due on the last day is for a term that does not come
		}
		pay := line
		pay.Kind = LineSubscription
		if l.PerMonths == 0 {
			pay.Kind = LinePurchase
			last = min(l.Start, f.to)
		}
		f.payments(stream{l.Start, last, l.PerMonths}, func(day inventory.Day) {
			pay.Day, pay.Certain, pay.Why = day, day <= bound, "price of the licence"
			switch {
			case day > bound && l.End.IsZero():
				pay.Why = "price of the licence, which has no end"
			case day > bound:
				pay.Why = "price of the licence, unless notice is given"
			}
			f.spread(pay, price, l.VATPermille, places, weights)
		})
	}
	f.licenceEnds(l, a, line, price, places, weights)
}

func (f *forecaster) licenceEnds(l *inventory.Licence, a Agreement, line Line, price inventory.Money, places []place, weights []int64) {
	t := Term{End: l.End, Bound: l.End}
	if l.Renews && a.Months > 0 {
		t = a.On(f.in.Day)
	}
	if f.within(t.End) {
		e := line
		e.Day, e.Kind, e.Certain, e.Notice, e.Why = t.End, LineLicenceEnd, true, t.Notice, goesOn(t)
		var more inventory.Money
		if !l.Renews {
			e.Why = "ends"
			if l.PerMonths > 0 {
				more = yearOf(price, l.PerMonths)
				e.Certain, e.Why = false, "ends; the price is that of 12 months more"
			}
		}
		f.spread(e, more, l.VATPermille, places, weights)
	}
	if f.within(l.MaintenanceEnd) {
		e := line
		e.Day, e.Kind, e.Certain, e.Why = l.MaintenanceEnd, LineMaintenanceEnd, true, "no updates after it"
		f.spread(e, inventory.Money{}, 0, places, weights)
	}
}

// licenceAgreement gives a subscription's term in whole months, where its days
// make one; renewals are as long as told, or as the first term.
func licenceAgreement(l inventory.Licence) Agreement {
	if l.Start.IsZero() || l.End.IsZero() || l.End < l.Start {
		return Agreement{}
	}
	months := 0
	for months < maxLifeMonths && TermEnd(l.Start, months+1, 0, 0) <= l.End {
		months++
	}
	a := Agreement{Start: l.Start, Months: months, NoticeMonths: l.NoticeMonths}
	if months > 0 && TermEnd(l.Start, months, 0, 0) != l.End {
		a.Start = l.End.AddDays(1).AddMonths(-months) // a broken first month: the end counts
	}
	if l.Renews {
		a.TacitMonths = cmp.Or(l.TacitMonths, min(max(months, 1), 12))
	}
	return a
}

// stream is a price paid in advance every so many months from a first day to a
// last; 0 months is once.
type stream struct {
	first, last inventory.Day
	every       int
}

// payments calls pay for each day of the stream in the forecast's window.
func (f *forecaster) payments(s stream, pay func(inventory.Day)) {
	if s.every <= 0 {
		if f.within(s.first) && s.first <= s.last {
			pay(s.first)
		}
		return
	}
	k := 0
	if s.first < f.from { // straight to the window
		k = max((monthsTo(s.first, f.from)-2)/s.every, 0)
	}
	for ; ; k++ {
		day := s.first.AddMonths(k * s.every)
		if day > s.last || day > f.to {
			return
		}
		if f.within(day) {
			pay(day)
		}
	}
}

// yearOf gives what 12 months cost at a price per so many months; a price paid
// once is itself.
func yearOf(price inventory.Money, months int) inventory.Money {
	if months <= 0 {
		return price
	}
	return price.Scale(12, int64(months))
}
