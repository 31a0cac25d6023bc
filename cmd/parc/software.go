package main

import (
	"fmt"
	"strconv"
	"strings"

	"parc/inventory"
	"parc/inventory/store"
	"parc/lifecycle"
)

// SoftwareCmd lists what is installed, as products.
type SoftwareCmd struct {
	Client string `required:"" help:"Whose." placeholder:"NAME"`
	All    bool   `help:"Updates, drivers, runtimes, language packs and parts of suites too."`
	Paid   bool   `help:"Only what wants a licence, or may want one."`
	Format string `help:"${enum}." enum:"table,jsonl,csv" default:"table"`
}

type softwareLine struct {
	Product   string   `json:"product"`
	Publisher string   `json:"publisher"`
	Kind      string   `json:"kind"`
	Metric    string   `json:"metric,omitempty"`
	Why       string   `json:"why,omitempty"`
	Editions  []string `json:"editions,omitempty"`
	Versions  []string `json:"versions,omitempty"`
	Devices   int      `json:"devices"`
	DeviceIDs []string `json:"device_ids"`
}

// Run prints the products, the commonest first.
func (c *SoftwareCmd) Run(app *App) error {
	s, err := app.openStore(app.ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	client, err := s.ClientByName(app.ctx, everything, c.Client)
	if err != nil {
		return err
	}
	uses, err := softwareOf(app, s, client.ID, c.All)
	if err != nil {
		return err
	}
	t := &sheet{head: strings.Fields("product publisher kind metric devices versions")}
	var lines []softwareLine
	for _, u := range uses {
		if c.Paid && u.Kind != lifecycle.InstalledPaid && u.Kind != lifecycle.InstalledAsk {
			continue
		}
		lines = append(lines, softwareLine{u.Product, u.Publisher, string(u.Kind), u.Metric, u.Why, u.Editions, u.Versions, len(u.DeviceIDs), u.DeviceIDs})
		versions := strings.Join(u.Versions[:min(3, len(u.Versions))], ", ")
		if more := len(u.Versions) - 3; more > 0 {
			versions += fmt.Sprintf(" and %d more", more)
		}
		t.add(u.Product, u.Publisher, string(u.Kind), u.Metric, strconv.Itoa(len(u.DeviceIDs)), versions)
	}
	if c.Format == "jsonl" {
		return writeLines(app.Out, lines)
	}
	return t.write(app.Out, c.Format)
}

func softwareOf(app *App, s *store.Store, clientID string, all bool) ([]lifecycle.ProductUse, error) {
	known, err := loadCatalogue(app.ctx, s)
	if err != nil {
		return nil, err
	}
	var assets []inventory.Asset
	err = s.AssetsFull(app.ctx, everything, inventory.AssetFilter{ClientID: clientID}, func(a inventory.Asset) error {
		assets = append(assets, inventory.Asset{ID: a.ID, State: a.State, Details: inventory.Details{Software: a.Details.Software}})
		return nil
	})
	if err != nil {
		return nil, err
	}
	return lifecycle.ProductsOn(assets, known, all), nil
}
