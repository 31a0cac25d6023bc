package store

import (
	"context"
	"slices"
	"strings"

	"gorm.io/gorm"

	"parc/inventory"
)

// links says where it is kept which assets a financing, a licence or a contract
// is about.
type links struct{ table, owner string }

var (
	financingAssets = links{"financing_assets", "financing_id"}
	licenceAssets   = links{"licence_assets", "licence_id"}
	contractAssets  = links{"contract_assets", "contract_id"}
)

// load gives the assets of every owner of the client, sorted; an owner without
// assets is not in the map.
func (l links) load(db *gorm.DB, clientID string) (map[string][]string, error) {
	var rows []struct{ Owner, Asset string }
	err := byHand(db).Raw("SELECT "+l.owner+" AS owner, asset_id AS asset FROM "+l.table+
		" WHERE client_id = ? ORDER BY "+l.owner+", asset_id", clientID).Scan(&rows).Error
	if err != nil {
		return nil, err
	}
	assets := make(map[string][]string, len(rows))
	for _, row := range rows {
		assets[row.Owner] = append(assets[row.Owner], row.Asset)
	}
	return assets, nil
}

// add links an owner with assets, of which the caller has seen that they are the
// client's.
func (l links) add(tx *gorm.DB, clientID, ownerID string, assetIDs []string) error {
	pairs := make([][2]string, len(assetIDs))
	for i, id := range assetIDs {
		pairs[i] = [2]string{ownerID, id}
	}
	return l.addPairs(tx, clientID, pairs)
}

// addPairs is add of pairs of an owner and an asset.
func (l links) addPairs(tx *gorm.DB, clientID string, pairs [][2]string) error {
	for part := range slices.Chunk(pairs, mostOnePage) {
		rows := strings.TrimSuffix(strings.Repeat("(?,?,?),", len(part)), ",")
		values := make([]any, 0, 3*len(part))
		for _, p := range part {
			values = append(values, clientID, p[0], p[1])
		}
		err := byHand(tx).Exec("INSERT INTO "+l.table+" (client_id, "+l.owner+", asset_id) VALUES "+rows, values...).Error
		if err != nil {
			return err
		}
	}
	return nil
}

// distinct sorts ids and removes doubles and empty ones.
func distinct(ids []string) []string {
	ids = slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return id == "" })
	slices.Sort(ids)
	return list(slices.Compact(ids))
}

// seeAssets refuses assets that are not there, not in scope or of another client.
func (s *Store) seeAssets(db *gorm.DB, clientID string, ids []string) error {
	for part := range slices.Chunk(ids, mostOnePage) {
		var found []string
		if err := db.Model(&assetRow{}).Where("client_id = ? AND id IN ?", clientID, part).Pluck("id", &found).Error; err != nil {
			return s.explain(err, "look for assets")
		}
		if len(found) == len(part) {
			continue
		}
		for _, id := range part {
			if !slices.Contains(found, id) {
				return noSuch("asset", id)
			}
		}
	}
	return nil
}

// addLinked keeps a row of a client with its links to assets of the same client.
func (s *Store) addLinked(ctx context.Context, scope inventory.Scope, clientID, id string, assetIDs []string, l links, row any) error {
	err := s.write(ctx, scope, func(tx *gorm.DB) error {
		if err := s.seeClient(tx, scope, clientID); err != nil {
			return err
		}
		if err := s.seeAssets(tx, clientID, assetIDs); err != nil {
			return err
		}
		if err := tx.Create(row).Error; err != nil {
			return err
		}
		return l.add(tx, clientID, id, assetIDs)
	})
	return s.explain(err, "add to client "+clientID)
}

// updateLinked writes a row that was there already, with its links. A row keeps
// its client and the moment of its making.
func (s *Store) updateLinked(tx *gorm.DB, clientID, id string, assetIDs []string, l links, row any) error {
	if err := s.seeAssets(tx, clientID, assetIDs); err != nil {
		return err
	}
	if err := overwrite(tx, row); err != nil {
		return err
	}
	if err := l.remove(tx, clientID, id); err != nil {
		return err
	}
	return l.add(tx, clientID, id, assetIDs)
}

// overwrite writes all columns of a row but those that never change.
func overwrite(tx *gorm.DB, row any) error {
	return tx.Model(row).Select("*").Omit("id", "client_id", "created_at").Updates(row).Error
}

// of gives the assets of one owner, sorted.
func (l links) of(db *gorm.DB, clientID, ownerID string) ([]string, error) {
	ids := []string{}
	err := byHand(db).Raw("SELECT asset_id FROM "+l.table+" WHERE client_id = ? AND "+l.owner+" = ? ORDER BY asset_id", clientID, ownerID).Scan(&ids).Error
	return ids, err
}

func (l links) remove(tx *gorm.DB, clientID, ownerID string) error {
	return byHand(tx).Exec("DELETE FROM "+l.table+" WHERE client_id = ? AND "+l.owner+" = ?", clientID, ownerID).Error
}
