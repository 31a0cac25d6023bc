package migrations

import (
	"context"
	"database/sql"
	"fmt"
)

// SQLite chooses indexes by statistics that it does not gather by itself.
// Without any it takes a client for ten rows and reads all of a client's where
// it could look one up, so the database is given the proportions of a large
// provider: what is few, what is many. The numbers are rows in the index, then
// rows that share the first column, the first two, and so on.
var proportions = []struct{ table, index, rows string }{
	{"assets", "sqlite_autoindex_assets_1", "1000000 1"},                          // id
	{"assets", "sqlite_autoindex_assets_2", "1000000 20000 1"},                    // client_id, id
	{"assets", "assets_list", "1000000 20000 2 1"},                                // client_id, sort_key, id
	{"assets", "assets_count", "1000000 20000 1500 1000 300"},                     // client_id, class, state, site_id
	{"assets", "assets_parent", "20000 400 2"},                                    // client_id, parent_id
	{"identifiers", "sqlite_autoindex_identifiers_1", "8000000 160000 30000 2 1"}, // client_id, kind, value, asset_id
	{"sightings", "sqlite_autoindex_sightings_1", "2000000 40000 2 1 1"},          // client_id, asset_id, source, ref
	{"changes", "sqlite_autoindex_changes_1", "9000000 1"},                        // id
	{"changes", "changes_asset", "9000000 180000 9 2 1"},                          // client_id, asset_id, at, id
	{"changes", "changes_time", "9000000 180000 20"},                              // client_id, at
	{"observations", "sqlite_autoindex_observations_1", "9000000 1"},              // id
	{"observations", "observations_asset", "9000000 180000 9 1"},                  // client_id, asset_id, at
	{"reviews", "sqlite_autoindex_reviews_1", "1000000 1"},                        // id
	{"reviews", "sqlite_autoindex_reviews_2", "1000000 20000 1"},                  // client_id, id
	{"reviews", "reviews_list", "1000000 20000 5 1"},                              // client_id, at, id
	{"reviews", "reviews_open", "5000 100 2 1"},                                   // client_id, at, id
	{"review_assets", "sqlite_autoindex_review_assets_1", "2000000 40000 1 1"},    // client_id, asset_id, review_id
	{"review_assets", "review_assets_review", "2000000 40000 2"},                  // client_id, review_id
	{"aparts", "sqlite_autoindex_aparts_1", "1000 20 1 1"},                        // client_id, one_id, other_id
	{"aparts", "aparts_other", "1000 20 1"},                                       // client_id, other_id
}

// giveProportions writes them where SQLite looks for its own statistics.
func giveProportions(ctx context.Context, db *sql.DB) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("write the statistics: %w", err)
	}
	defer func() { _ = tx.Rollback() }() // after Commit it does nothing
	// ANALYZE of the schema alone makes the table of statistics, empty.
	if _, err := tx.ExecContext(ctx, "ANALYZE sqlite_schema"); err != nil {
		return fmt.Errorf("make the table of statistics: %w", err)
	}
	for _, p := range proportions {
		if _, err := tx.ExecContext(ctx, "DELETE FROM sqlite_stat1 WHERE tbl = ? AND idx = ?", p.table, p.index); err != nil {
			return fmt.Errorf("write the statistics of %s: %w", p.index, err)
		}
		if _, err := tx.ExecContext(ctx, "INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES (?, ?, ?)", p.table, p.index, p.rows); err != nil {
			return fmt.Errorf("write the statistics of %s: %w", p.index, err)
		}
	}
	// Once more: the connection reads what is in the table now.
	if _, err := tx.ExecContext(ctx, "ANALYZE sqlite_schema"); err != nil {
		return fmt.Errorf("read the table of statistics: %w", err)
	}
	return tx.Commit()
}
