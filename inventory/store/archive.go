package store

import (
	"context"
	"database/sql"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"gorm.io/gorm"

	"parc/inventory"
)

// archived is every table that belongs to clients, in an order in which rows can
// be put back, with the columns that say which row comes first.
var archived = []struct{ table, order string }{
	{"clients", "id"}, {"sites", "id"}, {"client_settings", "client_id"}, {"policies", "client_id"},
	{"assets", "id"}, {"identifiers", "kind, value, asset_id"}, {"sightings", "asset_id, source, ref"}, {"imports", "id"},
	{"changes", "id"}, {"observations", "id"}, {"reviews", "id"}, {"review_assets", "asset_id, review_id"},
	{"aparts", "one_id, other_id"}, {"joins", "id"}, {"coverages", "id"}, {"warranty_lookups", "asset_id, maker"},
	{"financings", "id"}, {"financing_assets", "financing_id, asset_id"}, {"amendments", "id"},
	{"amendment_assets", "amendment_id, asset_id"}, {"amendment_returns", "amendment_id, asset_id"},
	{"licences", "id"}, {"licence_assets", "licence_id, asset_id"},
	{"contracts", "id"}, {"contract_assets", "contract_id, asset_id"},
	{"interventions", "id"}, {"prices", "id"}, {"scenarios", "id"},
	{"schedules", "id"}, {"scans", "id"}, {"reports", "id"}, {"saved_reports", "id"},
}

// NotArchived names the tables of clients that an archive leaves out, and why.
var NotArchived = map[string]string{
	"credentials": "secrets for scanning: enter them again",
	KeysTable:     "keys of licences: parc export --with-keys takes them along, encrypted with a passphrase",
	"enrolments":  "tokens of agents: make new ones",
	"calendars":   "addresses of this server, of its users: subscribe again",
	"agents":      "who reports in here: they report in again",

	"network_finds": "where agents were told to ask: they find it again",
}

// bound names the columns that mean something only in the database they are in.
var bound = map[string][]string{"scans": {"job_id", "runner"}}

// ArchiveTables names the tables of an archive, in the order in which they are
// put back.
func ArchiveTables() []string {
	names := make([]string, len(archived))
	for i, a := range archived {
		names[i] = a.table
	}
	return names
}

// Archive gives every row of a client, table by table, as of one moment: columns
// with texts, numbers, yes and no; instants as RFC 3339, bytes as base64.
func (s *Store) Archive(ctx context.Context, scope inventory.Scope, clientID string, yield func(table string, row map[string]any) error) error {
	options := &sql.TxOptions{ReadOnly: true}
	if !s.dialect.oneWriter {
		options.Isolation = sql.LevelRepeatableRead // on SQLite every transaction sees one moment
	}
	return s.as(ctx, scope).Transaction(func(tx *gorm.DB) error {
		if err := s.seeClient(tx, scope, clientID); err != nil {
			return err
		}
		under, err := sqlTx(tx)
		if err != nil {
			return err
		}
		for _, a := range archived {
			// Names of tables and columns are those of the list above, never from outside.
			query := fmt.Sprintf("SELECT * FROM %s WHERE %s = $1 ORDER BY %s", a.table, owner(a.table), a.order)
			if err := archiveTable(ctx, under, a.table, query, []any{clientID}, yield); err != nil {
				return fmt.Errorf("archive %s of client %s: %w", a.table, clientID, err)
			}
		}
		return nil
	}, options)
}

func owner(table string) string {
	if table == "clients" {
		return "id"
	}
	return "client_id"
}

func archiveTable(ctx context.Context, tx *sql.Tx, table, query string, args []any, yield func(string, map[string]any) error) error {
	rows, err := tx.QueryContext(ctx, query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	columns, err := rows.ColumnTypes()
	if err != nil {
		return err
	}
	values, into := make([]any, len(columns)), make([]any, len(columns))
	for i := range values {
		into[i] = &values[i]
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return err
		}
		row := map[string]any{}
		for i, c := range columns {
			if !slices.Contains(bound[table], c.Name()) {
				row[c.Name()] = plain(c.DatabaseTypeName(), values[i])
			}
		}
		if err := yield(table, row); err != nil {
			return err
		}
	}
	return rows.Err()
}

// plain gives a stored value as both databases tell it alike.
func plain(kind string, v any) any {
	switch x := v.(type) {
	case time.Time:
		return x.UTC().Format(time.RFC3339Nano)
	case []byte:
		if isBytes(kind) {
			return base64.StdEncoding.EncodeToString(x)
		}
		return string(x)
	case int64:
		if isBool(kind) {
			return x != 0
		}
	}
	return v
}

func isBytes(kind string) bool   { return kind == "BLOB" || kind == "BYTEA" }
func isBool(kind string) bool    { return strings.HasPrefix(kind, "BOOL") }
func isInstant(kind string) bool { return strings.HasPrefix(kind, "TIMESTAMP") }

// Restore puts a client's archive back: next gives each table's rows in turn,
// nil at its end, and the rows of ArchiveKeys as those of KeysTable where the
// archive has them. All goes in or nothing. A client that is there already, by id
// or by name, is a Conflict; a row of another client or a column that there is
// not is Invalid.
func (s *Store) Restore(ctx context.Context, scope inventory.Scope, clientID string, next func(table string) (map[string]any, error)) error {
	if !scope.All() {
		return inventory.Errorf(inventory.Forbidden, "only who sees every client brings one back")
	}
	err := s.write(ctx, scope, func(tx *gorm.DB) error {
		under, err := sqlTx(tx)
		if err != nil {
			return err
		}
		var there int
		if err := under.QueryRowContext(ctx, "SELECT COUNT(*) FROM clients WHERE id = $1", clientID).Scan(&there); err != nil {
			return err
		}
		if there > 0 {
			return inventory.Errorf(inventory.Conflict, "client %s is in this database already: nothing is written over", clientID)
		}
		for _, a := range archived {
			if err := s.restoreTable(ctx, under, a.table, clientID, next); err != nil {
				return inventory.Errorf(inventory.CodeOf(err), "%s: %w", a.table, err)
			}
		}
		return s.restoreKeys(tx, clientID, next)
	})
	if s.isDuplicate(err) {
		return inventory.Errorf(inventory.Conflict, "a client of that name, or one of its records, is in this database already: nothing is written over")
	}
	return s.explain(err, "bring back client "+clientID)
}

func (s *Store) restoreTable(ctx context.Context, tx *sql.Tx, table, clientID string, next func(string) (map[string]any, error)) error {
	in, err := s.newInserter(ctx, tx, table)
	if err != nil {
		return err
	}
	for number := 1; ; number++ {
		row, err := next(table)
		if err != nil {
			return err
		}
		if row == nil {
			return in.flush(ctx)
		}
		if row[owner(table)] != clientID {
			return inventory.Errorf(inventory.Invalid, "row %d is of another client", number)
		}
		if err := in.add(ctx, row, sizeOf(row)); err != nil {
			return err
		}
	}
}

// sizeOf tells about how long a row is.
func sizeOf(row map[string]any) (n int) {
	for _, v := range row {
		if text, ok := v.(string); ok {
			n += len(text)
		}
		n += 8
	}
	return n
}

func columnKinds(ctx context.Context, tx *sql.Tx, table string) (map[string]string, error) {
	rows, err := tx.QueryContext(ctx, "SELECT * FROM "+table+" WHERE 1 = 0")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	columns, err := rows.ColumnTypes()
	if err != nil {
		return nil, err
	}
	kinds := map[string]string{}
	for _, c := range columns {
		kinds[c.Name()] = c.DatabaseTypeName()
	}
	return kinds, rows.Err()
}

// typed turns what plain gave back into what the driver stores.
func typed(kind string, v any) (any, error) {
	text, isText := v.(string)
	if n, ok := v.(json.Number); ok {
		return n.Int64()
	}
	switch {
	case isText && isInstant(kind):
		return time.Parse(time.RFC3339Nano, text)
	case isText && isBytes(kind):
		return base64.StdEncoding.DecodeString(text)
	}
	return v, nil
}
