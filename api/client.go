package api

import (
	"context"
	"net/http"
	"strconv"
	"strings"

	"parc/inventory"
)

// List is a part of a list; next asks for what comes after it.
type List[T any] struct {
	Items []T    `json:"items" nullable:"false"`
	Next  string `json:"next,omitempty" doc:"Give it as after to get the next part; absent at the end."`
}

type listOutput[T any] struct{ Body List[T] }

type oneOutput[T any] struct{ Body T }

// ByID is embedded by inputs of routes with an {id}.
type ByID struct {
	ID string `path:"id" maxLength:"64"`
}

// Paging is embedded by inputs of lists.
type Paging struct {
	After string `query:"after" maxLength:"2000" doc:"The cursor that the part before gave."`
	Limit int    `query:"limit" minimum:"1" maximum:"500" default:"50"`
}

func (p Paging) page() inventory.Page { return inventory.Page{After: p.After, Limit: p.Limit} }

// A list that is worked out anew for each part is counted from its beginning.
const countPrefix = "n:"

func countAfter(n int) string { return countPrefix + strconv.Itoa(n) }

func countCursor(after string) (int, error) {
	if after == "" {
		return 0, nil
	}
	if digits, ours := strings.CutPrefix(after, countPrefix); ours {
		if n, err := strconv.Atoi(digits); err == nil && n > 0 {
			return n, nil
		}
	}
	return 0, inventory.Errorf(inventory.Invalid, "after: not a cursor of this list")
}

// cut gives the part of a list after so many items, and the cursor of what follows.
func cut[T any](all []T, skip, size int) (items []T, next string) {
	all = all[min(skip, len(all)):]
	if len(all) > size {
		return all[:size], countAfter(skip + size)
	}
	return all, ""
}

func part[T any](items []T, next string, err error) (*listOutput[T], error) {
	if err != nil {
		return nil, err
	}
	if items == nil {
		items = []T{}
	}
	return &listOutput[T]{List[T]{items, next}}, nil
}

func whole[T any](items []T, err error) (*listOutput[T], error) { return part(items, "", err) }

func one[T any](item T, err error) (*oneOutput[T], error) {
	if err != nil {
		return nil, err
	}
	return &oneOutput[T]{item}, nil
}

func none(err error) (*struct{}, error) {
	if err != nil {
		return nil, err
	}
	return &struct{}{}, nil
}

type healthOutput struct {
	Status int
	Body   struct {
		Status   string `json:"status" enum:"ok,unavailable"`
		Version  string `json:"version"`
		Database string `json:"database"`
	}
}

func (s *Server) health(ctx context.Context, _ *struct{}) (*healthOutput, error) {
	out := &healthOutput{Status: http.StatusOK}
	out.Body.Status, out.Body.Version, out.Body.Database = "ok", s.Version, s.Store.Dialect()
	if err := s.Store.Ping(ctx); err != nil {
		s.Log.WarnContext(ctx, "database does not answer", "err", err)
		out.Status, out.Body.Status = http.StatusServiceUnavailable, "unavailable"
	}
	return out, nil
}

type listClientsInput struct {
	Paging
	Name string `query:"name" maxLength:"200" doc:"The exact name."`
}

func (s *Server) listClients(ctx context.Context, in *listClientsInput) (*listOutput[inventory.Client], error) {
	return part(s.Store.Clients(ctx, scopeOf(ctx), inventory.ClientFilter{Name: in.Name, Page: in.page()}))
}

type clientInput struct {
	Body struct {
		Name  string `json:"name" minLength:"1" maxLength:"200"`
		Notes string `json:"notes,omitempty" maxLength:"4000"`
	}
}

func (s *Server) addClient(ctx context.Context, in *clientInput) (*oneOutput[inventory.Client], error) {
	c := inventory.Client{Name: inventory.Clean(in.Body.Name), Notes: inventory.Clean(in.Body.Notes)}
	if c.Name == "" {
		return nil, inventory.Errorf(inventory.Invalid, "a client needs a name")
	}
	return one(s.Store.CreateClient(ctx, scopeOf(ctx), c))
}

func (s *Server) showClient(ctx context.Context, in *ByID) (*oneOutput[inventory.Client], error) {
	return one(s.Store.Client(ctx, scopeOf(ctx), in.ID))
}

type patchClientInput struct {
	ByID
	Body struct {
		Name  *string `json:"name,omitempty" minLength:"1" maxLength:"200"`
		Notes *string `json:"notes,omitempty" maxLength:"4000"`
	}
}

func (s *Server) patchClient(ctx context.Context, in *patchClientInput) (*oneOutput[inventory.Client], error) {
	c, err := s.Store.Client(ctx, scopeOf(ctx), in.ID)
	if err != nil {
		return nil, err
	}
	if in.Body.Name != nil {
		if c.Name = inventory.Clean(*in.Body.Name); c.Name == "" {
			return nil, inventory.Errorf(inventory.Invalid, "a client needs a name")
		}
	}
	if in.Body.Notes != nil {
		c.Notes = inventory.Clean(*in.Body.Notes)
	}
	return one(s.Store.UpdateClient(ctx, scopeOf(ctx), c))
}

func (s *Server) listSites(ctx context.Context, in *ByID) (*listOutput[inventory.Site], error) {
	return whole(s.Store.Sites(ctx, scopeOf(ctx), in.ID))
}

type networkInput struct {
	Prefix string `json:"prefix" maxLength:"60" doc:"192.168.1.0/24; private ranges only."`
	Label  string `json:"label,omitempty" maxLength:"200"`
}

type siteInput struct {
	ByID
	Body struct {
		Name     string          `json:"name,omitempty" maxLength:"200"`
		Address  *string         `json:"address,omitempty" maxLength:"1000"`
		Networks *[]networkInput `json:"networks,omitempty" maxItems:"500" doc:"The ranges that scans of the site may touch."`
	}
}

// apply puts what was given into a site.
func (in *siteInput) apply(site *inventory.Site) error {
	if name := inventory.Clean(in.Body.Name); name != "" {
		site.Name = name
	}
	if site.Name == "" {
		return inventory.Errorf(inventory.Invalid, "a site needs a name")
	}
	if in.Body.Address != nil {
		site.Address = inventory.Clean(*in.Body.Address)
	}
	if in.Body.Networks == nil {
		return nil
	}
	site.Networks = []inventory.Network{}
	for _, n := range *in.Body.Networks {
		network, err := inventory.ParseNetwork(n.Prefix, false)
		if err != nil {
			return err
		}
		network.Label = inventory.Clean(n.Label)
		site.Networks = append(site.Networks, network)
	}
	return nil
}

func (s *Server) addSite(ctx context.Context, in *siteInput) (*oneOutput[inventory.Site], error) {
	site := inventory.Site{ClientID: in.ID, Networks: []inventory.Network{}}
	if err := in.apply(&site); err != nil {
		return nil, err
	}
	return one(s.Store.CreateSite(ctx, scopeOf(ctx), site))
}

func (s *Server) patchSite(ctx context.Context, in *siteInput) (*oneOutput[inventory.Site], error) {
	site, err := s.Store.Site(ctx, scopeOf(ctx), in.ID)
	if err != nil {
		return nil, err
	}
	if err := in.apply(&site); err != nil {
		return nil, err
	}
	return one(s.Store.UpdateSite(ctx, scopeOf(ctx), site))
}
