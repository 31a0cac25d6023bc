package store_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"parc/inventory"
	"parc/inventory/store"
)

const (
	agentBatch = 20  // inventories in one call of Record: what a server gathers in a morning's second
	titles     = 400 // on one machine
)

// inventoried is a whole inventory of machine i by an agent; every seventh title
// has another version on another day.
func inventoried(i, day int) inventory.Observation {
	at := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC).Add(time.Duration(day) * time.Hour)
	o := inventory.Observation{At: at, Source: inventory.FromAgent, Ref: fmt.Sprintf("pc-%06d-2026-01-01-08-00-00", i%500)}
	o.Add(inventory.FieldHostname, fmt.Sprintf("pc-%06d", i%500), "agent", inventory.High)
	o.Add(inventory.FieldSerial, fmt.Sprintf("5CD%07dQ", i%500), "agent", inventory.High)
	o.Add(inventory.FieldVendor, "HP", "agent", inventory.High)
	o.Add(inventory.FieldMAC, fmt.Sprintf("00:1b:21:7f:%02x:%02x", i%500>>8, i%500&255), "agent", inventory.High)
	for n := range titles {
		version := fmt.Sprintf("%d.%d.%d", n%30, n%7, n)
		if n%7 == 0 {
			version = fmt.Sprintf("%d.%d", n, day)
		}
		o.Details.Software = append(o.Details.Software, inventory.Software{
			Name: fmt.Sprintf("Application %d for business", n), Version: version, Publisher: fmt.Sprintf("Publisher %d SAS", n%50), InstalledOn: "2026-01-15",
		})
	}
	return o
}

// table is some rows of a table, ready to be written again.
type table struct {
	name    string
	columns []string
	key     string
	rows    [][]any
}

// bareRows reads what Record has written of a batch: the least that any program
// would have to write of it. What changed has history too, and what is new all of its
// identifiers.
func bareRows(b *testing.B, s *store.Store, clientID string, batch []inventory.Observation, kind string) []table {
	b.Helper()
	refs := make([]string, len(batch))
	for i := range refs {
		refs[i] = "'" + batch[i].Ref + "'"
	}
	in := strings.Join(refs, ",")
	ids := "SELECT asset_id FROM sightings WHERE client_id = '" + clientID + "' AND source = 'snmp' AND ref IN (" + in + ")"
	tables := []table{readRows(b, s, "assets", "id", "id IN ("+ids+")")}
	if kind == "new" {
		tables = append(tables, readRows(b, s, "identifiers", "client_id, kind, value, asset_id", "client_id = '"+clientID+"' AND asset_id IN ("+ids+")"))
	}
	if kind != "seen" {
		tables = append(tables, readRows(b, s, "changes", "id", "client_id = '"+clientID+"' AND asset_id IN ("+ids+") AND NOT EXISTS (SELECT 1 FROM changes x"+
			" WHERE x.client_id = changes.client_id AND x.asset_id = changes.asset_id AND x.at > changes.at)"))
	}
	return append(tables,
		readRows(b, s, "sightings", "client_id, asset_id, source, ref", "client_id = '"+clientID+"' AND asset_id IN ("+ids+")"),
		readRows(b, s, "observations", "id", "client_id = '"+clientID+"' AND asset_id IN ("+ids+") AND NOT EXISTS (SELECT 1 FROM observations x"+
			" WHERE x.client_id = observations.client_id AND x.asset_id = observations.asset_id AND x.id > observations.id)"),
	)
}

func readRows(b *testing.B, s *store.Store, name, key, where string) table {
	b.Helper()
	t := table{name: name, key: key}
	rows, err := s.DB().QueryContext(b.Context(), "SELECT * FROM "+name+" WHERE "+where)
	if err != nil {
		b.Fatal(err)
	}
	defer rows.Close()
	if t.columns, err = rows.Columns(); err != nil {
		b.Fatal(err)
	}
	for rows.Next() {
		values, into := make([]any, len(t.columns)), make([]any, len(t.columns))
		for i := range values {
			into[i] = &values[i]
		}
		if err := rows.Scan(into...); err != nil {
			b.Fatal(err)
		}
		t.rows = append(t.rows, values)
	}
	if err := rows.Err(); err != nil {
		b.Fatal(err)
	}
	return t
}

// bareUpsert writes the rows again in one transaction, a hundred a statement, and
// tells how long that took. What is new is deleted before, untimed.
func bareUpsert(b *testing.B, s *store.Store, tables []table, kind string) time.Duration {
	b.Helper()
	tx, err := s.DB().BeginTx(b.Context(), nil)
	if err != nil {
		b.Fatal(err)
	}
	if kind == "new" {
		ids := make([]any, len(tables[0].rows))
		for i, row := range tables[0].rows {
			ids[i] = row[slices.Index(tables[0].columns, "id")]
		}
		marks := "$1"
		for i := range ids[1:] {
			marks += fmt.Sprintf(",$%d", i+2)
		}
		for _, t := range slices.Backward(tables) {
			column := "asset_id"
			if t.name == "assets" {
				column = "id"
			}
			if _, err := tx.ExecContext(b.Context(), "DELETE FROM "+t.name+" WHERE "+column+" IN ("+marks+")", ids...); err != nil {
				b.Fatal(err)
			}
		}
	}
	began := time.Now()
	for _, t := range tables {
		for from := 0; from < len(t.rows); from += 100 {
			part := t.rows[from:min(from+100, len(t.rows))]
			if _, err := tx.ExecContext(context.Background(), t.upsert(s.Dialect(), len(part)), flat(part)...); err != nil {
				b.Fatal(err)
			}
		}
	}
	if err := tx.Commit(); err != nil {
		b.Fatal(err)
	}
	return time.Since(began)
}

func flat(rows [][]any) (values []any) {
	for _, row := range rows {
		values = append(values, row...)
	}
	return values
}

func (t table) upsert(dialect string, n int) string {
	quoted := make([]string, len(t.columns))
	var sets []string
	for i, c := range t.columns {
		quoted[i] = `"` + c + `"`
		if !strings.Contains(", "+t.key+",", ", "+c+",") {
			sets = append(sets, quoted[i]+" = excluded."+quoted[i])
		}
	}
	var b strings.Builder
	fmt.Fprintf(&b, "INSERT INTO %s (%s) VALUES ", t.name, strings.Join(quoted, ", "))
	p := 1
	for r := range n {
		if r > 0 {
			b.WriteString(", ")
		}
		b.WriteByte('(')
		for i := range t.columns {
			if i > 0 {
				b.WriteByte(',')
			}
			if dialect == store.SQLite { // it looks $1 up among all names
				b.WriteByte('?')
			} else {
				fmt.Fprintf(&b, "$%d", p)
			}
			p++
		}
		b.WriteByte(')')
	}
	fmt.Fprintf(&b, " ON CONFLICT (%s) DO ", t.key)
	if len(sets) == 0 {
		b.WriteString("NOTHING")
	} else {
		b.WriteString("UPDATE SET " + strings.Join(sets, ", "))
	}
	return b.String()
}
