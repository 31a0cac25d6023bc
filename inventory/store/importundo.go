package store

import (
	"context"
	"slices"

	"gorm.io/gorm"

	"parc/inventory"
)

// UndoImport takes back what an import did and nothing since: its rows' records, the
// assets that nothing else tells of, values that it had won, the coverages, purchases,
// sites and doubts that it made, and the assets that it joined. What others have told
// and people have done since stays, and the result says so. An import that is undone
// already is given as it was undone; nothing more happens.
func (s *Store) UndoImport(ctx context.Context, scope inventory.Scope, id string) (inventory.Import, error) {
	var row importRow
	err := s.write(ctx, scope, func(tx *gorm.DB) error {
		row = importRow{}
		if err := s.take(tx, &row, "import", id); err != nil {
			return err
		}
		if err := s.lockClient(tx, scope, row.ClientID); err != nil {
			return err
		}
		if err := s.take(tx, &row, "import", id); err != nil || row.UndoneAt != nil {
			return err
		}
		now := s.now()
		u := undoing{
			application: s.newApplication(tx, row.ClientID, scope.Actor(), now, inventory.Known{}), imp: row.Import,
			out: &inventory.ImportUndone{Left: []inventory.ImportLeft{}},
		}
		if err := u.run(); err != nil {
			return err
		}
		row.UndoneAt, row.UndoneBy, row.Undone = &now, scope.Actor(), u.out
		return tx.Model(&row).Select("undone_at", "undone_by", "undone").Updates(&row).Error
	})
	if err != nil {
		return inventory.Import{}, s.explain(err, "undo import "+id)
	}
	return row.Import, nil
}

// undoing takes one import back.
type undoing struct {
	*application
	imp inventory.Import
	out *inventory.ImportUndone
}

func (u *undoing) run() error {
	if err := u.purchases(); err != nil {
		return err
	}
	if err := u.coverages(); err != nil {
		return err
	}
	if err := u.joins(); err != nil {
		return err
	}
	if err := u.assets(); err != nil {
		return err
	}
	// What is left waits for a person, on no asset.
	if err := u.tx.Where("client_id = ? AND import_id = ? AND asset_id IS NULL", u.clientID, u.imp.ID).Delete(&observationRow{}).Error; err != nil {
		return err
	}
	if err := u.reviews(); err != nil {
		return err
	}
	return u.places()
}

// coverages takes the coverages back that nobody has changed.
func (u *undoing) coverages() error {
	done := u.tx.Where("client_id = ? AND import_id = ?", u.clientID, u.imp.ID).Delete(&coverageRow{})
	u.out.Coverages = int(done.RowsAffected)
	u.leaveMany("coverage", u.imp.Coverages-u.out.Coverages)
	return done.Error
}

func (u *undoing) leaveMany(kind string, n int) {
	if n > 0 {
		u.out.Leave(inventory.ImportLeft{Kind: kind, Count: n, Why: inventory.LeftChanged})
	}
}

// hangsOnPurchase are the tables of what people hang on a purchase.
var hangsOnPurchase = []string{"attachments", "amendments"}

// purchases takes the purchases back that nobody has changed and on which nothing hangs.
func (u *undoing) purchases() error {
	var rows []financingRow
	if err := u.tx.Where("client_id = ? AND import_id = ?", u.clientID, u.imp.ID).Order("id").Find(&rows).Error; err != nil {
		return err
	}
	for part := range slices.Chunk(rows, mostOnePage) {
		ids := make([]string, len(part))
		for i := range part {
			ids[i] = part[i].ID
		}
		used := map[string]bool{}
		for _, table := range hangsOnPurchase {
			if err := u.note(table, "financing_id", ids, used); err != nil {
				return err
			}
		}
		free := slices.DeleteFunc(ids, func(id string) bool { return used[id] })
		for i := range part {
			if used[part[i].ID] {
				u.out.Leave(inventory.ImportLeft{Kind: "purchase", ID: part[i].ID, Name: part[i].Reference, Why: inventory.LeftHangs})
			}
		}
		done := u.tx.Where("client_id = ? AND id IN ?", u.clientID, free).Delete(&financingRow{}) // its links go with it
		if done.Error != nil {
			return done.Error
		}
		u.out.Purchases += int(done.RowsAffected)
	}
	u.leaveMany("purchase", u.imp.Purchases-len(rows))
	return nil
}

// note adds those of the ids that a column of a table holds.
func (u *undoing) note(table, column string, ids []string, used map[string]bool) error {
	var found []string
	err := byHand(u.tx).Raw("SELECT DISTINCT "+column+" FROM "+table+" WHERE client_id = ? AND "+column+" IN ?", u.clientID, ids).Scan(&found).Error
	for _, id := range found {
		used[id] = true
	}
	return err
}

// joins makes two again of what the rows had joined, the latest first.
func (u *undoing) joins() error {
	var rows []joinRow
	err := u.tx.Where("client_id = ? AND import_id = ? AND undone_at IS NULL", u.clientID, u.imp.ID).Order("at DESC, id DESC").Find(&rows).Error
	if err != nil {
		return err
	}
	for i := range rows {
		row := &rows[i]
		switch err := u.undoable(row); {
		case inventory.CodeOf(err) == inventory.Conflict:
			u.out.Leave(inventory.ImportLeft{Kind: "decision", ID: row.ID, Name: row.noun().Other, Why: inventory.LeftDecided})
			continue
		case err != nil:
			return err
		}
		// They need not be told apart: what joined them goes.
		if err := u.undo(row, false); err != nil {
			return err
		}
		u.out.Decisions++
	}
	return nil
}

// reviews takes the doubts back that nobody has answered and for which nothing waits.
func (u *undoing) reviews() error {
	var answered []reviewRow
	err := u.tx.Select("id", "client_id", "reason").Where("client_id = ? AND import_id = ? AND decided_at IS NOT NULL", u.clientID, u.imp.ID).
		Order("id").Find(&answered).Error
	if err != nil {
		return err
	}
	for _, r := range answered {
		u.out.Leave(inventory.ImportLeft{Kind: "review", ID: r.ID, Name: r.Reason, Why: inventory.LeftDoubted})
	}
	done := u.tx.Where("client_id = ? AND import_id = ? AND decided_at IS NULL", u.clientID, u.imp.ID).
		Where("NOT EXISTS (SELECT 1 FROM assets a WHERE a.client_id = reviews.client_id AND a.doubt = reviews.id)").Delete(&reviewRow{})
	u.out.Reviews = int(done.RowsAffected)
	return done.Error
}

// atSites are the tables of what stands at a site.
var atSites = []string{"assets", "observations", "scans", "schedules", "credentials", "enrolments", "agents", "imports"}

// places takes the sites back that nobody has changed and where nothing stands, but for
// the import's own: a client has one.
func (u *undoing) places() error {
	var rows []siteRow
	if err := u.tx.Where("client_id = ? AND import_id = ? AND id <> ?", u.clientID, u.imp.ID, u.imp.SiteID).Order("name_key, id").Find(&rows).Error; err != nil {
		return err
	}
	for _, site := range rows {
		used := map[string]bool{}
		for _, table := range atSites {
			if err := u.note(table, "site_id", []string{site.ID}, used); err != nil {
				return err
			}
		}
		var contracts int64
		if err := u.tx.Model(&contractRow{}).Where("client_id = ? AND site_ids LIKE ?", u.clientID, "%\""+site.ID+"\"%").Count(&contracts).Error; err != nil {
			return err
		}
		if used[site.ID] || contracts > 0 {
			u.out.Leave(inventory.ImportLeft{Kind: "site", ID: site.ID, Name: site.Name, Why: inventory.LeftInUse})
			continue
		}
		if err := u.tx.Where("client_id = ? AND id = ?", u.clientID, site.ID).Delete(&siteRow{}).Error; err != nil {
			return err
		}
		u.out.Sites++
	}
	return nil
}
