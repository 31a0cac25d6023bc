package catalogue

import (
	"encoding/json"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"parc/inventory"
)

// The form of endoflife.date's API v1, GET /api/v1/products/full; its schema is
// https://endoflife.date/docs/api/v1/. Members that are not here are of no use
// to us, and may be added by them at any time.
type (
	v1Dump struct {
		SchemaVersion string   `json:"schema_version"`
		GeneratedAt   string   `json:"generated_at"`
		Total         *int     `json:"total"`
		Result        v1Result `json:"result"`
	}
	v1Product struct {
		Name     string      `json:"name"`
		Label    string      `json:"label"`
		Aliases  []string    `json:"aliases"`
		Category string      `json:"category"`
		Releases []v1Release `json:"releases"`
	}
	v1Release struct {
		Name        string `json:"name"`
		Label       string `json:"label"`
		ReleaseDate string `json:"releaseDate"`
		IsEOAS      *bool  `json:"isEoas"`
		EOASFrom    string `json:"eoasFrom"`
		IsEOL       *bool  `json:"isEol"`
		EOLFrom     string `json:"eolFrom"`
		IsEOES      *bool  `json:"isEoes"`
		EOESFrom    string `json:"eoesFrom"`
		Latest      *struct {
			Name string `json:"name"`
			Date string `json:"date"`
		} `json:"latest"`
	}
)

// v1Result is a list of products, or one: what …/products/full and
// …/products/NAME give.
type v1Result []v1Product

// UnmarshalJSON reads either.
func (r *v1Result) UnmarshalJSON(text []byte) error {
	if len(text) > 0 && text[0] == '{' {
		*r = make(v1Result, 1)
		return json.Unmarshal(text, &(*r)[0])
	}
	return json.Unmarshal(text, (*[]v1Product)(r))
}

// The limits of what is taken: ten times what the site has.
const (
	MaxBytes       = 32 << 20
	maxProducts    = 5_000
	maxReleases    = 5_000 // of one product
	maxNameLength  = 80
	maxLabelLength = 200
	firstYear      = "1970-01-01"
	lastYear       = "2100-12-31"
)

// otherNames are products that the site's API calls differently from its files,
// after which ours are named.
var otherNames = map[string]string{
	"esxi": "vmware-esxi", "vcenter": "vmware-vcenter", "panos": "pan-os", "pangp": "pan-gp", "nvidia": "nvidia-driver", "linux": "linux-kernel",
}

var productName = regexp.MustCompile(`^[a-z0-9][a-z0-9._+-]*$`)

// Parse reads a catalogue in the form of endoflife.date's API v1, products in
// full or one of them. A file in any other form, with an impossible date, or with a product
// twice, is Invalid; one that is too large LimitReached. The day is the one on
// which it was fetched, used where the file does not tell when it was made.
func Parse(r io.Reader, day inventory.Day) ([]inventory.Product, error) {
	text, err := io.ReadAll(io.LimitReader(r, MaxBytes+1))
	if err != nil {
		return nil, fmt.Errorf("read the catalogue: %w", err)
	}
	if len(text) > MaxBytes {
		return nil, inventory.Errorf(inventory.LimitReached, "the catalogue is larger than %d MiB", MaxBytes>>20)
	}
	var dump v1Dump
	if err := json.Unmarshal(text, &dump); err != nil {
		return nil, inventory.Errorf(inventory.Invalid, "this is no catalogue in the form of endoflife.date's API v1: %s", inventory.CleanTo(err.Error(), 200))
	}
	if err := dump.check(); err != nil {
		return nil, err
	}
	seen := day
	if made, err := inventory.ParseDay(first10(dump.GeneratedAt)); err == nil && !made.IsZero() && made < day {
		seen = made
	}
	products := make([]inventory.Product, 0, len(dump.Result))
	known := map[string]bool{}
	for i := range dump.Result {
		p, err := dump.Result[i].product(seen)
		if err != nil {
			return nil, err
		}
		if known[p.ID] {
			return nil, inventory.Errorf(inventory.Invalid, "the catalogue has product %s twice", p.ID)
		}
		known[p.ID] = true
		if len(p.Releases) > 0 {
			products = append(products, p)
		}
	}
	if len(products) == 0 {
		return nil, inventory.Errorf(inventory.Invalid, "the catalogue has no product with releases")
	}
	return products, nil
}

func (d *v1Dump) check() error {
	switch {
	case d.SchemaVersion == "" || d.Result == nil:
		return inventory.Errorf(inventory.Invalid, "this is no catalogue in the form of endoflife.date's API v1: schema_version and result are needed (take …/api/v1/products/full)")
	case d.SchemaVersion != "1" && !strings.HasPrefix(d.SchemaVersion, "1."):
		return inventory.Errorf(inventory.Invalid, "the catalogue has schema version %s; this parc reads 1", inventory.CleanTo(d.SchemaVersion, 20))
	case d.Total != nil && *d.Total != len(d.Result):
		return inventory.Errorf(inventory.Invalid, "the catalogue says it has %d products and has %d: it is cut", *d.Total, len(d.Result))
	case len(d.Result) > maxProducts:
		return inventory.Errorf(inventory.LimitReached, "the catalogue has more than %d products", maxProducts)
	}
	return nil
}

func (p *v1Product) product(seen inventory.Day) (inventory.Product, error) {
	if !productName.MatchString(p.Name) || len(p.Name) > maxNameLength {
		return inventory.Product{}, inventory.Errorf(inventory.Invalid, "%q is no name of a product", inventory.CleanTo(p.Name, maxNameLength))
	}
	if len(p.Releases) > maxReleases {
		return inventory.Product{}, inventory.Errorf(inventory.LimitReached, "product %s has more than %d releases", p.Name, maxReleases)
	}
	out := inventory.Product{
		ID: p.ourName(), Label: inventory.CleanTo(p.Label, maxLabelLength), Category: inventory.CleanTo(p.Category, maxNameLength),
		Source: embeddedSource, SeenOn: seen, Releases: make([]inventory.Release, 0, len(p.Releases)),
	}
	for i := range p.Releases {
		r, err := p.Releases[i].release()
		if err != nil {
			return out, inventory.Errorf(inventory.Invalid, "product %s: %w", p.Name, err)
		}
		if slices.ContainsFunc(out.Releases, func(other inventory.Release) bool { return other.Name == r.Name }) {
			return out, inventory.Errorf(inventory.Invalid, "product %s has release %s twice", p.Name, r.Name)
		}
		out.Releases = append(out.Releases, r)
	}
	return out, nil
}

func (p *v1Product) ourName() string {
	if ours, ok := otherNames[p.Name]; ok {
		return ours
	}
	return p.Name
}

func (r *v1Release) release() (inventory.Release, error) {
	out := inventory.Release{Name: inventory.CleanTo(r.Name, maxNameLength), Label: inventory.CleanTo(r.Label, maxLabelLength)}
	if out.Name == "" || out.Name != r.Name {
		return out, inventory.Errorf(inventory.Invalid, "%q is no name of a release", inventory.CleanTo(r.Name, maxNameLength))
	}
	var err error
	if out.Released, err = saneDay(r.ReleaseDate); err != nil {
		return out, fmt.Errorf("release %s, releaseDate: %w", r.Name, err)
	}
	for _, phase := range []struct {
		name string
		over *bool
		from string
		into *string
	}{{"eoasFrom", r.IsEOAS, r.EOASFrom, &out.ActiveEnd}, {"eolFrom", r.IsEOL, r.EOLFrom, &out.End}, {"eoesFrom", r.IsEOES, r.EOESFrom, &out.Extended}} {
		day, err := saneDay(phase.from)
		if err != nil {
			return out, fmt.Errorf("release %s, %s: %w", r.Name, phase.name, err)
		}
		switch {
		case !day.IsZero():
			*phase.into = string(day) // the boolean is as old as the file
		case phase.over != nil && *phase.over:
			*phase.into = "yes"
		case phase.over != nil:
			*phase.into = "no"
		}
	}
	if end := out.End; len(end) > len("yes") && inventory.Day(end) < out.Released {
		return out, inventory.Errorf(inventory.Invalid, "release %s ends on %s, before it came out on %s", r.Name, end, out.Released)
	}
	if r.Latest != nil {
		out.Latest = inventory.CleanTo(r.Latest.Name, maxNameLength)
		if out.LatestOn, err = saneDay(r.Latest.Date); err != nil {
			return out, fmt.Errorf("release %s, latest: %w", r.Name, err)
		}
	}
	return out, nil
}

// saneDay reads a date within the years that products have.
func saneDay(text string) (inventory.Day, error) {
	day, err := inventory.ParseDay(text)
	if err == nil && !day.IsZero() && (day < firstYear || day > lastYear) {
		err = inventory.Errorf(inventory.Invalid, "%s is not between %s and %s", day, firstYear, lastYear)
	}
	return day, err
}

func first10(text string) string { return text[:min(len(text), len("2006-01-02"))] }

// CheckShrink refuses a catalogue that has fewer than half of the products of
// the one loaded before: it is likely to be the wrong file. What is embedded
// stays known under whatever is loaded, so the first one may be small.
func CheckShrink(before, next []inventory.Product) error {
	given := map[string]bool{}
	for _, p := range next {
		given[p.ID] = true
	}
	kept := 0
	for _, p := range before {
		if given[p.ID] {
			kept++
		}
	}
	if 2*kept < len(before) {
		return inventory.Errorf(inventory.Invalid, "the new catalogue has only %d of the %d products loaded before; force it (--force) if that is meant", kept, len(before))
	}
	return nil
}
