package main

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"parc/inventory"
	"parc/lifecycle"
)

// ScheduleCmd works out a financing or a contract from flags, without a database.
type ScheduleCmd struct {
	Kind         string        `help:"${enum}." enum:"loan,lease,credit-bail,evolving,contract" required:""`
	Start        inventory.Day `help:"First day." required:"" placeholder:"YYYY-MM-DD"`
	Months       int           `help:"Length of the first term." required:""`
	Price        string        `help:"Amount lent, or the price to compare a lease with." placeholder:"AMOUNT"`
	Rate         string        `help:"Nominal yearly rate of a loan, in percent." placeholder:"PERCENT"`
	Rent         string        `help:"A month's rent or price, net; an instalment is that of its period." placeholder:"AMOUNT"`
	Period       int           `help:"Months between instalments: 1, 3, 6, 12." default:"1"`
	Arrears      bool          `help:"Paid at the end of each period (terme échu); loans always are."`
	Residual     string        `help:"Purchase option at the end." placeholder:"AMOUNT"`
	ReturnCost   string        `help:"Cost of the return at the end of a lease." placeholder:"AMOUNT"`
	NewPrice     string        `help:"Price of new equipment, to compare the exits of a lease." placeholder:"AMOUNT"`
	Delivered    inventory.Day `help:"Day of delivery, when before the start: the broken period's rent." placeholder:"YYYY-MM-DD"`
	Tacit        int           `help:"Months of a tacit renewal."`
	NoticeMonths int           `help:"Notice in months."`
	NoticeDays   int           `help:"Notice in days."`
	Discount     string        `help:"Effective yearly rate of present values, in percent." default:"5" placeholder:"PERCENT"`
	Resale       string        `help:"With --price: what bought equipment sells for at the end." placeholder:"AMOUNT"`
	Tax          string        `help:"With --price: compare after tax at this rate, in percent." placeholder:"PERCENT"`
	Index        string        `help:"Yearly rise of a contract's price or of a rent, in percent." placeholder:"PERCENT"`
	FirstRent    string        `help:"A raised first rent, in the place of the first one." placeholder:"AMOUNT"`
	Deposit      string        `help:"Deposit, given back at the end of a lease." placeholder:"AMOUNT"`
	Premium      string        `help:"Insurance that the lessor bills each month." placeholder:"AMOUNT"`
	EarlyExit    string        `help:"What leaving early costs, in percent of the rents left: 110 is all of them and 10 %." placeholder:"PERCENT"`
	Amend        []string      `help:"An amendment of a lease, in the order of days: a day, then co-terminous, restart or own, then rent=AMOUNT of a month and months=N; may be repeated." sep:"none" placeholder:"'DAY TERM rent=AMOUNT months=N'"`
	Currency     string        `help:"Currency of the amounts." default:"EUR"`
	Day          inventory.Day `help:"As seen on this day (default: today)." placeholder:"YYYY-MM-DD"`
	Format       string        `help:"${enum}." enum:"table,json,csv" default:"table"`
}

// percentFlag reads a percentage as basis points.
func percentFlag(flag, text string) (int, error) {
	if text == "" {
		return 0, nil
	}
	m, err := inventory.ParseMoney(strings.TrimSuffix(text, "%"), "EUR") // two decimals, as a percentage has
	if err != nil || m.Minor < 0 || m.Minor > 10000 {
		return 0, inventory.Errorf(inventory.Invalid, "--%s: %q is no percentage: write it as 4.8", flag, inventory.CleanTo(text, 20))
	}
	return int(m.Minor), nil
}

func amountFlag(flag, text, currency string) (inventory.Money, error) {
	if text == "" {
		return inventory.Money{}, nil
	}
	m, err := inventory.ParseMoney(text, currency)
	if err == nil && m.Minor < 0 {
		err = inventory.Errorf(inventory.Invalid, "%s is negative", text)
	}
	if err != nil {
		return m, inventory.Errorf(inventory.Invalid, "--%s: %w", flag, err)
	}
	return m, nil
}

// scheduled is what the flags say.
type scheduled struct {
	financing       inventory.Financing
	monthly, resale inventory.Money
	fresh           inventory.Money // price of new equipment
	discount, tax   int
	index           int
}

func (c *ScheduleCmd) read() (scheduled, error) {
	var s scheduled
	currency, err := parseCurrency(c.Currency)
	if err != nil {
		return s, err
	}
	f := &s.financing
	*f = inventory.Financing{
		Kind: inventory.FinancingKind(c.Kind), Start: c.Start, Months: c.Months, PeriodMonths: c.Period, Arrears: c.Arrears,
		InService: c.Delivered, TacitMonths: c.Tacit, NoticeMonths: c.NoticeMonths, NoticeDays: c.NoticeDays,
	}
	if c.Kind == "contract" {
		f.Kind = inventory.Lease // a price paid each period, as a rent is
	}
	for _, a := range []struct {
		flag, text string
		into       *inventory.Money
	}{{"price", c.Price, &f.Price}, {"rent", c.Rent, &s.monthly}, {"residual", c.Residual, &f.Residual}, {"resale", c.Resale, &s.resale}, {"return-cost", c.ReturnCost, &f.ReturnCost}, {"new-price", c.NewPrice, &s.fresh}} {
		if *a.into, err = amountFlag(a.flag, a.text, currency); err != nil {
			return s, err
		}
	}
	for _, p := range []struct {
		flag, text string
		into       *int
	}{{"rate", c.Rate, &f.RateBPS}, {"discount", c.Discount, &s.discount}, {"tax", c.Tax, &s.tax}, {"index", c.Index, &s.index}} {
		if *p.into, err = percentFlag(p.flag, p.text); err != nil {
			return s, err
		}
	}
	if c.Period < 1 || c.Period > 120 {
		return s, inventory.Errorf(inventory.Invalid, "--period: %d is not possible: 1 is monthly, 12 yearly", c.Period)
	}
	f.Instalment = s.monthly.Scale(int64(c.Period), 1)
	if err := c.readLease(&s, currency); err != nil {
		return s, err
	}
	return s, lifecycle.CheckFinancing(*f)
}

// readLease reads what only leases have.
func (c *ScheduleCmd) readLease(s *scheduled, currency string) error {
	f := &s.financing
	var premium inventory.Money
	var err error
	for _, a := range []struct {
		flag, text string
		into       *inventory.Money
	}{{"first-rent", c.FirstRent, &f.FirstInstalment}, {"deposit", c.Deposit, &f.Deposit}, {"premium", c.Premium, &premium}} {
		if *a.into, err = amountFlag(a.flag, a.text, currency); err != nil {
			return err
		}
	}
	f.Premium = premium.Scale(int64(c.Period), 1)
	if c.EarlyExit != "" {
		m, err := inventory.ParseMoney(strings.TrimSuffix(c.EarlyExit, "%"), "EUR") // two decimals, as a percentage has
		if err != nil || m.Minor < 0 || m.Minor > 100_000 {
			return inventory.Errorf(inventory.Invalid, "--early-exit: %q is no percentage: write it as 110", inventory.CleanTo(c.EarlyExit, 20))
		}
		f.ExitPermille = int(m.Minor / 10)
	}
	if f.Kind != inventory.Loan && c.Kind != "contract" {
		f.IndexBPS = s.index
	}
	for i, text := range c.Amend {
		a, err := parseAmendment(text, currency, c.Period)
		if err != nil {
			return inventory.Errorf(inventory.Invalid, "--amend: %w", err)
		}
		if a.Term == inventory.OwnTerm { // a schedule without a database has no assets to name
			a.AssetsIn = []string{fmt.Sprintf("amendment %d", i+1)}
		}
		f.Amendments = append(f.Amendments, a)
	}
	return nil
}

// parseAmendment reads "2027-03-01 restart rent=400 months=36".
func parseAmendment(text, currency string, period int) (inventory.Amendment, error) {
	words := strings.Fields(text)
	if len(words) < 2 {
		return inventory.Amendment{}, inventory.Errorf(inventory.Invalid, "%q: write it as '2027-03-01 restart rent=400 months=36'", inventory.CleanTo(text, 60))
	}
	day, err := inventory.ParseDay(words[0])
	if err != nil {
		return inventory.Amendment{}, err
	}
	a := inventory.Amendment{Day: day, Term: inventory.AmendmentTerm(words[1])}
	for _, word := range words[2:] {
		name, value, _ := strings.Cut(word, "=")
		switch name {
		case "rent":
			rent, err := amountFlag("amend", value, currency)
			if err != nil {
				return a, err
			}
			a.Instalment = inventory.Money{Minor: rent.Minor * int64(period), Currency: currency}
		case "months":
			if a.Months, err = strconv.Atoi(value); err != nil {
				return a, inventory.Errorf(inventory.Invalid, "months: %q is no number", inventory.CleanTo(value, 20))
			}
		default:
			return a, inventory.Errorf(inventory.Invalid, "%q is none of rent=AMOUNT, months=N", inventory.CleanTo(word, 40))
		}
	}
	return a, nil
}

type scheduleLine struct {
	Day       inventory.Day            `json:"day"`
	Kind      lifecycle.InstalmentKind `json:"kind"`
	Amount    amount                   `json:"amount"`
	Interest  *amount                  `json:"interest,omitempty"`
	Principal *amount                  `json:"principal,omitempty"`
	Left      *amount                  `json:"left,omitempty"`
	Schedule  int                      `json:"schedule,omitempty"` // 0 of the lease, then of the amendments with a term of their own
}

type scheduleTerm struct {
	Start  inventory.Day `json:"start"`
	End    inventory.Day `json:"end"`
	Safe   inventory.Day `json:"last_safe_notice"`
	ActBy  inventory.Day `json:"act_by"`
	Moved  string        `json:"moved_because,omitempty"`
	SendBy inventory.Day `json:"send_by"`
	Days   int           `json:"days_left"`
	Bound  inventory.Day `json:"bound_until"`
	Missed bool          `json:"missed"`
	Over   bool          `json:"over"`
}

type scheduleResult struct {
	Day        inventory.Day  `json:"day"`
	Kind       string         `json:"kind"`
	Term       *scheduleTerm  `json:"term,omitempty"`
	Price      *amount        `json:"price_on_day,omitempty"` // of a contract, indexed
	Lines      []scheduleLine `json:"instalments"`
	Count      int            `json:"count"`
	Total      amount         `json:"total"`
	Left       int            `json:"left"`
	Remaining  amount         `json:"remaining"`
	Missed     *amount        `json:"missed_notice_costs,omitempty"`
	EarlyExit  *amount        `json:"early_exit_costs,omitempty"`
	Deposit    *amount        `json:"deposit_back,omitempty"`
	Present    *amount        `json:"present_value,omitempty"`
	Difference *amount        `json:"present_value_less_price,omitempty"` // positive: the price is better
	Yearly     *float64       `json:"implicit_rate_percent,omitempty"`
	Monthly    *float64       `json:"implicit_monthly_rate_percent,omitempty"`
	Compare    *comparison    `json:"buy_or_lease,omitempty"`
	Exits      []scheduleExit `json:"exits,omitempty"` // of a lease, the cheapest first
	Convention []string       `json:"conventions"`
}

type scheduleExit struct {
	Kind lifecycle.ExitKind `json:"kind"`
	Cost amount             `json:"cost"`
	Full bool               `json:"complete"` // false: a price is not known
	Why  string             `json:"why"`
}

type comparison struct {
	Buy       amount `json:"buy"`
	Lease     amount `json:"lease"`
	Better    string `json:"better"`
	By        amount `json:"by"`
	BreakEven amount `json:"break_even_rent"`
}

// Run prints the schedule.
func (c *ScheduleCmd) Run(app *App) error {
	s, err := c.read()
	if err != nil {
		return err
	}
	r, err := c.result(s, app.dayOr(c.Day))
	if err != nil {
		return err
	}
	if c.Format == "json" {
		return writeJSON(app.Out, r)
	}
	t := &sheet{head: strings.Fields("day kind amount interest principal left")}
	text := func(a *amount) string {
		if a == nil {
			return ""
		}
		return a.Amount
	}
	for _, l := range r.Lines {
		t.add(string(l.Day), string(l.Kind), l.Amount.Amount, text(l.Interest), text(l.Principal), text(l.Left))
	}
	if err := t.write(app.Out, c.Format); err != nil || c.Format == "csv" {
		return err
	}
	r.tell(app)
	return nil
}

func (c *ScheduleCmd) result(s scheduled, day inventory.Day) (scheduleResult, error) {
	f := s.financing
	r := scheduleResult{Day: day, Kind: c.Kind}
	total := inventory.Money{Currency: f.Price.Currency}
	for _, i := range lifecycle.Instalments(f) {
		l := scheduleLine{Day: i.Day, Kind: i.Kind, Amount: amountOf(i.Amount), Schedule: i.Schedule}
		if i.Kind == lifecycle.PayLoan {
			interest, principal, left := amountOf(i.Interest), amountOf(i.Principal), amountOf(i.Left)
			l.Interest, l.Principal, l.Left = &interest, &principal, &left
		}
		r.Lines = append(r.Lines, l)
		total = inventory.Money{Minor: total.Minor + i.Amount.Minor, Currency: i.Amount.Currency}
	}
	r.Count, r.Total = len(r.Lines), amountOf(total)
	left, remaining := lifecycle.Remaining(f, day)
	r.Left, r.Remaining = left, amountOf(remaining)
	t := lifecycle.LeaseTerm(f, day)
	r.Term = &scheduleTerm{t.Start, t.End, t.Safe, t.Notice, t.Moved, t.SendBy, day.Until(t.Notice), t.Bound, t.Missed, t.Over}
	r.Convention = []string{"every date is counted from the start; a missing day is the month's last; notice moves earlier from Saturdays, Sundays and French public holidays"}
	switch c.Kind {
	case "loan":
		r.Convention = append(r.Convention, "instalments in arrears, P·i ÷ (1 − (1+i)^−n) at the nominal rate ÷ periods a year; the last line absorbs the rounding")
		return r, nil
	case "contract":
		price := amountOf(lifecycle.IndexedPrice(inventory.Contract{Start: f.Start, Price: s.monthly, IndexBPS: s.index}, day))
		r.Price = &price
	}
	if f.TacitMonths > 0 {
		missed := amountOf(lifecycle.MissedNotice(f))
		r.Missed = &missed
	}
	if c.Kind != "contract" {
		end := lifecycle.EndOfLease(lifecycle.Schedules(f)[0], s.fresh, 0, day)
		for _, e := range end.Exits {
			r.Exits = append(r.Exits, scheduleExit{e.Kind, amountOf(e.Cost), e.Known, e.Why})
		}
		r.EarlyExit, r.Deposit = amountOrNone(end.EarlyExit), amountOrNone(end.Deposit)
	}
	return r, c.compare(s, &r)
}

// compare adds present values and, against a price, what is better.
func (c *ScheduleCmd) compare(s scheduled, r *scheduleResult) error {
	f := s.financing
	rents := lifecycle.Rents{Amount: f.Instalment, Months: f.Months, PeriodMonths: f.PeriodMonths, Arrears: f.Arrears}
	even := len(f.Amendments) == 0 && f.IndexBPS == 0 && f.FirstInstalment.Minor == 0 && f.Premium.Minor == 0
	present := rents.PresentValue(s.discount)
	if !even {
		present = lifecycle.PresentValueOf(lifecycle.Instalments(f), f.Start, f.Arrears, s.discount)
	}
	pv := amountOf(present)
	r.Present = &pv
	r.Convention = append(r.Convention, fmt.Sprintf("present value at %s %% a year: %s", c.Discount, lifecycle.PresentValueConvention))
	if len(f.Amendments) > 0 {
		r.Convention = append(r.Convention, "an amendment within a period costs its days of a 30-day month; a restart gives back the days paid beyond it")
	}
	if f.Price.Minor == 0 {
		return nil
	}
	if !even {
		difference := amountOf(inventory.Money{Minor: present.Minor - f.Price.Minor, Currency: f.Price.Currency})
		r.Difference = &difference
		r.Convention = append(r.Convention, "a lease whose rents change is compared by present value only: the implicit rate and the comparison with a purchase are of even rents")
		return nil
	}
	difference := amountOf(inventory.Money{Minor: present.Minor - f.Price.Minor, Currency: f.Price.Currency})
	r.Difference = &difference
	if monthly, yearly, ok := rents.ImplicitRate(f.Price, f.Residual); ok {
		monthly, yearly = math.Round(monthly*1e7)/1e5, math.Round(yearly*1e6)/1e4
		r.Monthly, r.Yearly = &monthly, &yearly
	}
	choice := lifecycle.Choice{Price: f.Price, Resale: s.resale, Rents: rents, DiscountBPS: s.discount, TaxBPS: s.tax}
	got, err := choice.Compare()
	if err != nil {
		return err
	}
	r.Compare = &comparison{amountOf(got.Buy), amountOf(got.Lease), "lease", amountOf(inventory.Money{Minor: max(got.Difference.Minor, -got.Difference.Minor), Currency: got.Difference.Currency}), amountOf(got.BreakEven)}
	if got.BuyIsBetter {
		r.Compare.Better = "buy"
	}
	if s.tax > 0 {
		r.Convention = append(r.Convention, "after tax: what rents, straight-line depreciation over the lease and the resale save or cost counts at each year's end")
	}
	return nil
}

// tell writes the sums and dates below the table.
func (r *scheduleResult) tell(app *App) {
	fmt.Fprintf(app.Out, "\n%s, %s %s in all; after %s: %s, %s\n", count(r.Count, "instalment"), r.Total.Amount, r.Total.Currency, r.Day, strconv.Itoa(r.Left)+" left", r.Remaining.Amount)
	if t := r.Term; t != nil && t.End != "" {
		fmt.Fprintf(app.Out, "Term on %s: ends %s", r.Day, t.End)
		if t.ActBy != "" {
			fmt.Fprintf(app.Out, "; last safe notice %s, act by %s", t.Safe, t.ActBy)
			if t.Moved != "" {
				fmt.Fprintf(app.Out, " (%s)", t.Moved)
			}
			fmt.Fprintf(app.Out, ", %d days left; send by %s", t.Days, t.SendBy)
		}
		if t.Bound != t.End {
			fmt.Fprintf(app.Out, "; without notice until %s", t.Bound)
		}
		fmt.Fprintln(app.Out)
	}
	for _, l := range []struct {
		what  string
		money *amount
	}{{"Price on the day", r.Price}, {"A missed notice costs", r.Missed}, {"Leaving on the day costs", r.EarlyExit}, {"The deposit comes back at the end", r.Deposit}, {"Present value", r.Present}, {"Present value less price", r.Difference}} {
		if l.money != nil {
			fmt.Fprintf(app.Out, "%s: %s %s\n", l.what, l.money.Amount, l.money.Currency)
		}
	}
	if r.Yearly != nil {
		fmt.Fprintf(app.Out, "Implicit rate: %.4f %% a year (%.5f %% a month)\n", *r.Yearly, *r.Monthly)
	}
	if c := r.Compare; c != nil {
		fmt.Fprintf(app.Out, "Buy %s, lease %s in present value: %s is better by %s; break-even at a rent of %s\n", c.Buy.Amount, c.Lease.Amount, c.Better, c.By.Amount, c.BreakEven.Amount)
	}
	for _, e := range r.Exits {
		if e.Full {
			fmt.Fprintf(app.Out, "At the end, %s: %s %s (%s)\n", e.Kind, e.Cost.Amount, e.Cost.Currency, e.Why)
		}
	}
	fmt.Fprintln(app.Out)
	for _, text := range r.Convention {
		fmt.Fprintln(app.Out, "- "+text)
	}
}
