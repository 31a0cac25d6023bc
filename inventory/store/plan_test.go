package store

import (
	"slices"
	"strings"
	"testing"
)

// TestSQLiteUsesTheIndexes asks SQLite how it will find rows: by the whole key,
// never by reading a client's rows one by one.
func TestSQLiteUsesTheIndexes(t *testing.T) {
	t.Parallel()
	s, _, _ := guarded(t)
	many := "IN (" + strings.TrimSuffix(strings.Repeat("?,", mostOnePage), ",") + ")"
	for _, c := range []struct{ query, by string }{
		{"SELECT asset_id FROM identifiers WHERE client_id = ? AND kind = ? AND value " + many, "client_id=? AND kind=? AND value=?"},
		{"SELECT * FROM assets WHERE client_id = ? AND id " + many, "client_id=? AND id=?"},
		{"SELECT * FROM sightings WHERE client_id IN (?) AND asset_id " + many + " ORDER BY asset_id, source, ref", "client_id=? AND asset_id=?"},
		{"SELECT * FROM aparts WHERE client_id = ? AND one_id " + many, "client_id=? AND one_id=?"},
		{"SELECT review_id FROM review_assets WHERE client_id = ? AND asset_id " + many, "client_id=? AND asset_id=?"},
		{"SELECT * FROM review_assets WHERE client_id = ? AND review_id " + many, "client_id=? AND review_id=?"},
		{"SELECT * FROM assets WHERE client_id = ? AND (sort_key, id) > (?, ?) ORDER BY client_id, sort_key, id LIMIT 50", "client_id=? AND (sort_key,id)>(?,?)"},
		{"SELECT * FROM assets WHERE client_id = ? AND class IN (?) AND (sort_key, id) > (?, ?) ORDER BY client_id, sort_key, id LIMIT 50", "client_id=? AND (sort_key,id)>(?,?)"},
		{"SELECT * FROM assets WHERE (client_id, sort_key, id) > (?, ?, ?) ORDER BY client_id, sort_key, id LIMIT 50", "(client_id,sort_key,id)>(?,?,?)"},
		{"SELECT class, count(*) FROM assets WHERE client_id = ? GROUP BY class", "COVERING INDEX assets_count"},
		{"SELECT * FROM changes WHERE client_id = ? AND asset_id = ? AND (at, id) < (?, ?) ORDER BY at DESC, id DESC LIMIT 50", "client_id=? AND asset_id=? AND (at,id)<(?,?)"},
		{"SELECT * FROM scans WHERE client_id = ? AND (created_at, id) < (?, ?) ORDER BY created_at DESC, id DESC LIMIT 50", "client_id=? AND (created_at,id)<(?,?)"},
		{"SELECT * FROM reviews WHERE client_id = ? AND decided_at IS NULL AND (at, id) < (?, ?) ORDER BY at DESC, id DESC LIMIT 50", "reviews_open (client_id=? AND (at,id)<(?,?)"},
		{"SELECT * FROM clients WHERE (name_key, id) > (?, ?) ORDER BY name_key, id LIMIT 50", "name_key>?"},
		{"SELECT * FROM schedules WHERE enabled AND (next_at IS NULL OR next_at <= ?) ORDER BY next_at, id LIMIT 1", "schedules_due"},
		{"SELECT * FROM scans WHERE state = 'running' AND (heartbeat_at IS NULL OR heartbeat_at < ?)", "scans_running"},
	} {
		plan := planOf(t, s, c.query)
		if !slices.ContainsFunc(plan, func(line string) bool { return strings.Contains(line, c.by) }) {
			t.Errorf("%.90s\n  goes by %q\n  want by %q", c.query, plan, c.by)
		}
		if slices.ContainsFunc(plan, func(line string) bool { return line == "USE TEMP B-TREE FOR ORDER BY" }) && strings.Contains(c.query, "LIMIT 50") {
			t.Errorf("%.90s\n  sorts all rows to give a page", c.query)
		}
	}
}

// TestArchivesAreNotSorted: tables that grow with every scan are archived in the
// order of an index, or SQLite would hold them in memory to sort them.
func TestArchivesAreNotSorted(t *testing.T) {
	t.Parallel()
	s, _, _ := guarded(t)
	large := []string{"assets", "identifiers", "sightings", "changes", "observations", "reviews", "review_assets", "joins", "coverages", "reports", "attachments"}
	for _, a := range archived {
		if !slices.Contains(large, a.table) {
			continue
		}
		plan := planOf(t, s, "SELECT * FROM "+a.table+" WHERE client_id = ? ORDER BY "+a.order)
		if slices.Contains(plan, "USE TEMP B-TREE FOR ORDER BY") || !strings.Contains(strings.Join(plan, ""), "client_id=?") {
			t.Errorf("%s by %s: %q", a.table, a.order, plan)
		}
	}
}

func planOf(t *testing.T, s *Store, query string) (plan []string) {
	t.Helper()
	args := make([]any, strings.Count(query[:strings.LastIndexAny(query, ")?")+1], "?"))
	for i := range args {
		args[i] = "x"
	}
	rows, err := s.DB().QueryContext(t.Context(), "EXPLAIN QUERY PLAN "+query, args...)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var id, parent, unused int
		var line string
		if err := rows.Scan(&id, &parent, &unused, &line); err != nil {
			t.Fatal(err)
		}
		plan = append(plan, line)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return plan
}
