package api

import (
	"context"

	"parc/inventory"
	"parc/lifecycle"
)

// InstalledProduct is one product with where it is installed.
type InstalledProduct struct {
	Product   string   `json:"product"`
	Publisher string   `json:"publisher"`
	Kind      string   `json:"kind" enum:"paid,ask,free,update,driver,runtime,language,part,unknown" doc:"ask: the title alone does not tell whether it wants a licence."`
	Metric    string   `json:"metric,omitempty" doc:"By what its licences count."`
	Why       string   `json:"why,omitempty" doc:"What has to be asked."`
	Editions  []string `json:"editions" nullable:"false"`
	Versions  []string `json:"versions" nullable:"false" doc:"The first 50."`
	Devices   int      `json:"devices" doc:"Distinct devices in use."`
	DeviceIDs []string `json:"device_ids" nullable:"false"`
}

type softwareInput struct {
	ByID
	All bool `query:"all" doc:"Updates, drivers, runtimes, language packs and parts of suites too."`
}

// listSoftware gives a client's installed titles as products, the commonest first.
func (s *Server) listSoftware(ctx context.Context, in *softwareInput) (*listOutput[InstalledProduct], error) {
	if err := s.seesClient(ctx, in.ID); err != nil {
		return nil, err
	}
	var assets []inventory.Asset
	err := s.Store.AssetsFull(ctx, scopeOf(ctx), inventory.AssetFilter{ClientID: in.ID}, func(a inventory.Asset) error {
		assets = append(assets, inventory.Asset{ID: a.ID, State: a.State, Details: inventory.Details{Software: a.Details.Software}})
		return nil
	})
	if err != nil {
		return nil, err
	}
	return whole(each(lifecycle.ProductsOn(assets, s.Products, in.All), installedProduct), nil)
}

func installedProduct(u lifecycle.ProductUse) InstalledProduct {
	return InstalledProduct{
		u.Product, u.Publisher, string(u.Kind), u.Metric, u.Why, append([]string{}, u.Editions...), append([]string{}, u.Versions...), len(u.DeviceIDs), u.DeviceIDs,
	}
}
