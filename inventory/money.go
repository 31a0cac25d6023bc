package inventory

import "math/big"

// Money is an amount in the minor units of a currency (cents for EUR). It is
// net of tax unless a name says otherwise.
type Money struct {
	Minor    int64  `json:"minor"`    // 12345 is 123.45 €
	Currency string `json:"currency"` // ISO 4217, three capitals; "" with Minor 0 is no amount
}

// EUR gives an amount in euro cents.
func EUR(cents int64) Money { return Money{Minor: cents, Currency: "EUR"} }

// IsZero tells that there is no amount.
func (m Money) IsZero() bool { return m.Minor == 0 }

// Add sums two amounts of one currency; an empty amount takes the other's
// currency. Different currencies are Invalid: parc never converts.
func (m Money) Add(n Money) (Money, error) {
	switch {
	case m.Currency == "" || m.Currency == n.Currency:
		return Money{m.Minor + n.Minor, n.Currency}, nil
	case n.Currency == "":
		return m, nil
	}
	return Money{}, Errorf(Invalid, "cannot add %s to %s: parc does not convert currencies", n.Currency, m.Currency)
}

// Allocate shares the amount in proportion to weights; the parts always add up
// to the whole: the units left over by rounding go to the first parts. Weights
// must not be negative; when all are zero the shares are equal.
func (m Money) Allocate(weights ...int64) []Money {
	parts := make([]Money, len(weights))
	var total int64
	for _, w := range weights {
		total += w
	}
	left := m.Minor
	for i, w := range weights {
		parts[i].Currency = m.Currency
		if total > 0 {
			parts[i].Minor = mulDiv(m.Minor, w, total)
		} else {
			parts[i].Minor = m.Minor / int64(len(weights))
		}
		left -= parts[i].Minor
	}
	step := int64(1)
	if left < 0 {
		step = -1
	}
	for i := 0; left != 0 && len(parts) > 0; i = (i + 1) % len(parts) {
		if total > 0 && weights[i] == 0 {
			continue
		}
		parts[i].Minor += step
		left -= step
	}
	return parts
}

// mulDiv gives a*b/c truncated toward zero without overflow in between.
func mulDiv(a, b, c int64) int64 {
	var x big.Int
	x.Mul(big.NewInt(a), big.NewInt(b))
	return x.Quo(&x, big.NewInt(c)).Int64()
}
