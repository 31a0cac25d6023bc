package store

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"slices"
	"strings"

	"parc/inventory"
)

// The bounds of one statement that puts rows back: both databases take as many
// values, and memory stays small.
const (
	mostValues = 5_000
	mostBytes  = 1 << 20
)

// inserter puts rows of an archive into a table, many in a statement.
type inserter struct {
	tx      *sql.Tx
	dialect *dialect
	table   string
	kinds   map[string]string // the table's columns
	columns []string          // those of the rows that wait
	values  []any
	rows    int
	bytes   int
	number  int // of the last row added, from one
}

func (s *Store) newInserter(ctx context.Context, tx *sql.Tx, table string) (*inserter, error) {
	kinds, err := columnKinds(ctx, tx, table)
	return &inserter{tx: tx, dialect: s.dialect, table: table, kinds: kinds}, err
}

// add puts a row in, now or with the next ones; size is about its length. A column
// that there is not, and a value that is none of its kind, is Invalid.
func (in *inserter) add(ctx context.Context, row map[string]any, size int) error {
	in.number++
	if in.table == "scans" {
		row["runner"] = ""
	}
	columns := slices.Sorted(maps.Keys(row))
	if !slices.Equal(columns, in.columns) || len(in.values)+len(columns) > mostValues || in.bytes+size > mostBytes {
		if err := in.flush(ctx); err != nil {
			return err
		}
		in.columns = columns
	}
	for _, name := range columns {
		kind, known := in.kinds[name]
		if !known {
			return inventory.Errorf(inventory.Invalid, "row %d: no column %q", in.number, inventory.CleanTo(name, 40))
		}
		value, err := typed(kind, row[name])
		if err != nil {
			return inventory.Errorf(inventory.Invalid, "row %d: %s: %w", in.number, name, err)
		}
		in.values = append(in.values, value)
	}
	in.rows++
	in.bytes += size
	return nil
}

// flush puts in the rows that wait.
func (in *inserter) flush(ctx context.Context) error {
	if in.rows == 0 {
		return nil
	}
	var query strings.Builder
	query.WriteString("INSERT INTO " + in.table + ` ("` + strings.Join(in.columns, `", "`) + `") VALUES `)
	for i := range in.values {
		switch {
		case i == 0:
			query.WriteString("(")
		case i%len(in.columns) == 0:
			query.WriteString("), (")
		default:
			query.WriteString(", ")
		}
		query.WriteString(in.dialect.mark(i + 1))
	}
	query.WriteString(")")
	if _, err := in.tx.ExecContext(ctx, query.String(), in.values...); err != nil {
		return fmt.Errorf("rows %d to %d: %w", in.number-in.rows+1, in.number, err)
	}
	in.values, in.rows, in.bytes = in.values[:0], 0, 0
	return nil
}
