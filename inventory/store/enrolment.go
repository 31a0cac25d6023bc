package store

import (
	"context"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"parc/inventory"
)

type enrolmentRow struct{ inventory.Enrolment }

// TableName says where enrolments are kept.
func (enrolmentRow) TableName() string { return "enrolments" }

type agentRow struct{ inventory.Agent }

// TableName says where agents are kept.
func (agentRow) TableName() string { return "agents" }

// CreateEnrolment keeps an enrolment of a client's site; its TokenHash is what
// EnrolmentByToken finds it by.
func (s *Store) CreateEnrolment(ctx context.Context, scope inventory.Scope, e inventory.Enrolment) (inventory.Enrolment, error) {
	if e.ID == "" {
		e.ID = inventory.NewID(s.now())
	}
	e.CreatedAt = moment(s.now())
	err := s.write(ctx, scope, func(tx *gorm.DB) error {
		if err := s.seeClient(tx, scope, e.ClientID); err != nil {
			return err
		}
		if err := s.seeSite(tx, e.ClientID, e.SiteID); err != nil {
			return err
		}
		return tx.Create(&enrolmentRow{e}).Error
	})
	return e, s.explain(err, "add an enrolment to client "+e.ClientID)
}

// Enrolments lists a client's enrolments, revoked ones too, oldest first.
func (s *Store) Enrolments(ctx context.Context, scope inventory.Scope, clientID string) ([]inventory.Enrolment, error) {
	db := s.as(ctx, scope)
	if err := s.seeClient(db, scope, clientID); err != nil {
		return nil, err
	}
	var rows []enrolmentRow
	if err := db.Where("client_id = ?", clientID).Order("id").Find(&rows).Error; err != nil {
		return nil, s.explain(err, "list the enrolments of client "+clientID)
	}
	all := make([]inventory.Enrolment, len(rows))
	for i, row := range rows {
		all[i] = row.Enrolment
	}
	return all, nil
}

// RevokeEnrolment makes a token worthless; one that is revoked already stays so.
func (s *Store) RevokeEnrolment(ctx context.Context, scope inventory.Scope, id string) error {
	err := s.write(ctx, scope, func(tx *gorm.DB) error {
		var row enrolmentRow
		if err := s.take(tx, &row, "enrolment", id); err != nil {
			return err
		}
		return tx.Model(&enrolmentRow{}).Where("id = ? AND revoked_at IS NULL", id).Update("revoked_at", moment(s.now())).Error
	})
	return s.explain(err, "revoke enrolment "+id)
}

// EnrolmentByToken gives the enrolment whose token has that hash. Unauthorised
// says that there is none, or that it has been revoked: which, nobody is told.
func (s *Store) EnrolmentByToken(ctx context.Context, tokenHash string) (inventory.Enrolment, error) {
	unknown := inventory.Errorf(inventory.Unauthorised, "no enrolment has this token, or no longer")
	if !storable(tokenHash) {
		return inventory.Enrolment{}, unknown
	}
	var row enrolmentRow
	// The token itself says whose it is: nobody's scope is known before.
	found := s.as(ctx, inventory.ScopeAll("agent")).Where("token_hash = ? AND revoked_at IS NULL", tokenHash).Limit(1).Find(&row)
	if found.Error != nil {
		return inventory.Enrolment{}, s.explain(found.Error, "look for an enrolment")
	}
	if found.RowsAffected == 0 {
		return inventory.Enrolment{}, unknown
	}
	return row.Enrolment, nil
}

// Agents lists the agents that report in for a client, the one heard of last first.
func (s *Store) Agents(ctx context.Context, scope inventory.Scope, clientID string) ([]inventory.Agent, error) {
	db := s.as(ctx, scope)
	if err := s.seeClient(db, scope, clientID); err != nil {
		return nil, err
	}
	var rows []agentRow
	if err := db.Where("client_id = ?", clientID).Order("last_contact DESC, device").Find(&rows).Error; err != nil {
		return nil, s.explain(err, "list the agents of client "+clientID)
	}
	all := make([]inventory.Agent, len(rows))
	for i, row := range rows {
		all[i] = row.Agent
	}
	return all, nil
}

// Agent gives an agent of a client by its own id of the machine; NotFound for
// one that has never reported in.
func (s *Store) Agent(ctx context.Context, scope inventory.Scope, clientID, device string) (inventory.Agent, error) {
	db := s.as(ctx, scope)
	if err := s.seeClient(db, scope, clientID); err != nil {
		return inventory.Agent{}, err
	}
	var row agentRow
	found := db.Where("client_id = ? AND device = ?", clientID, storableText(device)).Limit(1).Find(&row)
	if found.Error == nil && found.RowsAffected == 0 {
		return inventory.Agent{}, noSuch("agent", device)
	}
	return row.Agent, s.explain(found.Error, "look for agent "+device)
}

var agentColumns = []string{
	"site_id", "enrolment_id", "program", "tag", "zone", "taken", "last_contact", "last_full", "last_partial", "last_error",
}

// mostAgents bounds the agents of a client: ids are what senders make up.
const mostAgents = 50_000

// SawAgent keeps what is now known of an agent, and when its enrolment was used.
func (s *Store) SawAgent(ctx context.Context, scope inventory.Scope, a inventory.Agent) error {
	a.LastContact = moment(a.LastContact)
	err := s.write(ctx, scope, func(tx *gorm.DB) error {
		if err := s.seeClient(tx, scope, a.ClientID); err != nil {
			return err
		}
		var n int64
		if err := tx.Model(&agentRow{}).Where("client_id = ? AND device <> ?", a.ClientID, a.Device).Count(&n).Error; err != nil {
			return err
		}
		if n >= mostAgents {
			return inventory.Errorf(inventory.LimitReached, "the client has %d agents already", n)
		}
		if err := tx.Clauses(clause.OnConflict{
			Columns: []clause.Column{{Name: "client_id"}, {Name: "device"}}, DoUpdates: clause.AssignmentColumns(agentColumns),
		}).Create(&agentRow{a}).Error; err != nil {
			return err
		}
		return tx.Model(&enrolmentRow{}).Where("id = ? AND client_id = ?", a.EnrolmentID, a.ClientID).Update("last_used_at", a.LastContact).Error
	})
	return s.explain(err, "note agent "+a.Device)
}
