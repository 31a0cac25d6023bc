package store

import (
	"slices"

	"gorm.io/gorm"

	"parc/inventory"
)

// amendmentRow is an amendment with whose it is, and which one in order.
type amendmentRow struct {
	inventory.Amendment
	ClientID    string
	FinancingID string
	Place       int
}

// TableName says where amendments are kept.
func (amendmentRow) TableName() string { return "amendments" }

var (
	amendmentAssets  = links{"amendment_assets", "amendment_id"}
	amendmentReturns = links{"amendment_returns", "amendment_id"}
)

// amendments gives those of a client's financings, or of one of them, by financing.
func amendments(db *gorm.DB, clientID, financingID string) (map[string][]inventory.Amendment, error) {
	q := db.Where("client_id = ?", clientID)
	if financingID != "" {
		q = q.Where("financing_id = ?", financingID)
	}
	var rows []amendmentRow
	if err := q.Order("financing_id, place").Find(&rows).Error; err != nil || len(rows) == 0 {
		return nil, err
	}
	in, err := amendmentAssets.load(db, clientID)
	if err != nil {
		return nil, err
	}
	out, err := amendmentReturns.load(db, clientID)
	if err != nil {
		return nil, err
	}
	all := map[string][]inventory.Amendment{}
	for _, row := range rows {
		row.AssetsIn, row.AssetsOut = list(in[row.ID]), list(out[row.ID])
		all[row.FinancingID] = append(all[row.FinancingID], row.Amendment)
	}
	return all, nil
}

// keepAmendments writes the amendments of a financing in the place of those that
// were there; those that were there keep their ids, which an undo of a merge
// knows. It gives them as they are kept.
func (s *Store) keepAmendments(tx *gorm.DB, f *inventory.Financing) error {
	var known []string
	before := tx.Model(&amendmentRow{}).Where("client_id = ? AND financing_id = ?", f.ClientID, f.ID)
	if err := before.Pluck("id", &known).Error; err != nil {
		return err
	}
	if len(known) > 0 {
		err := tx.Where("client_id = ? AND financing_id = ?", f.ClientID, f.ID).Delete(&amendmentRow{}).Error
		if err != nil {
			return err
		}
	}
	f.Amendments = slices.Clone(f.Amendments)
	for i := range f.Amendments {
		a := &f.Amendments[i]
		if k := slices.Index(known, a.ID); k >= 0 {
			known = slices.Delete(known, k, k+1) // once only
		} else {
			a.ID = inventory.NewID(s.now())
		}
		a.AssetsIn, a.AssetsOut = distinct(a.AssetsIn), distinct(a.AssetsOut)
		if err := s.seeAssets(tx, f.ClientID, slices.Concat(a.AssetsIn, a.AssetsOut)); err != nil {
			return err
		}
		row := amendmentRow{*a, f.ClientID, f.ID, i}
		if err := tx.Create(&row).Error; err != nil {
			return err
		}
		if err := amendmentAssets.add(tx, f.ClientID, a.ID, a.AssetsIn); err != nil {
			return err
		}
		if err := amendmentReturns.add(tx, f.ClientID, a.ID, a.AssetsOut); err != nil {
			return err
		}
	}
	return nil
}
