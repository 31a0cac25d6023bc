package store

import (
	"context"

	"gorm.io/gorm"

	"parc/inventory"
)

type policyRow struct{ inventory.Policy }

// TableName says where policies are kept.
func (policyRow) TableName() string { return "policies" }

// Policy gives what a client has decided, or the provider's own for the client
// "", which everybody of a client reads; a policy of nothing when nobody has
// decided. A client's is not filled up from the provider's: lifecycle does that.
func (s *Store) Policy(ctx context.Context, scope inventory.Scope, clientID string) (inventory.Policy, error) {
	db, err := s.readOwn(ctx, scope, clientID)
	if err != nil {
		return inventory.Policy{}, err
	}
	var row policyRow
	if err := db.Where("client_id = ?", clientID).Limit(1).Find(&row).Error; err != nil {
		return inventory.Policy{}, s.explain(err, "read the policy of client "+clientID)
	}
	row.ClientID = clientID
	return row.Policy, nil
}

// readOwn gives the database to read what belongs to a client, or for the client
// "" what is the provider's, which every scope that sees any client may read.
func (s *Store) readOwn(ctx context.Context, scope inventory.Scope, clientID string) (*gorm.DB, error) {
	if clientID == "" {
		if !scope.All() && !anyClient(scope) {
			return nil, noSuch("client", clientID)
		}
		return s.as(ctx, inventory.ScopeAll(scope.Actor())).Where("client_id = ?", "").Session(&gorm.Session{}), nil
	}
	db := s.as(ctx, scope)
	return db, s.seeClient(db, scope, clientID)
}

func anyClient(scope inventory.Scope) bool {
	for _, id := range scope.Clients() {
		if id != "" {
			return true
		}
	}
	return false
}

// SetPolicy keeps what a client has decided in place of what it had; for the
// client "" the provider's own, Forbidden for who does not see every client.
func (s *Store) SetPolicy(ctx context.Context, scope inventory.Scope, p inventory.Policy) (inventory.Policy, error) {
	if err := p.Check(); err != nil {
		return inventory.Policy{}, err
	}
	p.UpdatedAt = s.now()
	err := s.write(ctx, scope, func(tx *gorm.DB) error {
		if err := s.mayWrite(tx, scope, p.ClientID); err != nil {
			return err
		}
		if err := tx.Where("client_id = ?", p.ClientID).Delete(&policyRow{}).Error; err != nil {
			return err
		}
		return tx.Create(&policyRow{p}).Error
	})
	if err != nil {
		return inventory.Policy{}, s.explain(err, "set the policy of client "+p.ClientID)
	}
	return p, nil
}

// mayWrite refuses a client out of scope, and the provider's own to who does not
// see every client.
func (s *Store) mayWrite(tx *gorm.DB, scope inventory.Scope, clientID string) error {
	if clientID != "" {
		return s.seeClient(tx, scope, clientID)
	}
	if !scope.All() {
		return inventory.Errorf(inventory.Forbidden, "only who sees every client may change what is the provider's")
	}
	return nil
}
