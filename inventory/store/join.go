package store

import (
	"fmt"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"parc/inventory"
)

type joinRow struct {
	ID        string `gorm:"primaryKey"`
	ClientID  string
	IntoID    string
	FromID    string
	FromAsset joinedAsset         `gorm:"serializer:json"`
	IntoAsset joinedAsset         `gorm:"serializer:json"`
	Moved     map[string][]string `gorm:"serializer:json"` // table → ids of what went from one to the other
	Because   string
	Actor     string
	At        time.Time
	UndoneAt  *time.Time
}

// TableName says where joins are kept.
func (joinRow) TableName() string { return "joins" }

// joinedAsset is an asset as it was before the join, with what its JSON form
// leaves out.
type joinedAsset struct {
	Asset inventory.Asset `json:"asset"`
}

// belonging says what belongs to an asset by a column of its own, and by which
// column a row is told from others.
var belonging = []struct {
	model       any
	column, key string
	listed      bool // the moved rows are listed for an undo; the others keep their origin_id
}{
	{&changeRow{}, "asset_id", "id", false},
	{&observationRow{}, "asset_id", "id", false},
	{&coverageRow{}, "asset_id", "id", true},
	{&assetRow{}, "parent_id", "id", true},
}

// sharedThings are the links between an asset and what covers several.
var sharedThings = []struct {
	table, owner string
}{
	{"financing_assets", "financing_id"},
	{"licence_assets", "licence_id"},
	{"contract_assets", "contract_id"},
	{"review_assets", "review_id"},
}

// join moves all that belongs to one asset to another, and removes the empty
// one. Its identifiers and sightings are with the other already: the plan holds
// an update that writes them.
func (a *application) join(j inventory.Join) error {
	from, into := j.From.ID, j.Into
	moved := map[string][]string{}
	for _, b := range belonging {
		rows := a.tx.Model(b.model).Where("client_id = ? AND "+b.column+" = ?", a.clientID, from)
		if b.listed {
			var ids []string
			if err := rows.Session(&gorm.Session{}).Pluck(b.key, &ids).Error; err != nil {
				return err
			}
			if len(ids) > 0 {
				moved[tableOf(b.model)] = ids
			}
		}
		if err := a.tx.Model(b.model).Where("client_id = ? AND "+b.column+" = ?", a.clientID, from).UpdateColumn(b.column, into).Error; err != nil {
			return err
		}
	}
	for _, link := range sharedThings {
		ids, err := a.moveLinks(link.table, link.owner, from, into)
		if err != nil {
			return fmt.Errorf("move %s: %w", link.table, err)
		}
		if len(ids) > 0 {
			moved[link.table] = ids
		}
	}
	if err := a.moveApart(from, into); err != nil {
		return err
	}
	if err := a.tx.Where("client_id = ? AND id = ?", a.clientID, from).Delete(&assetRow{}).Error; err != nil {
		return err
	}
	row := joinRow{
		ID: inventory.NewID(a.now), ClientID: a.clientID, IntoID: into, FromID: from, FromAsset: joinedAsset{j.From},
		Moved: moved, Because: j.Because, Actor: a.actor, At: a.now,
	}
	if known := a.known[into]; known != nil {
		row.IntoAsset = joinedAsset{*known}
	}
	for gone, is := range a.joined {
		if is == from {
			a.joined[gone] = into
		}
	}
	a.joined[from] = into
	return a.tx.Create(&row).Error
}

func tableOf(model any) string {
	if t, ok := model.(interface{ TableName() string }); ok {
		return t.TableName()
	}
	return fmt.Sprintf("%T", model)
}

// moveLinks gives the links of one asset to another; where the other has the
// same link already, one stays. It gives the owners of the links that moved.
func (a *application) moveLinks(table, owner, from, into string) ([]string, error) {
	tx := byHand(a.tx)
	var ids []string
	err := tx.Raw("SELECT "+owner+" FROM "+table+" WHERE client_id = ? AND asset_id = ? ORDER BY "+owner, a.clientID, from).Scan(&ids).Error
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	err = tx.Exec("INSERT INTO "+table+" (client_id, "+owner+", asset_id) SELECT client_id, "+owner+", ? FROM "+table+
		" WHERE client_id = ? AND asset_id = ? ON CONFLICT DO NOTHING", into, a.clientID, from).Error
	if err != nil {
		return nil, err
	}
	return ids, tx.Exec("DELETE FROM "+table+" WHERE client_id = ? AND asset_id = ?", a.clientID, from).Error
}

// moveApart keeps what a person has told apart from the asset that goes apart
// from the one that stays.
func (a *application) moveApart(from, into string) error {
	var rows []apartRow
	err := a.tx.Where("client_id = ? AND (one_id = ? OR other_id = ?)", a.clientID, from, from).Find(&rows).Error
	if err != nil || len(rows) == 0 {
		return err
	}
	var moved []apartRow
	for _, row := range rows {
		other := row.OneID
		if other == from {
			other = row.OtherID
		}
		if other != into {
			row.OneID, row.OtherID = min(other, into), max(other, into)
			moved = append(moved, row)
		}
	}
	if len(moved) == 0 {
		return nil
	}
	return a.tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&moved).Error
}

// byHand lets SQL written by hand pass the guard: it names its client itself.
func byHand(tx *gorm.DB) *gorm.DB { return tx.Set(byHandKey, true).Session(&gorm.Session{}) }
