package store_test

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"testing"

	"parc/inventory"
	"parc/inventory/store"
	"parc/inventory/store/storetest"
)

// named is a machine with names of its own.
func named(n int, class inventory.Class, hostname, vendor, model string) inventory.Observation {
	o := inventory.Observation{At: day, Source: inventory.FromSNMP, Ref: fmt.Sprintf("n%d", n), Address: fmt.Sprintf("10.0.0.%d", n), ScanID: "names"}
	o.Add(inventory.FieldClass, string(class), "x", inventory.High)
	o.Add(inventory.FieldVendor, vendor, "x", inventory.High)
	o.Add(inventory.FieldModel, model, "x", inventory.High)
	o.Add(inventory.FieldHostname, hostname, "x", inventory.High)
	o.Add(inventory.FieldSerial, fmt.Sprintf("9QZ%04dW", n), "x", inventory.High)
	return o
}

// office is two clients with the same machines; it gives the ids of both.
func office(t *testing.T, s *store.Store) (clients [2]string, sites [2]string) {
	t.Helper()
	for i, name := range []string{"Dupont", "Martin"} {
		c := must(s.CreateClient(t.Context(), admin, inventory.Client{Name: name}))(t)
		site := must(s.CreateSite(t.Context(), admin, inventory.Site{ClientID: c.ID, Name: "Siège"}))(t)
		must(s.Record(t.Context(), admin, c.ID, site.ID, []inventory.Observation{
			named(1, inventory.Laptop, "PC-10", "Dell", "Latitude 5420"),
			named(2, inventory.Laptop, "pc-2", "Dell", "Latitude 5420"),
			named(3, inventory.Switch, "SW-ÉTAGE", "Cisco", "Catalyst 2960"),
			named(4, inventory.Printer, "imprimante", "HP", "LaserJet 100%_ok"),
			named(5, inventory.Server, "", "Supermicro", "X11"),
		}))(t)
		clients[i], sites[i] = c.ID, site.ID
	}
	return clients, sites
}

func hostnames(assets []inventory.Asset) []string {
	names := []string{}
	for _, a := range assets {
		names = append(names, a.Hostname)
	}
	return names
}

func TestAssetsByNameAndFilter(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		clients, sites := office(t, s)
		only := inventory.ScopeClients("u", clients[0])
		everyone := []string{"imprimante", "pc-2", "PC-10", "SW-ÉTAGE", ""}
		for name, c := range map[string]struct {
			f    inventory.AssetFilter
			want []string
		}{
			"all in scope":           {inventory.AssetFilter{}, everyone},
			"client":                 {inventory.AssetFilter{ClientID: clients[0]}, everyone},
			"class":                  {inventory.AssetFilter{Classes: []inventory.Class{inventory.Laptop, inventory.Server}}, []string{"pc-2", "PC-10", ""}},
			"state":                  {inventory.AssetFilter{States: []inventory.State{inventory.InService}}, everyone},
			"other state":            {inventory.AssetFilter{States: []inventory.State{inventory.Retired}}, []string{}},
			"site":                   {inventory.AssetFilter{SiteID: sites[0]}, everyone},
			"another client's site":  {inventory.AssetFilter{SiteID: sites[1]}, []string{}},
			"hostname":               {inventory.AssetFilter{Text: "PC-"}, []string{"pc-2", "PC-10"}},
			"beyond ASCII":           {inventory.AssetFilter{Text: "étage"}, []string{"SW-ÉTAGE"}},
			"beyond ASCII, capital":  {inventory.AssetFilter{Text: "ÉTA"}, []string{"SW-ÉTAGE"}},
			"serial":                 {inventory.AssetFilter{Text: "9qz0003w"}, []string{"SW-ÉTAGE"}},
			"address":                {inventory.AssetFilter{Text: "10.0.0.4"}, []string{"imprimante"}},
			"model with a space":     {inventory.AssetFilter{Text: "catalyst 2960"}, []string{"SW-ÉTAGE"}},
			"words anywhere":         {inventory.AssetFilter{Text: "dell pc-10"}, []string{"PC-10"}},
			"percent is a letter":    {inventory.AssetFilter{Text: "%"}, []string{"imprimante"}},
			"underscore is a letter": {inventory.AssetFilter{Text: "0%_o"}, []string{"imprimante"}},
			"backslash":              {inventory.AssetFilter{Text: `\`}, []string{}},
			"quote":                  {inventory.AssetFilter{Text: `' OR '1'='1`}, []string{}},
			"nothing":                {inventory.AssetFilter{Text: "zzz"}, []string{}},
			"only spaces":            {inventory.AssetFilter{Text: "  \x00 "}, everyone},
		} {
			for _, limit := range []int{1, 2, 500} {
				got := all(t, limit, func(p inventory.Page) ([]inventory.Asset, string, error) {
					f := c.f
					f.Page = p
					return s.Assets(t.Context(), only, f)
				})
				if !reflect.DeepEqual(hostnames(got), c.want) {
					t.Errorf("%s, %d a page: got %q, want %q", name, limit, hostnames(got), c.want)
				}
			}
			counts := must(s.AssetCounts(t.Context(), only, c.f))(t)
			total := 0
			for _, n := range counts {
				total += n
			}
			if total != len(c.want) {
				t.Errorf("%s: counted %v, want %d", name, counts, len(c.want))
			}
		}
		both := all(t, 3, func(p inventory.Page) ([]inventory.Asset, string, error) {
			return s.Assets(t.Context(), admin, inventory.AssetFilter{Page: p})
		})
		if len(both) != 10 || both[0].ClientID != both[4].ClientID || both[4].ClientID == both[5].ClientID {
			t.Errorf("two clients: %d assets, %q", len(both), hostnames(both))
		}
	})
}

func TestAssetsAreFlatAndFullOnesWhole(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		list, _, err := w.Assets(t.Context(), w.a.scope, inventory.AssetFilter{})
		if err != nil || len(list) != 1 {
			t.Fatalf("%v, %v", list, err)
		}
		flat := w.a.asset
		flat.Values, flat.Details, flat.Identifiers, flat.Sightings = nil, inventory.Details{}, nil, nil
		if !reflect.DeepEqual(list[0], flat) {
			t.Errorf("in the list %+v\nwant %+v", list[0], flat)
		}
		whole := must(full(t.Context(), w.Store, w.a.scope, inventory.AssetFilter{}))(t)
		if len(whole) != 1 || !reflect.DeepEqual(whole[0], w.a.asset) {
			t.Errorf("whole %+v\nwant  %+v", whole, w.a.asset)
		}
		a := whole[0]
		if len(a.Identifiers) < 4 || len(a.Sightings) != 1 || len(a.Details.Services) != 1 || len(a.Values) < 5 {
			t.Errorf("%+v", a)
		}
	})
}

func TestAssetsFullStops(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := newSide(t, s, "Dupont")
		must(s.Record(t.Context(), admin, x.client.ID, x.site.ID, machines(100, 450)))(t)
		var ids []string
		assets := must(full(t.Context(), s, x.scope, inventory.AssetFilter{ClientID: x.client.ID}))(t)
		for _, a := range assets {
			ids = append(ids, a.ID)
			if len(a.Sightings) == 0 || len(a.Identifiers) == 0 {
				t.Fatalf("%s comes without its parts", a.Hostname)
			}
		}
		slices.Sort(ids)
		if len(slices.Compact(ids)) != 451 {
			t.Errorf("%d assets, want 451", len(assets))
		}
		n := 0
		err := s.AssetsFull(t.Context(), x.scope, inventory.AssetFilter{}, func(inventory.Asset) error {
			if n++; n == 250 {
				return errStop
			}
			return nil
		})
		if !errors.Is(err, errStop) || n != 250 {
			t.Errorf("stopped after %d with %v", n, err)
		}
	})
}

// TestPagesBearChange: rows that come and go between two pages neither repeat nor
// hide others.
func TestPagesBearChange(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := newSide(t, s, "Dupont")
		record := func(o ...inventory.Observation) {
			t.Helper()
			must(s.Record(t.Context(), admin, x.client.ID, x.site.ID, o))(t)
		}
		record(named(10, inventory.Laptop, "b", "Dell", "X"), named(20, inventory.Laptop, "d", "Dell", "X"), named(30, inventory.Laptop, "f", "Dell", "X"))
		first, next, err := s.Assets(t.Context(), x.scope, inventory.AssetFilter{Page: inventory.Page{Limit: 2}})
		if err != nil || !reflect.DeepEqual(hostnames(first), []string{"b", "d"}) {
			t.Fatalf("%q, %v", hostnames(first), err)
		}
		record(named(11, inventory.Laptop, "a", "Dell", "X"), named(21, inventory.Laptop, "e", "Dell", "X"))
		second, _, err := s.Assets(t.Context(), x.scope, inventory.AssetFilter{Page: inventory.Page{Limit: 5, After: next}})
		if err != nil || !reflect.DeepEqual(hostnames(second), []string{"e", "f", "pc-1"}) {
			t.Fatalf("%q, %v", hostnames(second), err)
		}
	})
}

func TestBadCursors(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		for _, after := range []string{"x", "%", "W10", "bnVsbA", string(make([]byte, 9000))} {
			p := inventory.Page{After: after}
			_, _, err := w.Assets(ctx, admin, inventory.AssetFilter{Page: p})
			code(t, err, inventory.Invalid, "assets")
			_, _, err = w.Clients(ctx, admin, inventory.ClientFilter{Page: p})
			code(t, err, inventory.Invalid, "clients")
			_, _, err = w.History(ctx, admin, w.a.asset.ID, p)
			code(t, err, inventory.Invalid, "history")
			_, _, err = w.Scans(ctx, admin, w.a.client.ID, p)
			code(t, err, inventory.Invalid, "scans")
			_, _, err = w.Reviews(ctx, admin, w.a.client.ID, true, p)
			code(t, err, inventory.Invalid, "reviews")
		}
		_, next, err := w.Clients(ctx, admin, inventory.ClientFilter{Page: inventory.Page{Limit: 1}})
		if err != nil || next == "" {
			t.Fatalf("%q, %v", next, err)
		}
		_, _, err = w.Assets(ctx, admin, inventory.AssetFilter{Page: inventory.Page{After: next}})
		code(t, err, inventory.Invalid, "the cursor of another list")
	})
}
