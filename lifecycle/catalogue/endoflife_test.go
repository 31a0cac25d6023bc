package catalogue

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"parc/inventory"
	"parc/lifecycle"
)

// dump is a catalogue in the documented form, with members that we do not read.
const dump = `{"schema_version":"1.2.1","generated_at":"2026-11-20T10:00:00+00:00","total":3,"result":[
 {"name":"debian","label":"Debian","aliases":[],"category":"os","tags":["os"],"versionCommand":"cat /etc/os-release","identifiers":[{"id":"cpe:/o:debian:debian_linux","type":"cpe"}],
  "labels":{"eoas":null,"discontinued":null,"eol":"Security Support","eoes":"LTS"},"links":{"icon":null,"html":"https://endoflife.date/debian","releasePolicy":null},
  "releases":[{"name":"14","codename":"Forky","label":"14 (Forky)","releaseDate":"2027-06-01","isLts":false,"ltsFrom":null,"isEol":false,"eolFrom":"2030-06-01","isEoes":false,"eoesFrom":"2032-06-30","isMaintained":true,"latest":{"name":"14.1","date":"2027-07-01","link":null},"custom":null},
   {"name":"12","label":"12 (Bookworm)","releaseDate":"2023-06-10","isEol":false,"eolFrom":"2026-07-12","isEoes":null,"eoesFrom":null,"isMaintained":true,"latest":null,"custom":null}]},
 {"name":"esxi","label":"VMware ESXi","aliases":["vmware-esxi"],"category":"os","releases":[{"name":"9.2","label":"9.2","releaseDate":"2027-01-01","isEol":false,"eolFrom":null,"isMaintained":true,"latest":{"name":"9.2.0","date":null,"link":null}}]},
 {"name":"empty","label":"Empty","releases":[]}]}`

func parseDump(t *testing.T, text string) []inventory.Product {
	t.Helper()
	products, err := Parse(strings.NewReader(text), "2026-11-23")
	if err != nil {
		t.Fatal(err)
	}
	return products
}

func TestParse(t *testing.T) {
	t.Parallel()
	products := parseDump(t, dump)
	if len(products) != 2 || products[0].SeenOn != "2026-11-20" || products[0].Source != "endoflife.date" || products[1].ID != "vmware-esxi" {
		t.Fatalf("%+v", products)
	}
	want := inventory.Release{Name: "14", Label: "14 (Forky)", Released: "2027-06-01", End: "2030-06-01", Extended: "2032-06-30", Latest: "14.1", LatestOn: "2027-07-01"}
	if got := products[0].Releases[0]; got != want {
		t.Errorf("%+v", got)
	}
	if got := products[0].Releases[1]; got.Extended != "" {
		t.Errorf("a release that is not eligible has an extended phase: %+v", got)
	}
	if got := products[1].Releases[0]; got.End != "no" {
		t.Errorf("no end announced: %+v", got)
	}
}

func TestParseTakesOneProduct(t *testing.T) {
	t.Parallel()
	products := parseDump(t, `{"schema_version":"1.2.1","generated_at":"2026-11-20T10:00:00Z","last_modified":"2026-11-01T00:00:00Z",
		"result":{"name":"panos","label":"PAN-OS","releases":[{"name":"12.2","eolFrom":"2029-07-30"}]}}`)
	if len(products) != 1 || products[0].ID != "pan-os" || products[0].Releases[0].End != "2029-07-30" {
		t.Errorf("%+v", products)
	}
}

func TestParseRefuses(t *testing.T) {
	t.Parallel()
	one := func(release string) string {
		return `{"schema_version":"1.2.1","total":1,"result":[{"name":"debian","label":"Debian","releases":[` + release + `]}]}`
	}
	for name, text := range map[string]string{
		"nothing":             ``,
		"a page":              `<html>not found</html>`,
		"cut":                 dump[:len(dump)-40],
		"another form":        `[{"cycle":"12","eol":"2026-07-11"}]`,
		"no version":          `{"result":[]}`,
		"no products":         `{"schema_version":"1.2.1","total":0,"result":[]}`,
		"another version":     strings.Replace(dump, `"1.2.1"`, `"2.0.0"`, 1),
		"fewer than it says":  strings.Replace(dump, `"total":3`, `"total":464`, 1),
		"no such day":         one(`{"name":"12","releaseDate":"2023-02-30"}`),
		"a day in words":      one(`{"name":"12","eolFrom":"soon"}`),
		"a day out of time":   one(`{"name":"12","eolFrom":"9999-12-31"}`),
		"before it came out":  one(`{"name":"12","releaseDate":"2023-06-10","eolFrom":"2022-06-10"}`),
		"a release twice":     one(`{"name":"12"},{"name":"12"}`),
		"a release unnamed":   one(`{"label":"12"}`),
		"a name with control": one(`{"name":"12\u0007"}`),
		"a wrong type":        one(`{"name":"12","isEol":"maybe"}`),
		"a product unnamed":   `{"schema_version":"1.2.1","result":[{"label":"x","releases":[{"name":"1"}]}]}`,
		"a product twice":     `{"schema_version":"1.2.1","result":[{"name":"panos","releases":[{"name":"1"}]},{"name":"pan-os","releases":[{"name":"1"}]}]}`,
		"a summary":           `{"schema_version":"1.2.1","total":1,"result":[{"name":"debian","label":"Debian","uri":"https://endoflife.date/api/v1/products/debian"}]}`,
		"a path":              `{"schema_version":"1.2.1","result":[{"name":"../x","releases":[{"name":"1"}]}]}`,
	} {
		if products, err := Parse(strings.NewReader(text), "2026-11-23"); inventory.CodeOf(err) != inventory.Invalid || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: %d products, %v", name, len(products), err)
		}
	}
	if _, err := Parse(io.LimitReader(endless{}, MaxBytes+10), "2026-11-23"); inventory.CodeOf(err) != inventory.LimitReached {
		t.Errorf("too large: %v", err)
	}
}

type endless struct{}

func (endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = ' '
	}
	return len(p), nil
}

func TestWhatIsLoadedGoesOnTop(t *testing.T) {
	t.Parallel()
	c := load(t)
	next, err := c.With(append(parseDump(t, dump), inventory.Product{
		ID: "cisco-hardware", Label: "Cisco", Source: "endoflife.date", SeenOn: "2026-11-20", Releases: []inventory.Release{{Name: "c9300", End: "2035-01-01"}},
	}))
	if err != nil {
		t.Fatal(err)
	}
	end := func(c *Catalogue, os string) lifecycle.Support {
		return lifecycle.SupportOf(inventory.Asset{OSName: os}, c, "2026-11-23")
	}
	if s := end(next, "Debian 12"); s.End != "2026-07-12" || s.State != lifecycle.Ended || s.AsOf != "2026-11-20" {
		t.Errorf("loaded: %+v", s)
	}
	if s := end(c, "Debian 12"); s.End != "2026-07-11" || s.State != lifecycle.Extended {
		t.Errorf("the embedded one has changed: %+v", s)
	}
	if s := end(next, "Debian 11"); s.End != "2024-08-14" || s.AsOf != embeddedSeen {
		t.Errorf("a release no longer listed stays: %+v", s)
	}
	if s := end(next, "Ubuntu 22.04"); s.End != "2027-04-01" || s.AsOf != embeddedSeen {
		t.Errorf("what is not loaded stays: %+v", s)
	}
	if m, ok := next.Hardware(inventory.Asset{Vendor: "Cisco", Model: "WS-C2960L-8TS-LL"}); !ok || m.Cycles[0].End.Day != "2026-10-31" {
		t.Errorf("parc's own lines stay: %+v", m)
	}
	if _, err := c.With([]inventory.Product{{ID: "x", Releases: []inventory.Release{{Name: "1", End: "never"}}}}); err == nil {
		t.Error("an impossible end is taken")
	}
}

func TestACatalogueThatShrinksIsRefused(t *testing.T) {
	t.Parallel()
	var all []inventory.Product
	for _, p := range load(t).List() {
		all = append(all, inventory.Product{ID: p.ID})
	}
	if err := CheckShrink(all, parseDump(t, dump)); inventory.CodeOf(err) != inventory.Invalid {
		t.Errorf("two products in the place of a hundred: %v", err)
	}
	for name, next := range map[string][]inventory.Product{"two thirds": all[:len(all)*2/3], "all": all} {
		if err := CheckShrink(all, next); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := CheckShrink(nil, parseDump(t, dump)); err != nil {
		t.Errorf("the first one is small: %v", err)
	}
}

func TestFetch(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/full":
			fmt.Fprint(w, dump)
		case "/moved":
			http.Redirect(w, r, "/full", http.StatusMovedPermanently)
		case "/busy":
			w.Header().Set("Retry-After", "120")
			w.WriteHeader(http.StatusTooManyRequests)
		default:
			http.NotFound(w, r)
		}
	}))
	t.Cleanup(server.Close)
	file := filepath.Join(t.TempDir(), "full.json")
	if err := os.WriteFile(file, []byte(dump), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, from := range []string{server.URL + "/full", server.URL + "/moved", file} {
		body, err := Fetch(t.Context(), from)
		if err != nil {
			t.Fatal(err)
		}
		if products, err := Parse(body, "2026-11-23"); err != nil || len(products) != 2 {
			t.Errorf("%s: %d products, %v", from, len(products), err)
		}
		_ = body.Close()
	}
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	for _, x := range []struct {
		ctx  context.Context
		from string
		code inventory.Code
		says string
	}{
		{t.Context(), server.URL + "/busy", inventory.Unavailable, "120"},
		{t.Context(), server.URL + "/nothing", inventory.Unavailable, "404"},
		{gone, server.URL + "/full", inventory.Unavailable, "cannot fetch"},
		{t.Context(), filepath.Dir(file), inventory.Invalid, "no file"},
		{t.Context(), "/nowhere/full.json", inventory.Invalid, "cannot read"},
		{t.Context(), "ftp://example.com/full.json", inventory.Invalid, "https://"},
	} {
		if _, err := Fetch(x.ctx, x.from); inventory.CodeOf(err) != x.code || !strings.Contains(err.Error(), x.says) {
			t.Errorf("%s: %v", x.from, err)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add(dump)
	f.Fuzz(func(t *testing.T, text string) {
		products, err := Parse(strings.NewReader(text), "2026-11-23")
		if err != nil {
			return
		}
		if _, err := (&Catalogue{products: map[string]product{}}).With(products); err != nil {
			t.Errorf("what Parse takes, With refuses: %v", err)
		}
	})
}
