package store

import (
	"context"
	"fmt"

	"gorm.io/gorm"

	"parc/inventory"
)

type clientRow struct {
	inventory.Client
	NameKey string
}

// TableName says where clients are kept.
func (clientRow) TableName() string { return "clients" }

const longestName = 200 // bytes of a name that a person gives

// named checks a name that a person gives.
func named(noun, name string) (string, error) {
	name = inventory.CleanTo(name, longestName)
	if name == "" {
		return "", inventory.Errorf(inventory.Invalid, "a %s needs a name", noun)
	}
	return name, nil
}

// Clients lists the clients in scope, by name.
func (s *Store) Clients(ctx context.Context, scope inventory.Scope, f inventory.ClientFilter) ([]inventory.Client, string, error) {
	after, err := place("client", f.Page.After, 2)
	if err != nil {
		return nil, "", err
	}
	q := s.as(ctx, scope).Order("name_key, id").Limit(f.Page.Size() + 1)
	if f.Name != "" {
		q = q.Where("name_key = ?", nameKey(f.Name))
	}
	if after != nil {
		q = q.Where("(name_key, id) > (?, ?)", after[0], after[1])
	}
	var rows []clientRow
	if err := q.Find(&rows).Error; err != nil {
		return nil, "", s.explain(err, "list the clients")
	}
	rows, last := page(rows, f.Page.Size())
	next := ""
	if last != nil {
		next = cursor("client", last.NameKey, last.ID)
	}
	clients := make([]inventory.Client, len(rows))
	for i, row := range rows {
		clients[i] = row.Client
	}
	return clients, next, nil
}

// Client gives one client.
func (s *Store) Client(ctx context.Context, scope inventory.Scope, id string) (inventory.Client, error) {
	var row clientRow
	err := s.take(s.as(ctx, scope), &row, "client", id)
	return row.Client, err
}

// ClientByName gives the client of that name, whatever the case.
func (s *Store) ClientByName(ctx context.Context, scope inventory.Scope, name string) (inventory.Client, error) {
	clients, _, err := s.Clients(ctx, scope, inventory.ClientFilter{Name: name})
	if err != nil {
		return inventory.Client{}, err
	}
	if name == "" || len(clients) == 0 {
		return inventory.Client{}, inventory.Errorf(inventory.NotFound, "there is no client named %q", inventory.CleanTo(name, longestName))
	}
	return clients[0], nil
}

// CreateClient keeps a new client; its id and its date are given here when they
// are empty. A name that is taken, whatever the case, is a Conflict; a caller
// who does not see every client gets Forbidden.
func (s *Store) CreateClient(ctx context.Context, scope inventory.Scope, c inventory.Client) (inventory.Client, error) {
	row, err := s.newClient(c)
	if err != nil {
		return inventory.Client{}, err
	}
	err = s.write(ctx, scope, func(tx *gorm.DB) error { return tx.Create(&row).Error })
	if s.isDuplicate(err) {
		return inventory.Client{}, inventory.Errorf(inventory.Conflict, "there is a client named %q already", row.Name)
	}
	return row.Client, s.explain(err, "add client "+row.Name)
}

// newClient gives the row of a new client.
func (s *Store) newClient(c inventory.Client) (clientRow, error) {
	name, err := named("client", c.Name)
	c.Name = name
	s.stamp(&c.ID, &c.CreatedAt)
	return clientRow{Client: c, NameKey: nameKey(name)}, err
}

// UpdateClient changes the name and the notes.
func (s *Store) UpdateClient(ctx context.Context, scope inventory.Scope, c inventory.Client) (inventory.Client, error) {
	name, err := named("client", c.Name)
	if err != nil {
		return inventory.Client{}, err
	}
	var row clientRow
	err = s.write(ctx, scope, func(tx *gorm.DB) error {
		if err := s.take(tx, &row, "client", c.ID); err != nil {
			return err
		}
		row.Name, row.NameKey, row.Notes = name, nameKey(name), c.Notes
		return update(tx, &clientRow{}, "client", c.ID, map[string]any{
			"name": row.Name, "name_key": row.NameKey, "notes": row.Notes,
		})
	})
	if s.isDuplicate(err) {
		return inventory.Client{}, inventory.Errorf(inventory.Conflict, "there is a client named %q already", name)
	}
	return row.Client, s.explain(err, "change client "+c.ID)
}

// seeClient refuses a client that is not there or not in scope.
func (s *Store) seeClient(db *gorm.DB, scope inventory.Scope, id string) error {
	if !scope.Sees(id) {
		return noSuch("client", id)
	}
	var n int64
	if err := db.Model(&clientRow{}).Where("id = ?", id).Count(&n).Error; err != nil {
		return s.explain(err, "look for client "+id)
	}
	if n == 0 {
		return noSuch("client", id)
	}
	return nil
}

// take reads the row of that id into row, or NotFound.
func (s *Store) take(db *gorm.DB, row any, noun, id string) error {
	if !storable(id) {
		return noSuch(noun, id)
	}
	found := db.Where("id = ?", id).Limit(1).Find(row)
	if found.Error != nil {
		return s.explain(found.Error, fmt.Sprintf("read %s %s", noun, id))
	}
	if found.RowsAffected == 0 {
		return noSuch(noun, id)
	}
	return nil
}

// update sets columns of the row of that id, or gives NotFound.
func update(tx *gorm.DB, model any, noun, id string, set map[string]any) error {
	done := tx.Model(model).Where("id = ?", id).Updates(set)
	if done.Error == nil && done.RowsAffected == 0 {
		return noSuch(noun, id)
	}
	return done.Error
}

// remove deletes the row of that id, or gives NotFound.
func remove(tx *gorm.DB, model any, noun, id string) error {
	if !storable(id) {
		return noSuch(noun, id)
	}
	done := tx.Where("id = ?", id).Delete(model)
	if done.Error == nil && done.RowsAffected == 0 {
		return noSuch(noun, id)
	}
	return done.Error
}
