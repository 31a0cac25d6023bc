package store

import (
	"context"
	"reflect"
	"strings"
	"time"

	"gorm.io/gorm"

	"parc/inventory"
)

// Forgotten counts what was erased of a person.
type Forgotten struct {
	Assets       int `json:"assets"`
	Changes      int `json:"changes"`
	Observations int `json:"observations"`
	Reviews      int `json:"reviews"`
	Decisions    int `json:"decisions"`
}

// Total is everything that was erased.
func (f Forgotten) Total() int {
	return f.Assets + f.Changes + f.Observations + f.Reviews + f.Decisions
}

// erased stands in history in the place of what was erased.
const erased = ""

// ForgetPerson erases one person of a client everywhere: in assets, pinned or
// not, in their history, in the observations kept, in reviews and in what undoing
// a decision needs. The name counts with and without its domain, whatever the
// case. Reports that were kept are documents and stay as they are.
func (s *Store) ForgetPerson(ctx context.Context, scope inventory.Scope, clientID, person string) (Forgotten, error) {
	person = inventory.Clean(person)
	if person == "" {
		return Forgotten{}, inventory.Errorf(inventory.Invalid, "name the person to forget")
	}
	var forgotten Forgotten
	err := s.write(ctx, scope, func(tx *gorm.DB) error {
		if err := s.lockClient(tx, scope, clientID); err != nil {
			return err
		}
		e := eraser{
			store: s, tx: tx, clientID: clientID,
			asset:       func(a *inventory.Asset) bool { return a.Forget(person) },
			change:      func(c *inventory.Change) bool { return forgetIn(&c.Old, person) || forgetIn(&c.New, person) },
			observation: func(o inventory.Observation) (inventory.Observation, bool) { return o.Forget(person) },
			text:        func(text string) string { return replaceFold(text, person) },
		}
		var err error
		forgotten, err = e.run()
		return err
	})
	return forgotten, s.explain(err, "forget a person of client "+clientID)
}

// Forget is ForgetPerson for who wants the number only.
func (s *Store) Forget(ctx context.Context, scope inventory.Scope, clientID, person string) (int, error) {
	f, err := s.ForgetPerson(ctx, scope, clientID, person)
	return f.Total(), err
}

// forgetIn erases a personal value that names the person.
func forgetIn(value *string, person string) bool {
	if !inventory.IsPerson(*value, person) {
		return false
	}
	*value = erased
	return true
}

// replaceFold takes a name out of a sentence, whatever the case.
func replaceFold(text, name string) string {
	low, at := strings.ToLower(text), strings.ToLower(name)
	if len(low) != len(text) || at == "" { // letters whose lower case has another length: better too much
		if strings.Contains(low, at) {
			return erased
		}
		return text
	}
	for i := strings.Index(low, at); i >= 0; i = strings.Index(low, at) {
		text, low = text[:i]+"…"+text[i+len(at):], low[:i]+"…"+low[i+len(at):]
	}
	return text
}

// ExpirePersonal erases personal data of a client that is older than its
// settings allow, and counts what it erased; without such a setting nothing.
func (s *Store) ExpirePersonal(ctx context.Context, scope inventory.Scope, clientID string) (Forgotten, error) {
	var forgotten Forgotten
	err := s.write(ctx, scope, func(tx *gorm.DB) error {
		if err := s.lockClient(tx, scope, clientID); err != nil {
			return err
		}
		settings, err := settingsOf(tx, clientID)
		if err != nil || settings.PersonalDays <= 0 {
			return err
		}
		before := s.now().AddDate(0, 0, -settings.PersonalDays)
		e := eraser{
			store: s, tx: tx, clientID: clientID, before: before,
			asset:  func(a *inventory.Asset) bool { return a.ExpirePersonal(before) },
			change: func(c *inventory.Change) bool { old := *c; c.Old, c.New = erased, erased; return old != *c },
			observation: func(o inventory.Observation) (inventory.Observation, bool) {
				rest := o.WithoutPersonal()
				return rest, !reflect.DeepEqual(rest, o)
			},
			text: func(text string) string { return text },
		}
		forgotten, err = e.run()
		return err
	})
	return forgotten, s.explain(err, "drop old personal data of client "+clientID)
}

// eraser goes through all of a client's rows that may hold personal data.
type eraser struct {
	store       *Store
	tx          *gorm.DB
	clientID    string
	before      time.Time // only rows older than this; zero for all
	asset       func(*inventory.Asset) bool
	change      func(*inventory.Change) bool
	observation func(inventory.Observation) (inventory.Observation, bool)
	text        func(string) string
}

func (e *eraser) run() (f Forgotten, err error) {
	for _, step := range []struct {
		count *int
		do    func() (int, error)
	}{
		{&f.Assets, e.assets}, {&f.Changes, e.changes}, {&f.Observations, e.observations}, {&f.Reviews, e.reviews}, {&f.Decisions, e.decisions},
	} {
		if *step.count, err = step.do(); err != nil {
			return f, err
		}
	}
	return f, nil
}

// walk gives the rows of a query page by page, by id.
func walk[R any](q *gorm.DB, id func(*R) string, each func(*R) error) error {
	after := ""
	for {
		var rows []R
		if err := q.Session(&gorm.Session{}).Where("id > ?", after).Order("id").Limit(fullPage).Find(&rows).Error; err != nil {
			return err
		}
		for i := range rows {
			if err := each(&rows[i]); err != nil {
				return err
			}
			after = id(&rows[i])
		}
		if len(rows) < fullPage {
			return nil
		}
	}
}

func (e *eraser) old(q *gorm.DB) *gorm.DB {
	q = q.Where("client_id = ?", e.clientID)
	if !e.before.IsZero() {
		q = q.Where("at < ?", e.before)
	}
	return q
}

func (e *eraser) assets() (n int, err error) {
	var updates []inventory.Update
	q := e.tx.Where("client_id = ?", e.clientID)
	known := map[string]*inventory.Asset{}
	err = walk(q, func(r *assetRow) string { return r.ID }, func(r *assetRow) error {
		a, err := r.noun()
		if err != nil {
			return err
		}
		before := a
		if e.asset(&a) {
			known[a.ID] = &before
			updates = append(updates, inventory.Update{Asset: a})
		}
		return nil
	})
	if err != nil || len(updates) == 0 {
		return 0, err
	}
	apply := e.store.newApplication(e.tx, e.clientID, "", e.store.now(), inventory.Known{})
	apply.known = known
	return len(updates), apply.update(updates)
}

var personalFields = []string{string(inventory.FieldUser), string(inventory.FieldContact)}

func (e *eraser) changes() (n int, err error) {
	fields := append([]string{}, personalFields...)
	for _, f := range personalFields {
		fields = append(fields, "pin:"+f)
	}
	q := e.old(e.tx).Where("field IN ?", fields)
	err = walk(q, func(r *changeRow) string { return r.ID }, func(r *changeRow) error {
		if !e.change(&r.Change) {
			return nil
		}
		n++
		return e.tx.Model(&changeRow{}).Where("client_id = ? AND id = ?", e.clientID, r.ID).UpdateColumns(map[string]any{"old": r.Old, "new": r.New}).Error
	})
	return n, err
}

func (e *eraser) observations() (n int, err error) {
	q := e.old(e.tx).Where(`(facts LIKE '%"user"%' OR facts LIKE '%"contact"%' OR details LIKE '%"logins"%')`)
	err = walk(q, func(r *observationRow) string { return r.ID }, func(r *observationRow) error {
		o, err := r.noun()
		if err != nil {
			return err
		}
		rest, changed := e.observation(o)
		if !changed {
			return nil
		}
		n++
		facts, err := encode(rest.Facts)
		if err != nil {
			return err
		}
		details, err := encode(rest.Details)
		if err != nil {
			return err
		}
		return e.tx.Model(&observationRow{}).Where("client_id = ? AND id = ?", e.clientID, r.ID).
			UpdateColumns(map[string]any{"facts": string(facts), "details": string(details)}).Error
	})
	return n, err
}

func (e *eraser) reviews() (n int, err error) {
	err = walk(e.old(e.tx), func(r *reviewRow) string { return r.ID }, func(r *reviewRow) error {
		rest, changed := e.observation(r.Evidence)
		reason := e.text(r.Reason)
		if !changed && reason == r.Reason {
			return nil
		}
		n++
		evidence, err := encode(rest)
		if err != nil {
			return err
		}
		return e.tx.Model(&reviewRow{}).Where("client_id = ? AND id = ?", e.clientID, r.ID).
			UpdateColumns(map[string]any{"evidence": string(evidence), "reason": reason}).Error
	})
	return n, err
}

func (e *eraser) decisions() (n int, err error) {
	err = walk(e.old(e.tx), func(r *joinRow) string { return r.ID }, func(r *joinRow) error {
		from, into := e.asset(&r.FromAsset.Asset), e.asset(&r.IntoAsset.Asset)
		if !from && !into {
			return nil
		}
		n++
		return e.tx.Model(&joinRow{}).Where("client_id = ? AND id = ?", e.clientID, r.ID).
			Select("from_asset", "into_asset").UpdateColumns(joinRow{FromAsset: r.FromAsset, IntoAsset: r.IntoAsset}).Error
	})
	return n, err
}
