package store

import (
	"context"

	"gorm.io/gorm"

	"parc/inventory"
)

type siteRow struct {
	inventory.Site
	NameKey  string
	ImportID optional // the import that made it; none once a person has changed it
}

// TableName says where sites are kept.
func (siteRow) TableName() string { return "sites" }

func (r siteRow) noun() inventory.Site {
	r.Networks = list(r.Networks)
	return r.Site
}

// Sites lists the sites of a client, by name.
func (s *Store) Sites(ctx context.Context, scope inventory.Scope, clientID string) ([]inventory.Site, error) {
	db := s.as(ctx, scope)
	if err := s.seeClient(db, scope, clientID); err != nil {
		return nil, err
	}
	var rows []siteRow
	if err := db.Where("client_id = ?", clientID).Order("name_key, id").Find(&rows).Error; err != nil {
		return nil, s.explain(err, "list the sites of client "+clientID)
	}
	sites := make([]inventory.Site, len(rows))
	for i, row := range rows {
		sites[i] = row.noun()
	}
	return sites, nil
}

// Site gives one site.
func (s *Store) Site(ctx context.Context, scope inventory.Scope, id string) (inventory.Site, error) {
	var row siteRow
	err := s.take(s.as(ctx, scope), &row, "site", id)
	return row.noun(), err
}

// CreateSite keeps a new site of a client. A name that the client has already,
// whatever the case, is a Conflict.
func (s *Store) CreateSite(ctx context.Context, scope inventory.Scope, site inventory.Site) (inventory.Site, error) {
	row, err := s.newSite(site)
	if err != nil {
		return inventory.Site{}, err
	}
	err = s.write(ctx, scope, func(tx *gorm.DB) error {
		if err := s.seeClient(tx, scope, site.ClientID); err != nil {
			return err
		}
		return tx.Create(&row).Error
	})
	if s.isDuplicate(err) {
		return inventory.Site{}, inventory.Errorf(inventory.Conflict, "the client has a site named %q already", row.Name)
	}
	return row.noun(), s.explain(err, "add site "+row.Name)
}

// newSite gives the row of a new site.
func (s *Store) newSite(site inventory.Site) (siteRow, error) {
	name, err := named("site", site.Name)
	site.Name, site.Networks = name, list(site.Networks)
	s.stamp(&site.ID, &site.CreatedAt)
	return siteRow{Site: site, NameKey: nameKey(name)}, err
}

// UpdateSite changes the name, the address and the networks.
func (s *Store) UpdateSite(ctx context.Context, scope inventory.Scope, site inventory.Site) (inventory.Site, error) {
	name, err := named("site", site.Name)
	if err != nil {
		return inventory.Site{}, err
	}
	var row siteRow
	err = s.write(ctx, scope, func(tx *gorm.DB) error {
		if err := s.take(tx, &row, "site", site.ID); err != nil {
			return err
		}
		row.Name, row.NameKey, row.Address, row.Networks, row.ImportID = name, nameKey(name), site.Address, list(site.Networks), ""
		return tx.Model(&row).Select("name", "name_key", "address", "networks", "import_id").Updates(&row).Error
	})
	if s.isDuplicate(err) {
		return inventory.Site{}, inventory.Errorf(inventory.Conflict, "the client has a site named %q already", name)
	}
	return row.noun(), s.explain(err, "change site "+site.ID)
}

// seeSite refuses a site that is not there, not in scope or of another client.
func (s *Store) seeSite(db *gorm.DB, clientID, id string) error {
	var row siteRow
	if err := s.take(db, &row, "site", id); err != nil {
		return err
	}
	if row.ClientID != clientID {
		return noSuch("site", id)
	}
	return nil
}
