package paper

import (
	"math"
	"strconv"
	"strings"
	"time"

	"parc/inventory"
)

// Locale writes numbers, days and amounts as people of a language do.
type Locale struct {
	Lang     string // fr, en
	Decimal  string // between units and tenths
	Thousand string // between thousands
	Date     string // layout of a day, as package time reads it
	Months   [12]string
}

const nbsp = "\u00a0"

// French and English are the languages that documents are written in.
var (
	French = Locale{
		Lang: "fr", Decimal: ",", Thousand: nbsp, Date: "02/01/2006",
		Months: [12]string{"janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."},
	}
	English = Locale{
		Lang: "en", Decimal: ".", Thousand: ",", Date: "2 Jan 2006",
		Months: [12]string{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"},
	}
)

// Day writes a day; "" when it is unknown.
func (l Locale) Day(d inventory.Day) string {
	if d.IsZero() {
		return ""
	}
	return d.Time().Format(l.Date)
}

// Month writes the month of a day with its year.
func (l Locale) Month(d inventory.Day) string {
	if d.IsZero() {
		return ""
	}
	t := d.Time()
	return l.Months[t.Month()-time.January] + " " + strconv.Itoa(t.Year())
}

// Number writes a number with so many decimals.
func (l Locale) Number(f float64, decimals int) string {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return "–"
	}
	text := strconv.FormatFloat(math.Abs(f), 'f', decimals, 64)
	whole, rest, _ := strings.Cut(text, ".")
	text = l.group(whole)
	if rest != "" {
		text += l.Decimal + rest
	}
	if f < 0 {
		return "−" + text
	}
	return text
}

// Int writes a whole number.
func (l Locale) Int(n int) string {
	if n < 0 {
		return "−" + l.group(strconv.Itoa(n)[1:])
	}
	return l.group(strconv.Itoa(n))
}

func (l Locale) group(digits string) string {
	if len(digits) <= 3 {
		return digits
	}
	var b strings.Builder
	for i, r := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b.WriteString(l.Thousand)
		}
		b.WriteRune(r)
	}
	return b.String()
}

// Money writes an amount to the cent; "" when there is none.
func (l Locale) Money(m inventory.Money) string {
	if m == (inventory.Money{}) {
		return ""
	}
	return l.currency(l.minor(m.Minor), m.Currency)
}

// Whole writes an amount rounded to whole units of its currency, halves away
// from zero; "" when there is none.
func (l Locale) Whole(m inventory.Money) string {
	if m == (inventory.Money{}) {
		return ""
	}
	units := m.Minor / 100
	switch rest := m.Minor % 100; {
	case rest >= 50:
		units++
	case rest <= -50:
		units--
	}
	return l.currency(l.Int(int(units)), m.Currency)
}

// minor writes hundredths without the rounding of floats.
func (l Locale) minor(n int64) string {
	sign := ""
	if n < 0 {
		sign = "−"
	}
	digits := strings.TrimPrefix(strconv.FormatInt(n, 10), "-")
	for len(digits) < 3 {
		digits = "0" + digits
	}
	cut := len(digits) - 2
	return sign + l.group(digits[:cut]) + l.Decimal + digits[cut:]
}

func (l Locale) currency(number, code string) string {
	symbol := map[string]string{"EUR": "€", "USD": "$", "GBP": "£"}[code]
	if l.Lang == "fr" {
		if symbol == "" {
			symbol = code
		}
		return number + nbsp + symbol
	}
	if symbol == "" {
		symbol = code + nbsp
	}
	if rest, negative := strings.CutPrefix(number, "−"); negative {
		return "−" + symbol + rest
	}
	return symbol + number
}

// Percent writes a share of a hundred, without decimals.
func (l Locale) Percent(f float64) string {
	text := l.Number(f, 0)
	if l.Lang == "fr" {
		return text + nbsp + "%"
	}
	return text + "%"
}

// Text writes any cell.
func (l Locale) Text(c Cell) string {
	switch x := c.(type) {
	case nil:
		return ""
	case string:
		return x
	case int:
		return l.Int(x)
	case float64:
		return l.Number(x, 1)
	case inventory.Day:
		return l.Day(x)
	case inventory.Money:
		return l.Money(x)
	case Whole:
		return l.Whole(inventory.Money(x))
	case Percent:
		return l.Percent(float64(x))
	case Badge:
		return x.Text
	case Rich:
		if x.Body == "" {
			return x.Head
		}
		return x.Head + "\n" + x.Body
	}
	return ""
}
