package store_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"parc/inventory"
)

func TestMakerKeys(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		for _, secret := range []string{"old", "s3cret"} {
			if err := w.SetMakerKey(ctx, admin, inventory.MakerKey{Maker: "dell", Login: "l7xx", Secret: inventory.NewSecret(secret)}); err != nil {
				t.Fatal(err)
			}
		}
		keys := must(w.MakerKeys(ctx, admin))(t)
		if len(keys) != 1 || keys[0].Login != "l7xx" || keys[0].Secret.Reveal() != "s3cret" || keys[0].UpdatedAt.IsZero() {
			t.Errorf("%+v", keys)
		}
		if n := count(t, w.Store, "SELECT count(*) FROM maker_keys WHERE sealed LIKE $1", "%s3cret%"); n != 0 {
			t.Error("the secret is kept as it is")
		}
		_, err := w.MakerKeys(ctx, w.a.scope)
		code(t, err, inventory.Forbidden, "one client's user lists")
		code(t, w.SetMakerKey(ctx, w.a.scope, inventory.MakerKey{Maker: "lenovo"}), inventory.Forbidden, "one client's user sets")
		code(t, w.DeleteMakerKey(ctx, w.a.scope, "dell"), inventory.Forbidden, "one client's user deletes")
		if err := w.DeleteMakerKey(ctx, admin, "dell"); err != nil {
			t.Error(err)
		}
		code(t, w.DeleteMakerKey(ctx, admin, "dell"), inventory.NotFound, "delete twice")
	})
}

func TestKeepWarranty(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ctx, x := t.Context(), w.a
		lookup := inventory.WarrantyLookup{ClientID: x.client.ID, AssetID: x.asset.ID, Maker: "dell", Serial: "7XKQ2T3", AskedAt: day, Shipped: "2023-02-27"}
		told := []inventory.Coverage{
			{Kind: "manufacturer", Start: "2023-02-27", End: "2026-02-27"}, {Kind: "extension", Start: "2026-02-28", End: "2028-02-27"},
		}
		for _, coverages := range [][]inventory.Coverage{told, told[:1]} { // told again, it takes the place of what was told
			if err := w.KeepWarranty(ctx, x.scope, lookup, coverages); err != nil {
				t.Fatal(err)
			}
			all := must(w.Coverages(ctx, x.scope, x.client.ID))(t)
			of := slices.DeleteFunc(slices.Clone(all), func(c inventory.Coverage) bool { return c.Source != "dell" })
			slices.SortFunc(of, func(a, b inventory.Coverage) int { return strings.Compare(string(a.End), string(b.End)) })
			if len(of) != len(coverages) || of[0].End != coverages[0].End || !of[0].FetchedAt.Equal(day) {
				t.Errorf("%+v", of)
			}
			if !slices.ContainsFunc(all, func(c inventory.Coverage) bool { return reflect.DeepEqual(c, x.coverage) }) {
				t.Error("what a person wrote is gone")
			}
		}
		if got := must(w.WarrantyLookups(ctx, x.scope, x.client.ID))(t); !reflect.DeepEqual(got, []inventory.WarrantyLookup{lookup}) {
			t.Errorf("%+v", got)
		}
		_, err := w.WarrantyLookups(ctx, w.b.scope, x.client.ID)
		code(t, err, inventory.NotFound, "another client's look-ups")
		code(t, w.KeepWarranty(ctx, w.b.scope, lookup, told), inventory.NotFound, "another client's asset")
		crossed := lookup
		crossed.ClientID = w.b.client.ID
		code(t, w.KeepWarranty(ctx, admin, crossed, told), inventory.NotFound, "an asset of another client")
		code(t, w.KeepWarranty(ctx, x.scope, lookup, []inventory.Coverage{{Start: "2026-02-02", End: "2026-02-01"}}), inventory.Invalid, "ends before it starts")
	})
}
