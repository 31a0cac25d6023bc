package lifecycle

import (
	"time"

	"parc/inventory"
)

// Depreciable is a thing whose book value falls with time.
type Depreciable struct {
	Cost   inventory.Money // net of VAT
	Start  inventory.Day   // linear: first day of use; declining: day of acquisition
	Months int             // it is written off over; whole years for declining
	Method inventory.Depreciation
	// YearEndMonth is the month on whose last day the fiscal year ends; 0 is December.
	YearEndMonth int
	// SkipFirstDay leaves the day of entry into service out of the count, as some firms do.
	SkipFirstDay bool
}

// ValueYear is one fiscal year of a thing's table of depreciation.
type ValueYear struct {
	Year   int           // in which it ends
	From   inventory.Day // first day that counts
	To     inventory.Day // last day of the fiscal year
	Amount inventory.Money
	Book   inventory.Money // what is left at the end of the year
	Days   int             // of a 360-day year; months × 30 when declining
}

const (
	daysOfMonth = 30
	daysOfYear  = 360
	// maxLifeMonths bounds a table: no equipment is written off over longer.
	maxLifeMonths = 12 * 100
)

// Check says what is impossible; each error is Invalid and names the field.
func (d Depreciable) Check() error {
	if err := checkMoney("price", d.Cost); err != nil {
		return err
	}
	if err := checkDay("in_service", d.Start, true); err != nil {
		return err
	}
	if d.YearEndMonth < 0 || d.YearEndMonth > 12 {
		return inventory.Errorf(inventory.Invalid, "year_end_month: %d is no month: give 1 to 12", d.YearEndMonth)
	}
	switch d.Method {
	case inventory.Expensed:
		return nil
	case inventory.Linear, inventory.Declining:
	default:
		return inventory.Errorf(inventory.Invalid, "method: %q is no method of depreciation: linear, declining or expensed", inventory.CleanTo(string(d.Method), 40))
	}
	if d.Months <= 0 || d.Months > maxLifeMonths {
		return inventory.Errorf(inventory.Invalid, "life_months: %d is not possible: give 1 to %d months", d.Months, maxLifeMonths)
	}
	if d.Method == inventory.Declining && (d.Months%12 != 0 || d.Months < 36) {
		return inventory.Errorf(inventory.Invalid, "life_months: declining depreciation needs whole years, three at least: got %d months", d.Months)
	}
	return nil
}

// Table gives the depreciation of every fiscal year; its amounts add up to the
// cost, to the cent. The error is that of Check.
func (d Depreciable) Table() ([]ValueYear, error) {
	if err := d.Check(); err != nil {
		return nil, err
	}
	switch d.Method {
	case inventory.Declining:
		return d.declining(), nil
	case inventory.Expensed:
		end := d.firstEnd()
		return []ValueYear{{end.Time().Year(), d.Start, end, d.Cost, inventory.Money{Currency: d.Cost.Currency}, 0}}, nil
	}
	return d.linear(), nil
}

// linear: cost × days ÷ (years × 360) each year, the last one takes the rest.
func (d Depreciable) linear() []ValueYear {
	total := d.Months * daysOfMonth
	left, book, from := total, d.Cost, d.Start
	var table []ValueYear
	for end := d.firstEnd(); left > 0; end = nextEnd(end) {
		days := min(d.days(end), total) - (total - left)
		if days <= 0 && len(table) == 0 && d.SkipFirstDay { // in service on the last day of the year
			from = end.AddDays(1)
			continue
		}
		amount := d.Cost.Scale(int64(days), int64(total))
		left -= days
		if left == 0 || amount.Minor > book.Minor {
			amount = book
		}
		book.Minor -= amount.Minor
		table = append(table, ValueYear{end.Time().Year(), from, end, amount, book, days})
		from = end.AddDays(1)
	}
	return table
}

// declining: the coefficient's rate on what is left, from the first of the month
// of acquisition, until an equal share of the years left is more; as many
// fiscal years as the life has.
func (d Depreciable) declining() []ValueYear {
	years := int64(d.Months / 12)
	coefficient := Coefficient(d.Months)
	end := d.firstEnd()
	start := monthStart(d.Start)
	first := int64(monthsTo(start, end))
	book, from := d.Cost, start
	table := make([]ValueYear, 0, years)
	for k := range years {
		months := int64(12)
		if k == 0 {
			months = first
		}
		amount := book.Scale(coefficient*months, 100*years*12)
		if equal := book.Scale(1, years-k); k > 0 && equal.Minor > amount.Minor || k == years-1 {
			amount = equal
		}
		book.Minor -= amount.Minor
		table = append(table, ValueYear{end.Time().Year(), from, end, amount, book, int(months) * daysOfMonth})
		from = end.AddDays(1)
		end = nextEnd(end)
	}
	return table
}

// Coefficient gives the hundredfold of the French declining coefficient of a
// life (Code général des impôts, annexe II, art. 39 A): 125 for three and four
// years, 175 for five and six, 225 above.
func Coefficient(months int) int64 {
	switch {
	case months <= 48:
		return 125
	case months <= 72:
		return 175
	}
	return 225
}

// BookValue gives what is left of the cost at the end of a day: all of it before
// the thing is in service. At the end of each fiscal year it is the table's.
func (d Depreciable) BookValue(day inventory.Day) (inventory.Money, error) {
	table, err := d.Table()
	if err != nil || day < d.Start && (d.Method != inventory.Declining || day < monthStart(d.Start)) {
		return d.Cost, err
	}
	if d.Method == inventory.Expensed {
		return inventory.Money{Currency: d.Cost.Currency}, nil
	}
	before := d.Cost
	for _, y := range table {
		if day >= y.To {
			before = y.Book
			continue
		}
		if day >= y.From {
			return d.within(y, before, day), nil
		}
		break
	}
	return before, nil
}

// within gives the value on a day inside a fiscal year that began with a book
// value. Linear depreciation counts all days since the start at once, so that
// the cents of earlier years do not add up; it never leaves the year's bounds.
func (d Depreciable) within(y ValueYear, before inventory.Money, day inventory.Day) inventory.Money {
	var spent inventory.Money
	if d.Method == inventory.Declining {
		spent = y.Amount.Scale(int64(days360(y.From, day)), int64(max(y.Days, 1)))
		spent.Minor += d.Cost.Minor - before.Minor
	} else {
		spent = d.Cost.Scale(int64(d.days(day)), int64(d.Months*daysOfMonth))
	}
	book := inventory.Money{Minor: d.Cost.Minor - spent.Minor, Currency: d.Cost.Currency}
	book.Minor = min(max(book.Minor, y.Book.Minor), before.Minor)
	return book
}

// days gives the days of a 360-day year from the start to the end of a day.
func (d Depreciable) days(day inventory.Day) int {
	n := days360(d.Start, day)
	if d.SkipFirstDay {
		n--
	}
	return max(n, 0)
}

// days360 counts from a day to another, both included, in months of 30 days. A
// month that is over counts 30, February too.
func days360(from, to inventory.Day) int {
	a, b := from.Time(), to.Time()
	last := min(b.Day(), daysOfMonth)
	if to.AddDays(1).Time().Month() != b.Month() {
		last = daysOfMonth
	}
	return (b.Year()-a.Year())*daysOfYear + (int(b.Month())-int(a.Month()))*daysOfMonth + last - min(a.Day(), daysOfMonth) + 1
}

// firstEnd gives the last day of the fiscal year in which the start falls.
func (d Depreciable) firstEnd() inventory.Day {
	return FiscalYearEnd(d.Start, d.YearEndMonth)
}

// FiscalYearEnd gives the last day of the fiscal year that a day falls in, for
// years that end with a month; 0 is December.
func FiscalYearEnd(day inventory.Day, month int) inventory.Day {
	if month == 0 {
		month = 12
	}
	t := day.Time()
	year := t.Year()
	if int(t.Month()) > month {
		year++
	}
	return inventory.NewDay(year, time.Month(month)+1, 1).AddDays(-1)
}

func nextEnd(end inventory.Day) inventory.Day {
	return end.AddDays(1).AddMonths(12).AddDays(-1)
}

func monthStart(day inventory.Day) inventory.Day {
	t := day.Time()
	return inventory.NewDay(t.Year(), t.Month(), 1)
}

// monthsTo counts the months from the one of a day to the one of another, both included.
func monthsTo(from, to inventory.Day) int {
	a, b := from.Time(), to.Time()
	return (b.Year()-a.Year())*12 + int(b.Month()) - int(a.Month()) + 1
}
