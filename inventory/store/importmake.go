package store

import (
	"hash/fnv"
	"slices"

	"parc/inventory"
)

// place finds the client and the site of an import, and makes what is not there.
func (in *importing) place() error {
	f, s := in.file, in.store
	in.imp.ClientID = f.ClientID
	if in.imp.ClientID == "" {
		var found []clientRow
		if err := in.tx.Where("name_key = ?", nameKey(inventory.CleanTo(f.Client, longestName))).Limit(1).Find(&found).Error; err != nil {
			return err
		}
		if len(found) == 0 {
			row, err := s.newClient(inventory.Client{Name: f.Client})
			if err != nil {
				return err
			}
			if err := in.tx.Create(&row).Error; err != nil {
				return err
			}
			found = append(found, row)
		}
		in.imp.ClientID = found[0].ID
	}
	if err := s.lockClient(in.tx, in.scope, in.imp.ClientID); err != nil {
		return err
	}
	var sites []siteRow
	if err := in.tx.Where("client_id = ?", in.imp.ClientID).Order("name_key, id").Find(&sites).Error; err != nil {
		return err
	}
	in.sites = map[string]string{}
	for _, site := range sites {
		in.sites[site.NameKey] = site.ID
	}
	return in.home(sites)
}

// home finds the site of the rows that name none.
func (in *importing) home(sites []siteRow) error {
	f := in.file
	switch {
	case f.SiteID != "":
		in.imp.SiteID = f.SiteID
		return in.store.seeSite(in.tx, in.imp.ClientID, f.SiteID)
	case inventory.Clean(f.Site) != "":
		return in.site(f.Site, &in.imp.SiteID)
	case len(sites) == 1:
		in.imp.SiteID = sites[0].ID
		return nil
	}
	for i := range f.Len {
		if name := inventory.Clean(f.Row(i).Site); name == "" {
			if len(sites) == 0 {
				return in.site(inventory.FirstSite, &in.imp.SiteID)
			}
			return inventory.Errorf(inventory.Invalid, "the client has %d sites, and row %d names none: say which", len(sites), f.Row(i).Number)
		} else if in.imp.SiteID == "" {
			if err := in.site(name, &in.imp.SiteID); err != nil {
				return err
			}
		}
	}
	if in.imp.SiteID == "" { // no rows at all
		return in.site(inventory.FirstSite, &in.imp.SiteID)
	}
	return nil
}

// site gives the client's site of that name, made when there is none.
func (in *importing) site(name string, id *string) error {
	row, err := in.store.newSite(inventory.Site{ClientID: in.imp.ClientID, Name: name})
	if err != nil {
		return err
	}
	if known := in.sites[row.NameKey]; known != "" {
		*id = known
		return nil
	}
	row.ImportID = optional(in.imp.ID)
	if err := in.tx.Create(&row).Error; err != nil {
		return err
	}
	in.sites[row.NameKey], in.made = row.ID, append(in.made, row.Name)
	*id = row.ID
	return nil
}

// put puts an observation into the site that its row names, or the import's.
func (in *importing) put(o *inventory.Observation, name string) error {
	if inventory.Clean(name) == "" {
		o.SiteID = in.imp.SiteID
		return nil
	}
	if err := in.site(name, &o.SiteID); err != nil {
		return err
	}
	o.Add(inventory.FieldSite, o.SiteID, "csv", inventory.High)
	return nil
}

func (in *importing) coverages(rows []inventory.ImportRow, verdicts []inventory.ImportVerdict) error {
	type same struct {
		asset, kind, source string
		end                 inventory.Day
	}
	wanted := wantedAssets(rows, verdicts, func(r *inventory.ImportRow) bool { return !r.Coverage.End.IsZero() })
	known := map[same]bool{}
	for part := range slices.Chunk(wanted, mostOnePage) {
		var had []coverageRow
		if err := in.tx.Where("client_id = ? AND asset_id IN ?", in.imp.ClientID, part).Find(&had).Error; err != nil {
			return err
		}
		for _, c := range had {
			known[same{c.AssetID, c.Kind, c.Source, c.End}] = true
		}
	}
	var add []coverageRow
	for i := range rows {
		c := rows[i].Coverage
		c.ClientID, c.AssetID = in.imp.ClientID, verdicts[i].AssetID
		key := same{c.AssetID, c.Kind, c.Source, c.End}
		if c.AssetID == "" || c.End.IsZero() || known[key] {
			continue
		}
		if err := c.Check(); err != nil {
			return err
		}
		known[key], verdicts[i].Coverage = true, true
		in.store.stamp(&c.ID, &c.FetchedAt)
		add = append(add, coverageRow{c, optional(in.imp.ID)})
	}
	in.imp.Coverages += len(add)
	if len(add) == 0 {
		return nil
	}
	return in.tx.CreateInBatches(&add, mostOnePage).Error
}

func (in *importing) purchases(rows []inventory.ImportRow, verdicts []inventory.ImportVerdict) error {
	paid, err := in.paid(wantedAssets(rows, verdicts, func(r *inventory.ImportRow) bool { return r.Purchase.Kind != "" }))
	if err != nil {
		return err
	}
	var add []financingRow
	var assets []string
	for i := range rows {
		f, asset := rows[i].Purchase, verdicts[i].AssetID
		if f.Kind == "" || asset == "" {
			continue
		}
		if f.Start.IsZero() {
			verdicts[i].Purchase = inventory.PurchaseNoDay
			continue
		}
		f.ClientID, f.Kind = in.imp.ClientID, inventory.Purchase
		if had, is := paid[asset]; is {
			verdicts[i].Purchase = inventory.PurchaseExists
			if had == billed(&f) {
				verdicts[i].Purchase = inventory.PurchaseKnown
			}
			continue
		}
		if err := f.Check(); err != nil {
			return err
		}
		paid[asset], verdicts[i].Purchase = billed(&f), inventory.PurchaseMade
		in.store.stamp(&f.ID, &f.CreatedAt)
		add, assets = append(add, financingRow{f, optional(in.imp.ID)}), append(assets, asset)
	}
	in.imp.Purchases += len(add)
	if len(add) == 0 {
		return nil
	}
	if err := in.tx.CreateInBatches(&add, mostLong).Error; err != nil {
		return err
	}
	pairs := make([][2]string, len(add))
	for i := range add {
		pairs[i] = [2]string{add[i].ID, assets[i]}
	}
	return financingAssets.addPairs(in.tx, in.imp.ClientID, pairs)
}

// bill is what makes two purchases of one asset the same.
type bill struct {
	kind                inventory.FinancingKind
	start               inventory.Day
	price               inventory.Money
	supplier, reference string
}

func billed(f *inventory.Financing) bill {
	return bill{f.Kind, f.Start, f.Price, f.Supplier, f.Reference}
}

// paid tells how assets are paid for that are.
func (in *importing) paid(assets []string) (map[string]bill, error) {
	paid := map[string]bill{}
	for part := range slices.Chunk(assets, mostOnePage) {
		var rows []struct {
			AssetID string
			inventory.Financing
		}
		err := byHand(in.tx).Raw("SELECT l.asset_id, f.kind, f.start, f.price_minor, f.price_currency, f.supplier, f.reference FROM financing_assets l "+
			"JOIN financings f ON f.client_id = l.client_id AND f.id = l.financing_id WHERE l.client_id = ? AND l.asset_id IN ? ORDER BY f.id", in.imp.ClientID, part).Scan(&rows).Error
		if err != nil {
			return nil, err
		}
		for i := range rows {
			paid[rows[i].AssetID] = billed(&rows[i].Financing)
		}
	}
	return paid, nil
}

// wantedAssets gives the distinct assets of the rows that tell something.
func wantedAssets(rows []inventory.ImportRow, verdicts []inventory.ImportVerdict, tells func(*inventory.ImportRow) bool) []string {
	set := map[string]bool{}
	for i := range rows {
		if verdicts[i].AssetID != "" && tells(&rows[i]) {
			set[verdicts[i].AssetID] = true
		}
	}
	return sorted(set)
}

// digestOf sums texts up: two that differ may, seldom, have one.
func digestOf(texts ...string) uint64 {
	h := fnv.New64a()
	for _, t := range texts {
		_, _ = h.Write([]byte(t)) // never fails
		_, _ = h.Write([]byte{0})
	}
	return h.Sum64()
}
