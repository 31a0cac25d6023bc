package store

import (
	"context"
	"database/sql"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"time"

	"gorm.io/gorm"

	"parc/inventory"
)

// archived is every table that belongs to clients, in an order in which rows can
// be put back, with the columns that say which row comes first: for tables that
// grow with every scan those of an index, or the database would sort them first, in
// memory.
var archived = []struct{ table, order string }{
	{"clients", "id"}, {"sites", "id"}, {"client_settings", "client_id"}, {"policies", "client_id"},
	{"assets", "id"}, {"identifiers", "kind, value, asset_id"}, {"sightings", "asset_id, source, ref"}, {"imports", "id"},
	{"changes", "asset_id, at, id"}, {"observations", "asset_id NULLS FIRST, at, id"}, {"reviews", "id"}, {"review_assets", "asset_id, review_id"},
	{"aparts", "one_id, other_id"}, {"joins", "at, id"}, {"coverages", "id"}, {"warranty_lookups", "asset_id, maker"},
	{"financings", "id"}, {"financing_assets", "financing_id, asset_id"}, {"amendments", "id"},
	{"amendment_assets", "amendment_id, asset_id"}, {"amendment_returns", "amendment_id, asset_id"},
	{"licences", "id"}, {"licence_assets", "licence_id, asset_id"},
	{"contracts", "id"}, {"contract_assets", "contract_id, asset_id"},
	{"interventions", "id"}, {"prices", "id"}, {"scenarios", "id"},
	{"alert_plans", "client_id"}, {"deadlines", "event"},
	{"schedules", "id"}, {"scans", "id"}, {"reports", "id"}, {"saved_reports", "id"},
	{filesTable, "sha256"}, {"attachments", "id"},
}

// ArchivedAsFiles is the table whose rows an archive holds as files: the contents
// of attachments.
const ArchivedAsFiles = partsTable

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

// only narrows what is taken of a table: a scan that has not ended means something
// only to the queue that it is in.
var only = map[string]string{
	"scans": " AND state NOT IN ('" + string(inventory.ScanQueued) + "', '" + string(inventory.ScanRunning) + "')",
}

// ArchiveTables names the tables of an archive, in the order in which they are
// put back.
func ArchiveTables() []string {
	names := make([]string, len(archived))
	for i, a := range archived {
		names[i] = a.table
	}
	return names
}

// ArchiveTo takes what an archive holds, in the order of its fields: all of it is
// of one moment.
type ArchiveTo struct {
	// Row takes a row of a table: columns with texts, numbers, yes and no; instants
	// as RFC 3339, bytes as base64. Tables come as ArchiveTables names them.
	Row func(table string, row map[string]any) error
	// File takes the content of attachments, each once.
	File func(sha256 string, content io.Reader) error
	// Assets takes the assets once more, whole, for what people read.
	Assets func(each func(yield func(inventory.Asset) error) error) error
}

// Archive gives everything of a client, as of one moment, while others go on
// writing.
func (s *Store) Archive(ctx context.Context, scope inventory.Scope, clientID string, to ArchiveTo) error {
	options := &sql.TxOptions{ReadOnly: true}
	if !s.dialect.oneWriter {
		options.Isolation = sql.LevelRepeatableRead // on SQLite every transaction sees one moment
	}
	err := s.as(ctx, scope).Transaction(func(tx *gorm.DB) error {
		if err := s.seeClient(tx, scope, clientID); err != nil {
			return err
		}
		under, err := sqlTx(tx)
		if err != nil {
			return err
		}
		for _, a := range archived {
			// Names of tables and columns are those of the list above, never from outside.
			query := fmt.Sprintf("SELECT * FROM %s WHERE %s = $1%s ORDER BY %s", a.table, owner(a.table), only[a.table], a.order)
			if err := archiveTable(ctx, under, a.table, query, []any{clientID}, to.Row); err != nil {
				return fmt.Errorf("archive %s of client %s: %w", a.table, clientID, err)
			}
		}
		if err := archiveFiles(tx, clientID, to.File); err != nil {
			return fmt.Errorf("archive the attachments of client %s: %w", clientID, err)
		}
		return to.Assets(func(yield func(inventory.Asset) error) error {
			return s.assetsFull(tx, inventory.AssetFilter{ClientID: clientID}, yield)
		})
	}, options)
	return s.explain(err, "archive client "+clientID)
}

// archiveFiles gives the contents of a client's attachments, by their digests.
func archiveFiles(tx *gorm.DB, clientID string, yield func(string, io.Reader) error) error {
	after := ""
	for {
		var files []fileRow
		if err := tx.Where("client_id = ? AND sha256 > ?", clientID, after).Order("sha256").Limit(fullPage).Find(&files).Error; err != nil {
			return err
		}
		for _, file := range files {
			if err := yield(file.SHA256, &content{db: tx, file: file}); err != nil {
				return err
			}
			after = file.SHA256
		}
		if len(files) < fullPage {
			return nil
		}
	}
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
func isInteger(kind string) bool { return strings.Contains(kind, "INT") }
func isInstant(kind string) bool { return strings.HasPrefix(kind, "TIMESTAMP") }

// ArchiveFrom gives back what an archive holds.
type ArchiveFrom struct {
	// Next gives the rows of a table in turn, nil at its end, and as the rows of
	// KeysTable those of ArchiveKeys where the archive has them.
	Next func(table string) (map[string]any, error)
	// Open gives the content of an attachment.
	Open func(sha256 string) (io.ReadCloser, error)
}

// Restore puts a client's archive back: all of it goes in or nothing. A client
// that is there already, by id or by name, is a Conflict; a row of another client,
// a column that there is not, a value that is none of its kind, a content that is
// missing or has another digest is Invalid.
func (s *Store) Restore(ctx context.Context, scope inventory.Scope, clientID string, from ArchiveFrom) error {
	if !scope.All() {
		return inventory.Errorf(inventory.Forbidden, "only who sees every client brings one back")
	}
	if !isID.MatchString(clientID) { // an empty one would let in what is the provider's
		return inventory.Errorf(inventory.Invalid, "%q is no id of a client", inventory.CleanTo(clientID, 80))
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
			if err := s.restoreTable(ctx, under, a.table, clientID, from.Next); err != nil {
				return about(a.table, err)
			}
			if a.table == filesTable {
				if err := restoreFiles(tx, clientID, from.Open); err != nil {
					return err
				}
			}
		}
		if err := s.restoreKeys(tx, clientID, from.Next); err != nil {
			return err
		}
		return s.proveRestored(tx, scope, clientID)
	})
	switch s.dialect.trouble(err) {
	case duplicate:
		return inventory.Errorf(inventory.Conflict, "a client of that name, or one of its records, is in this database already: nothing is written over")
	case dangling:
		return inventory.Errorf(inventory.Invalid, "a row refers to what the archive does not hold (%w)", err)
	}
	return s.explain(err, "bring back client "+clientID)
}

// about says of which table an error is, and leaves its code as it is.
func about(table string, err error) error {
	if code := inventory.CodeOf(err); code != inventory.Internal {
		return inventory.Errorf(code, "%s: %w", table, err)
	}
	return fmt.Errorf("%s: %w", table, err)
}

// isID tells the ids that parc gives.
var isID = regexp.MustCompile(`^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`)

// proveRestored refuses what parc could not have written and would stumble over:
// an archive without its client, names that are not found, assets that cannot be
// read.
func (s *Store) proveRestored(tx *gorm.DB, scope inventory.Scope, clientID string) error {
	if err := s.seeClient(tx, scope, clientID); err != nil {
		return inventory.Errorf(inventory.Invalid, "the archive lacks the client itself")
	}
	var names []struct{ Name, NameKey string }
	err := byHand(tx).Raw("SELECT name, name_key FROM clients WHERE id = ? UNION ALL SELECT name, name_key FROM sites WHERE client_id = ?", clientID, clientID).Scan(&names).Error
	if err != nil {
		return err
	}
	for _, n := range names {
		if n.Name != inventory.Clean(n.Name) || n.NameKey != nameKey(n.Name) {
			return inventory.Errorf(inventory.Invalid, "%q is no name that parc has written", inventory.CleanTo(n.Name, 80))
		}
	}
	err = s.assetsFull(tx, inventory.AssetFilter{ClientID: clientID}, func(inventory.Asset) error { return nil })
	if err != nil && inventory.CodeOf(err) == inventory.Internal && tx.Statement.Context.Err() == nil {
		return inventory.Errorf(inventory.Invalid, "an asset is not as parc writes them: %w", err)
	}
	return err
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

// restoreFiles takes in the contents that the rows before have named.
func restoreFiles(tx *gorm.DB, clientID string, open func(string) (io.ReadCloser, error)) error {
	after := ""
	for {
		var files []fileRow
		if err := tx.Where("client_id = ? AND sha256 > ?", clientID, after).Order("sha256").Limit(fullPage).Find(&files).Error; err != nil {
			return err
		}
		for _, file := range files {
			if file.Size <= 0 || file.Size > inventory.MostAttachment {
				return inventory.Errorf(inventory.Invalid, "attachment %s is of %d bytes, which none may be", inventory.CleanTo(file.SHA256, 64), file.Size)
			}
			if err := restoreFile(tx, file, open); err != nil {
				return err
			}
			after = file.SHA256
		}
		if len(files) < fullPage {
			return nil
		}
	}
}

func restoreFile(tx *gorm.DB, file fileRow, open func(string) (io.ReadCloser, error)) error {
	in, err := open(file.SHA256)
	if err != nil {
		return err
	}
	return errors.Join(keepParts(tx, file, in), in.Close())
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

// typed turns what plain gave back into what the driver stores, and refuses what
// plain cannot have given.
func typed(kind string, v any) (any, error) {
	text, isText := v.(string)
	number, isNumber := v.(json.Number)
	_, yesNo := v.(bool)
	switch {
	case v == nil:
		return nil, nil
	case isInstant(kind) && isText:
		return time.Parse(time.RFC3339Nano, text)
	case isBytes(kind) && isText:
		return base64.StdEncoding.DecodeString(text)
	case isBool(kind) && yesNo:
		return v, nil
	case isInteger(kind) && isNumber:
		return number.Int64()
	case kind == "TEXT" && isText:
		if !storable(text) {
			return nil, errors.New("a text with a zero byte")
		}
		return text, nil
	}
	return nil, fmt.Errorf("no value of the kind %s", kind)
}
