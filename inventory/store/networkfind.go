package store

import (
	"context"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"parc/inventory"
)

type networkFindRow struct{ inventory.NetworkFind }

// TableName says where finds are kept.
func (networkFindRow) TableName() string { return "network_finds" }

const (
	mostFinds = 8192               // of one enrolment: addresses are what senders make up
	findLife  = 8 * 24 * time.Hour // how long a device is asked that is not found any more
)

// AskNetwork notes that an agent of the enrolment is asked now to look at the
// site's networks, with these credentials. It is false, and notes nothing, when
// one was asked already today or none may be: of several that come at once, one
// is asked.
func (s *Store) AskNetwork(ctx context.Context, scope inventory.Scope, enrolmentID string, credentialIDs []string) (bool, error) {
	asked := false
	err := s.write(ctx, scope, func(tx *gorm.DB) error {
		var row enrolmentRow
		if err := s.take(tx, &row, "enrolment", enrolmentID); err != nil {
			return err
		}
		now := s.now()
		with, err := encode(list(credentialIDs))
		if err != nil {
			return err
		}
		done := tx.Model(&enrolmentRow{}).
			Where("id = ? AND network = ? AND revoked_at IS NULL AND (asked_at IS NULL OR asked_at < ?)", enrolmentID, true, now.Truncate(24*time.Hour)).
			UpdateColumns(map[string]any{"asked_at": now, "asked_with": string(with)})
		asked = done.RowsAffected > 0
		return done.Error
	})
	return asked, s.explain(err, "ask an agent of enrolment "+enrolmentID)
}

// NetworkFinds lists what the enrolment's agents have found lately, by address.
func (s *Store) NetworkFinds(ctx context.Context, scope inventory.Scope, enrolmentID string) ([]inventory.NetworkFind, error) {
	db := s.as(ctx, scope)
	var e enrolmentRow
	if err := s.take(db, &e, "enrolment", enrolmentID); err != nil {
		return nil, err
	}
	var rows []networkFindRow
	err := db.Where("client_id = ? AND enrolment_id = ? AND found_at > ?", e.ClientID, enrolmentID, s.now().Add(-findLife)).Order("address").Find(&rows).Error
	if err != nil {
		return nil, s.explain(err, "list what enrolment "+enrolmentID+" has found")
	}
	finds := make([]inventory.NetworkFind, len(rows))
	for i, row := range rows {
		finds[i] = row.NetworkFind
	}
	return finds, nil
}

// KeepNetworkFinds keeps what an agent of the enrolment has found; what nobody
// has found for a week goes.
func (s *Store) KeepNetworkFinds(ctx context.Context, scope inventory.Scope, enrolmentID string, finds []inventory.NetworkFind) error {
	err := s.write(ctx, scope, func(tx *gorm.DB) error {
		var e enrolmentRow
		if err := s.take(tx, &e, "enrolment", enrolmentID); err != nil {
			return err
		}
		now := s.now()
		old := tx.Where("client_id = ? AND enrolment_id = ? AND found_at <= ?", e.ClientID, enrolmentID, now.Add(-findLife))
		if err := old.Delete(&networkFindRow{}).Error; err != nil {
			return err
		}
		var n int64
		if err := tx.Model(&networkFindRow{}).Where("client_id = ? AND enrolment_id = ?", e.ClientID, enrolmentID).Count(&n).Error; err != nil {
			return err
		}
		last := map[string]networkFindRow{}
		for _, f := range finds {
			f.ClientID, f.EnrolmentID, f.FoundAt = e.ClientID, enrolmentID, now
			last[f.Address] = networkFindRow{f}
		}
		if int(n)+len(last) > mostFinds {
			return inventory.Errorf(inventory.LimitReached, "enrolment %s has found %d devices already", enrolmentID, n)
		}
		rows := make([]networkFindRow, 0, len(last))
		for _, address := range sorted(last) {
			rows = append(rows, last[address])
		}
		if len(rows) == 0 {
			return nil
		}
		return tx.Clauses(clause.OnConflict{
			Columns: []clause.Column{{Name: "enrolment_id"}, {Name: "address"}}, DoUpdates: clause.AssignmentColumns([]string{"port", "credential_id", "found_at"}),
		}).CreateInBatches(&rows, mostOnePage).Error
	})
	return s.explain(err, "keep what enrolment "+enrolmentID+" has found")
}
