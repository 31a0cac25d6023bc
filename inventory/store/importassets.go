package store

import (
	"cmp"
	"slices"

	"parc/inventory"
)

// assets takes the import's records off all assets that have one.
func (u *undoing) assets() error {
	for after := ""; ; {
		var ids []string
		err := u.tx.Model(&observationRow{}).Where("client_id = ? AND import_id = ? AND asset_id > ?", u.clientID, u.imp.ID, after).
			Distinct().Order("asset_id").Limit(fullPage).Pluck("asset_id", &ids).Error
		if err != nil || len(ids) == 0 {
			return err
		}
		if err := u.page(ids); err != nil {
			return err
		}
		after = ids[len(ids)-1]
	}
}

// recorded is what was observed of one asset.
type recorded struct {
	rest, taken []inventory.Observation
	rows        []string // ids of those taken
	made        bool     // of one of those taken
}

// page takes the records off some assets.
func (u *undoing) page(ids []string) error {
	assets, err := u.load(ids)
	if err != nil {
		return err
	}
	told, err := u.recorded(ids)
	if err != nil {
		return err
	}
	used, err := u.worked(assets)
	if err != nil {
		return err
	}
	var gone []inventory.Asset
	var back []inventory.Update
	var rows []string
	for _, a := range assets {
		t := told[a.ID]
		if len(t.rest) == 0 {
			if why := used[a.ID]; why != "" {
				// It stays whole: without its record nothing would tell what it is.
				u.leave(&a, why)
			} else {
				gone = append(gone, a)
			}
			continue
		}
		after, changes := a.TakeBack(u.now, t.rest, t.taken)
		changes = append(changes, inventory.Change{AssetID: a.ID, Field: inventory.ImportUndoneField, Old: u.imp.Name, Because: inventory.ByHand})
		back = append(back, inventory.Update{Asset: after, Changes: changes})
		rows = append(rows, t.rows...)
		if t.made {
			u.leave(&a, inventory.LeftSeen)
		}
	}
	u.out.Restored += len(back)
	u.out.Removed += len(gone)
	if err := u.moveHome(back, told); err != nil {
		return err
	}
	if err := u.update(back); err != nil {
		return err
	}
	if err := u.history(inventory.Plan{Update: back}); err != nil {
		return err
	}
	for part := range slices.Chunk(rows, mostOnePage) {
		if err := u.tx.Where("client_id = ? AND id IN ?", u.clientID, part).Delete(&observationRow{}).Error; err != nil {
			return err
		}
	}
	return u.erase(gone)
}

func (u *undoing) leave(a *inventory.Asset, why string) {
	u.out.Leave(inventory.ImportLeft{Kind: "asset", ID: a.ID, Name: cmp.Or(a.Hostname, a.Serial, a.Address, a.Model, string(a.Class)), Why: why})
}

// load reads assets whole.
func (u *undoing) load(ids []string) ([]inventory.Asset, error) {
	var rows []assetRow
	if err := u.tx.Where("client_id = ? AND id IN ?", u.clientID, ids).Order("id").Find(&rows).Error; err != nil {
		return nil, err
	}
	assets, err := assetNouns(rows)
	if err != nil {
		return nil, err
	}
	if err := loadSightings(u.tx, assets); err != nil {
		return nil, err
	}
	u.known = make(map[string]*inventory.Asset, len(assets))
	u.know(assets...)
	return assets, nil
}

// recorded gives what was observed of assets. Of those of which the import alone
// tells, and few others, it is little.
func (u *undoing) recorded(ids []string) (map[string]*recorded, error) {
	var rows []observationRow
	err := u.tx.Where("client_id = ? AND asset_id IN ?", u.clientID, ids).Order("at, id").Find(&rows).Error
	if err != nil {
		return nil, err
	}
	told := make(map[string]*recorded, len(ids))
	for i := range rows {
		o, err := rows[i].noun()
		if err != nil {
			return nil, err
		}
		id := string(rows[i].AssetID)
		t := told[id]
		if t == nil {
			t = &recorded{}
			told[id] = t
		}
		if string(rows[i].ImportID) != u.imp.ID {
			t.rest = append(t.rest, o)
			continue
		}
		t.taken, t.rows = append(t.taken, o), append(t.rows, rows[i].ID)
		t.made = t.made || rows[i].Made && rows[i].OriginID == rows[i].AssetID
	}
	return told, nil
}

// worked tells on which of the assets people have worked, and how: a value is
// pinned, or something hangs on it that the import did not make.
func (u *undoing) worked(assets []inventory.Asset) (map[string]string, error) {
	why, ids := map[string]string{}, make([]string, len(assets))
	for i := range assets {
		ids[i] = assets[i].ID
		for _, v := range assets[i].Values {
			if v.Pinned {
				why[ids[i]] = inventory.LeftPinned
			}
		}
	}
	hangs := map[string]bool{}
	for _, b := range belonging {
		if b.column == "asset_id" && b.table != "changes" && b.table != "observations" {
			if err := u.note(b.table, b.column, ids, hangs); err != nil {
				return nil, err
			}
		}
	}
	for _, l := range sharedThings {
		if l.table != "review_assets" {
			if err := u.note(l.table, "asset_id", ids, hangs); err != nil {
				return nil, err
			}
		}
	}
	var joined []joinRow
	err := u.tx.Select("id", "client_id", "into_id", "from_id").Where("client_id = ? AND undone_at IS NULL AND (into_id IN ? OR from_id IN ?)", u.clientID, ids, ids).Find(&joined).Error
	for _, j := range joined {
		hangs[j.IntoID], hangs[j.FromID] = true, true
	}
	for _, id := range ids {
		if hangs[id] && why[id] == "" {
			why[id] = inventory.LeftHangs
		}
	}
	return why, err
}

// moveHome puts assets back to the sites from which the import had moved them, where
// nothing has moved them since.
func (u *undoing) moveHome(back []inventory.Update, told map[string]*recorded) error {
	ids := make([]string, len(back))
	for i := range back {
		ids[i] = back[i].Asset.ID
	}
	var rows []changeRow
	err := u.tx.Where("client_id = ? AND asset_id IN ? AND field = ? AND actor = ?", u.clientID, ids, string(inventory.FieldSite), string(inventory.FromCSV)).Find(&rows).Error
	if err != nil {
		return err
	}
	for _, c := range rows {
		at := slices.Index(ids, c.AssetID)
		a := &back[at].Asset
		moved := slices.ContainsFunc(told[a.ID].taken, func(o inventory.Observation) bool { return o.At.Equal(c.At) })
		if !moved || a.SiteID != c.New || a.Values[inventory.FieldSite].Pinned {
			continue
		}
		a.SiteID = c.Old
		back[at].Changes = append(back[at].Changes, inventory.Change{Field: string(inventory.FieldSite), Old: c.New, New: c.Old, Because: inventory.ImportUndoneField})
	}
	return nil
}

// erase removes assets of which nothing is known any more.
func (u *undoing) erase(assets []inventory.Asset) error {
	if len(assets) == 0 {
		return nil
	}
	ids := make([]string, len(assets))
	var gone parts
	for i := range assets {
		ids[i] = assets[i].ID
		gone.addIdentifiers(&inventory.Asset{ID: ids[i], ClientID: u.clientID}, &assets[i])
	}
	tx := byHand(u.tx)
	for _, statement := range []string{
		"DELETE FROM observations WHERE client_id = ? AND asset_id IN ?",
		"DELETE FROM changes WHERE client_id = ? AND asset_id IN ?",
		"UPDATE assets SET parent_id = NULL WHERE client_id = ? AND parent_id IN ?",
	} {
		if err := tx.Exec(statement, u.clientID, ids).Error; err != nil {
			return err
		}
	}
	if err := deleteTriples(u.tx, &identifierRow{}, u.clientID, "(asset_id, kind, value)", gone.lost); err != nil {
		return err
	}
	return u.tx.Where("client_id = ? AND id IN ?", u.clientID, ids).Delete(&assetRow{}).Error
}
