package inventory

import (
	"math/big"
	"strconv"
	"strings"
)

// decimals lists the currencies whose minor unit is not a hundredth (ISO 4217).
var decimals = map[string]int{
	"BIF": 0, "CLP": 0, "DJF": 0, "GNF": 0, "ISK": 0, "JPY": 0, "KMF": 0, "KRW": 0, "PYG": 0, "RWF": 0, "UGX": 0,
	"VND": 0, "VUV": 0, "XAF": 0, "XOF": 0, "XPF": 0,
	"BHD": 3, "IQD": 3, "JOD": 3, "KWD": 3, "LYD": 3, "OMR": 3, "TND": 3,
}

// Decimals gives how many digits a currency has behind its decimal point.
func Decimals(currency string) int {
	if n, ok := decimals[currency]; ok {
		return n
	}
	return 2
}

// Decimal writes the amount without its currency: "-1234.50".
func (m Money) Decimal() string {
	n := Decimals(m.Currency)
	digits := strconv.FormatInt(m.Minor, 10)
	sign := ""
	if digits[0] == '-' {
		sign, digits = "-", digits[1:]
	}
	if n == 0 {
		return sign + digits
	}
	if short := n + 1 - len(digits); short > 0 {
		digits = strings.Repeat("0", short) + digits
	}
	return sign + digits[:len(digits)-n] + "." + digits[len(digits)-n:]
}

// Scale gives the amount times num/den, rounded to the minor unit, a half away
// from zero. den must not be zero.
func (m Money) Scale(num, den int64) Money {
	x := new(big.Int).Mul(big.NewInt(m.Minor), big.NewInt(num))
	d := big.NewInt(den)
	if d.Sign() < 0 {
		x.Neg(x)
		d.Neg(d)
	}
	half := new(big.Int).Rsh(d, 1)
	if new(big.Int).And(d, big.NewInt(1)).Sign() != 0 { // odd: compare twice the rest instead
		x.Lsh(x, 1)
		half = d
		d = new(big.Int).Lsh(d, 1)
	}
	if x.Sign() < 0 {
		x.Sub(x, half)
	} else {
		x.Add(x, half)
	}
	return Money{x.Quo(x, d).Int64(), m.Currency}
}

// ParseMoney reads an amount as people write it: "1800", "1 800,00", "1800.5".
// More digits than the currency has, or anything else, are Invalid.
func ParseMoney(s, currency string) (Money, error) {
	bad := func() (Money, error) {
		return Money{}, Errorf(Invalid, "%q is no amount of %s: write it as 1800.00", CleanTo(s, 40), currency)
	}
	text := strings.Map(func(r rune) rune {
		switch r {
		case ' ', '\u00a0', '\u202f', '\'':
			return -1
		case ',':
			return '.'
		}
		return r
	}, strings.TrimSpace(s))
	whole, fraction, point := strings.Cut(text, ".")
	n := Decimals(currency)
	if point && fraction == "" || len(fraction) > n {
		return bad()
	}
	digits := strings.TrimPrefix(whole, "-")
	for _, r := range digits + fraction {
		if r < '0' || r > '9' {
			return bad()
		}
	}
	if digits == "" {
		return bad()
	}
	minor, err := strconv.ParseInt(whole+fraction+strings.Repeat("0", n-len(fraction)), 10, 64)
	if err != nil {
		return bad()
	}
	return Money{minor, currency}, nil
}
