package store_test

import (
	"encoding/json"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"parc/inventory"
	"parc/inventory/store"
	"parc/inventory/store/storetest"
)

// taken is a client's archive: lines of JSON table by table, contents, the assets.
type taken struct {
	Rows   map[string][]string
	Files  map[string]string
	Assets []string
}

func takeOut(t *testing.T, s *store.Store, clientID string) taken {
	t.Helper()
	all := taken{Rows: map[string][]string{}, Files: map[string]string{}}
	err := s.Archive(t.Context(), admin, clientID, store.ArchiveTo{
		Row: func(table string, row map[string]any) error {
			b, err := json.Marshal(row)
			all.Rows[table] = append(all.Rows[table], string(b))
			return err
		},
		File: func(digest string, content io.Reader) error {
			b, err := io.ReadAll(content)
			all.Files[digest] = string(b)
			return err
		},
		Assets: func(each func(func(inventory.Asset) error) error) error {
			return each(func(a inventory.Asset) error {
				b, err := json.Marshal(a)
				all.Assets = append(all.Assets, string(b))
				return err
			})
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// from gives the archive back, line by line.
func (all taken) from() store.ArchiveFrom {
	at := map[string]int{}
	return store.ArchiveFrom{
		Next: func(table string) (map[string]any, error) {
			if at[table] == len(all.Rows[table]) {
				return nil, nil
			}
			in := json.NewDecoder(strings.NewReader(all.Rows[table][at[table]]))
			in.UseNumber()
			at[table]++
			var row map[string]any
			return row, in.Decode(&row)
		},
		Open: func(digest string) (io.ReadCloser, error) {
			content, there := all.Files[digest]
			if !there {
				return nil, inventory.Errorf(inventory.Invalid, "no content %s", digest)
			}
			return io.NopCloser(strings.NewReader(content)), nil
		},
	}
}

// A client taken out and brought back into an empty database of either kind is
// the same when taken out again; another client's rows stay out of it.
func TestArchive(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := newWorld(t, s)
		want := takeOut(t, s, w.a.client.ID)
		for table, rows := range want.Rows {
			for _, row := range rows {
				if !strings.Contains(row, w.a.client.ID) || strings.Contains(row, w.b.client.ID) {
					t.Errorf("%s: not of the client: %s", table, row)
				}
			}
		}
		if len(want.Rows["assets"]) == 0 || len(want.Rows["contracts"]) == 0 || len(want.Rows["reports"]) == 0 || len(want.Files) != 1 || len(want.Assets) == 0 {
			t.Fatal("the archive lacks what the client has")
		}
		storetest.Each(t, func(t *testing.T, other *store.Store) {
			if err := other.Restore(t.Context(), admin, w.a.client.ID, want.from()); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, takeOut(t, other, w.a.client.ID)); diff != "" {
				t.Errorf("taken out again (-want +got):\n%s", diff)
			}
			if err := other.Restore(t.Context(), admin, w.a.client.ID, want.from()); inventory.CodeOf(err) != inventory.Conflict {
				t.Errorf("brought back twice: %v", err)
			}
			if err := other.Restore(t.Context(), admin, w.b.client.ID, want.from()); inventory.CodeOf(err) != inventory.Invalid {
				t.Errorf("another client's rows: %v", err)
			}
		})
	})
}

// Every table of clients is in the archive, or said to be left out.
func TestArchiveIsWhole(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t, storetest.SQLite(t))
	tables := rowsOf(t, s, "SELECT m.name FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' AND c.name = 'client_id'")
	if len(tables) < 20 {
		t.Fatalf("only %d tables", len(tables))
	}
	for _, table := range tables {
		if _, left := store.NotArchived[table]; !left && table != store.ArchivedAsFiles && !slices.Contains(store.ArchiveTables(), table) {
			t.Errorf("table %s belongs to clients and is in no archive: add it to archived, or say why not in NotArchived", table)
		}
	}
}

// TestRestoreNeedsEveryClient: who sees one client brings none back.
func TestRestoreNeedsEveryClient(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		err := w.Restore(t.Context(), w.a.scope, w.a.client.ID, store.ArchiveFrom{Next: func(string) (map[string]any, error) {
			t.Error("a row is asked for")
			return nil, nil
		}})
		code(t, err, inventory.Forbidden, "restore by one client's user")
	})
}
