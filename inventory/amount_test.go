package inventory

import "testing"

func TestAmountsAsPeopleWriteThem(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text, currency string
		minor          int64
		back           string
	}{
		{"1800", "EUR", 180000, "1800.00"}, {"1 800,00", "EUR", 180000, "1800.00"}, {"1800.5", "EUR", 180050, "1800.50"},
		{"0.05", "EUR", 5, "0.05"}, {"-0,05", "EUR", -5, "-0.05"}, {"-12.30", "EUR", -1230, "-12.30"},
		{"1500", "JPY", 1500, "1500"}, {"1.234", "TND", 1234, "1.234"}, {"7\u202f000", "XPF", 7000, "7000"},
	} {
		m, err := ParseMoney(c.text, c.currency)
		if err != nil || m != (Money{c.minor, c.currency}) || m.Decimal() != c.back {
			t.Errorf("%q %s: %v %q, %v", c.text, c.currency, m, m.Decimal(), err)
		}
	}
	for _, bad := range []string{"", "-", "1.2.3", "1.234", "12x", "1.", ".5", "1e3", "99999999999999999999", "--1"} {
		if m, err := ParseMoney(bad, "EUR"); CodeOf(err) != Invalid {
			t.Errorf("%q is read as %v", bad, m)
		}
	}
}

func TestScaleRoundsHalvesAwayFromZero(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ minor, num, den, want int64 }{
		{5, 1, 2, 3}, {-5, 1, 2, -3}, {1, 1, 3, 0}, {2, 1, 3, 1}, {-2, 1, 3, -1}, {201337, 1, 2, 100669},
		{10, 3, -4, -8}, {1 << 60, 1 << 40, 1 << 40, 1 << 60}, {7, 5, 7, 5},
	} {
		if got := EUR(c.minor).Scale(c.num, c.den); got != EUR(c.want) {
			t.Errorf("%d × %d / %d = %d, want %d", c.minor, c.num, c.den, got.Minor, c.want)
		}
	}
}
