package store_test

import (
	"fmt"
	"net/netip"
	"reflect"
	"strings"
	"testing"
	"time"

	"parc/inventory"
	"parc/inventory/store"
	"parc/inventory/store/storetest"
)

func TestClients(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		made := must(s.CreateClient(ctx, admin, inventory.Client{Name: "  Étude\tDupont\x00 ", Notes: "n"}))(t)
		if made.ID == "" || made.Name != "Étude Dupont" || made.CreatedAt.IsZero() || made.Notes != "n" {
			t.Errorf("made %+v", made)
		}
		if got := must(s.Client(ctx, admin, made.ID))(t); !reflect.DeepEqual(got, made) {
			t.Errorf("read %+v, made %+v", got, made)
		}
		for _, name := range []string{"étude dupont", "ÉTUDE  DUPONT"} {
			if got := must(s.ClientByName(ctx, admin, name))(t); got.ID != made.ID {
				t.Errorf("%q is %+v", name, got)
			}
			_, err := s.CreateClient(ctx, admin, inventory.Client{Name: name})
			code(t, err, inventory.Conflict, "a name that is taken")
			if err != nil && !strings.Contains(err.Error(), "already") {
				t.Errorf("error %q", err)
			}
		}
		for _, name := range []string{"", "étude", "x"} {
			_, err := s.ClientByName(ctx, admin, name)
			code(t, err, inventory.NotFound, name)
		}
		for _, name := range []string{"", " \t", "\x00", "\u202e"} {
			_, err := s.CreateClient(ctx, admin, inventory.Client{Name: name})
			code(t, err, inventory.Invalid, "no name")
		}
		long := must(s.CreateClient(ctx, admin, inventory.Client{Name: strings.Repeat("é", 5000)}))(t)
		if len(long.Name) > 200 {
			t.Errorf("a name of %d bytes", len(long.Name))
		}
		made.Name, made.Notes = "Dupont & Fils", "other"
		if got := must(s.UpdateClient(ctx, admin, made))(t); !reflect.DeepEqual(got, made) {
			t.Errorf("updated %+v, want %+v", got, made)
		}
		if got := must(s.Client(ctx, admin, made.ID))(t); !reflect.DeepEqual(got, made) {
			t.Errorf("read %+v, want %+v", got, made)
		}
		long.Name = "DUPONT & fils"
		_, err := s.UpdateClient(ctx, admin, long)
		code(t, err, inventory.Conflict, "renamed to a name that is taken")
		_, err = s.UpdateClient(ctx, admin, inventory.Client{ID: "nobody", Name: "x"})
		code(t, err, inventory.NotFound, "no such client")
		for _, id := range []string{"", "nobody", "\x00", "' OR 1=1 --", "\xff"} {
			_, err := s.Client(ctx, admin, id)
			code(t, err, inventory.NotFound, id)
		}
	})
}

func TestClientPages(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		var want []string
		for i := range 7 {
			name := fmt.Sprintf("client %c", 'g'-i)
			must(s.CreateClient(t.Context(), admin, inventory.Client{Name: name}))(t)
			want = append([]string{name}, want...)
		}
		for _, limit := range []int{1, 3, 7, 8} {
			var got []string
			for _, c := range all(t, limit, func(p inventory.Page) ([]inventory.Client, string, error) {
				return s.Clients(t.Context(), admin, inventory.ClientFilter{Page: p})
			}) {
				got = append(got, c.Name)
			}
			if !reflect.DeepEqual(got, want) {
				t.Errorf("%d a page: %v", limit, got)
			}
		}
	})
}

func TestSites(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ctx, x := t.Context(), w.a
		networks := []inventory.Network{{Prefix: netip.MustParsePrefix("10.1.0.0/16"), Label: "production"}, {Prefix: netip.MustParsePrefix("fd00::/8")}}
		made := must(w.CreateSite(ctx, x.scope, inventory.Site{ClientID: x.client.ID, Name: "Annexe", Address: "2 rue X", Networks: networks}))(t)
		if got := must(w.Site(ctx, x.scope, made.ID))(t); !reflect.DeepEqual(got, made) || !reflect.DeepEqual(got.Networks, networks) {
			t.Errorf("read %+v, made %+v", got, made)
		}
		_, err := w.CreateSite(ctx, x.scope, inventory.Site{ClientID: x.client.ID, Name: "ANNEXE"})
		code(t, err, inventory.Conflict, "a name that the client has")
		must(w.CreateSite(ctx, w.b.scope, inventory.Site{ClientID: w.b.client.ID, Name: "Annexe"}))(t)
		bare := must(w.CreateSite(ctx, x.scope, inventory.Site{ClientID: x.client.ID, Name: "Zone"}))(t)
		if bare.Networks == nil {
			t.Error("no networks is nil, which becomes null in JSON")
		}
		made.Name, made.Address, made.Networks, made.ClientID = "Dépôt", "", nil, w.b.client.ID
		got := must(w.UpdateSite(ctx, x.scope, made))(t)
		if got.Name != "Dépôt" || got.Address != "" || len(got.Networks) != 0 || got.Networks == nil || got.ClientID != x.client.ID {
			t.Errorf("updated %+v", got)
		}
		if read := must(w.Site(ctx, x.scope, made.ID))(t); !reflect.DeepEqual(read, got) {
			t.Errorf("read %+v, updated %+v", read, got)
		}
		var names []string
		for _, site := range must(w.Sites(ctx, x.scope, x.client.ID))(t) {
			names = append(names, site.Name)
		}
		if !reflect.DeepEqual(names, []string{"Dépôt", "Siège", "Zone"}) {
			t.Errorf("sites %q", names)
		}
		_, err = w.Sites(ctx, admin, "nobody")
		code(t, err, inventory.NotFound, "sites of nobody")
	})
}

// TestInstants: an instant is the same moment after a round trip, in UTC and to the
// microsecond, whatever zone it came in, and compares as a moment.
func TestInstants(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := newSide(t, s, "Dupont")
		paris := time.FixedZone("CET", 3600)
		kiritimati := time.FixedZone("LINT", 14*3600)
		for i, at := range []time.Time{
			time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC), time.Date(2026, 11, 23, 8, 0, 0, 1, time.UTC),
			time.Date(2026, 11, 23, 8, 0, 0, 999999999, paris), time.Date(2026, 10, 25, 2, 30, 0, 0, paris),
			time.Date(1969, 12, 31, 23, 59, 59, 123456000, time.UTC), time.Date(2100, 2, 28, 0, 0, 0, 100000000, kiritimati),
			time.Now(),
		} {
			scan := must(s.CreateScan(t.Context(), admin, inventory.Scan{ClientID: x.client.ID, SiteID: x.site.ID, CreatedAt: at, StartedAt: &at}, nil))(t)
			got := must(s.Scan(t.Context(), admin, scan.ID))(t)
			want := at.UTC().Truncate(time.Microsecond)
			if !got.CreatedAt.Equal(want) || got.CreatedAt.Location() != time.UTC || !got.StartedAt.Equal(want) || !reflect.DeepEqual(got, scan) {
				t.Errorf("%d: %s comes back as %s and %s", i, at, got.CreatedAt, got.StartedAt)
			}
		}
		// Ordered as moments, not as texts: mixed zones and fractions of all lengths.
		scans := all(t, 2, func(p inventory.Page) ([]inventory.Scan, string, error) {
			return s.Scans(t.Context(), admin, x.client.ID, p)
		})
		for i := 1; i < len(scans); i++ {
			if scans[i].CreatedAt.After(scans[i-1].CreatedAt) {
				t.Errorf("%s comes after %s", scans[i].CreatedAt, scans[i-1].CreatedAt)
			}
		}
		if len(scans) != 8 {
			t.Errorf("%d scans", len(scans))
		}
	})
}
