package lifecycle

import (
	"math"

	"parc/inventory"
)

// PresentValueConvention tells how present values are made; it is printed beside them.
const PresentValueConvention = "effective yearly rate r, monthly rate (1+r)^(1/12) − 1, whole months counted from the first day"

// MonthlyRate gives the monthly rate that compounds to an effective yearly one
// of so many basis points.
func MonthlyRate(yearlyBPS int) float64 {
	return math.Pow(1+float64(yearlyBPS)/10000, 1.0/12) - 1
}

// Rents is a regular payment.
type Rents struct {
	Amount       inventory.Money // a period's
	Months       int
	PeriodMonths int // 0 is 1
	Arrears      bool
}

// months lists at which month each rent is paid.
func (r Rents) months() []int {
	period := max(r.PeriodMonths, 1)
	var at []int
	for m := 0; m < r.Months; m += period {
		if r.Arrears {
			at = append(at, min(m+period, r.Months))
		} else {
			at = append(at, m)
		}
	}
	return at
}

// PresentValue gives what the rents are worth on the first day at an effective
// yearly rate; see PresentValueConvention.
func (r Rents) PresentValue(yearlyBPS int) inventory.Money {
	return inventory.Money{Minor: round(r.present(MonthlyRate(yearlyBPS))), Currency: r.Amount.Currency}
}

func (r Rents) present(monthly float64) float64 {
	var sum float64
	for _, m := range r.months() {
		sum += float64(r.Amount.Minor) * math.Pow(1+monthly, -float64(m))
	}
	return sum
}

// ImplicitRate gives the monthly rate at which rents and a residual at the end
// are worth the price, and the effective yearly one; false when no rate between
// −5 % and 100 % a month does.
func (r Rents) ImplicitRate(price, residual inventory.Money) (monthly, yearly float64, ok bool) {
	if price.Minor <= 0 || r.Amount.Minor <= 0 || r.Months <= 0 {
		return 0, 0, false
	}
	worth := func(i float64) float64 {
		return r.present(i) + float64(residual.Minor)*math.Pow(1+i, -float64(r.Months)) - float64(price.Minor)
	}
	low, high := -0.05, 1.0
	if worth(low) < 0 || worth(high) > 0 {
		return 0, 0, false
	}
	for range 200 {
		middle := (low + high) / 2
		if worth(middle) > 0 {
			low = middle
		} else {
			high = middle
		}
	}
	monthly = (low + high) / 2
	return monthly, math.Pow(1+monthly, 12) - 1, true
}

// Choice is a lease to compare with a purchase of the same things.
type Choice struct {
	Price       inventory.Money
	Resale      inventory.Money // got at the end of the rents' term
	Rents       Rents
	DiscountBPS int // effective, a year
	// TaxBPS above 0 compares after tax: what rents, depreciation over
	// LifeMonths and the resale do to the tax counts at each year's end.
	TaxBPS     int
	LifeMonths int // straight line; 0 is the rents' term
}

// Comparison is what buying and leasing cost in present value.
type Comparison struct {
	Buy, Lease     inventory.Money
	Difference     inventory.Money // of lease over buy: positive when buying is better
	BreakEven      inventory.Money // the rent at which both cost the same
	BuyIsBetter    bool
	Implicit       float64 // effective yearly rate of the lease, without a residual; 0 when there is none
	HasImplicit    bool
	ConventionText string
}

// Compare gives buy against lease in present value. The error is Invalid and
// names the field.
func (c Choice) Compare() (Comparison, error) {
	for name, m := range map[string]inventory.Money{"price": c.Price, "resale": c.Resale, "rent": c.Rents.Amount} {
		if err := checkMoney(name, m); err != nil {
			return Comparison{}, err
		}
	}
	if err := checkSame([]string{"price", "resale", "rent"}, c.Price, c.Resale, c.Rents.Amount); err != nil {
		return Comparison{}, err
	}
	if c.Rents.Months <= 0 || c.Rents.Months > maxLifeMonths || c.DiscountBPS < 0 || c.TaxBPS < 0 || c.TaxBPS > 10000 || c.LifeMonths < 0 || c.Rents.PeriodMonths < 0 {
		return Comparison{}, inventory.Errorf(inventory.Invalid, "months: a comparison needs the length of the lease, and rates that are not negative")
	}
	lease, buy := c.lease(), c.buy()
	money := func(x float64) inventory.Money { return inventory.Money{Minor: round(x), Currency: c.Price.Currency} }
	out := Comparison{Buy: money(buy), Lease: money(lease), BuyIsBetter: buy < lease, ConventionText: PresentValueConvention}
	out.Difference.Minor, out.Difference.Currency = out.Lease.Minor-out.Buy.Minor, c.Price.Currency
	if lease > 0 {
		out.BreakEven = money(float64(c.Rents.Amount.Minor) * buy / lease)
	}
	_, out.Implicit, out.HasImplicit = c.Rents.ImplicitRate(c.Price, inventory.Money{})
	return out, nil
}

func (c Choice) discount(months float64) float64 {
	return math.Pow(1+float64(c.DiscountBPS)/10000, -months/12)
}

func (c Choice) lease() float64 {
	pv := c.Rents.present(MonthlyRate(c.DiscountBPS))
	period := max(c.Rents.PeriodMonths, 1)
	for start := 0; start < c.Rents.Months; start += 12 { // the rents of each year lower its tax
		end := min(start+12, c.Rents.Months)
		rents := float64(c.Rents.Amount.Minor) * float64(end-start) / float64(period)
		pv -= rents * c.tax() * c.discount(float64(start+12))
	}
	return pv
}

func (c Choice) buy() float64 {
	end := float64(c.Rents.Months)
	life := c.LifeMonths
	if life == 0 {
		life = c.Rents.Months
	}
	price, written := float64(c.Price.Minor), 0.0
	pv := price
	for start := 0; start < min(life, c.Rents.Months); start += 12 {
		share := price * float64(min(start+12, life, c.Rents.Months)-start) / float64(life)
		written += share
		pv -= share * c.tax() * c.discount(float64(start+12))
	}
	gain := float64(c.Resale.Minor) - (price - written)
	return pv - (float64(c.Resale.Minor)-gain*c.tax())*c.discount(end)
}

func (c Choice) tax() float64 { return float64(c.TaxBPS) / 10000 }

// AnnualCost gives the equivalent annual cost of a price paid now and a resale
// after so many years, at an effective yearly rate: a machine is worth keeping
// only while its next year costs less.
func AnnualCost(price, resale inventory.Money, years, yearlyBPS int) inventory.Money {
	if years <= 0 {
		return price
	}
	n, r := float64(years), float64(yearlyBPS)/10000
	if r == 0 {
		return inventory.Money{Minor: round(float64(price.Minor-resale.Minor) / n), Currency: price.Currency}
	}
	growth := math.Pow(1+r, n)
	return inventory.Money{Minor: round(float64(price.Minor)*r/(1-1/growth) - float64(resale.Minor)*r/(growth-1)), Currency: price.Currency}
}

// Ownership is what one thing costs over its life, beside its price.
type Ownership struct {
	Price, SetUp, SupportMonth inventory.Money
	Months                     int
	FailureBPS                 []int // chance of a failure, each year
	FailureCost                inventory.Money
	Energy, Exit, Resale       inventory.Money
}

// Total gives the total cost of ownership; amounts of several currencies are Invalid.
func (o Ownership) Total() (inventory.Money, error) {
	fields := []string{"price", "set_up", "support_month", "failure_cost", "energy", "exit", "resale"}
	if err := checkSame(fields, o.Price, o.SetUp, o.SupportMonth, o.FailureCost, o.Energy, o.Exit, o.Resale); err != nil {
		return inventory.Money{}, err
	}
	sum := o.Price
	sum.Minor += o.SetUp.Minor + o.SupportMonth.Minor*int64(o.Months) + o.Energy.Minor + o.Exit.Minor - o.Resale.Minor
	var chance int64
	for _, bps := range o.FailureBPS {
		chance += int64(bps)
	}
	sum.Minor += o.FailureCost.Scale(chance, 10000).Minor
	return sum, nil
}

func round(x float64) int64 { return int64(math.Round(x)) }
