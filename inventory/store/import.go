package store

import (
	"context"
	"errors"
	"slices"
	"strings"

	"gorm.io/gorm"

	"parc/inventory"
)

// errTried ends a transaction that was only tried.
var errTried = errors.New("tried")

// importBatch is how many rows of a spreadsheet are worked out at a time: memory
// does not grow with the file, and which rows come together is no matter.
const importBatch = 1000

type importRow struct{ inventory.Import }

// TableName says where imports are kept.
func (importRow) TableName() string { return "imports" }

// Import takes in a spreadsheet's rows as Record does, with the coverages and the
// purchases that they tell: a coverage where the asset has none of the same kind,
// source and end, a purchase where nothing says yet how the asset is paid for. All
// goes in or nothing; with dry, all is worked out as it would be and nothing is kept.
// told is given the plan of each batch of rows, from row first on; it may be nil.
func (s *Store) Import(ctx context.Context, scope inventory.Scope, imp inventory.Import, rows []inventory.ImportRow, dry bool, told func(first int, plan inventory.Plan)) (inventory.Import, inventory.Outcome, error) {
	var sum inventory.Outcome
	err := s.write(ctx, scope, func(tx *gorm.DB) error {
		sum = inventory.Outcome{}
		s.stamp(&imp.ID, &imp.At)
		imp.RowCount, imp.By = len(rows), scope.Actor()
		if err := s.lockClient(tx, scope, imp.ClientID); err != nil {
			return err
		}
		if err := s.seeSite(tx, imp.ClientID, imp.SiteID); err != nil {
			return err
		}
		row := importRow{imp}
		if err := tx.Create(&row).Error; err != nil {
			return err
		}
		for first := 0; first < len(rows); first += importBatch {
			part := rows[first:min(first+importBatch, len(rows))]
			plan, reviewed, err := s.importPart(tx, scope, &imp, part)
			if err != nil {
				return err
			}
			out := plan.Outcome()
			sum.Created, sum.Updated, sum.Seen, sum.Reviewed = sum.Created+out.Created, sum.Updated+out.Updated, sum.Seen+out.Seen, sum.Reviewed+reviewed
			if told != nil {
				told(first, plan)
			}
		}
		imp.Created, imp.Updated = sum.Created, sum.Updated
		if dry {
			return errTried
		}
		return update(tx, &importRow{}, "import", imp.ID, map[string]any{"created": sum.Created, "updated": sum.Updated})
	})
	if errors.Is(err, errTried) {
		return imp, sum, nil
	}
	if err != nil {
		return inventory.Import{}, inventory.Outcome{}, s.explain(err, "import rows for client "+imp.ClientID)
	}
	s.grow(ctx, sum.Created)
	return imp, sum, nil
}

func (s *Store) importPart(tx *gorm.DB, scope inventory.Scope, imp *inventory.Import, rows []inventory.ImportRow) (inventory.Plan, int, error) {
	observations := make([]inventory.Observation, len(rows))
	for i := range rows {
		observations[i] = rows[i].Observation
	}
	plan, reviewed, err := s.recordFor(tx, scope, imp.ClientID, imp.SiteID, imp.ID, observations)
	if err != nil {
		return plan, 0, err
	}
	if err := s.importCoverages(tx, imp, rows, plan.Placed); err != nil {
		return plan, 0, err
	}
	return plan, reviewed, s.importPurchases(tx, imp, rows, plan.Placed)
}

// importedCoverage is a coverage with the import that brought it.
type importedCoverage struct {
	inventory.Coverage
	ImportID optional
}

// TableName says where coverages are kept.
func (importedCoverage) TableName() string { return "coverages" }

func (s *Store) importCoverages(tx *gorm.DB, imp *inventory.Import, rows []inventory.ImportRow, placed []string) error {
	type same struct {
		asset, kind, source string
		end                 inventory.Day
	}
	wanted := wantedAssets(rows, placed, func(r *inventory.ImportRow) bool { return !r.Coverage.End.IsZero() })
	known := map[same]bool{}
	for part := range slices.Chunk(wanted, mostOnePage) {
		var had []coverageRow
		if err := tx.Where("client_id = ? AND asset_id IN ?", imp.ClientID, part).Find(&had).Error; err != nil {
			return err
		}
		for _, c := range had {
			known[same{c.AssetID, c.Kind, c.Source, c.End}] = true
		}
	}
	var add []importedCoverage
	for i := range rows {
		c := rows[i].Coverage
		c.ClientID, c.AssetID = imp.ClientID, placed[i]
		key := same{c.AssetID, c.Kind, c.Source, c.End}
		if c.AssetID == "" || c.End.IsZero() || known[key] {
			continue
		}
		if err := c.Check(); err != nil {
			return err
		}
		known[key] = true
		s.stamp(&c.ID, &c.FetchedAt)
		add = append(add, importedCoverage{c, optional(imp.ID)})
	}
	if len(add) == 0 {
		return nil
	}
	return tx.CreateInBatches(&add, mostOnePage).Error
}

// importedFinancing is a financing with the import that brought it.
type importedFinancing struct {
	inventory.Financing
	ImportID optional
}

// TableName says where financings are kept.
func (importedFinancing) TableName() string { return "financings" }

func (s *Store) importPurchases(tx *gorm.DB, imp *inventory.Import, rows []inventory.ImportRow, placed []string) error {
	wanted := wantedAssets(rows, placed, func(r *inventory.ImportRow) bool { return r.Purchase.Price.Minor > 0 })
	paid := map[string]bool{}
	for part := range slices.Chunk(wanted, mostOnePage) {
		var ids []string
		err := byHand(tx).Raw("SELECT DISTINCT asset_id FROM financing_assets WHERE client_id = ? AND asset_id IN ?", imp.ClientID, part).Scan(&ids).Error
		if err != nil {
			return err
		}
		for _, id := range ids {
			paid[id] = true
		}
	}
	var add []importedFinancing
	var links []any // client, financing, asset
	for i := range rows {
		f := rows[i].Purchase
		if f.Price.Minor <= 0 || placed[i] == "" || paid[placed[i]] {
			continue
		}
		paid[placed[i]] = true
		f.ClientID, f.Kind = imp.ClientID, inventory.Purchase
		if err := f.Check(); err != nil {
			return err
		}
		s.stamp(&f.ID, &f.CreatedAt)
		add = append(add, importedFinancing{f, optional(imp.ID)})
		links = append(links, imp.ClientID, f.ID, placed[i])
	}
	if len(add) == 0 {
		return nil
	}
	if err := tx.CreateInBatches(&add, mostLong).Error; err != nil {
		return err
	}
	for part := range slices.Chunk(links, 3*mostOnePage) {
		rows := strings.TrimSuffix(strings.Repeat("(?,?,?),", len(part)/3), ",")
		if err := byHand(tx).Exec("INSERT INTO financing_assets (client_id, financing_id, asset_id) VALUES "+rows, part...).Error; err != nil {
			return err
		}
	}
	return nil
}

// wantedAssets gives the distinct assets of the rows that tell something.
func wantedAssets(rows []inventory.ImportRow, placed []string, tells func(*inventory.ImportRow) bool) []string {
	set := map[string]bool{}
	for i := range rows {
		if placed[i] != "" && tells(&rows[i]) {
			set[placed[i]] = true
		}
	}
	return sorted(set)
}

// Imports lists a client's imports, the latest first.
func (s *Store) Imports(ctx context.Context, scope inventory.Scope, clientID string) ([]inventory.Import, error) {
	db := s.as(ctx, scope)
	if err := s.seeClient(db, scope, clientID); err != nil {
		return nil, err
	}
	var rows []importRow
	if err := db.Where("client_id = ?", clientID).Order("at DESC, id DESC").Limit(mostOnePage).Find(&rows).Error; err != nil {
		return nil, s.explain(err, "list the imports of client "+clientID)
	}
	imports := make([]inventory.Import, len(rows))
	for i, row := range rows {
		imports[i] = row.Import
	}
	return imports, nil
}
