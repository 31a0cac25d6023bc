package store

import (
	"slices"
	"strings"
	"time"

	"gorm.io/gorm/clause"

	"parc/inventory"
)

// undoMerge makes two of one again. With apart they are told apart, else the next
// scan would join them again.
func (a *application) undoMerge(row *joinRow, apart bool) error {
	now, err := a.store.asset(a.tx, row.IntoID)
	if err != nil {
		return err
	}
	into, from := row.IntoAsset.asset(), row.FromAsset.asset()
	if into.ID == "" {
		return inventory.Errorf(inventory.Conflict, "decision %s does not say how asset %s was: it cannot be undone", row.ID, row.IntoID)
	}
	ids, observations, err := a.since(row.At, row.IntoID)
	if err != nil {
		return err
	}
	keepPins(&into, &now, row.At)
	if err := a.parentThere(&from, into.ID); err != nil {
		return err
	}
	a.know(now)
	if err := a.create([]inventory.Asset{from}); err != nil {
		return err
	}
	if err := a.update([]inventory.Update{{Asset: into}}); err != nil {
		return err
	}
	if err := a.moveBack(row); err != nil {
		return err
	}
	if apart {
		if err := a.tellApart(row.IntoID, row.FromID); err != nil {
			return err
		}
	}
	if err := a.tell("merge-undone", row); err != nil {
		return err
	}
	return a.placeAnew(ids, observations, into, from)
}

// tell writes in both histories that the decision was undone.
func (a *application) tell(field string, row *joinRow) error {
	return a.history(inventory.Plan{Changes: []inventory.Change{
		{AssetID: row.IntoID, Field: field, Old: row.FromID, Because: inventory.ByHand},
		{AssetID: row.FromID, Field: field, Old: row.IntoID, Because: inventory.ByHand},
	}})
}

// keepPins carries what a person has said since over to how an asset was.
func keepPins(before, now *inventory.Asset, since time.Time) {
	for f, v := range now.Values {
		if !v.Pinned || !v.At.After(since) {
			continue
		}
		before.Values[f] = v
		switch f {
		case inventory.FieldState:
			before.State = now.State
		case inventory.FieldSite:
			before.SiteID = now.SiteID
		}
	}
	mirror(before)
}

// parentThere unhangs an asset from a whole that is gone meanwhile.
func (a *application) parentThere(asset *inventory.Asset, into string) error {
	if asset.ParentID == "" || asset.ParentID == into {
		return nil
	}
	var n int64
	err := a.tx.Model(&assetRow{}).Where("client_id = ? AND id = ?", a.clientID, asset.ParentID).Count(&n).Error
	if err == nil && n == 0 {
		asset.ParentID = ""
	}
	return err
}

// moveBack gives back what the decision moved and is still there.
func (a *application) moveBack(row *joinRow) error {
	for _, b := range belonging {
		if err := a.assign(b.table, b.column, row.Moved[b.table], row.FromID); err != nil {
			return err
		}
	}
	tx := byHand(a.tx)
	for _, link := range sharedThings {
		ids := row.Moved[link.table]
		if len(ids) == 0 {
			continue
		}
		err := tx.Exec("INSERT INTO "+link.table+" (client_id, "+link.owner+", asset_id) SELECT client_id, "+link.owner+", ? FROM "+link.table+
			" WHERE client_id = ? AND asset_id = ? AND "+link.owner+" IN ? ON CONFLICT DO NOTHING", row.FromID, a.clientID, row.IntoID, ids).Error
		if err != nil {
			return err
		}
		both := row.Moved[link.table+bothHad]
		only := slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return slices.Contains(both, id) })
		if len(only) == 0 {
			continue
		}
		err = tx.Exec("DELETE FROM "+link.table+" WHERE client_id = ? AND asset_id = ? AND "+link.owner+" IN ?", a.clientID, row.IntoID, only).Error
		if err != nil {
			return err
		}
	}
	return a.apartBack(row)
}

// apartBack restores the pairs that a person had told apart.
func (a *application) apartBack(row *joinRow) error {
	for _, pair := range row.Moved[apartMade] {
		one, other, _ := strings.Cut(pair, " ")
		err := a.tx.Where("client_id = ? AND one_id = ? AND other_id = ?", a.clientID, one, other).Delete(&apartRow{}).Error
		if err != nil {
			return err
		}
	}
	for _, text := range row.Moved[apartHad] {
		words := strings.Fields(text)
		if len(words) < 4 {
			continue
		}
		at, err := time.Parse(time.RFC3339Nano, words[len(words)-1])
		if err != nil {
			return err
		}
		back := apartRow{ClientID: a.clientID, OneID: words[0], OtherID: words[1], Actor: strings.Join(words[2:len(words)-1], " "), At: at}
		if err := a.tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&back).Error; err != nil {
			return err
		}
	}
	return nil
}

// placeAnew places what was observed after a decision that is undone: on either
// of the two, as if they had never been one.
func (a *application) placeAnew(ids []string, observations []inventory.Observation, assets ...inventory.Asset) error {
	if len(observations) == 0 {
		return nil
	}
	known := inventory.Known{Assets: assets}
	if len(assets) == 2 {
		known.Apart = [][2]string{{min(assets[0].ID, assets[1].ID), max(assets[0].ID, assets[1].ID)}}
	}
	a.known = map[string]*inventory.Asset{}
	a.know(assets...)
	plan := inventory.Reconcile(a.now, observations, known)
	if err := a.plan(plan); err != nil {
		return err
	}
	to := map[string][]string{}
	for i, id := range plan.Placed {
		if id != "" {
			to[id] = append(to[id], ids[i])
		}
	}
	for _, asset := range sorted(to) {
		if err := a.assign("observations", "asset_id", to[asset], asset); err != nil {
			return err
		}
	}
	return nil
}

// undoSplit makes one of two again.
func (a *application) undoSplit(row *joinRow) error {
	rest, err := a.store.asset(a.tx, row.IntoID)
	if err != nil {
		return err
	}
	part, err := a.store.asset(a.tx, row.FromID)
	if err != nil {
		return err
	}
	ids, observations, err := a.since(row.At, row.IntoID, row.FromID)
	if err != nil {
		return err
	}
	whole := row.IntoAsset.asset()
	keepPins(&whole, &rest, row.At)
	if err := a.parentThere(&whole, ""); err != nil {
		return err
	}
	if err := a.tell("split-undone", row); err != nil {
		return err
	}
	if err := a.moveAll(part.ID, rest.ID, map[string][]string{}); err != nil {
		return err
	}
	if err := a.moveApart(part.ID, rest.ID, map[string][]string{}); err != nil {
		return err
	}
	if err := a.remove(&part); err != nil {
		return err
	}
	a.know(rest)
	if err := a.update([]inventory.Update{{Asset: whole}}); err != nil {
		return err
	}
	return a.placeAnew(ids, observations, whole)
}
