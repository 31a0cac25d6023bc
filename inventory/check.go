package inventory

import (
	"regexp"
	"slices"
	"time"
)

// A Check says what is impossible in a thing that a person or a file gives. Its
// error is Invalid and begins with the name of the field: "end: 2026-01-31 is
// before the start, 2026-02-01". What is merely unknown is no error.

// checks runs until the first error.
func checks(all ...error) error {
	for _, err := range all {
		if err != nil {
			return err
		}
	}
	return nil
}

// The longest texts that a person gives.
const (
	longestName  = 300
	longestNotes = 4000
)

func checkDay(field string, d Day) error {
	if _, err := ParseDay(string(d)); err != nil {
		return Errorf(Invalid, "%s: %w", field, err)
	}
	return nil
}

func checkOrder(field string, end Day, startField string, start Day) error {
	if err := checks(checkDay(startField, start), checkDay(field, end)); err != nil {
		return err
	}
	if !start.IsZero() && !end.IsZero() && end < start {
		return Errorf(Invalid, "%s: %s is before the %s, %s", field, end, startField, start)
	}
	return nil
}

// mostMinor bounds an amount: a thousand million in a currency with cents, and
// far from what a sum of a million of them could not count.
const mostMinor = 1_000_000_000_00 * 1000

func checkAmount(field string, m Money) error {
	switch {
	case m.Minor < 0:
		return Errorf(Invalid, "%s: an amount may not be negative", field)
	case m.Minor > mostMinor:
		return Errorf(Invalid, "%s: %d is too large an amount", field, m.Minor)
	case m == Money{}:
		return nil
	case !IsCurrency(m.Currency):
		return Errorf(Invalid, "%s: %q is no currency: write it as EUR", field, CleanTo(m.Currency, 10))
	}
	return nil
}

// amountOf is an amount with the name of its field.
type amountOf struct {
	field string
	Money
}

// checkAmounts checks amounts that belong together: those given are in one
// currency, for parc never converts.
func checkAmounts(amounts ...amountOf) error {
	first := amountOf{}
	for _, a := range amounts {
		if err := checkAmount(a.field, a.Money); err != nil {
			return err
		}
		switch {
		case a.Currency == "":
		case first.Currency == "":
			first = a
		case a.Currency != first.Currency:
			return Errorf(Invalid, "%s: %s beside a %s in %s: parc does not convert currencies", a.field, a.Currency, first.field, first.Currency)
		}
	}
	return nil
}

func checkCount(field string, n, most int) error {
	if n < 0 || n > most {
		return Errorf(Invalid, "%s: %d is out of bounds: 0 to %d", field, n, most)
	}
	return nil
}

func checkText(field, text string, longest int) error {
	if len(text) > longest {
		return Errorf(Invalid, "%s: longer than %d characters", field, longest)
	}
	return nil
}

func checkOneOf[T ~string](field string, value T, known ...T) error {
	if value == "" || slices.Contains(known, value) {
		return nil
	}
	return Errorf(Invalid, "%s: %q is not one of %v", field, CleanTo(string(value), 40), known)
}

func checkClass(field string, c Class) error {
	if _, err := ParseClass(string(c)); err != nil {
		return Errorf(Invalid, "%s: %w", field, err)
	}
	return nil
}

// The bounds of numbers that people give.
const (
	mostMonths  = 1200
	mostMinutes = 10_000_000
	mostCount   = 100_000_000
	mostYears   = 50
)

// Check says what is impossible in a coverage.
func (c Coverage) Check() error {
	return checks(
		checkOneOf("kind", c.Kind, "manufacturer", "extension", "care-pack", "on-site", "support"),
		checkOrder("end", c.End, "start", c.Start), checkText("level", c.Level, longestName),
	)
}

// Check says what is impossible in a financing.
func (f Financing) Check() error {
	return checks(
		checkOneOf("kind", f.Kind, Purchase, Loan, CreditBail, Lease, EvolvingLease, Subscription),
		checkDay("start", f.Start), checkDay("signed_on", f.SignedOn), checkDay("in_service", f.InService),
		checkAmounts(amountOf{"price", f.Price}, amountOf{"instalment", f.Instalment}, amountOf{"residual", f.Residual}, amountOf{"return_cost", f.ReturnCost},
			amountOf{"first_instalment", f.FirstInstalment}, amountOf{"deposit", f.Deposit}, amountOf{"premium", f.Premium}),
		checkDay("insured_until", f.InsuredUntil), checkOrder("option_until", f.OptionUntil, "option_from", f.OptionFrom),
		checkIndex(f.IndexBPS), checkCount("exit_permille", f.ExitPermille, 10_000),
		checkCount("months", f.Months, mostMonths), checkCount("period_months", f.PeriodMonths, mostMonths),
		checkCount("tacit_months", f.TacitMonths, mostMonths), checkCount("notice_months", f.NoticeMonths, mostMonths),
		checkCount("notice_days", f.NoticeDays, 3660), checkCount("rate_bps", f.RateBPS, 100_000),
		checkCount("life_months", f.LifeMonths, mostMonths), checkCount("vat_permille", f.VATPermille, 1000),
		checkOneOf("method", f.Method, Linear, Declining, Expensed), checkNotice(f.NoticeMonths, f.NoticeDays),
		checkText("return_terms", f.ReturnTerms, longestNotes), checkText("notes", f.Notes, longestNotes),
		f.CheckAmendments(),
	)
}

func checkIndex(bps int) error {
	if bps < -5000 || bps > 10_000 {
		return Errorf(Invalid, "index_bps: %d is not possible: 250 is 2.5 %% a year", bps)
	}
	return nil
}

func checkNotice(months, days int) error {
	if months > 0 && days > 0 {
		return Errorf(Invalid, "notice_days: notice counts in months or in days, not in both")
	}
	return nil
}

// Check says what is impossible in a licence.
func (l Licence) Check() error {
	err := checks(
		checkOneOf("metric", l.Metric, "device", "user", "concurrent", "core", "cal", "server"),
		checkOneOf("kind", l.Kind, "subscription", "perpetual", "oem"),
		checkOrder("end", l.End, "start", l.Start), checkDay("maintenance_end", l.MaintenanceEnd),
		checkAmount("unit_price", l.UnitPrice), checkCount("quantity", l.Quantity, mostCount),
		checkCount("per_months", l.PerMonths, mostMonths), checkCount("pack_size", l.PackSize, mostCount),
		checkCount("tacit_months", l.TacitMonths, mostMonths), checkCount("notice_months", l.NoticeMonths, mostMonths),
		checkCount("assigned", l.Assigned, mostCount), checkCount("active", l.Active, mostCount),
		checkCount("vat_permille", l.VATPermille, 1000),
	)
	if err == nil && l.Assigned > 0 && l.Active > l.Assigned {
		err = Errorf(Invalid, "active: %d of %d assigned is not possible", l.Active, l.Assigned)
	}
	return err
}

// Check says what is impossible in a contract.
func (c Contract) Check() error {
	err := checks(
		checkOneOf("kind", c.Kind, "managed-service", "maintenance", "leasing", "telecom", "insurance"),
		checkDay("start", c.Start), checkDay("insured_until", c.InsuredUntil),
		checkAmounts(amountOf{"price", c.Price}, amountOf{"insured_up_to", c.InsuredUpTo}),
		checkCount("months", c.Months, mostMonths), checkCount("tacit_months", c.TacitMonths, mostMonths),
		checkCount("notice_months", c.NoticeMonths, mostMonths), checkCount("notice_days", c.NoticeDays, 3660),
		checkNotice(c.NoticeMonths, c.NoticeDays), checkCount("price_months", c.PriceMonths, mostMonths),
		checkCount("vat_permille", c.VATPermille, 1000), checkText("notes", c.Notes, longestNotes),
	)
	if err == nil {
		err = checkIndex(c.IndexBPS)
	}
	for i, l := range c.Levels {
		if err != nil {
			return err
		}
		if err = l.Check(); err == nil && slices.ContainsFunc(c.Levels[:i], func(o ServiceLevel) bool { return o.Level == l.Level }) {
			err = Errorf(Invalid, "levels: level %d is there twice", l.Level)
		}
	}
	return err
}

const (
	hoursDays  = `(?:Mo|Tu|We|Th|Fr|Sa|Su)(?:-(?:Mo|Tu|We|Th|Fr|Sa|Su))?`
	hoursTimes = `(?:[01]\d|2[0-3]):[0-5]\d-(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)`
	hoursRule  = `(?:` + hoursDays + `|PH)(?:,(?:` + hoursDays + `|PH))* ` + hoursTimes + `(?:,\s*` + hoursTimes + `)*`
)

// hoursText is the form of opening hours; package lifecycle counts with them.
var hoursText = regexp.MustCompile(`^(?i:24x7|24/7|` + hoursRule + `(?:;\s*` + hoursRule + `)*)$`)

// Check says what is impossible in a service level.
func (l ServiceLevel) Check() error {
	if l.Level < KnowledgeBase || l.Level > OnSite {
		return Errorf(Invalid, "levels: %d is no level of support: 1, 2 or 3", l.Level)
	}
	if len(l.Hours) > 500 || !hoursText.MatchString(l.Hours) {
		return Errorf(Invalid, "levels: %q are no hours: write them as Mo-Fr 09:00-18:00, or 24x7", CleanTo(l.Hours, 60))
	}
	if _, err := time.LoadLocation(l.TimeZone); err != nil || l.TimeZone == "Local" {
		return Errorf(Invalid, "levels: %q is no time zone: write it as Europe/Paris", CleanTo(l.TimeZone, 60))
	}
	return checks(
		checkCount("levels", l.ResponseMinutes, mostMinutes), checkCount("levels", l.ResolutionMinutes, mostMinutes),
	)
}

// Check says what is impossible in an intervention.
func (v Intervention) Check() error {
	switch {
	case v.OpenedAt.IsZero():
		return Errorf(Invalid, "opened_at: when was it asked for?")
	case v.RespondedAt != nil && v.RespondedAt.Before(v.OpenedAt):
		return Errorf(Invalid, "responded_at: before it was opened")
	case v.ResolvedAt != nil && v.ResolvedAt.Before(v.OpenedAt):
		return Errorf(Invalid, "resolved_at: before it was opened")
	case v.RespondedAt != nil && v.ResolvedAt != nil && v.ResolvedAt.Before(*v.RespondedAt):
		return Errorf(Invalid, "resolved_at: before anybody responded")
	case v.Level < KnowledgeBase || v.Level > OnSite:
		return Errorf(Invalid, "level: %d is no level of support: 1, 2 or 3", v.Level)
	}
	return checks(
		checkOneOf("kind", v.Kind, InterventionFailure, "request", "maintenance", "installation"),
		checkAmount("cost", v.Cost), checkCount("paused_minutes", v.PausedMinutes, mostMinutes),
		checkCount("work_minutes", v.WorkMinutes, mostMinutes), checkText("summary", v.Summary, longestNotes),
	)
}

// Check says what is impossible in a price.
func (p Price) Check() error {
	if err := checkClass("class", p.Class); err != nil {
		return err
	}
	switch {
	case p.Amount.Minor == 0:
		return Errorf(Invalid, "amount: what does it cost?")
	case p.Day.IsZero():
		return Errorf(Invalid, "day: as of which day is the price known?")
	}
	return checks(
		checkAmount("amount", p.Amount), checkDay("day", p.Day), checkOneOf("source", p.Source, "invoice", "hand", "list"),
		checkText("vendor", p.Vendor, longestName), checkText("model", p.Model, longestName),
	)
}

// Check says what is impossible in a policy. The class "" stands for any other one.
func (p Policy) Check() error {
	for class, months := range p.LifeMonths {
		if err := checks(checkAnyClass("life_months", class), checkCount("life_months", months, mostMonths)); err != nil {
			return err
		}
	}
	for class, bps := range p.Inflation {
		if err := checkAnyClass("inflation_bps", class); err != nil {
			return err
		}
		if bps < -5000 || bps > 10_000 {
			return Errorf(Invalid, "inflation_bps: %d is not possible: 250 is 2.5 %% a year", bps)
		}
	}
	var costs []amountOf
	for class, cost := range p.RiskCost {
		if err := checkAnyClass("risk_cost", class); err != nil {
			return err
		}
		costs = append(costs, amountOf{"risk_cost", cost})
	}
	return checks(
		checkAmounts(costs...), checkAmount("threshold", p.Threshold), checkOneOf("method", p.Method, Linear, Declining, Expensed),
		checkCount("depreciate_over", p.DepreciateOver, mostMonths), checkCount("year_end_month", p.YearEndMonth, 12),
		checkCount("vat_permille", p.VATPermille, 1000), checkCount("discount_bps", p.DiscountBPS, 10_000),
		checkCount("notice_warn_days", p.NoticeWarnDays, 3660),
	)
}

func checkAnyClass(field string, c Class) error {
	if c == "" {
		return nil
	}
	return checkClass(field, c)
}

// Check says what is impossible in a scenario.
func (s Scenario) Check() error {
	last := s.From + s.Years - 1
	switch {
	case s.Name == "":
		return Errorf(Invalid, "name: a scenario needs a name")
	case s.From < 2000 || s.From > 2200:
		return Errorf(Invalid, "from: %d is no year to plan from", s.From)
	case s.Years < 1 || s.Years > mostYears:
		return Errorf(Invalid, "years: %d is out of bounds: 1 to %d", s.Years, mostYears)
	}
	var caps []amountOf
	for year, limit := range s.Caps {
		if year != 0 && (year < s.From || year > last) {
			return Errorf(Invalid, "caps: %d is not in %d to %d; 0 is every other year", year, s.From, last)
		}
		caps = append(caps, amountOf{"caps", limit})
	}
	for _, year := range s.Pinned {
		if year != 0 && (year < s.From || year > last) {
			return Errorf(Invalid, "pinned: %d is not in %d to %d; 0 is not at all", year, s.From, last)
		}
	}
	for class, months := range s.LifeMonths {
		if err := checks(checkAnyClass("life_months", class), checkCount("life_months", months, mostMonths)); err != nil {
			return err
		}
	}
	for _, class := range s.First {
		if err := checkClass("first", class); err != nil {
			return err
		}
	}
	for _, class := range s.Lease {
		if err := checkClass("lease", class); err != nil {
			return err
		}
	}
	for _, least := range s.Lots {
		if err := checkCount("lots", least, 100_000); err != nil {
			return err
		}
	}
	return checks(
		checkAmounts(caps...), checkText("name", s.Name, longestName), checkText("notes", s.Notes, longestNotes),
		checkCount("lease_months", s.LeaseMonths, 120), checkCount("lease_bps", s.LeaseBPS, 10_000),
	)
}
