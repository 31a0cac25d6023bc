package store

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"gorm.io/gorm"

	"parc/inventory"
)

type licenceKeyRow struct {
	inventory.LicenceKey
	Mark   string // keyed digest: the same key is found by it, and nobody without parc's key can make it
	Sealed string
}

// TableName says where the keys of licences are kept.
func (licenceKeyRow) TableName() string { return "licence_keys" }

const (
	// keyKept is how long a key stays that no asset has any more: two agents of one
	// machine, of which one knows no keys, must not make it come and go.
	keyKept = 30 * 24 * time.Hour
	// toldAgain is how often it is noted that a key was told again.
	toldAgain = 24 * time.Hour
)

// licenceKeyOwner ties a sealed key to its row and to its client.
func licenceKeyOwner(k inventory.LicenceKey) string { return "licence-key:" + k.ClientID + ":" + k.ID }

// hideKeys takes the keys of licences out of observations, seals them and leaves
// their ids. A key that the client has already keeps its id, on whichever
// machine it is found. Without parc's own key nothing of a licence's is kept.
func (s *Store) hideKeys(tx *gorm.DB, clientID string, observations []inventory.Observation) error {
	found := map[string]inventory.LicenceKey{} // by mark
	texts := map[string]string{}
	for i := range observations {
		for _, l := range observations[i].Details.Licences {
			if text := l.Key.Reveal(); text != "" && s.sealer.aead != nil {
				mark := s.sealer.mark(clientID, text)
				texts[mark], found[mark] = text, inventory.LicenceKey{Tail: l.Tail}
			}
		}
	}
	if err := s.keepKeys(tx, clientID, texts, found); err != nil {
		return err
	}
	for i := range observations {
		d := &observations[i].Details
		d.Licences = slices.Clone(d.Licences) // the caller's own stay as they are
		for j := range d.Licences {
			l := &d.Licences[j]
			l.KeyID = "" // who sends one says nothing
			if text := l.Key.Reveal(); text != "" && s.sealer.aead != nil {
				l.KeyID = found[s.sealer.mark(clientID, text)].ID
			} else if text != "" {
				s.log.Warn("the key of a licence is not kept: parc has no key file to encrypt it with", "client", clientID, "licence", l.Name)
			}
			l.Key = inventory.Secret{}
		}
	}
	return nil
}

// keepKeys gives every key its row, and completes found with their ids.
func (s *Store) keepKeys(tx *gorm.DB, clientID string, texts map[string]string, found map[string]inventory.LicenceKey) error {
	now := s.now()
	var late []string
	for part := range slices.Chunk(sorted(texts), mostOnePage) {
		var rows []licenceKeyRow
		if err := tx.Omit("sealed").Where("client_id = ? AND mark IN ?", clientID, part).Find(&rows).Error; err != nil {
			return err
		}
		for _, row := range rows {
			found[row.Mark] = row.LicenceKey
			if now.Sub(row.ToldAt) >= toldAgain {
				late = append(late, row.ID)
			}
		}
	}
	var added []licenceKeyRow
	for _, mark := range sorted(texts) {
		k := found[mark]
		if k.ID != "" {
			continue
		}
		k = inventory.LicenceKey{ID: inventory.NewID(now), ClientID: clientID, Tail: k.Tail, CreatedAt: now, ToldAt: now}
		sealed, err := s.sealer.seal(licenceKeyOwner(k), []byte(texts[mark]))
		if err != nil {
			return err
		}
		found[mark] = k
		added = append(added, licenceKeyRow{k, mark, sealed})
	}
	for part := range slices.Chunk(late, mostOnePage) {
		if err := tx.Model(&licenceKeyRow{}).Where("client_id = ? AND id IN ?", clientID, part).UpdateColumn("told_at", now).Error; err != nil {
			return err
		}
	}
	if len(added) == 0 {
		return nil
	}
	return tx.CreateInBatches(&added, mostOnePage).Error
}

// LicenceKeys lists the keys of licences kept for a client, oldest first,
// without the keys themselves.
func (s *Store) LicenceKeys(ctx context.Context, scope inventory.Scope, clientID string) ([]inventory.LicenceKey, error) {
	db := s.as(ctx, scope)
	if err := s.seeClient(db, scope, clientID); err != nil {
		return nil, err
	}
	var rows []licenceKeyRow
	if err := db.Omit("sealed", "mark").Where("client_id = ?", clientID).Order("id").Find(&rows).Error; err != nil {
		return nil, s.explain(err, "list the licence keys of client "+clientID)
	}
	keys := make([]inventory.LicenceKey, len(rows))
	for i, row := range rows {
		keys[i] = row.LicenceKey
	}
	return keys, nil
}

// ReadLicenceKey gives the key of a licence to who installs it anew, and writes
// into the history of every asset that has the licence who read it and when.
// NotFound is for a key that no asset of the client has, Unavailable for one
// that does not open with parc's key in use.
func (s *Store) ReadLicenceKey(ctx context.Context, scope inventory.Scope, clientID, id string) (inventory.Secret, error) {
	var key inventory.Secret
	err := s.write(ctx, scope, func(tx *gorm.DB) error {
		if err := s.lockClient(tx, scope, clientID); err != nil {
			return err
		}
		var row licenceKeyRow
		if err := s.take(tx.Where("client_id = ?", clientID), &row, "licence key", id); err != nil {
			return err
		}
		if err := s.noteReading(tx, scope, []licenceKeyRow{row}, true); err != nil {
			return err
		}
		text, err := s.openKey(row)
		key = inventory.NewSecret(text)
		return err
	})
	return key, s.explain(err, "read licence key "+id)
}

func (s *Store) openKey(row licenceKeyRow) (string, error) {
	text, err := s.sealer.open(licenceKeyOwner(row.LicenceKey), row.Sealed)
	if errors.Is(err, errSealed) {
		return "", inventory.Errorf(inventory.Unavailable, "licence key %s does not open with the key file in use: name the right one with --key-file", row.ID)
	}
	return string(text), err
}

// noteReading writes into the history of the assets that have the licences that
// their keys were read. shown refuses a key that no asset has.
func (s *Store) noteReading(tx *gorm.DB, scope inventory.Scope, rows []licenceKeyRow, shown bool) error {
	if len(rows) == 0 {
		return nil
	}
	clientID := rows[0].ClientID
	holders, err := keyHolders(tx, clientID)
	if err != nil {
		return err
	}
	var plan inventory.Plan
	for _, row := range rows {
		ids := holders[row.ID]
		if shown && len(ids) == 0 {
			return inventory.Errorf(inventory.NotFound, "no asset of the client has the licence of key %s any more", row.ID)
		}
		text := row.ID
		if row.Tail != "" {
			text += " (…" + row.Tail + ")"
		}
		for _, id := range ids {
			plan.Changes = append(plan.Changes, inventory.Change{AssetID: id, Field: inventory.FieldKeyRead, New: text, Because: inventory.ByHand})
		}
	}
	return s.newApplication(tx, clientID, scope.Actor(), s.now(), inventory.Known{}).history(plan)
}

// keyHolders gives the assets that have each key, by the key's id.
func keyHolders(tx *gorm.DB, clientID string) (map[string][]string, error) {
	holders := map[string][]string{}
	q := tx.Select("id", "client_id", "details").Where(`client_id = ? AND details LIKE '%"key_id"%'`, clientID)
	return holders, walk(q, func(r *assetRow) string { return r.ID }, func(r *assetRow) error {
		a, err := r.noun()
		if err != nil {
			return err
		}
		for _, id := range keysOf(&a) {
			holders[id] = append(holders[id], a.ID)
		}
		return nil
	})
}

// keysOf gives the keys of an asset's licences, each once.
func keysOf(a *inventory.Asset) []string {
	var ids []string
	for _, l := range a.Details.Licences {
		ids = append(ids, l.KeyID)
	}
	return distinct(ids)
}

// DropLicenceKeys removes the keys of a client that no asset has, that undoing a
// decision would not bring back and that no machine has told for thirty days. It
// gives their number.
func (s *Store) DropLicenceKeys(ctx context.Context, scope inventory.Scope, clientID string) (int, error) {
	dropped := 0
	err := s.write(ctx, scope, func(tx *gorm.DB) error {
		if err := s.lockClient(tx, scope, clientID); err != nil {
			return err
		}
		var old []licenceKeyRow
		err := tx.Omit("sealed").Where("client_id = ? AND told_at < ?", clientID, s.now().Add(-keyKept)).Find(&old).Error
		if err != nil || len(old) == 0 {
			return err
		}
		used, err := keyHolders(tx, clientID)
		if err != nil {
			return err
		}
		undo := tx.Where(`client_id = ? AND undone_at IS NULL AND (from_asset LIKE '%"key_id"%' OR into_asset LIKE '%"key_id"%')`, clientID)
		err = walk(undo, func(r *joinRow) string { return r.ID }, func(r *joinRow) error {
			for _, id := range append(keysOf(&r.FromAsset.Asset), keysOf(&r.IntoAsset.Asset)...) {
				used[id] = append(used[id], r.ID)
			}
			return nil
		})
		if err != nil {
			return err
		}
		var gone []string
		for _, row := range old {
			if len(used[row.ID]) == 0 {
				gone = append(gone, row.ID)
			}
		}
		dropped = len(gone)
		for part := range slices.Chunk(gone, mostOnePage) {
			if err := tx.Where("client_id = ? AND id IN ?", clientID, part).Delete(&licenceKeyRow{}).Error; err != nil {
				return err
			}
		}
		return nil
	})
	return dropped, s.explain(err, "drop licence keys of client "+clientID)
}

// KeysTable names what ArchiveKeys gives and Restore takes.
const KeysTable = "licence_keys"

// ArchiveKeys gives the keys of a client's licences in clear, for an archive that
// its owner asked for and that is encrypted before it is written; that they were
// read goes into history. One that does not open with parc's key in use is left out.
func (s *Store) ArchiveKeys(ctx context.Context, scope inventory.Scope, clientID string, yield func(row map[string]any) error) error {
	err := s.write(ctx, scope, func(tx *gorm.DB) error {
		if err := s.lockClient(tx, scope, clientID); err != nil {
			return err
		}
		var rows []licenceKeyRow
		if err := tx.Where("client_id = ?", clientID).Order("id").Find(&rows).Error; err != nil {
			return err
		}
		if err := s.noteReading(tx, scope, rows, false); err != nil {
			return err
		}
		for _, row := range rows {
			text, err := s.openKey(row)
			if inventory.CodeOf(err) == inventory.Unavailable {
				s.log.Warn("licence key does not open with the key in use and is left out", "client", clientID, "key", row.ID)
				continue
			}
			if err != nil {
				return err
			}
			if err := yield(map[string]any{
				"id": row.ID, "client_id": row.ClientID, "tail": row.Tail, "key": text,
				"created_at": row.CreatedAt.UTC().Format(time.RFC3339Nano), "told_at": row.ToldAt.UTC().Format(time.RFC3339Nano),
			}); err != nil {
				return err
			}
		}
		return nil
	})
	return s.explain(err, "take out the licence keys of client "+clientID)
}

// restoreKeys seals the keys of an archive with this installation's own key.
func (s *Store) restoreKeys(tx *gorm.DB, clientID string, next func(table string) (map[string]any, error)) error {
	var rows []licenceKeyRow
	for number := 1; ; number++ {
		given, err := next(KeysTable)
		if err != nil {
			return err
		}
		if given == nil {
			break
		}
		text := func(name string) string {
			t, _ := given[name].(string)
			return t
		}
		k := inventory.LicenceKey{ID: text("id"), ClientID: text("client_id"), Tail: inventory.CleanTo(text("tail"), 10)}
		var errs [2]error
		k.CreatedAt, errs[0] = time.Parse(time.RFC3339Nano, text("created_at"))
		k.ToldAt, errs[1] = time.Parse(time.RFC3339Nano, text("told_at"))
		if errors.Join(errs[:]...) != nil || k.ClientID != clientID || k.ID == "" || strings.TrimSpace(text("key")) == "" {
			return inventory.Errorf(inventory.Invalid, "%s: row %d is no key of this client", KeysTable, number)
		}
		sealed, err := s.sealer.seal(licenceKeyOwner(k), []byte(text("key")))
		if err != nil {
			return err
		}
		rows = append(rows, licenceKeyRow{k, s.sealer.mark(clientID, text("key")), sealed})
	}
	if len(rows) == 0 {
		return nil
	}
	return tx.CreateInBatches(&rows, mostOnePage).Error
}
