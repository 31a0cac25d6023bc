package exchange

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"parc/inventory"
)

// settle brings together what several columns of a row tell: a warranty in months
// and a price count from the day of purchase.
func (row *Row) settle(said map[string]string, headings, targets []string) (problem string) {
	column := func(target string) string {
		if i := slices.Index(targets, target); i >= 0 {
			return headings[i]
		}
		return target
	}
	bought := inventory.Day(row.Observation.Get(inventory.FieldPurchased))
	if months, ok := sheetMonths(said[ColumnWarranty]); ok && row.WarrantyEnd.IsZero() && !bought.IsZero() && months > 0 {
		row.WarrantyEnd = bought.AddMonths(months).AddDays(-1)
	}
	if !row.WarrantyEnd.IsZero() && !bought.IsZero() && row.WarrantyEnd < bought {
		return fmt.Sprintf("column %q: the warranty ends on %s, before the purchase on %s", column(ColumnWarrantyEnd), row.WarrantyEnd, bought)
	}
	if bought.IsZero() || row.Purchase.Price.Minor == 0 {
		row.Purchase = inventory.Financing{}
		return ""
	}
	row.Purchase.Kind, row.Purchase.Start, row.Purchase.VATPermille = inventory.Purchase, bought, usualVAT
	return ""
}

// usualVAT is what is counted on a price that a table gives without VAT: 20 %.
const usualVAT = 200

// longestWarranty is more months than any warranty lasts.
const longestWarranty = 240

// sheetMonths reads "36", "36 months", "36 mois", "3 ans" and "3 years".
func sheetMonths(value string) (months int, ok bool) {
	number, unit, _ := strings.Cut(fold(value), " ")
	n, err := strconv.Atoi(number)
	if err != nil || strings.HasPrefix(strings.TrimSpace(value), "-") {
		return 0, false
	}
	switch unit {
	case "", "m", "mois", "month", "months":
	case "an", "ans", "annee", "annees", "year", "years", "y":
		n *= 12
	default:
		return 0, false
	}
	return n, n <= longestWarranty
}

// currencies are the signs by which prices name theirs.
var currencies = map[string]string{"": "EUR", "€": "EUR", "eur": "EUR", "euro": "EUR", "euros": "EUR", "$": "USD", "usd": "USD", "£": "GBP", "gbp": "GBP", "chf": "CHF", "fr": "CHF"}

// sheetMoney reads 1234.56, "1 234,56 €", "1.234,56", "1,234.56" and "€ 99"; without a
// sign it is euros. The last of , and . parts the cents, where one or two digits follow.
func sheetMoney(value string) (inventory.Money, string) {
	const bad = "is no price: write it as 1234,56 or 1234.56 €"
	text := strings.ToLower(strings.TrimSpace(value))
	for _, tail := range []string{"ht", "h.t.", "hors taxes"} {
		text = strings.TrimSpace(strings.TrimSuffix(text, tail))
	}
	sign := strings.TrimSpace(strings.Map(func(r rune) rune {
		if strings.ContainsRune("0123456789.,-+ \u00a0\u202f'", r) {
			return -1
		}
		return r
	}, text))
	currency, ok := currencies[sign]
	if !ok {
		return inventory.Money{}, bad
	}
	digits := strings.Map(func(r rune) rune {
		if strings.ContainsRune("0123456789.,-", r) {
			return r
		}
		return -1
	}, text)
	if digits == "" {
		return inventory.Money{}, bad
	}
	if strings.HasPrefix(digits, "-") {
		return inventory.Money{}, "is a negative price"
	}
	whole, cents := digits, ""
	if at := strings.LastIndexAny(digits, ".,"); at >= 0 && len(digits)-at-1 != 3 {
		whole, cents = digits[:at], digits[at+1:]
	}
	whole = strings.NewReplacer(".", "", ",", "").Replace(whole)
	if len(cents) > 2 { // more decimals than money has, as spreadsheets count
		cents = cents[:2]
	}
	units, err := strconv.ParseInt(whole+(cents + "00")[:2], 10, 64)
	if err != nil || units > mostMoney {
		return inventory.Money{}, bad
	}
	return inventory.Money{Minor: units, Currency: currency}, ""
}

// mostMoney is more cents than one thing in a spreadsheet costs.
const mostMoney = 100_000_000_00
