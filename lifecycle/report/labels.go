package report

import (
	"slices"
	"strings"

	"parc/inventory"
	"parc/lifecycle"
	"parc/lifecycle/report/paper"
)

// LabelChoice says which labels to make.
type LabelChoice struct {
	Stock   string            // of paper.Stocks; "" is the first
	Skip    int               // places of the first sheet that are used up
	Link    string            // what codes begin with, as https://parc.example/assets/; "" makes parc:asset:…
	Classes []inventory.Class // none: all that carry a label
}

// Labels is a label for each asset that can carry one.
type Labels struct {
	Head
	Stock  string       `json:"stock"`
	Skip   int          `json:"skip,omitempty"`
	Labels []AssetLabel `json:"labels"`
}

// AssetLabel is what stands on one label.
type AssetLabel struct {
	ID     string `json:"id"`
	Code   string `json:"code"` // what the QR code says
	Name   string `json:"name"`
	Model  string `json:"model,omitempty"`
	Serial string `json:"serial,omitempty"`
	Tag    string `json:"tag,omitempty"`
}

// maxSkip bounds how far into sheets labels may begin.
const maxSkip = 1000

func labelsOf(in Input) (Labels, error) {
	choice := in.Labels
	stock, err := paper.FindStock(choice.Stock)
	if err != nil {
		return Labels{}, err
	}
	if choice.Skip < 0 || choice.Skip > maxSkip {
		return Labels{}, inventory.Errorf(inventory.Invalid, "labels cannot begin %d places in: between 0 and %d", choice.Skip, maxSkip)
	}
	l := Labels{Head: headOf(KindLabels, in), Stock: stock.Name, Skip: choice.Skip, Labels: []AssetLabel{}}
	slices.SortStableFunc(in.Assets, compareAssets)
	for i := range in.Assets {
		a := &in.Assets[i]
		if !lifecycle.InUse(a.State) || a.Class == inventory.VirtualMachine || len(choice.Classes) > 0 && !slices.Contains(choice.Classes, a.Class) {
			continue
		}
		code := "parc:asset:" + a.ID
		if choice.Link != "" {
			code = choice.Link + a.ID
		}
		l.Labels = append(l.Labels, AssetLabel{
			ID: a.ID, Code: code, Name: nameOf(a), Model: modelOf(a), Serial: a.Serial, Tag: a.Values[inventory.FieldAssetTag].Value,
		})
	}
	return l, nil
}

func modelOf(a *inventory.Asset) string { return joined(a.Vendor, a.Model) }

// joined gives a maker and a model as people say them: "HP HP LaserJet" is said
// once.
func joined(vendor, model string) string {
	if vendor != "" && strings.HasPrefix(strings.ToLower(model), strings.ToLower(vendor)+" ") {
		return model
	}
	return strings.TrimSpace(vendor + " " + model)
}

func (l Labels) lay(s *scribe) layout {
	stock, err := paper.FindStock(l.Stock)
	if err != nil {
		stock = paper.Stocks()[0] // a report of a newer version: its labels on the usual sheet
	}
	sheet := &paper.Sheet{Stock: stock, Skip: l.Skip}
	for _, x := range l.Labels {
		label := paper.Label{Code: x.Code, Title: x.Name}
		for _, text := range []string{x.Tag, x.Model, x.Serial, l.Client} {
			if text != "" {
				label.Lines = append(label.Lines, text)
			}
		}
		sheet.Labels = append(sheet.Labels, label)
	}
	return layout{title: s.t("labels.title"), subtitle: s.locale.Day(l.Day), labels: sheet}
}
