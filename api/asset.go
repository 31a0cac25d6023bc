package api

import (
	"context"
	"slices"

	"parc/inventory"
)

type listAssetsInput struct {
	ByID
	Paging
	Site  string   `query:"site" maxLength:"64"`
	Class []string `query:"class,explode" maxItems:"50"`
	State []string `query:"state,explode" maxItems:"10"`
	AsOf  string   `query:"as_of" maxLength:"10" doc:"A past day, 2026-01-31: the assets as they were known at its end."`
	Text  string   `query:"q" maxLength:"200" doc:"Part of the name, vendor, model, serial or address."`
}

func (in *listAssetsInput) filter() (inventory.AssetFilter, error) {
	f := inventory.AssetFilter{ClientID: in.ID, SiteID: in.Site, Text: in.Text, Page: in.page()}
	for _, name := range in.Class {
		class, err := inventory.ParseClass(name)
		if err != nil {
			return f, err
		}
		f.Classes = append(f.Classes, class)
	}
	for _, name := range in.State {
		state, err := parseState(name)
		if err != nil {
			return f, err
		}
		f.States = append(f.States, state)
	}
	return f, nil
}

func parseState(name string) (inventory.State, error) {
	states := []inventory.State{inventory.InStock, inventory.InService, inventory.InRepair, inventory.Missing, inventory.Retired, inventory.Disposed}
	if s := inventory.State(name); slices.Contains(states, s) {
		return s, nil
	}
	return "", inventory.Errorf(inventory.Invalid, "%q is no state of an asset", inventory.CleanTo(name, 40))
}

// ListedAsset is an asset in a list: with its support state, without the long details.
type ListedAsset struct {
	inventory.Asset
	Support *SystemSupport `json:"support,omitempty"`
}

func (s *Server) listAssets(ctx context.Context, in *listAssetsInput) (*listOutput[ListedAsset], error) {
	f, err := in.filter()
	if err != nil {
		return nil, err
	}
	if err := s.seesClient(ctx, in.ID); err != nil {
		return nil, err
	}
	if in.AsOf != "" {
		return s.assetsAsOf(ctx, f, inventory.Day(in.AsOf))
	}
	assets, next, err := s.Store.Assets(ctx, scopeOf(ctx), f)
	if err != nil {
		return nil, err
	}
	listed := make([]ListedAsset, len(assets))
	day := s.today()
	for i, a := range assets {
		listed[i] = ListedAsset{a, s.Judge.Support(a, day, "")}
	}
	return part(listed, next, nil)
}

// seesClient makes a foreign client's lists "not found", not empty.
func (s *Server) seesClient(ctx context.Context, id string) error {
	_, err := s.Store.Client(ctx, scopeOf(ctx), id)
	return err
}

func (s *Server) today() inventory.Day { return inventory.DayOf(s.Now()) }

type countsOutput struct{ Body map[string]int }

func (s *Server) countAssets(ctx context.Context, in *listAssetsInput) (*countsOutput, error) {
	f, err := in.filter()
	if err != nil {
		return nil, err
	}
	if err := s.seesClient(ctx, in.ID); err != nil {
		return nil, err
	}
	counts, err := s.Store.AssetCounts(ctx, scopeOf(ctx), f)
	if err != nil {
		return nil, err
	}
	return &countsOutput{byName(counts)}, nil
}

func byName(counts map[inventory.Class]int) map[string]int {
	out := map[string]int{}
	for class, n := range counts {
		out[string(class)] = n
	}
	return out
}

type showAssetInput struct {
	ByID
	AsOf string `query:"as_of" maxLength:"10" doc:"A past day: the asset as it was known at its end."`
}

func (s *Server) showAsset(ctx context.Context, in *showAssetInput) (*oneOutput[inventory.Asset], error) {
	if in.AsOf != "" {
		return one(s.Store.AssetAsOf(ctx, scopeOf(ctx), in.ID, inventory.Day(in.AsOf)))
	}
	return one(s.Store.Asset(ctx, scopeOf(ctx), in.ID))
}

type patchAssetInput struct {
	ByID
	Body struct {
		SiteID *string           `json:"site_id,omitempty" maxLength:"64"`
		State  *string           `json:"state,omitempty" maxLength:"20"`
		Values map[string]string `json:"values,omitempty" doc:"Field → value, which is pinned; an empty value takes the pin away."`
	}
}

const maxPatchedValues = 50

func (s *Server) patchAsset(ctx context.Context, in *patchAssetInput) (*oneOutput[inventory.Asset], error) {
	patch := inventory.AssetPatch{SiteID: in.Body.SiteID}
	if in.Body.State != nil {
		state, err := parseState(*in.Body.State)
		if err != nil {
			return nil, err
		}
		patch.State = &state
	}
	if len(in.Body.Values) > maxPatchedValues {
		return nil, inventory.Errorf(inventory.Invalid, "more than %d values at once", maxPatchedValues)
	}
	for name, value := range in.Body.Values {
		field, err := inventory.ParseField(name)
		if err != nil {
			return nil, err
		}
		value = inventory.Clean(value)
		if field == inventory.FieldClass && value != "" {
			if _, err := inventory.ParseClass(value); err != nil {
				return nil, err
			}
		}
		if patch.Values == nil {
			patch.Values = map[inventory.Field]string{}
		}
		patch.Values[field] = value
	}
	return one(s.Store.PatchAsset(ctx, scopeOf(ctx), in.ID, patch))
}

type historyInput struct {
	ByID
	Paging
}

func (s *Server) listHistory(ctx context.Context, in *historyInput) (*listOutput[inventory.Change], error) {
	return part(s.Store.History(ctx, scopeOf(ctx), in.ID, in.page()))
}
