package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"gorm.io/gorm"

	"parc/inventory"
)

type credentialRow struct {
	inventory.Credential
	SiteID optional // in the place of the noun's: NULL for every site
	Sealed string
}

// TableName says where credentials are kept.
func (credentialRow) TableName() string { return "credentials" }

// secrets is what is sealed of a credential.
type secrets struct {
	Community string `json:"community,omitempty"`
	Auth      string `json:"auth,omitempty"`
	Privacy   string `json:"privacy,omitempty"`
}

// Credentials lists the credentials of a client with their secrets. One whose
// secrets do not open with the key in use comes without them, and says so in
// Unreadable: it can be seen and replaced, not used.
func (s *Store) Credentials(ctx context.Context, scope inventory.Scope, clientID string) ([]inventory.Credential, error) {
	db := s.as(ctx, scope)
	if err := s.seeClient(db, scope, clientID); err != nil {
		return nil, err
	}
	var rows []credentialRow
	if err := db.Where("client_id = ?", clientID).Order("id").Find(&rows).Error; err != nil {
		return nil, s.explain(err, "list the credentials of client "+clientID)
	}
	credentials := make([]inventory.Credential, len(rows))
	for i, row := range rows {
		c, err := s.unseal(row)
		if err != nil {
			return nil, fmt.Errorf("open credential %s: %w", row.ID, err)
		}
		credentials[i] = c
	}
	return credentials, nil
}

func (s *Store) unseal(row credentialRow) (inventory.Credential, error) {
	c := row.Credential
	c.SiteID, c.Ranges = string(row.SiteID), list(c.Ranges)
	text, err := s.sealer.open(credentialOwner(c), row.Sealed)
	if errors.Is(err, errSealed) {
		c.Unreadable = true
		s.log.Warn("credential does not open with the key in use", "client", c.ClientID, "credential", c.ID)
		return c, nil
	}
	if err != nil {
		return inventory.Credential{}, err
	}
	var x secrets
	if err := json.Unmarshal(text, &x); err != nil {
		return inventory.Credential{}, err
	}
	c.Secret, c.AuthKey, c.PrivKey = inventory.NewSecret(x.Community), inventory.NewSecret(x.Auth), inventory.NewSecret(x.Privacy)
	return c, nil
}

// credentialOwner ties sealed secrets to their row and to its client.
func credentialOwner(c inventory.Credential) string { return "credential:" + c.ClientID + ":" + c.ID }

// CreateCredential keeps a credential of a client, its secrets encrypted. What
// comes back holds no secrets.
func (s *Store) CreateCredential(ctx context.Context, scope inventory.Scope, c inventory.Credential) (inventory.Credential, error) {
	if c.ID == "" {
		c.ID = inventory.NewID(s.now())
	}
	c.Ranges = list(c.Ranges)
	text, err := json.Marshal(secrets{c.Secret.Reveal(), c.AuthKey.Reveal(), c.PrivKey.Reveal()})
	if err != nil {
		return inventory.Credential{}, fmt.Errorf("encode the secrets of a credential: %w", err)
	}
	sealed, err := s.sealer.seal(credentialOwner(c), text)
	if err != nil {
		return inventory.Credential{}, err
	}
	row := credentialRow{Credential: c, SiteID: optional(c.SiteID), Sealed: sealed}
	err = s.write(ctx, scope, func(tx *gorm.DB) error {
		if err := s.seeClient(tx, scope, c.ClientID); err != nil {
			return err
		}
		if c.SiteID != "" {
			if err := s.seeSite(tx, c.ClientID, c.SiteID); err != nil {
				return err
			}
		}
		return tx.Create(&row).Error
	})
	if err != nil {
		return inventory.Credential{}, s.explain(err, "add a credential to client "+c.ClientID)
	}
	c.Secret, c.AuthKey, c.PrivKey = inventory.Secret{}, inventory.Secret{}, inventory.Secret{}
	return c, nil
}

// DeleteCredential forgets a credential.
func (s *Store) DeleteCredential(ctx context.Context, scope inventory.Scope, id string) error {
	err := s.write(ctx, scope, func(tx *gorm.DB) error { return remove(tx, &credentialRow{}, "credential", id) })
	return s.explain(err, "delete credential "+id)
}
