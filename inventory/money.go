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
// currency. Different currencies are Invalid: parc never converts. A sum too
// large to count is LimitReached.
func (m Money) Add(n Money) (Money, error) {
	switch {
	case n == Money{}:
		return m, nil
	case m == Money{}:
		return n, nil
	case m.Currency == n.Currency:
		sum := m.Minor + n.Minor
		if (sum > m.Minor) != (n.Minor > 0) && n.Minor != 0 {
			return Money{}, Errorf(LimitReached, "the sum of %d and %d %s is too large to count", m.Minor, n.Minor, m.Currency)
		}
		return Money{sum, m.Currency}, nil
	}
	return Money{}, Errorf(Invalid, "cannot add %s to %s: parc does not convert currencies", n.Currency, m.Currency)
}

// Allocate shares the amount in proportion to weights; the parts always add up
// to the whole: the units left over by rounding go to the first parts. Weights
// must not be negative; when all are zero the shares are equal.
func (m Money) Allocate(weights ...int64) []Money {
	parts := make([]Money, len(weights))
	if len(parts) == 0 {
		return parts
	}
	total, equal := new(big.Int), true
	for _, w := range weights {
		total.Add(total, big.NewInt(w))
		equal = equal && w == 0
	}
	if equal {
		total.SetInt64(int64(len(weights)))
	}
	left := m.Minor
	for i, w := range weights {
		if equal {
			w = 1
		}
		parts[i] = Money{mulDiv(m.Minor, w, total), m.Currency}
		left -= parts[i].Minor
	}
	step := int64(1)
	if left < 0 {
		step = -1
	}
	for i := 0; left != 0; i = (i + 1) % len(parts) {
		if equal || weights[i] > 0 {
			parts[i].Minor += step
			left -= step
		}
	}
	return parts
}

// mulDiv gives a*b/c truncated toward zero without overflow in between.
func mulDiv(a, b int64, c *big.Int) int64 {
	var x big.Int
	x.Mul(big.NewInt(a), big.NewInt(b))
	return x.Quo(&x, c).Int64()
}

// IsCurrency tells whether the text has the form of an ISO 4217 code: three capitals.
func IsCurrency(s string) bool {
	if len(s) != 3 {
		return false
	}
	for i := range s {
		if s[i] < 'A' || s[i] > 'Z' {
			return false
		}
	}
	return true
}
