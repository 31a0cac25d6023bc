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
func settle(in *inventory.ImportRow, s *Sheet, said map[string]string) *Refusal {
	bought := inventory.Day(in.Observation.Get(inventory.FieldPurchased))
	if months, ok := sheetMonths(said[ColumnWarranty]); ok && in.Coverage.End.IsZero() && !bought.IsZero() && months > 0 {
		in.Coverage.Start, in.Coverage.End = bought, bought.AddMonths(months).AddDays(-1)
	}
	if !in.Coverage.End.IsZero() && !bought.IsZero() && in.Coverage.End < bought {
		refused := refuse(ProblemOrder, fmt.Sprintf("is a warranty that ends on %s, before the purchase on %s", in.Coverage.End, bought))
		for _, target := range []string{ColumnWarrantyEnd, ColumnWarranty} {
			if i := slices.Index(s.Targets, target); i >= 0 && said[target] != "" && refused.Column == "" {
				refused.Column, refused.Value = s.Headings[i], inventory.CleanTo(said[target], 60)
			}
		}
		return refused
	}
	p := &in.Purchase
	if p.Price.Minor == 0 {
		p.Price = inventory.Money{}
		if p.Reference == "" { // who sold it, and nothing more, is no purchase
			in.Purchase = inventory.Financing{}
			return nil
		}
	}
	p.Kind, p.Start, p.VATPermille = inventory.Purchase, bought, usualVAT
	return nil
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
func sheetMoney(value string) (inventory.Money, *Refusal) {
	bad := refuse(ProblemPrice, "is no price: write it as 1234,56 or 1234.56 €")
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
		return inventory.Money{}, refuse(ProblemNegative, "is a negative price")
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
	return inventory.Money{Minor: units, Currency: currency}, nil
}

// mostMoney is more cents than one thing in a spreadsheet costs.
const mostMoney = 100_000_000_00
