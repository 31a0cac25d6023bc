package lifecycle

import (
	"cmp"
	"fmt"

	"parc/inventory"
)

// CheckContract says what is impossible in a contract; each error is Invalid and
// names the field.
func CheckContract(c inventory.Contract) error {
	if err := checkMoney("price", c.Price); err != nil {
		return err
	}
	if err := checkMoney("insured_up_to", c.InsuredUpTo); err != nil {
		return err
	}
	if err := ContractAgreement(c).Check(); err != nil {
		return err
	}
	if err := checkDay("insured_until", c.InsuredUntil, false); err != nil {
		return err
	}
	switch {
	case c.PriceMonths < 0 || c.PriceMonths > 1200:
		return inventory.Errorf(inventory.Invalid, "price_months: %d is not possible: 1 is monthly, 12 yearly", c.PriceMonths)
	case c.VATPermille < 0 || c.VATPermille > 1000:
		return inventory.Errorf(inventory.Invalid, "vat_permille: %d is not possible: 200 is 20 %%", c.VATPermille)
	case c.IndexBPS < -5000 || c.IndexBPS > 10000:
		return inventory.Errorf(inventory.Invalid, "index_bps: %d is not possible: 250 is 2.5 %% a year", c.IndexBPS)
	}
	for _, l := range c.Levels {
		if err := CheckLevel(l); err != nil {
			return err
		}
	}
	return nil
}

// CheckLicence says what is impossible in a licence; each error is Invalid and
// names the field.
func CheckLicence(l inventory.Licence) error {
	if err := checkMoney("unit_price", l.UnitPrice); err != nil {
		return err
	}
	for _, d := range []struct {
		name string
		day  inventory.Day
	}{{"start", l.Start}, {"end", l.End}, {"maintenance_end", l.MaintenanceEnd}} {
		if err := checkDay(d.name, d.day, false); err != nil {
			return err
		}
	}
	if !l.End.IsZero() && l.End < l.Start {
		return inventory.Errorf(inventory.Invalid, "end: %s is before start, %s", l.End, l.Start)
	}
	for _, f := range []struct {
		name  string
		value int
	}{
		{"quantity", l.Quantity}, {"per_months", l.PerMonths}, {"pack_size", l.PackSize}, {"tacit_months", l.TacitMonths},
		{"notice_months", l.NoticeMonths}, {"assigned", l.Assigned}, {"active", l.Active},
	} {
		if f.value < 0 || f.value > 100_000_000 {
			return inventory.Errorf(inventory.Invalid, "%s: %d is not possible", f.name, f.value)
		}
	}
	if float64(l.UnitPrice.Minor)*float64(l.Quantity) > maxMinor {
		return inventory.Errorf(inventory.Invalid, "quantity: %d at %s %s is too large to count", l.Quantity, l.UnitPrice.Decimal(), l.UnitPrice.Currency)
	}
	if l.VATPermille < 0 || l.VATPermille > 1000 {
		return inventory.Errorf(inventory.Invalid, "vat_permille: %d is not possible: 200 is 20 %%", l.VATPermille)
	}
	return nil
}

// CheckEstate checks what a file or a request brings in; each error is Invalid
// and names the thing and its field.
func CheckEstate(e Estate) error {
	for i, f := range e.Financings {
		if err := CheckFinancing(f); err != nil {
			return inventory.Errorf(inventory.Invalid, "%s: %w", placeIn("financings", i, f.Reference, f.ID), err)
		}
	}
	for i, c := range e.Contracts {
		if err := CheckContract(c); err != nil {
			return inventory.Errorf(inventory.Invalid, "%s: %w", placeIn("contracts", i, c.Title, c.ID), err)
		}
	}
	for i, l := range e.Licences {
		if err := CheckLicence(l); err != nil {
			return inventory.Errorf(inventory.Invalid, "%s: %w", placeIn("licences", i, l.Product, l.ID), err)
		}
	}
	for i, c := range e.Coverages {
		if !c.End.IsZero() && c.End < c.Start {
			return inventory.Errorf(inventory.Invalid, "coverages[%d]: end: %s is before start, %s", i, c.End, c.Start)
		}
	}
	return nil
}

// placeIn names one thing of a list for a person.
func placeIn(list string, i int, names ...string) string {
	where := fmt.Sprintf("%s[%d]", list, i)
	if name := inventory.CleanTo(cmp.Or(names...), 60); name != "" {
		where += " " + name
	}
	return where
}
