package api

import (
	"context"
	"slices"

	"parc/inventory"
	"parc/lifecycle"
)

// InstalledProduct is one product with on how many devices it is installed, and how
// its licences stand.
type InstalledProduct struct {
	Product   string             `json:"product"`
	Publisher string             `json:"publisher"`
	Kind      string             `json:"kind" enum:"paid,ask,free,update,driver,runtime,language,part,unknown" doc:"ask: the title alone does not tell whether it wants a licence."`
	Metric    string             `json:"metric,omitempty" doc:"By what its licences count."`
	Why       string             `json:"why,omitempty" doc:"What has to be asked."`
	Editions  []string           `json:"editions" nullable:"false"`
	Versions  []string           `json:"versions" nullable:"false" doc:"The first 50."`
	Devices   int                `json:"devices" doc:"Distinct devices in use."`
	Positions []SoftwarePosition `json:"positions" nullable:"false" doc:"How its licences stand, by metric."`
}

// SoftwarePosition is how the licences of an installed product stand by one metric.
type SoftwarePosition struct {
	Metric   string   `json:"metric"`
	Entitled int      `json:"entitled" doc:"Rights valid on the day."`
	Used     int      `json:"used"`
	Counted  bool     `json:"counted" doc:"false: used is not known, and neither is gap."`
	Gap      int      `json:"gap" doc:"Entitled less used: negative is missing."`
	Why      []string `json:"why" nullable:"false"`
}

// AsideTitles is how many titles of a kind are no products.
type AsideTitles struct {
	Kind   string `json:"kind" enum:"update,driver,runtime,language,part"`
	Titles int    `json:"titles"`
}

// SoftwareList is a part of what is installed at a client.
type SoftwareList struct {
	Day   inventory.Day      `json:"day"`
	Items []InstalledProduct `json:"items" nullable:"false"`
	Total int                `json:"total" doc:"Products that fit, in all parts."`
	Aside []AsideTitles      `json:"aside" nullable:"false" doc:"Titles that are no products: left out unless kind asks for them."`
	Next  string             `json:"next,omitempty" doc:"Give it as after to get the next part; absent at the end."`
}

type softwareInput struct {
	ByID
	Paging
	Kind    []string `query:"kind,explode" maxItems:"9" enum:"paid,ask,free,unknown,update,driver,runtime,language,part" doc:"Only these; none: products."`
	Text    string   `query:"text" maxLength:"200" doc:"Part of the product's or the publisher's name."`
	Missing bool     `query:"missing" doc:"Only products of which rights are missing."`
	InLanguage
}

// listSoftware gives a client's installed titles as products, the commonest first.
func (s *Server) listSoftware(ctx context.Context, in *softwareInput) (*oneOutput[SoftwareList], error) {
	skip, err := countCursor(in.After)
	if err != nil {
		return nil, err
	}
	estate, err := s.estate(ctx, in.ID, s.today())
	if err != nil {
		return nil, err
	}
	all, err := lifecycle.PortfolioOf(estate.Assets, estate.Licences, estate.Knowledge.Software, estate.Day)
	if err != nil {
		return nil, err
	}
	f := lifecycle.PortfolioFilter{Text: in.Text, Missing: in.Missing}
	for _, k := range in.Kind {
		f.Kinds = append(f.Kinds, lifecycle.InstalledKind(k))
	}
	fits := all.Select(f)
	out := SoftwareList{Day: estate.Day, Total: len(fits), Aside: []AsideTitles{}}
	var page []lifecycle.HeldProduct
	page, out.Next = cut(fits, skip, in.page().Size())
	out.Items = each(page, func(h lifecycle.HeldProduct) InstalledProduct { return installedProduct(h, in.Lang) })
	for _, kind := range lifecycle.InstalledKinds {
		if n := all.Aside[kind]; n > 0 {
			out.Aside = append(out.Aside, AsideTitles{string(kind), n})
		}
	}
	return one(out, nil)
}

func installedProduct(h lifecycle.HeldProduct, lang string) InstalledProduct {
	p := InstalledProduct{
		h.Product, h.Publisher, string(h.Kind), h.Metric, h.Why.In(lang), append([]string{}, h.Editions...), append([]string{}, h.Versions...), len(h.DeviceIDs),
		[]SoftwarePosition{},
	}
	for i := range h.Positions {
		x := &h.Positions[i]
		p.Positions = append(p.Positions, SoftwarePosition{x.Metric, x.Entitled, x.Used, x.Counted, x.Gap, lifecycle.NotesIn(lang, x.Notes)})
	}
	return p
}

// SoftwareDevice is a device on which a product is installed.
type SoftwareDevice struct {
	AssetID string          `json:"asset_id"`
	SiteID  string          `json:"site_id,omitempty"`
	Name    string          `json:"name"`
	Class   inventory.Class `json:"class"`
	User    string          `json:"user,omitempty"`
}

type softwareDevicesInput struct {
	ByID
	Paging
	Product   string `query:"product" maxLength:"500" doc:"As the list of software names it; none: any."`
	Publisher string `query:"publisher" maxLength:"500" doc:"Where two publishers have one of that name."`
}

// listSoftwareDevices tells on which devices in use a product is installed, or on
// which anything is known to be.
func (s *Server) listSoftwareDevices(ctx context.Context, in *softwareDevicesInput) (*listOutput[SoftwareDevice], error) {
	skip, err := countCursor(in.After)
	if err != nil {
		return nil, err
	}
	estate, err := s.estate(ctx, in.ID, s.today())
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, use := range lifecycle.ProductsOn(estate.Assets, estate.Knowledge.Software, true) {
		if (in.Product == "" || use.Product == in.Product) && (in.Publisher == "" || use.Publisher == in.Publisher) {
			ids = append(ids, use.DeviceIDs...)
		}
	}
	slices.Sort(ids)
	devices := []SoftwareDevice{}
	for i := range estate.Assets {
		a := &estate.Assets[i]
		if _, has := slices.BinarySearch(ids, a.ID); has {
			devices = append(devices, SoftwareDevice{a.ID, a.SiteID, lifecycle.Name(*a), a.Class, a.Values[inventory.FieldUser].Value})
		}
	}
	page, next := cut(devices, skip, in.page().Size())
	return part(page, next, nil)
}
