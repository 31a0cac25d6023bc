package store

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"gorm.io/gorm"

	"parc/inventory"
)

// errTried ends a transaction that was only tried.
var errTried = errors.New("tried")

// importBatch is about how many rows of a file are worked out at a time: memory does
// not grow with the file.
const importBatch = 1000

type importRow struct{ inventory.Import }

// TableName says where imports are kept.
func (importRow) TableName() string { return "imports" }

// Import takes in a file's rows as Record does, with the coverages and the purchases
// that they tell: a coverage where the asset has none of the same kind, source and
// end, a purchase where nothing says yet how the asset is paid for. Sites that rows
// name are made where the client has none of that name. All goes in or nothing; dry,
// all is worked out as it would be and nothing is kept. What is impossible is Invalid.
func (s *Store) Import(ctx context.Context, scope inventory.Scope, file inventory.ImportFile) (inventory.ImportResult, error) {
	return s.importIn(ctx, scope, file, importBatch)
}

func (s *Store) importIn(ctx context.Context, scope inventory.Scope, file inventory.ImportFile, batch int) (inventory.ImportResult, error) {
	var in importing
	err := s.write(ctx, scope, func(tx *gorm.DB) error {
		in = importing{store: s, tx: tx, scope: scope, file: &file, batch: batch}
		if err := in.run(); err != nil {
			return err
		}
		if file.Dry {
			return errTried
		}
		return nil
	})
	if err != nil && !errors.Is(err, errTried) {
		return inventory.ImportResult{}, s.explain(err, "import "+inventory.CleanTo(cmp.Or(file.Name, "rows"), 80))
	}
	if !file.Dry {
		s.grow(ctx, in.imp.Created)
	}
	return inventory.ImportResult{Import: in.imp, Sites: list(in.made), Rows: in.verdicts}, nil
}

// importing is one import under way.
type importing struct {
	store    *Store
	tx       *gorm.DB
	scope    inventory.Scope
	file     *inventory.ImportFile
	batch    int
	imp      inventory.Import
	sites    map[string]string // name key → id
	made     []string          // names of the sites that were made
	verdicts []inventory.ImportVerdict
}

func (in *importing) run() error {
	f := in.file
	in.imp = inventory.Import{
		Name: inventory.CleanTo(f.Name, longestName), Digest: f.Digest, Mapping: f.Mapping, RowCount: f.Len, Refused: f.Refused, By: in.scope.Actor(),
	}
	in.store.stamp(&in.imp.ID, &in.imp.At)
	if err := in.place(); err != nil {
		return err
	}
	if err := in.tx.Create(&importRow{in.imp}).Error; err != nil {
		return err
	}
	in.verdicts = make([]inventory.ImportVerdict, f.Len)
	for _, part := range batches(f, in.batch) {
		if err := in.take(part); err != nil {
			return err
		}
	}
	return in.tx.Model(&importRow{in.imp}).Select("created", "updated", "seen", "reviewed", "coverages", "purchases").Updates(&importRow{in.imp}).Error
}

// take takes in the rows of these indexes.
func (in *importing) take(part []int) error {
	rows := make([]inventory.ImportRow, len(part))
	observations := make([]inventory.Observation, len(part))
	for n, i := range part {
		rows[n] = in.file.Row(i)
		o := &rows[n].Observation
		if err := in.put(o, rows[n].Site); err != nil {
			return err
		}
		observations[n] = *o
	}
	plan, reviewed, err := in.store.recordOf(in.tx, in.scope, recording{in.imp.ClientID, in.imp.ID, in.imp.At}, observations)
	if err != nil {
		return err
	}
	out := plan.Outcome()
	in.imp.Created += out.Created
	in.imp.Updated += out.Updated
	in.imp.Seen += out.Seen
	in.imp.Reviewed += reviewed
	verdicts := plan.Verdicts()
	if err := in.coverages(rows, verdicts); err != nil {
		return err
	}
	if err := in.purchases(rows, verdicts); err != nil {
		return err
	}
	for n, i := range part {
		verdicts[n].Row, verdicts[n].Name = rows[n].Number, rows[n].Observation.Ref
		in.verdicts[i] = verdicts[n]
	}
	return nil
}

// batches shares the rows out so that rows which could be of one thing are worked
// out together, whatever the size: what becomes of them does not depend on it. A
// batch is larger than size only where so many rows hang together.
func batches(f *inventory.ImportFile, size int) [][]int {
	group := together(f, size)
	of := map[int32][]int{}
	var order []int32
	for i, g := range group {
		if of[g] == nil {
			order = append(order, g)
		}
		of[g] = append(of[g], i)
	}
	var all [][]int
	var part []int
	for _, g := range order {
		if len(part) > 0 && len(part)+len(of[g]) > size {
			all = append(all, part)
			part = nil
		}
		part = append(part, of[g]...)
	}
	if len(part) > 0 {
		all = append(all, part)
	}
	for _, part := range all {
		slices.Sort(part)
	}
	return all
}

// together gives each row the first row with which it shares an identifier, over
// whatever rows lie between.
func together(f *inventory.ImportFile, size int) []int32 {
	leader := make([]int32, f.Len)
	root := func(i int32) int32 {
		for leader[i] != i {
			leader[i] = leader[leader[i]]
			i = leader[i]
		}
		return i
	}
	first := map[uint64]int32{}
	for from := 0; from < f.Len; from += size {
		observations := make([]inventory.Observation, min(size, f.Len-from))
		for n := range observations {
			observations[n] = f.Row(from + n).Observation
		}
		sought := inventory.Seek(observations)
		for n := range observations {
			i := int32(from + n)
			leader[i] = i
			for _, id := range sought.Identifiers(n) {
				key := digestOf(string(id.Kind), indexed(id.Value))
				if other, known := first[key]; known {
					a, b := root(other), root(i)
					leader[max(a, b)] = min(a, b)
				} else {
					first[key] = i
				}
			}
		}
	}
	for i := range leader {
		leader[i] = root(int32(i))
	}
	return leader
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
