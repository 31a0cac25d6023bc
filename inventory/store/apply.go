package store

import (
	"fmt"
	"reflect"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"parc/inventory"
)

// application carries out a plan within one transaction, in batches: the number
// of statements depends on the number of rows, never one by one.
type application struct {
	store    *Store
	tx       *gorm.DB
	clientID string
	actor    string
	now      time.Time
	known    map[string]*inventory.Asset
	joined   map[string]string // asset that is gone → asset it is now
	reviewed int               // doubts that were not there before
	importID string            // of the import that brings the observations; "" when none does
}

func (s *Store) newApplication(tx *gorm.DB, clientID, actor string, now time.Time, known inventory.Known) *application {
	a := &application{store: s, tx: tx, clientID: clientID, actor: actor, now: now,
		known: make(map[string]*inventory.Asset, len(known.Assets)), joined: map[string]string{}}
	for i := range known.Assets {
		a.known[known.Assets[i].ID] = &known.Assets[i]
	}
	return a
}

// plan carries out what Reconcile decided: first the joins, then what is new and
// what changes, then the doubts.
func (a *application) plan(p inventory.Plan) error { return a.record(p, nil, nil) }

// record carries out a plan and keeps the observations that it was made of.
func (a *application) record(p inventory.Plan, observations []inventory.Observation, docs []written) error {
	if err := a.check(p); err != nil {
		return err
	}
	for _, j := range p.Join {
		if err := a.join(j); err != nil {
			return fmt.Errorf("join %s into %s: %w", j.From.ID, j.Into, err)
		}
	}
	// The rows of what changes are made while the database writes what is new.
	updates := a.prepare(p.Update)
	if err := a.create(p.Create); err != nil {
		return fmt.Errorf("add assets: %w", err)
	}
	if err := a.keep(observations, docs, p); err != nil {
		return fmt.Errorf("keep the observations: %w", err)
	}
	if err := a.writeUpdates(updates); err != nil {
		return fmt.Errorf("update assets: %w", err)
	}
	if err := a.history(p); err != nil {
		return fmt.Errorf("write history: %w", err)
	}
	if err := a.review(p.Review); err != nil {
		return fmt.Errorf("add reviews: %w", err)
	}
	return nil
}

// check refuses a plan that would touch what Reconcile was not shown: a mistake
// of ours must not become a mistake in the data.
func (a *application) check(p inventory.Plan) error {
	for i := range p.Create {
		if p.Create[i].ClientID != a.clientID {
			return fmt.Errorf("plan creates asset %s for client %q", p.Create[i].ID, p.Create[i].ClientID)
		}
	}
	for i := range p.Update {
		asset := &p.Update[i].Asset
		if a.known[asset.ID] == nil || asset.ClientID != a.clientID {
			return fmt.Errorf("plan updates asset %s of client %q, which it was not shown", asset.ID, asset.ClientID)
		}
	}
	for _, j := range p.Join {
		if a.known[j.From.ID] == nil || j.From.ID == j.Into {
			return fmt.Errorf("plan joins asset %s into %s, which it was not shown", j.From.ID, j.Into)
		}
	}
	return nil
}

func (a *application) create(assets []inventory.Asset) error {
	if len(assets) == 0 {
		return nil
	}
	rows := make([]assetRow, len(assets))
	err := inParallel(len(assets), func(i int) (err error) {
		rows[i], err = newAssetRow(assets[i], false)
		return err
	})
	if err != nil {
		return err
	}
	var parts parts
	for i := range assets {
		parts.add(&assets[i], nil)
	}
	if err := a.tx.CreateInBatches(&rows, mostLong).Error; err != nil {
		return err
	}
	return parts.write(a)
}

// The columns that an update of an asset sets. Details are long and change
// seldom: they are written only when they do.
var (
	updatedColumns = []string{
		"site_id", "parent_id", "state", "doubt", "class", "vendor", "model", "version", "serial", "uuid", "hostname", "address",
		"os_name", "os_version", "os_build", "first_seen", "last_seen", "updated_at", "sort_key", "search", "values", "known_by",
	}
	updatedWhole = append(append([]string{}, updatedColumns...), "details")
)

func (a *application) update(updates []inventory.Update) error {
	return a.writeUpdates(a.prepare(updates))
}

// prepared is what the update of some assets writes.
type prepared struct {
	whole, brief []assetRow // with their details, and without
	parts        parts
}

// prepare works out beside the caller what updates write, until the function that it
// gives is called.
func (a *application) prepare(updates []inventory.Update) func() (prepared, error) {
	var p prepared
	done := make(chan error, 1)
	go func() {
		rows, same := make([]assetRow, len(updates)), make([]bool, len(updates))
		err := inParallel(len(updates), func(i int) (err error) {
			asset := &updates[i].Asset
			same[i] = reflect.DeepEqual(asset.Details, a.known[asset.ID].Details)
			rows[i], err = newAssetRow(*asset, same[i])
			return err
		})
		for i := range updates {
			if same[i] {
				p.brief = append(p.brief, rows[i])
			} else {
				p.whole = append(p.whole, rows[i])
			}
			p.parts.add(&updates[i].Asset, a.known[updates[i].Asset.ID])
		}
		done <- err
	}()
	return func() (prepared, error) { err := <-done; return p, err }
}

func (a *application) writeUpdates(updates func() (prepared, error)) error {
	p, err := updates()
	if err != nil {
		return err
	}
	if err := a.upsert(a.tx.Omit("details"), p.brief, updatedColumns); err != nil {
		return err
	}
	if err := a.upsert(a.tx, p.whole, updatedWhole); err != nil {
		return err
	}
	return p.parts.write(a)
}

// history writes what is told of assets: of those updated, created and joined.
func (a *application) history(p inventory.Plan) error {
	var rows []changeRow
	for _, c := range p.Changes {
		rows = append(rows, a.changeRow(c))
	}
	for i := range p.Update {
		for _, c := range p.Update[i].Changes {
			c.AssetID = p.Update[i].Asset.ID
			rows = append(rows, a.changeRow(c))
		}
	}
	if len(rows) == 0 {
		return nil
	}
	return a.tx.CreateInBatches(&rows, mostOnePage).Error
}

// upsert is one statement for many rows that are there already: both databases
// know it, and it needs no types spelled out as UPDATE … FROM (VALUES …) does.
func (a *application) upsert(tx *gorm.DB, rows []assetRow, columns []string) error {
	if len(rows) == 0 {
		return nil
	}
	done := tx.Clauses(clause.OnConflict{
		Columns:   []clause.Column{{Name: "id"}},
		Where:     clause.Where{Exprs: []clause.Expression{gorm.Expr("assets.client_id = excluded.client_id")}},
		DoUpdates: clause.AssignmentColumns(columns),
	}).CreateInBatches(&rows, mostLong)
	if done.Error == nil && done.RowsAffected != int64(len(rows)) {
		return fmt.Errorf("%d of %d assets updated", done.RowsAffected, len(rows))
	}
	return done.Error
}

func (a *application) changeRow(c inventory.Change) changeRow {
	c.ClientID = a.clientID
	if c.At.IsZero() {
		c.At = a.now
	}
	if c.ID == "" {
		c.ID = inventory.NewID(a.now)
	}
	if c.Actor == "" {
		c.Actor = a.actor
	}
	return changeRow{Change: c, OriginID: c.AssetID}
}

// review keeps the doubts that are new; one that is known, open or decided, is
// not told again.
func (a *application) review(reviews []inventory.Review) error {
	if len(reviews) == 0 {
		return nil
	}
	rows := make([]reviewRow, len(reviews))
	var links []reviewAssetRow
	for i, r := range reviews {
		r.ClientID = a.clientID
		if r.At.IsZero() {
			r.At = a.now
		}
		rows[i] = reviewRow{r, optional(a.importID)}
		for _, id := range distinct(r.AssetIDs) {
			if into, ok := a.joined[id]; ok {
				id = into
			}
			links = append(links, reviewAssetRow{ClientID: a.clientID, ReviewID: r.ID, AssetID: id})
		}
	}
	first := a.tx.Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "id"}}, DoNothing: true})
	done := first.CreateInBatches(&rows, mostOnePage)
	if done.Error != nil {
		return done.Error
	}
	a.reviewed = int(done.RowsAffected)
	if len(links) == 0 {
		return nil
	}
	return a.tx.Clauses(clause.OnConflict{DoNothing: true}).CreateInBatches(&links, mostOnePage).Error
}

type observationRow struct {
	ID         string `gorm:"primaryKey"`
	ClientID   string
	SiteID     string
	AssetID    optional
	OriginID   optional
	ImportID   optional
	Made       bool // the asset was made of it
	ScanID     string
	At         time.Time
	RecordedAt time.Time
	Source     inventory.Source
	Ref        string
	Address    string
	Facts      document
	Details    document
}

// TableName says where observations are kept.
func (observationRow) TableName() string { return "observations" }

// written is what keep stores of one observation besides where it was placed.
type written struct{ facts, details document }

// writeDown makes the documents of observations. It goes on beside the caller,
// who mostly waits for the database, until the function that it gives is called.
func writeDown(observations []inventory.Observation) func() ([]written, error) {
	docs := make([]written, len(observations))
	done := make(chan error, 1)
	go func() {
		done <- inParallel(len(observations), func(i int) (err error) {
			if docs[i].facts, err = encode(observations[i].Facts); err == nil {
				docs[i].details, err = encode(observations[i].Details)
			}
			return err
		})
	}()
	return func() ([]written, error) { return docs, <-done }
}

// keep stores the observations themselves, each with the asset it was placed on.
func (a *application) keep(observations []inventory.Observation, docs []written, p inventory.Plan) error {
	if len(observations) == 0 {
		return nil
	}
	made := make(map[string]bool, len(p.Create))
	for i := range p.Create {
		made[p.Create[i].ID] = true
	}
	rows := make([]observationRow, len(observations))
	for i, o := range observations {
		rows[i] = observationRow{
			ID: inventory.NewID(a.now), ClientID: o.ClientID, SiteID: o.SiteID, ImportID: optional(a.importID), ScanID: o.ScanID, At: o.At, RecordedAt: a.now,
			Source: o.Source, Ref: o.Ref, Address: o.Address, Facts: docs[i].facts, Details: docs[i].details,
		}
		if i < len(p.Placed) {
			placed := p.Placed[i]
			rows[i].AssetID, rows[i].OriginID, rows[i].Made = optional(placed), optional(placed), made[placed]
		}
	}
	return a.tx.CreateInBatches(&rows, mostLong).Error
}
