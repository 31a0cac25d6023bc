package main

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"parc/inventory"
	"parc/lifecycle"
)

// ValueCmd shows book values: of a client's assets, or of one thing described
// by flags, which needs no database.
type ValueCmd struct {
	From
	Day       inventory.Day `help:"At the end of which day (default: today)." placeholder:"YYYY-MM-DD"`
	Price     string        `help:"Calculate for one thing of this net price instead." placeholder:"AMOUNT" xor:"from"`
	Currency  string        `help:"The price's currency." default:"EUR"`
	InService inventory.Day `help:"First day of use." placeholder:"YYYY-MM-DD"`
	Acquired  inventory.Day `help:"Day of acquisition, where declining depreciation starts (default: the first day of use)." placeholder:"YYYY-MM-DD"`
	Years     int           `help:"Written off over so many years (default: 3)."`
	Months    int           `help:"Written off over so many months instead."`
	Method    string        `help:"${enum}; none: linear, or expensed at or below the threshold." enum:",linear,declining,expensed" default:""`
	YearEnd   string        `help:"Last day of the fiscal year." default:"12-31" placeholder:"MM-DD"`
	Threshold string        `help:"Net price up to which a thing is expensed at once." default:"500" placeholder:"AMOUNT"`
	SkipFirst bool          `name:"skip-first-day" help:"Do not count the day of entry into service."`
	Format    string        `help:"${enum}." enum:"table,json,jsonl,csv" default:"table"`
}

// valueConventions tells how values are counted.
var valueConventions = []string{
	"linear: days of a 360-day year from the first day of use, that day counted; each year rounded, the last takes the rest",
	"declining: coefficient 1.25 (3 and 4 years), 1.75 (5 and 6), 2.25 (more) from the first of the month of acquisition; straight line when that is more",
	"expensed: at once, at or below the threshold per unit net of VAT",
}

// Run prints the values.
func (c *ValueCmd) Run(app *App) error {
	day := app.dayOr(c.Day)
	switch {
	case c.Price != "":
		return c.calculate(app, day)
	case c.given():
		return c.list(app, day)
	}
	return inventory.Errorf(inventory.Invalid, "say of what: --client NAME, or --price AMOUNT with --in-service D")
}

// depreciable reads the flags of the calculator.
func (c *ValueCmd) depreciable() (lifecycle.Depreciable, error) {
	var d lifecycle.Depreciable
	currency, err := parseCurrency(c.Currency)
	if err != nil {
		return d, err
	}
	if d.Cost, err = inventory.ParseMoney(c.Price, currency); err != nil {
		return d, inventory.Errorf(inventory.Invalid, "--price: %w", err)
	}
	threshold, err := inventory.ParseMoney(c.Threshold, currency)
	if err != nil {
		return d, inventory.Errorf(inventory.Invalid, "--threshold: %w", err)
	}
	end, err := time.Parse("2006-01-02", "2024-"+c.YearEnd) // a leap year
	if err != nil {
		return d, inventory.Errorf(inventory.Invalid, "--year-end: %q is no day of a year: write it as 12-31", inventory.CleanTo(c.YearEnd, 20))
	}
	if last := end.AddDate(0, 0, 1).Day() == 1 || end.Month() == time.February && end.Day() == 28; !last {
		return d, inventory.Errorf(inventory.Invalid, "--year-end: a fiscal year ends on the last day of a month, not on %s", c.YearEnd)
	}
	d.YearEndMonth, d.SkipFirstDay, d.Months = int(end.Month()), c.SkipFirst, c.Months
	switch {
	case c.Years < 0 || c.Years > 100 || c.Months < 0:
		return d, inventory.Errorf(inventory.Invalid, "--years: %d is not possible", c.Years)
	case c.Years > 0 && c.Months > 0:
		return d, inventory.Errorf(inventory.Invalid, "--months: give years or months, not both")
	case c.Years > 0:
		d.Months = 12 * c.Years
	case c.Months == 0:
		d.Months = 36
	}
	if d.Method = inventory.Depreciation(c.Method); d.Method == "" {
		if d.Method = inventory.Linear; d.Cost.Minor <= threshold.Minor {
			d.Method = inventory.Expensed
		}
	}
	d.Start = c.InService
	if d.Start.IsZero() || d.Method != inventory.Linear && !c.Acquired.IsZero() {
		d.Start = c.Acquired
	}
	if d.Start.IsZero() {
		return d, inventory.Errorf(inventory.Invalid, "--in-service: a day is needed: write it as YYYY-MM-DD")
	}
	return d, d.Check()
}

func parseCurrency(s string) (string, error) {
	s = strings.ToUpper(s)
	if len(s) != 3 || strings.Trim(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
		return "", inventory.Errorf(inventory.Invalid, "--currency: %q is no currency: write it as EUR", inventory.CleanTo(s, 10))
	}
	return s, nil
}

type valueYear struct {
	Year   int           `json:"year"`
	From   inventory.Day `json:"from"`
	To     inventory.Day `json:"to"`
	Days   int           `json:"days"`
	Amount amount        `json:"amount"`
	Book   amount        `json:"book_value"`
}

func (c *ValueCmd) calculate(app *App, day inventory.Day) error {
	d, err := c.depreciable()
	if err != nil {
		return err
	}
	table, err := d.Table()
	if err != nil {
		return err
	}
	book, err := d.BookValue(day)
	if err != nil {
		return err
	}
	years := make([]valueYear, len(table))
	s := &sheet{head: strings.Fields("year from to days depreciation book_value")}
	for i, y := range table {
		years[i] = valueYear{y.Year, y.From, y.To, y.Days, amountOf(y.Amount), amountOf(y.Book)}
		s.add(strconv.Itoa(y.Year), string(y.From), string(y.To), strconv.Itoa(y.Days), y.Amount.Decimal(), y.Book.Decimal())
	}
	switch c.Format {
	case "json":
		return writeJSON(app.Out, struct {
			Day         inventory.Day          `json:"day"`
			Price       amount                 `json:"price"`
			Method      inventory.Depreciation `json:"method"`
			Start       inventory.Day          `json:"start"`
			Months      int                    `json:"months"`
			YearEnd     string                 `json:"year_end"`
			Book        amount                 `json:"book_value"`
			Table       []valueYear            `json:"table"`
			Conventions []string               `json:"conventions"`
		}{day, amountOf(d.Cost), d.Method, d.Start, d.Months, c.YearEnd, amountOf(book), years, valueConventions})
	case "jsonl":
		return writeLines(app.Out, years)
	}
	if c.Format == "table" {
		fmt.Fprintf(app.Out, "%s %s, %s over %d months from %s\n\n", d.Cost.Decimal(), d.Cost.Currency, d.Method, d.Months, d.Start)
	}
	if err := s.write(app.Out, c.Format); err != nil || c.Format != "table" {
		return err
	}
	fmt.Fprintf(app.Out, "\nBook value at the end of %s: %s %s\n\n", day, book.Decimal(), book.Currency)
	for _, text := range valueConventions {
		fmt.Fprintln(app.Out, "- "+text)
	}
	return nil
}

type assetValue struct {
	Day       inventory.Day           `json:"day"`
	AssetID   string                  `json:"asset_id"`
	Asset     string                  `json:"asset"`
	Class     inventory.Class         `json:"class"`
	Kind      inventory.FinancingKind `json:"financing"`
	Reference string                  `json:"reference"`
	Cost      amount                  `json:"cost"`
	Method    inventory.Depreciation  `json:"method"`
	Why       string                  `json:"why"`
	Start     inventory.Day           `json:"start"`
	Months    int                     `json:"months"`
	Book      amount                  `json:"book_value"`
	Over      inventory.Day           `json:"over_on"`
}

func (c *ValueCmd) list(app *App, day inventory.Day) error {
	o, err := c.load(app, day)
	if err != nil {
		return err
	}
	worths, err := lifecycle.Worths(o.input.Financings, o.input.Policy, day)
	if err != nil {
		return err
	}
	assets := map[string]*inventory.Asset{}
	for i := range o.input.Assets {
		assets[o.input.Assets[i].ID] = &o.input.Assets[i]
	}
	values := make([]assetValue, len(worths))
	s := &sheet{head: strings.Fields("asset class financing cost currency method start months book_value over_on why")}
	sums := map[string][2]int64{}
	for i, w := range worths {
		v := assetValue{
			Day: day, AssetID: w.AssetID, Asset: w.AssetID, Kind: w.Kind, Reference: w.Reference, Cost: amountOf(w.Cost), Method: w.Method, Why: w.Why,
			Start: w.Start, Months: w.Months, Book: amountOf(w.Book), Over: w.Over,
		}
		if a := assets[w.AssetID]; a != nil {
			v.Asset, v.Class = lifecycle.Name(*a), a.Class
		}
		values[i] = v
		sum := sums[w.Cost.Currency]
		sums[w.Cost.Currency] = [2]int64{sum[0] + w.Cost.Minor, sum[1] + w.Book.Minor}
		s.add(v.Asset, string(v.Class), strings.TrimSpace(string(v.Kind)+" "+v.Reference), v.Cost.Amount, v.Cost.Currency, string(v.Method), string(v.Start), strconv.Itoa(v.Months), v.Book.Amount, string(v.Over), v.Why)
	}
	delete(sums, "")
	return c.printValues(app, o, day, values, s, sums)
}

func (c *ValueCmd) printValues(app *App, o owned, day inventory.Day, values []assetValue, s *sheet, sums map[string][2]int64) error {
	type total struct {
		Currency string `json:"currency"`
		Cost     amount `json:"cost"`
		Book     amount `json:"book_value"`
	}
	totals := []total{}
	for _, currency := range sortedKeys(sums) {
		sum := sums[currency]
		totals = append(totals, total{currency, amountOf(inventory.Money{Minor: sum[0], Currency: currency}), amountOf(inventory.Money{Minor: sum[1], Currency: currency})})
	}
	switch c.Format {
	case "json":
		return writeJSON(app.Out, struct {
			Client      string        `json:"client"`
			Day         inventory.Day `json:"day"`
			Assets      []assetValue  `json:"assets"`
			Totals      []total       `json:"totals"`
			Conventions []string      `json:"conventions"`
		}{o.client, day, values, totals, valueConventions})
	case "jsonl":
		return writeLines(app.Out, values)
	case "table":
		fmt.Fprintf(app.Out, "Book values of %s at the end of %s\n\n", o.name(), day)
	}
	if err := s.write(app.Out, c.Format); err != nil || c.Format != "table" {
		return err
	}
	for _, t := range totals {
		fmt.Fprintf(app.Out, "\nTotal %s: cost %s, book value %s\n", t.Currency, t.Cost.Amount, t.Book.Amount)
	}
	fmt.Fprintln(app.Out)
	for _, text := range valueConventions {
		fmt.Fprintln(app.Out, "- "+text)
	}
	return nil
}
