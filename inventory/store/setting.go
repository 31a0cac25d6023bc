package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"parc/inventory"
)

// settingRow is one setting of the installation.
type settingRow struct {
	Name      string `gorm:"primaryKey"`
	Value     string
	Sealed    string
	UpdatedAt time.Time
}

// TableName says where settings are kept.
func (settingRow) TableName() string { return "settings" }

// The settings.
const (
	settingProvider = "provider"
	settingMail     = "mail"
)

// Provider gives how the provider shows itself on documents; the zero Provider
// when nobody has said. Everybody who reads a document sees it.
func (s *Store) Provider(ctx context.Context) (inventory.Provider, error) {
	var p inventory.Provider
	row, err := s.setting(ctx, settingProvider)
	if err != nil || row.Name == "" {
		return p, err
	}
	if err := json.Unmarshal([]byte(row.Value), &p); err != nil {
		return p, fmt.Errorf("read the provider's setting: %w", err)
	}
	p.UpdatedAt = row.UpdatedAt
	return p, nil
}

// SetProvider changes how the provider shows itself. Forbidden for who does not
// see every client. What it holds is package paper's to check.
func (s *Store) SetProvider(ctx context.Context, scope inventory.Scope, p inventory.Provider) (inventory.Provider, error) {
	p.UpdatedAt = s.now()
	text, err := json.Marshal(p)
	if err != nil {
		return p, fmt.Errorf("encode the provider's setting: %w", err)
	}
	return p, s.setSetting(ctx, scope, settingRow{Name: settingProvider, Value: string(text), UpdatedAt: p.UpdatedAt})
}

// MailServer gives the mail server with its password; the zero MailServer when
// nobody has said. Forbidden for who does not see every client. A password that
// does not open with the key in use is left out.
func (s *Store) MailServer(ctx context.Context, scope inventory.Scope) (inventory.MailServer, error) {
	var m inventory.MailServer
	if !scope.All() {
		return m, inventory.Errorf(inventory.Forbidden, "only who sees every client may see the mail server")
	}
	row, err := s.setting(ctx, settingMail)
	if err != nil || row.Name == "" {
		return m, err
	}
	if err := json.Unmarshal([]byte(row.Value), &m); err != nil {
		return m, fmt.Errorf("read the mail server's setting: %w", err)
	}
	m.Password, m.UpdatedAt = inventory.Secret{}, row.UpdatedAt
	if row.Sealed == "" {
		return m, nil
	}
	text, err := s.sealer.open("setting:"+settingMail, row.Sealed)
	switch {
	case errors.Is(err, errSealed):
		s.log.Warn("the mail server's password does not open with the key in use")
	case err != nil:
		return m, err
	default:
		m.Password = inventory.NewSecret(string(text))
	}
	return m, nil
}

// SetMailServer changes the mail server; its password is encrypted, and stays
// as it is when none is given for the same host and user. Forbidden for who does
// not see every client.
func (s *Store) SetMailServer(ctx context.Context, scope inventory.Scope, m inventory.MailServer) (inventory.MailServer, error) {
	was, err := s.MailServer(ctx, scope)
	if err != nil {
		return m, err
	}
	if m.Password.IsZero() && m.Host == was.Host && m.User == was.User {
		m.Password = was.Password
	}
	row := settingRow{Name: settingMail, UpdatedAt: s.now()}
	if !m.Password.IsZero() {
		if row.Sealed, err = s.sealer.seal("setting:"+settingMail, []byte(m.Password.Reveal())); err != nil {
			return m, err
		}
	}
	m.Password, m.UpdatedAt = inventory.Secret{}, row.UpdatedAt
	text, err := json.Marshal(m)
	if err != nil {
		return m, fmt.Errorf("encode the mail server's setting: %w", err)
	}
	row.Value = string(text)
	return m, s.setSetting(ctx, scope, row)
}

func (s *Store) setting(ctx context.Context, name string) (settingRow, error) {
	var row settingRow
	err := s.as(ctx, nobody).Where("name = ?", name).Limit(1).Find(&row).Error
	return row, s.explain(err, "read the setting "+name)
}

func (s *Store) setSetting(ctx context.Context, scope inventory.Scope, row settingRow) error {
	if !scope.All() {
		return inventory.Errorf(inventory.Forbidden, "only who sees every client may change settings")
	}
	err := s.write(ctx, scope, func(tx *gorm.DB) error {
		return tx.Clauses(clause.OnConflict{
			Columns: []clause.Column{{Name: "name"}}, DoUpdates: clause.AssignmentColumns([]string{"value", "sealed", "updated_at"}),
		}).Create(&row).Error
	})
	return s.explain(err, "change the setting "+row.Name)
}
