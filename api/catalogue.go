package api

import (
	"context"

	"parc/inventory"
)

// Catalogue is what is known of products, and loads more of it. Package
// lifecycle/catalogue knows.
type Catalogue interface {
	// Products lists what is known, by name.
	Products() []CatalogueProduct
	// Product gives one with its releases as they stand on a day; NotFound.
	Product(id string, day inventory.Day) (CatalogueDetail, error)
	// Load checks a catalogue in the form of endoflife.date's API v1 and puts it
	// in the place of the one loaded before; it tells how many products it has.
	Load(ctx context.Context, scope inventory.Scope, text []byte, force bool) (int, error)
}

// CatalogueProduct is a product in the list.
type CatalogueProduct struct {
	ID       string        `json:"id"`
	Label    string        `json:"label"`
	Releases int           `json:"releases" doc:"How many are known."`
	Source   string        `json:"source"`
	SeenOn   inventory.Day `json:"seen_on,omitempty" doc:"The day of the data."`
	Stale    bool          `json:"stale" doc:"The data are old: later releases are unknown, and ends to come may have moved."`
}

// CatalogueRelease is a release of a product with the last days of its phases.
type CatalogueRelease struct {
	Name      string        `json:"name"`
	Label     string        `json:"label"`
	Released  inventory.Day `json:"released,omitempty"`
	ActiveEnd inventory.Day `json:"active_end,omitempty"`
	End       inventory.Day `json:"end,omitempty" doc:"The last day of support; absent where none is announced or known."`
	Extended  inventory.Day `json:"extended,omitempty" doc:"The last day of an extended phase, mostly paid."`
	Latest    string        `json:"latest,omitempty"`
	LatestOn  inventory.Day `json:"latest_on,omitempty"`
	State     string        `json:"state" enum:"supported,ending,ended,extended,unknown"`
	Source    string        `json:"source"`
	SeenOn    inventory.Day `json:"seen_on,omitempty"`
}

// CatalogueDetail is a product with its releases.
type CatalogueDetail struct {
	CatalogueProduct
	Cycles []CatalogueRelease `json:"cycles" nullable:"false"`
}

func (s *Server) listProducts(context.Context, *struct{}) (*listOutput[CatalogueProduct], error) {
	return whole(s.Catalogue.Products(), nil)
}

type productInput struct {
	Product string `path:"product" maxLength:"100"`
	Day     string `query:"day" format:"date" doc:"The day of the states; today where it is absent."`
}

func (s *Server) showProduct(_ context.Context, in *productInput) (*oneOutput[CatalogueDetail], error) {
	day, err := inventory.ParseDay(in.Day)
	if err != nil {
		return nil, err
	}
	if day.IsZero() {
		day = s.today()
	}
	detail, err := s.Catalogue.Product(in.Product, day)
	return one(detail, err)
}

type loadCatalogueInput struct {
	Force   bool   `query:"force" doc:"Load it although it has fewer than half of the products loaded before."`
	RawBody []byte `contentType:"application/json"`
}

// Loaded tells how many products a catalogue brought.
type Loaded struct {
	Products int `json:"products"`
}

func (s *Server) loadCatalogue(ctx context.Context, in *loadCatalogueInput) (*oneOutput[Loaded], error) {
	n, err := s.Catalogue.Load(ctx, scopeOf(ctx), in.RawBody, in.Force)
	return one(Loaded{n}, err)
}
