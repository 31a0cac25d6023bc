package store

import (
	"context"

	"gorm.io/gorm"

	"parc/inventory"
)

// importUndone is why history says that a value changed back.
const importUndone = "import-undone"

// UndoImport takes back what an import brought and nothing else: its rows' records,
// the assets that nothing else tells of, the coverages and purchases it made. What
// other sources and people have said stays, and values that the import had won are
// again as the others tell them. An asset that only the import told of, and on which
// people have worked since, is kept. Assets that its rows joined stay joined: their
// join is a decision of its own. An import that is undone already is a Conflict.
func (s *Store) UndoImport(ctx context.Context, scope inventory.Scope, id string) (inventory.ImportUndone, error) {
	var out inventory.ImportUndone
	err := s.write(ctx, scope, func(tx *gorm.DB) error {
		out = inventory.ImportUndone{}
		var row importRow
		if err := s.take(tx, &row, "import", id); err != nil {
			return err
		}
		if err := s.lockClient(tx, scope, row.ClientID); err != nil {
			return err
		}
		if err := s.take(tx, &row, "import", id); err != nil {
			return err
		}
		if row.UndoneAt != nil {
			return inventory.Errorf(inventory.Conflict, "import %s is undone already", id)
		}
		now := s.now()
		u := undoing{application: s.newApplication(tx, row.ClientID, scope.Actor(), now, inventory.Known{}), imp: row.Import, out: &out}
		if err := u.run(); err != nil {
			return err
		}
		row.UndoneAt, row.UndoneBy = &now, scope.Actor()
		out.Import = row.Import
		return update(tx, &importRow{}, "import", id, map[string]any{"undone_at": now, "undone_by": scope.Actor()})
	})
	if err != nil {
		return inventory.ImportUndone{}, s.explain(err, "undo import "+id)
	}
	return out, nil
}

// undoing takes one import back.
type undoing struct {
	*application
	imp inventory.Import
	out *inventory.ImportUndone
}

func (u *undoing) run() error {
	if err := u.takeBack("financings", &u.out.Purchases); err != nil {
		return err
	}
	if err := u.takeBack("coverages", &u.out.Coverages); err != nil {
		return err
	}
	var assets []string
	err := u.tx.Model(&observationRow{}).Where("client_id = ? AND import_id = ? AND asset_id IS NOT NULL", u.clientID, u.imp.ID).
		Distinct().Order("asset_id").Pluck("asset_id", &assets).Error
	if err != nil {
		return err
	}
	for _, id := range assets {
		if err := u.asset(id); err != nil {
			return err
		}
	}
	// What is left waits for a person, on no asset.
	return u.tx.Where("client_id = ? AND import_id = ?", u.clientID, u.imp.ID).Delete(&observationRow{}).Error
}

// takeBack deletes the rows of a table that the import made, but for a purchase to
// which somebody has attached a file.
func (u *undoing) takeBack(table string, count *int) error {
	bare := ""
	if table == "financings" {
		bare = " AND NOT EXISTS (SELECT 1 FROM attachments a WHERE a.client_id = financings.client_id AND a.financing_id = financings.id)"
		err := byHand(u.tx).Exec("DELETE FROM financing_assets WHERE client_id = ? AND financing_id IN (SELECT id FROM financings WHERE client_id = ? AND import_id = ?"+bare+")",
			u.clientID, u.clientID, u.imp.ID).Error
		if err != nil {
			return err
		}
	}
	done := byHand(u.tx).Exec("DELETE FROM "+table+" WHERE client_id = ? AND import_id = ?"+bare, u.clientID, u.imp.ID)
	*count = int(done.RowsAffected)
	return done.Error
}

// asset takes the import's records off one asset.
func (u *undoing) asset(id string) error {
	asset, err := u.store.asset(u.tx, id)
	if err != nil {
		return err
	}
	_, rest, err := u.told("asset_id = ? AND (import_id IS NULL OR import_id <> ?)", id, u.imp.ID)
	if err != nil {
		return err
	}
	if len(rest) == 0 {
		free, err := u.untouched(&asset)
		if err != nil {
			return err
		}
		if free {
			u.out.Removed++
			return u.erase(&asset)
		}
		u.out.Kept++
		return u.tx.Where("client_id = ? AND asset_id = ? AND import_id = ?", u.clientID, id, u.imp.ID).Delete(&observationRow{}).Error
	}
	u.know(asset)
	before := inventory.Rebuild(u.now, asset, rest)
	changes := inventory.ChangesBetween(u.now, asset, before, importUndone)
	if err := u.update([]inventory.Update{{Asset: before}}); err != nil {
		return err
	}
	if err := u.history(inventory.Plan{Changes: changes}); err != nil {
		return err
	}
	u.out.Restored++
	return u.tx.Where("client_id = ? AND asset_id = ? AND import_id = ?", u.clientID, id, u.imp.ID).Delete(&observationRow{}).Error
}

// untouched tells that nobody has worked on the asset since: nothing pinned, and
// nothing hung on it but what the import brought.
func (u *undoing) untouched(asset *inventory.Asset) (bool, error) {
	for _, v := range asset.Values {
		if v.Pinned {
			return false, nil
		}
	}
	tables := []string{}
	for _, b := range belonging {
		if b.column == "asset_id" && b.table != "changes" && b.table != "observations" {
			tables = append(tables, b.table)
		}
	}
	for _, l := range sharedThings {
		if l.table != "review_assets" {
			tables = append(tables, l.table)
		}
	}
	for _, table := range tables {
		var n int64
		if err := byHand(u.tx).Raw("SELECT COUNT(*) FROM "+table+" WHERE client_id = ? AND asset_id = ?", u.clientID, asset.ID).Scan(&n).Error; err != nil || n > 0 {
			return false, err
		}
	}
	var n int64
	err := u.tx.Model(&joinRow{}).Where("client_id = ? AND undone_at IS NULL AND (into_id = ? OR from_id = ?)", u.clientID, asset.ID, asset.ID).Count(&n).Error
	return n == 0, err
}

// erase removes an asset of which nothing is known any more.
func (u *undoing) erase(asset *inventory.Asset) error {
	tx := byHand(u.tx)
	for _, table := range []string{"observations", "changes"} {
		if err := tx.Exec("DELETE FROM "+table+" WHERE client_id = ? AND asset_id = ?", u.clientID, asset.ID).Error; err != nil {
			return err
		}
	}
	if err := tx.Exec("UPDATE assets SET parent_id = NULL WHERE client_id = ? AND parent_id = ?", u.clientID, asset.ID).Error; err != nil {
		return err
	}
	return u.remove(asset)
}
