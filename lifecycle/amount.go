package lifecycle

import (
	"math/big"

	"parc/inventory"
)

// grown gives an amount after n yearly rises of so many basis points,
// compounded exactly and rounded once, a half away from zero; before them when n
// is negative.
func grown(m inventory.Money, bps, years int) inventory.Money {
	if bps == 0 || years == 0 || m.Minor == 0 || bps <= -10000 {
		return m
	}
	n := big.NewInt(int64(max(years, -years)))
	num := new(big.Int).Exp(big.NewInt(int64(10000+bps)), n, nil)
	den := new(big.Int).Exp(big.NewInt(10000), n, nil)
	if years < 0 {
		num, den = den, num
	}
	x := num.Mul(num, big.NewInt(m.Minor))
	x.Lsh(x, 1)
	if x.Sign() < 0 {
		x.Sub(x, den)
	} else {
		x.Add(x, den)
	}
	return inventory.Money{Minor: x.Quo(x, den.Lsh(den, 1)).Int64(), Currency: m.Currency}
}

// VAT gives the tax on a net amount, rounded to the minor unit.
func VAT(net inventory.Money, permille int) inventory.Money {
	return net.Scale(int64(permille), 1000)
}

// maxMinor bounds one amount, so that its tax and sums of a thousand like it
// still count exactly.
const maxMinor = 1 << 53

// checkMoney refuses a negative amount, one too large and one without a currency.
func checkMoney(field string, m inventory.Money) error {
	if m.Minor < 0 {
		return inventory.Errorf(inventory.Invalid, "%s: %s %s is negative", field, m.Decimal(), m.Currency)
	}
	if m.Minor > maxMinor {
		return inventory.Errorf(inventory.Invalid, "%s: %s %s is too large to count", field, m.Decimal(), m.Currency)
	}
	if m.Minor != 0 && m.Currency == "" {
		return inventory.Errorf(inventory.Invalid, "%s: an amount needs a currency: EUR", field)
	}
	return nil
}

// checkSame refuses amounts of different currencies; fields and amounts go in pairs.
func checkSame(fields []string, amounts ...inventory.Money) error {
	first := -1
	for i, m := range amounts {
		switch {
		case m.Currency == "":
		case first < 0:
			first = i
		case m.Currency != amounts[first].Currency:
			return inventory.Errorf(inventory.Invalid, "%s: %s differs from %s in %s: parc does not convert currencies",
				fields[i], m.Currency, fields[first], amounts[first].Currency)
		}
	}
	return nil
}

// checkDay refuses a day that is none, and a missing one where it is needed.
func checkDay(field string, d inventory.Day, needed bool) error {
	if _, err := inventory.ParseDay(string(d)); err != nil {
		return inventory.Errorf(inventory.Invalid, "%s: %w", field, err)
	}
	if needed && d.IsZero() {
		return inventory.Errorf(inventory.Invalid, "%s: a day is needed: write it as YYYY-MM-DD", field)
	}
	return nil
}
