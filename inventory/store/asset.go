package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"gorm.io/gorm"

	"parc/inventory"
)

type assetRow struct {
	inventory.Asset

	// In the place of the noun's fields of the same names.
	ParentID optional // NULL when there is none
	Values   document
	Details  document

	KnownBy document // the identifiers
	SortKey string
	Search  string
}

// TableName says where assets are kept.
func (assetRow) TableName() string { return "assets" }

// newAssetRow makes the row of an asset; without its details when brief.
func newAssetRow(a inventory.Asset, brief bool) (assetRow, error) {
	row := assetRow{Asset: a, ParentID: optional(a.ParentID), SortKey: sortKey(&a), Search: searchText(&a)}
	var errs [3]error
	row.Values, errs[0] = encode(a.Values)
	row.KnownBy, errs[1] = encode(a.Identifiers)
	if !brief {
		row.Details, errs[2] = encode(a.Details)
	}
	return row, errors.Join(errs[:]...)
}

func (r assetRow) noun() (inventory.Asset, error) {
	a := r.Asset
	a.ParentID = string(r.ParentID)
	err := errors.Join(r.Values.decode(&a.Values), r.KnownBy.decode(&a.Identifiers), r.Details.decode(&a.Details))
	if err != nil {
		return a, fmt.Errorf("read the documents of asset %s: %w", a.ID, err)
	}
	for i := range a.Identifiers {
		a.Identifiers[i].AssetID, a.Identifiers[i].ClientID = a.ID, a.ClientID
	}
	return a, nil
}

// flatColumns are the columns that lists show: all but what is long.
var flatColumns = []string{
	"id", "client_id", "site_id", "parent_id", "state", "doubt", "class", "vendor", "model", "version", "serial", "uuid",
	"hostname", "address", "os_name", "os_version", "os_build", "first_seen", "last_seen", "updated_at", "sort_key",
}

// sortKey is an asset's place in lists: by name, numbers in names as numbers, what
// has no name after the others.
func sortKey(a *inventory.Asset) string {
	name := a.Hostname
	if name == "" {
		name = "~ " + strings.TrimSpace(a.Vendor+" "+a.Model) + " " + a.Address
	}
	return inventory.CleanTo(padNumbers(strings.ToLower(name)), 200)
}

// padNumbers writes every run of digits with ten places, so that "pc-2" comes
// before "pc-10".
func padNumbers(s string) string {
	const places = 10
	var b strings.Builder
	for i := 0; i < len(s); {
		j := i
		for j < len(s) && s[j] >= '0' && s[j] <= '9' {
			j++
		}
		if j == i {
			b.WriteByte(s[i])
			i++
			continue
		}
		b.WriteString(strings.Repeat("0", max(0, places-(j-i))))
		b.WriteString(s[i:j])
		i = j
	}
	return b.String()
}

// searchText is what a search by text looks into.
func searchText(a *inventory.Asset) string {
	return strings.ToLower(strings.Join([]string{a.Hostname, a.Vendor, a.Model, a.Serial, a.Address}, " "))
}

// searchWords bounds what one search may ask.
const searchWords = 8

var likeEscape = strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`)

// matching narrows a query of assets to the filter; the page is left to the caller.
func matching(q *gorm.DB, f inventory.AssetFilter) *gorm.DB {
	if f.ClientID != "" {
		q = q.Where("client_id = ?", f.ClientID)
	}
	if f.SiteID != "" {
		q = q.Where("site_id = ?", f.SiteID)
	}
	if len(f.Classes) > 0 {
		q = q.Where("class IN ?", f.Classes)
	}
	if len(f.States) > 0 {
		q = q.Where("state IN ?", f.States)
	}
	words := strings.Fields(strings.ToLower(inventory.CleanTo(f.Text, longestName)))
	for _, word := range words[:min(len(words), searchWords)] {
		q = q.Where(`search LIKE ? ESCAPE '\'`, "%"+likeEscape.Replace(word)+"%")
	}
	return q
}

// matchesText is what matching does with the filter's text.
func matchesText(a *inventory.Asset, text string) bool {
	words := strings.Fields(strings.ToLower(inventory.CleanTo(text, longestName)))
	in := searchText(a)
	for _, word := range words[:min(len(words), searchWords)] {
		if !strings.Contains(in, word) {
			return false
		}
	}
	return true
}

// assetPage gives the rows of one page, in the order of lists.
func assetPage(q *gorm.DB, f inventory.AssetFilter) ([]assetRow, string, error) {
	after, err := place("asset", f.Page.After, 3)
	if err != nil {
		return nil, "", err
	}
	switch {
	case after == nil:
	case f.ClientID == "":
		q = q.Where("(client_id, sort_key, id) > (?, ?, ?)", after[0], after[1], after[2])
	default: // with the client given apart, the index is entered at the right place
		q = q.Where("(sort_key, id) > (?, ?)", after[1], after[2])
	}
	var rows []assetRow
	size := f.Page.Size()
	if err := matching(q, f).Order("client_id, sort_key, id").Limit(size + 1).Find(&rows).Error; err != nil {
		return nil, "", err
	}
	rows, last := page(rows, size)
	if last == nil {
		return rows, "", nil
	}
	return rows, cursor("asset", last.ClientID, last.SortKey, last.ID), nil
}

// Assets lists assets client by client, by name, in pages. They come flat:
// without Values, Details, Identifiers and Sightings, which Asset and AssetsFull
// give. A word of the filter's text is looked for in the host name, the vendor,
// the model, the serial and the address, whatever the case; all words must be there.
func (s *Store) Assets(ctx context.Context, scope inventory.Scope, f inventory.AssetFilter) ([]inventory.Asset, string, error) {
	db := s.as(ctx, scope)
	if err := s.seeFiltered(db, scope, f.ClientID); err != nil {
		return nil, "", err
	}
	rows, next, err := assetPage(db.Select(flatColumns), f)
	if err != nil {
		return nil, "", s.explain(err, "list the assets")
	}
	assets, err := assetNouns(rows)
	return assets, next, s.explain(err, "list the assets")
}

// seeFiltered refuses a client that a filter names and the caller does not see.
func (s *Store) seeFiltered(db *gorm.DB, scope inventory.Scope, clientID string) error {
	if clientID == "" {
		return nil
	}
	return s.seeClient(db, scope, clientID)
}

func assetNouns(rows []assetRow) ([]inventory.Asset, error) {
	assets := make([]inventory.Asset, len(rows))
	err := inParallel(len(rows), func(i int) (err error) {
		assets[i], err = rows[i].noun()
		return err
	})
	if err != nil {
		return nil, err
	}
	return assets, nil
}

// fullPage is how many whole assets are held in memory at a time.
const fullPage = 200

// AssetsFull gives every asset of the filter whole, one after the other, in the
// order of Assets; the filter's page is not regarded. An error of yield ends it
// and is returned.
func (s *Store) AssetsFull(ctx context.Context, scope inventory.Scope, f inventory.AssetFilter, yield func(inventory.Asset) error) error {
	db := s.as(ctx, scope)
	if err := s.seeFiltered(db, scope, f.ClientID); err != nil {
		return err
	}
	return s.assetsFull(db, f, yield)
}

func (s *Store) assetsFull(db *gorm.DB, f inventory.AssetFilter, yield func(inventory.Asset) error) error {
	f.Page = inventory.Page{Limit: fullPage}
	for {
		rows, next, err := assetPage(db, f)
		if err != nil {
			return s.explain(err, "read the assets")
		}
		assets, err := assetNouns(rows)
		if err != nil {
			return s.explain(err, "read the assets")
		}
		if err := loadSightings(db, assets); err != nil {
			return s.explain(err, "read the assets")
		}
		for _, a := range assets {
			if err := yield(a); err != nil {
				return err
			}
		}
		if next == "" {
			return nil
		}
		f.Page.After = next
	}
}

// Asset gives one asset whole, with Identifiers and Sightings.
func (s *Store) Asset(ctx context.Context, scope inventory.Scope, id string) (inventory.Asset, error) {
	return s.asset(s.as(ctx, scope), id)
}

func (s *Store) asset(db *gorm.DB, id string) (inventory.Asset, error) {
	var row assetRow
	if err := s.take(db, &row, "asset", id); err != nil {
		return inventory.Asset{}, err
	}
	assets, err := assetNouns([]assetRow{row})
	if err != nil {
		return inventory.Asset{}, err
	}
	if err := loadSightings(db, assets); err != nil {
		return inventory.Asset{}, s.explain(err, "read asset "+id)
	}
	return assets[0], nil
}

// loadSightings gives the assets their sightings, in a fixed order, with one
// query for up to mostOnePage assets.
func loadSightings(db *gorm.DB, assets []inventory.Asset) error {
	ids := make([]string, len(assets))
	var clients []string
	for i := range assets {
		ids[i] = assets[i].ID
		if !slices.Contains(clients, assets[i].ClientID) {
			clients = append(clients, assets[i].ClientID)
		}
	}
	rows, err := sightingsOf(db, clients, ids)
	addSightings(assets, rows)
	return err
}

// sightingsOf gives the sightings of the clients' assets in a fixed order.
func sightingsOf(db *gorm.DB, clients, ids []string) ([]sightingRow, error) {
	var all []sightingRow
	for part := range slices.Chunk(ids, mostOnePage) {
		var rows []sightingRow
		if err := db.Where("client_id IN ?", clients).Where(among("asset_id", part)).Order("asset_id, source, ref").Find(&rows).Error; err != nil {
			return nil, err
		}
		all = append(all, rows...)
	}
	return all, nil
}

func addSightings(assets []inventory.Asset, rows []sightingRow) {
	at := make(map[string]int, len(assets))
	for i := range assets {
		at[assets[i].ID] = i
	}
	for _, row := range rows {
		a := &assets[at[row.AssetID]]
		a.Sightings = append(a.Sightings, row.Sighting)
	}
}

// identifierRow finds an asset by one of its identifiers.
type identifierRow struct {
	ClientID string
	Kind     inventory.IdentifierKind
	Value    string
	AssetID  string
}

// TableName says where identifiers are kept.
func (identifierRow) TableName() string { return "identifiers" }

type sightingRow struct{ inventory.Sighting }

// TableName says where sightings are kept.
func (sightingRow) TableName() string { return "sightings" }

// AssetCounts counts the assets of the filter by class; the filter's page is not
// regarded.
func (s *Store) AssetCounts(ctx context.Context, scope inventory.Scope, f inventory.AssetFilter) (map[inventory.Class]int, error) {
	db := s.as(ctx, scope)
	if err := s.seeFiltered(db, scope, f.ClientID); err != nil {
		return nil, err
	}
	var rows []struct {
		Class inventory.Class
		N     int
	}
	q := matching(db.Model(&assetRow{}), f).Select("class, count(*) AS n").Group("class")
	if err := q.Scan(&rows).Error; err != nil {
		return nil, s.explain(err, "count the assets")
	}
	counts := make(map[inventory.Class]int, len(rows))
	for _, row := range rows {
		counts[row.Class] = row.N
	}
	return counts, nil
}
