package store

import (
	"context"
	"errors"
	"path/filepath"
	"testing"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"parc/inventory"
)

// guarded is a SQLite store with a site each for two clients.
func guarded(t *testing.T) (s *Store, a, b inventory.Site) {
	t.Helper()
	s, err := Open(t.Context(), Options{DSN: filepath.Join(t.TempDir(), "parc.db")})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	if err := s.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	admin := inventory.ScopeAll("test")
	for i, site := range []*inventory.Site{&a, &b} {
		c, err := s.CreateClient(t.Context(), admin, inventory.Client{Name: string(rune('A' + i))})
		if err != nil {
			t.Fatal(err)
		}
		if *site, err = s.CreateSite(t.Context(), admin, inventory.Site{ClientID: c.ID, Name: "Siège"}); err != nil {
			t.Fatal(err)
		}
	}
	return s, a, b
}

func TestGuardNarrowsEveryStatement(t *testing.T) {
	t.Parallel()
	s, a, b := guarded(t)
	db := s.as(t.Context(), inventory.ScopeClients("u", a.ClientID))
	for name, q := range map[string]*gorm.DB{
		"find":          db,
		"or":            db.Where("name = 'x'").Or("name = 'Siège'"),
		"or first":      db.Or("name = 'Siège'").Or("1 = 1"),
		"not":           db.Not("name = 'x'"),
		"inline or":     db.Where("name = 'x' OR name = 'Siège'"),
		"other's id":    db.Where("id = ?", b.ID).Or("id = ?", a.ID),
		"other's scope": db.Where("client_id = ?", b.ClientID).Or("client_id = ?", a.ClientID),
	} {
		var rows []siteRow
		if err := q.Session(&gorm.Session{}).Find(&rows).Error; err != nil || len(rows) != 1 || rows[0].ID != a.ID {
			t.Errorf("%s: found %v, %v", name, rows, err)
		}
		var n int64
		if err := q.Session(&gorm.Session{}).Model(&siteRow{}).Count(&n).Error; err != nil || n != 1 {
			t.Errorf("%s: counted %d, %v", name, n, err)
		}
		var ids []string
		if err := q.Session(&gorm.Session{}).Model(&siteRow{}).Pluck("id", &ids).Error; err != nil || len(ids) != 1 || ids[0] != a.ID {
			t.Errorf("%s: plucked %v, %v", name, ids, err)
		}
	}
	if done := db.Model(&siteRow{}).Where("1 = 2").Or("1 = 1").Updates(map[string]any{"address": "taken"}); done.Error != nil || done.RowsAffected != 1 {
		t.Errorf("update of %d rows, %v", done.RowsAffected, done.Error)
	}
	if done := db.Where("1 = 2").Or("1 = 1").Delete(&siteRow{}); done.Error != nil || done.RowsAffected != 1 {
		t.Errorf("deleted %d rows, %v", done.RowsAffected, done.Error)
	}
	kept, err := s.Site(t.Context(), inventory.ScopeAll("test"), b.ID)
	if err != nil || kept.Address != "" {
		t.Errorf("the other client's site: %+v, %v", kept, err)
	}
}

func TestGuardFailsClosed(t *testing.T) {
	t.Parallel()
	s, a, b := guarded(t)
	bare := s.db.WithContext(t.Context())
	scoped := s.as(t.Context(), inventory.ScopeClients("u", a.ClientID))
	var rows []siteRow
	var names []string
	theirs := siteRow{Site: b}
	for name, err := range map[string]error{
		"find without scope":   bare.Find(&rows).Error,
		"update without scope": bare.Model(&siteRow{}).Where("1 = 1").Update("address", "x").Error,
		"delete without scope": bare.Where("1 = 1").Delete(&siteRow{}).Error,
		"create without scope": bare.Create(&siteRow{Site: a}).Error,
		"raw":                  scoped.Raw("SELECT name FROM sites").Scan(&names).Error,
		"exec":                 scoped.Exec("DELETE FROM sites").Error,
		"table":                scoped.Table("sites").Pluck("name", &names).Error,
		"table with a map":     scoped.Table("sites").Create(map[string]any{"id": "x"}).Error,
	} {
		if !errors.Is(err, errUnscoped) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, err := range map[string]error{
		"create for another client": scoped.Create(&siteRow{Site: inventory.Site{ID: "n", ClientID: b.ClientID, Name: "x"}}).Error,
		"create for nobody":         scoped.Create(&siteRow{Site: inventory.Site{ID: "n", Name: "x"}}).Error,
		"batch with one of another": scoped.Create(&[]siteRow{{Site: inventory.Site{ID: "n", ClientID: a.ClientID, Name: "x"}}, {Site: inventory.Site{ID: "m", ClientID: b.ClientID, Name: "x"}}}).Error,
		"save another client's row": scoped.Save(&theirs).Error,
		"upsert of all columns":     s.as(t.Context(), inventory.ScopeAll("t")).Clauses(clause.OnConflict{UpdateAll: true}).Create(&siteRow{Site: a}).Error,
		"give a row away":           scoped.Model(&siteRow{}).Where("id = ?", a.ID).Updates(map[string]any{"client_id": b.ClientID}).Error,
	} {
		if err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	sites, err := s.Sites(context.Background(), inventory.ScopeAll("t"), b.ClientID)
	if err != nil || len(sites) != 1 || sites[0].ID != b.ID || sites[0].Name != "Siège" {
		t.Errorf("the other client's sites: %+v, %v", sites, err)
	}
}
