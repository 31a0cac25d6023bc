package store

import (
	"context"

	"gorm.io/gorm"

	"parc/inventory"
)

type alertPlanRow struct{ inventory.AlertPlan }

// TableName says where plans of alerts are kept.
func (alertPlanRow) TableName() string { return "alert_plans" }

type deadlineRow struct{ inventory.Deadline }

// TableName says where deadlines are kept.
func (deadlineRow) TableName() string { return "deadlines" }

// AlertPlan gives who is written to of a client; nobody, in French, when nothing
// was said.
func (s *Store) AlertPlan(ctx context.Context, scope inventory.Scope, clientID string) (inventory.AlertPlan, error) {
	db := s.as(ctx, scope)
	if err := s.seeClient(db, scope, clientID); err != nil {
		return inventory.AlertPlan{}, err
	}
	var row alertPlanRow
	found := db.Where("client_id = ?", clientID).Limit(1).Find(&row)
	if found.RowsAffected == 0 {
		row.AlertPlan = inventory.AlertPlan{ClientID: clientID, Lang: "fr"}
	}
	row.Recipients = list(row.Recipients)
	return row.AlertPlan, s.explain(found.Error, "read the alerts of client "+clientID)
}

// SetAlertPlan keeps who is written to of a client.
func (s *Store) SetAlertPlan(ctx context.Context, scope inventory.Scope, p inventory.AlertPlan) (inventory.AlertPlan, error) {
	if err := p.Check(); err != nil {
		return inventory.AlertPlan{}, err
	}
	p.Recipients, p.UpdatedAt = list(p.Recipients), moment(s.now())
	err := s.write(ctx, scope, func(tx *gorm.DB) error {
		if err := s.seeClient(tx, scope, p.ClientID); err != nil {
			return err
		}
		if err := tx.Where("client_id = ?", p.ClientID).Delete(&alertPlanRow{}).Error; err != nil {
			return err
		}
		return tx.Create(&alertPlanRow{p}).Error
	})
	return p, s.explain(err, "change the alerts of client "+p.ClientID)
}

// Deadlines gives what became of a client's alerts, by event.
func (s *Store) Deadlines(ctx context.Context, scope inventory.Scope, clientID string) (map[string]inventory.Deadline, error) {
	db := s.as(ctx, scope)
	if err := s.seeClient(db, scope, clientID); err != nil {
		return nil, err
	}
	var rows []deadlineRow
	if err := db.Where("client_id = ?", clientID).Find(&rows).Error; err != nil {
		return nil, s.explain(err, "list the deadlines of client "+clientID)
	}
	all := make(map[string]inventory.Deadline, len(rows))
	for _, row := range rows {
		all[row.Event] = row.Deadline
	}
	return all, nil
}

// keptDays is how long it is kept what became of an alert after its event.
const keptDays = 400

// SayDeadlines keeps what became of alerts of a client, in place of what was kept of
// the same events, and forgets those of long ago.
func (s *Store) SayDeadlines(ctx context.Context, scope inventory.Scope, clientID string, said []inventory.Deadline) error {
	for _, d := range said {
		if err := d.Check(); err != nil {
			return err
		}
	}
	err := s.write(ctx, scope, func(tx *gorm.DB) error {
		if err := s.seeClient(tx, scope, clientID); err != nil {
			return err
		}
		old := inventory.DayOf(s.now()).AddDays(-keptDays)
		if err := tx.Where("client_id = ? AND day < ?", clientID, old).Delete(&deadlineRow{}).Error; err != nil {
			return err
		}
		for _, d := range said {
			d.ClientID = clientID
			if err := tx.Where("client_id = ? AND event = ?", clientID, d.Event).Delete(&deadlineRow{}).Error; err != nil {
				return err
			}
			if err := tx.Create(&deadlineRow{d}).Error; err != nil {
				return err
			}
		}
		return nil
	})
	return s.explain(err, "note what became of the deadlines of client "+clientID)
}
