package store_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"parc/inventory"
)

func TestCatalogue(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		if stamp := must(w.ProductsStamp(ctx, admin))(t); !stamp.IsZero() {
			t.Errorf("an empty catalogue is of %s", stamp)
		}
		debian := inventory.Product{ID: "debian", Label: "Debian", Category: "os", Source: "endoflife.date", SeenOn: "2026-11-23", Releases: []inventory.Release{
			{Name: "12", Label: "12 (Bookworm)", Released: "2023-06-10", End: "2026-07-11", Extended: "2028-06-30", Latest: "12.15", LatestOn: "2026-07-11"}, {Name: "14", End: "no"},
		}}
		var many []inventory.Product
		for i := range 250 {
			p := debian
			p.ID = "product-" + string(rune('a'+i%26)) + string(rune('a'+i/26))
			many = append(many, p)
		}
		if err := w.ReplaceProducts(ctx, admin, many); err != nil {
			t.Fatal(err)
		}
		if err := w.ReplaceProducts(ctx, admin, []inventory.Product{debian}); err != nil {
			t.Fatal(err)
		}
		for name, scope := range map[string]inventory.Scope{"admin": admin, "a client's": w.a.scope, "another's": w.b.scope} {
			got := must(w.Products(ctx, scope))(t)
			if diff := cmp.Diff([]inventory.Product{debian}, got, cmpopts.IgnoreFields(inventory.Product{}, "UpdatedAt")); diff != "" {
				t.Errorf("%s: %s", name, diff)
			}
		}
		if stamp := must(w.ProductsStamp(ctx, admin))(t); stamp.IsZero() {
			t.Error("no stamp")
		}
		code(t, w.ReplaceProducts(ctx, w.a.scope, nil), inventory.Forbidden, "a client's scope")
		code(t, w.ReplaceProducts(ctx, admin, []inventory.Product{{ID: "x"}}), inventory.Invalid, "no releases")
		code(t, w.ReplaceProducts(ctx, admin, []inventory.Product{debian, debian}), inventory.Conflict, "twice the same")
		if got := must(w.Products(ctx, admin))(t); len(got) != 1 {
			t.Errorf("after what failed there are %d products", len(got))
		}
	})
}
