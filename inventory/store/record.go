package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"parc/inventory"
)

// Record takes in what was observed at a site: it finds the assets that the
// observations may be of, lets the rules of inventory decide, carries out what
// they decided and keeps the observations, all in one transaction. The
// observations count as the named client's and site's, whatever they say.
func (s *Store) Record(ctx context.Context, scope inventory.Scope, clientID, siteID string, observations []inventory.Observation) (inventory.Outcome, error) {
	var out inventory.Outcome
	err := s.write(ctx, scope, func(tx *gorm.DB) error {
		plan, reviewed, err := s.recordIn(tx, scope, clientID, siteID, observations)
		out = plan.Outcome()
		out.Reviewed = reviewed
		return err
	})
	if err != nil {
		return inventory.Outcome{}, s.explain(err, "store observations of client "+clientID)
	}
	s.grow(ctx, out.Created)
	return out, nil
}

// recordIn does in the caller's transaction what Record does; it gives the plan
// that was carried out and the number of new doubts.
func (s *Store) recordIn(tx *gorm.DB, scope inventory.Scope, clientID, siteID string, observations []inventory.Observation) (inventory.Plan, int, error) {
	if err := s.lockClient(tx, scope, clientID); err != nil {
		return inventory.Plan{}, 0, err
	}
	if err := s.seeSite(tx, clientID, siteID); err != nil {
		return inventory.Plan{}, 0, err
	}
	observations = slices.Clone(observations)
	for i := range observations {
		observations[i].SiteID = siteID
	}
	return s.recordOf(tx, scope, recording{clientID: clientID, now: s.now()}, observations)
}

// recording says whose observations are taken in, and when.
type recording struct {
	clientID string
	importID string // of the import that brings them; "" when none does
	now      time.Time
}

// recordOf is recordIn under the client's lock, of observations that the caller has
// put into sites of the client and that may be changed.
func (s *Store) recordOf(tx *gorm.DB, scope inventory.Scope, of recording, observations []inventory.Observation) (inventory.Plan, int, error) {
	var none inventory.Plan
	clientID := of.clientID
	for i := range observations {
		o := &observations[i]
		o.ClientID, o.At = clientID, moment(o.At)
	}
	if err := s.hideKeys(tx, clientID, observations); err != nil {
		return none, 0, fmt.Errorf("seal the keys of licences: %w", err)
	}
	settings, err := settingsOf(tx, clientID)
	if err != nil {
		return none, 0, fmt.Errorf("read the client's settings: %w", err)
	}
	if settings.LeavePersonal {
		for i := range observations {
			observations[i] = observations[i].WithoutPersonal()
		}
	}
	documents := writeDown(observations)
	sought := inventory.Seek(observations)
	known, err := s.loadKnown(tx, clientID, sought)
	docs, failed := documents()
	if err != nil {
		return none, 0, fmt.Errorf("load what is known: %w", err)
	}
	if failed != nil {
		return none, 0, fmt.Errorf("keep the observations: %w", failed)
	}
	known.Sought = sought
	plan := inventory.Reconcile(of.now, observations, known)
	apply := s.newApplication(tx, clientID, scope.Actor(), of.now, known)
	apply.importID = of.importID
	if err := apply.record(plan, observations, docs); err != nil {
		return none, 0, err
	}
	return plan, apply.reviewed, nil
}

// lockClient makes a client's writers wait for each other, so that each knows
// what the one before has made. It refuses a client that is not there or not in scope.
func (s *Store) lockClient(tx *gorm.DB, scope inventory.Scope, id string) error {
	if !scope.Sees(id) {
		return noSuch("client", id)
	}
	var row clientRow
	return s.take(tx.Clauses(clause.Locking{Strength: lockClient}), &row, "client", id)
}

// loadKnown loads the client's assets that share an identifier with the
// observations, the pairs of them that a person has told apart, and the reviews
// that name them. The number of queries depends on the number of observations,
// not of assets.
func (s *Store) loadKnown(tx *gorm.DB, clientID string, sought inventory.Sought) (inventory.Known, error) {
	ids, err := s.sharing(tx, clientID, sought)
	if err != nil || len(ids) == 0 {
		return inventory.Known{}, err
	}
	var known inventory.Known
	assets, err := loadAssets(tx, clientID, ids)
	if err != nil {
		return inventory.Known{}, err
	}
	sightings, err := sightingsOf(tx, []string{clientID}, ids)
	if err != nil {
		return inventory.Known{}, err
	}
	if known.Apart, err = loadApart(tx, clientID, ids); err != nil {
		return inventory.Known{}, err
	}
	if known.Reviews, err = loadReviews(tx, clientID, ids); err != nil {
		return inventory.Known{}, err
	}
	if known.Assets, err = assets(); err != nil {
		return inventory.Known{}, err
	}
	addSightings(known.Assets, sightings)
	return known, nil
}

// loadAssets loads a client's assets without their sightings, in the order of their
// ids: Reconcile must not depend on the one in which a database gives rows. Their
// documents are read beside the caller, who mostly waits for the database, until the
// function that it gives is called.
func loadAssets(tx *gorm.DB, clientID string, ids []string) (func() ([]inventory.Asset, error), error) {
	var reading errgroup.Group
	assets, n := make([]inventory.Asset, len(ids)), 0
	for part := range slices.Chunk(ids, mostLong) {
		var rows []assetRow
		if err := tx.Where("client_id = ?", clientID).Where(among("id", part)).Find(&rows).Error; err != nil {
			return nil, err
		}
		into := assets[n : n+len(rows)]
		n += len(rows)
		reading.Go(func() (err error) {
			for i := range rows {
				if into[i], err = rows[i].noun(); err != nil {
					return err
				}
			}
			return nil
		})
	}
	return func() ([]inventory.Asset, error) {
		err := reading.Wait()
		found := assets[:n]
		slices.SortFunc(found, func(a, b inventory.Asset) int { return compare(a.ID, b.ID) })
		return found, err
	}, nil
}

// sharing gives the ids of the assets that share an identifier with any of the
// observations, sorted.
func (s *Store) sharing(tx *gorm.DB, clientID string, sought inventory.Sought) ([]string, error) {
	values := map[inventory.IdentifierKind][]string{}
	for i := range sought.Len() {
		for _, id := range sought.Identifiers(i) {
			values[id.Kind] = append(values[id.Kind], indexed(id.Value))
		}
	}
	under, err := sqlTx(tx)
	if err != nil {
		return nil, err
	}
	found := map[string]bool{}
	for _, kind := range sorted(values) {
		if seldom[kind] {
			any, err := anyIdentifier(tx.Statement.Context, under, clientID, kind)
			if err != nil {
				return nil, err
			}
			if !any {
				continue
			}
		}
		slices.Sort(values[kind]) // neighbours of an index are found together
		if err := s.findIdentifiers(tx.Statement.Context, under, clientID, kind, slices.Compact(values[kind]), found); err != nil {
			return nil, err
		}
	}
	return sorted(found), nil
}

// seldom are kinds of which most clients have none, so that looking whether there
// are any is cheaper than looking each one up.
var seldom = map[inventory.IdentifierKind]bool{inventory.IdentRecord: true, inventory.IdentEcho: true}

// anyIdentifier asks in the order of the index: without it Postgres, which takes
// each kind to be as frequent as any other, reads the whole table for a kind that
// is not there.
func anyIdentifier(ctx context.Context, tx *sql.Tx, clientID string, kind inventory.IdentifierKind) (bool, error) {
	var id string
	err := tx.QueryRowContext(ctx, "SELECT asset_id FROM identifiers WHERE client_id = $1 AND kind = $2 ORDER BY value LIMIT 1", clientID, string(kind)).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, err
}

func (s *Store) findIdentifiers(ctx context.Context, tx *sql.Tx, clientID string, kind inventory.IdentifierKind, values []string, found map[string]bool) error {
	list, err := s.dialect.texts(values)
	if err != nil {
		return err
	}
	rows, err := tx.QueryContext(ctx, s.dialect.findIdentifiers, clientID, string(kind), list)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			return err
		}
		found[id] = true
	}
	return rows.Err()
}

type apartRow struct {
	ClientID string
	OneID    string
	OtherID  string
	At       time.Time
	Actor    string
}

// TableName says where pairs told apart are kept.
func (apartRow) TableName() string { return "aparts" }

func loadApart(tx *gorm.DB, clientID string, ids []string) ([][2]string, error) {
	var pairs [][2]string
	for part := range slices.Chunk(ids, mostOnePage) {
		var rows []apartRow
		if err := tx.Where("client_id = ?", clientID).Where(among("one_id", part)).Order("one_id, other_id").Find(&rows).Error; err != nil {
			return nil, err
		}
		for _, row := range rows {
			pairs = append(pairs, [2]string{row.OneID, row.OtherID})
		}
	}
	return pairs, nil
}
