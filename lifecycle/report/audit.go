package report

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"parc/inventory"
	"parc/lifecycle"
)

// Audit is the initial audit, in no language yet. Its JSON form is stable.
type Audit struct {
	Head
	Score     Score         `json:"score"`
	Totals    Totals        `json:"totals"`
	Sites     []Site        `json:"sites"`
	Scan      *ScanNote     `json:"scan,omitempty"` // the last discovery
	Classes   []ClassCount  `json:"classes"`
	Supports  []StateCount  `json:"supports"`
	Systems   []System      `json:"systems"` // systems and firmware, what ended first
	Ages      Ages          `json:"ages"`
	Coverage  Coverage      `json:"coverage"`
	Contracts []Agreement   `json:"contracts"`
	Licences  []Entitlement `json:"licences"`
	Network   Network       `json:"network"`
	Power     []PowerUnit   `json:"power"`
	Backup    Backup        `json:"backup"`
	Top       []Topic       `json:"top"`      // the things that matter most, five at the most
	Topics    []Topic       `json:"topics"`   // findings gathered by rule, worst first
	Findings  []Finding     `json:"findings"` // each, worst first
	Plan      []Step        `json:"plan"`     // what to do, in order
	Budget    Budget        `json:"budget"`
	Events    []Event       `json:"events"` // what ends within a year
	Assets    []Asset       `json:"assets"`
	Unknown   Unknown       `json:"unknown"`
	Warnings  []string      `json:"warnings,omitempty"`
	Catalogue string        `json:"catalogue"` // where dates of support come from
	AsOf      inventory.Day `json:"as_of"`     // and of which day they are
}

// Totals are the figures of the first page.
type Totals struct {
	Assets    int `json:"assets"`
	Critical  int `json:"critical"`
	High      int `json:"high"`
	Medium    int `json:"medium"`
	Low       int `json:"low"`
	Contracts int `json:"contracts"`
	Licences  int `json:"licences"`
}

// Site is a place with its declared networks.
type Site struct {
	Name     string   `json:"name"`
	Address  string   `json:"address,omitempty"`
	Networks []string `json:"networks"`
	Assets   int      `json:"assets"`
}

// ClassCount counts the assets of a class.
type ClassCount struct {
	Class inventory.Class `json:"class"`
	Count int             `json:"count"`
}

// StateCount counts the assets whose system is in a state of support.
type StateCount struct {
	State lifecycle.SupportState `json:"state"`
	Count int                    `json:"count"`
}

// Topic is a rule with all that it found.
type Topic struct {
	Rule     string   `json:"rule"`
	Severity Severity `json:"severity"`
	Title    Both     `json:"title"`
	Advice   Both     `json:"advice"`
	Assets   []string `json:"assets"`   // names
	Evidence []string `json:"evidence"` // what was seen, of each asset
	Effort   string   `json:"effort"`
	Cost     string   `json:"cost"`
	ANSSI    []int    `json:"anssi,omitempty"`
	CIS      []string `json:"cis,omitempty"`
}

// Event is a date within the year to come.
type Event struct {
	Day    inventory.Day       `json:"day"`
	Kind   lifecycle.EventKind `json:"kind"`
	What   string              `json:"what"`
	Assets int                 `json:"assets"`
	Renews bool                `json:"renews,omitempty"`
}

// Asset is one asset as the report tells it.
type Asset struct {
	ID         string                 `json:"id"`
	Name       string                 `json:"name"`
	Site       string                 `json:"site"`
	Class      inventory.Class        `json:"class"`
	State      inventory.State        `json:"state"`
	Vendor     string                 `json:"vendor,omitempty"`
	Model      string                 `json:"model,omitempty"`
	Serial     string                 `json:"serial,omitempty"`
	Version    string                 `json:"version,omitempty"`
	System     string                 `json:"system,omitempty"`
	Address    string                 `json:"address,omitempty"`
	Support    lifecycle.SupportState `json:"support"`
	Product    string                 `json:"product,omitempty"`
	SupportEnd inventory.Day          `json:"support_end,omitempty"`
	Warranty   inventory.Day          `json:"warranty_end,omitempty"`
	Since      inventory.Day          `json:"since,omitempty"` // bought, or first known to be in use
	LastSeen   time.Time              `json:"last_seen"`
	Services   []inventory.Service    `json:"services,omitempty"`
	Software   []inventory.Software   `json:"software,omitempty"`
	Findings   []Finding              `json:"findings,omitempty"`
}

// Unknown counts what is not known of the assets in use.
type Unknown struct {
	Class    int `json:"class"`
	Model    int `json:"model"`
	Serial   int `json:"serial"`
	System   int `json:"system"`   // no state of support could be told
	Warranty int `json:"warranty"` // nobody said until when
}

// Audit makes the initial audit; the same input gives the same document.
func (j *Judge) Audit(in Input) Audit {
	in.Assets = inUse(in.Assets)
	slices.SortStableFunc(in.Assets, compareAssets)
	findings := j.Findings(in.Assets, in.Coverages, in.Day)
	supports := map[string]lifecycle.Support{}
	for i := range in.Assets {
		supports[in.Assets[i].ID] = j.Support(in.Assets[i], in.Day)
	}
	d := Audit{
		Head: headOf(KindAudit, in), Score: scoreOf(in, supports, findings), Findings: emptyNotNil(findings), Warnings: in.Warnings,
		Sites: sitesOf(in), Scan: scanOf(in), Topics: j.topicsOf(findings), Assets: []Asset{}, Events: []Event{},
		Ages: agesOf(in), Coverage: coverageOf(in), Contracts: agreementsOf(in), Licences: j.entitlementsOf(in),
		Network: networkOf(in), Power: powerOf(in), Backup: backupOf(in),
	}
	d.Top = d.Topics[:min(5, len(d.Topics))]
	d.Plan = planOf(d.Topics)
	d.Totals = Totals{Assets: len(in.Assets), Contracts: len(in.Contracts), Licences: len(in.Licences)}
	d.count(findings)
	byAsset := map[string][]Finding{}
	for _, f := range findings {
		byAsset[f.AssetID] = append(byAsset[f.AssetID], f)
	}
	for i := range in.Assets {
		d.Assets = append(d.Assets, assetOf(&in.Assets[i], supports[in.Assets[i].ID], in, byAsset))
		a := &d.Assets[len(d.Assets)-1]
		d.Unknown.add(*a)
		if s := supports[a.ID]; d.Catalogue == "" && s.Source != "" {
			d.Catalogue, d.AsOf = s.Source, s.AsOf
		}
	}
	d.Classes, d.Supports, d.Systems = classesOf(d.Assets), statesOf(d.Assets), systemsOf(d.Assets)
	for _, e := range lifecycle.Events(in.estate(), j.catalogue, in.Day, in.Day.AddMonths(12)) {
		d.Events = append(d.Events, Event{e.Day, e.Kind, e.What, len(e.AssetIDs), e.Renews})
	}
	d.Budget = j.budgetOf(in)
	return d
}

func emptyNotNil[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

func compareAssets(a, b inventory.Asset) int {
	order := func(c inventory.Class) int { return slices.Index(inventory.Classes(), c) }
	return cmp.Or(
		cmp.Compare(order(a.Class), order(b.Class)),
		cmp.Compare(strings.ToLower(lifecycle.Name(a)), strings.ToLower(lifecycle.Name(b))), cmp.Compare(a.ID, b.ID),
	)
}

func (d *Audit) count(findings []Finding) {
	for _, f := range findings {
		switch f.Severity {
		case Critical:
			d.Totals.Critical++
		case High:
			d.Totals.High++
		case Medium:
			d.Totals.Medium++
		case Low:
			d.Totals.Low++
		}
	}
}

func sitesOf(in Input) []Site {
	sites := []Site{}
	for _, s := range in.Sites {
		site := Site{Name: s.Name, Address: s.Address, Networks: []string{}}
		for _, n := range s.Networks {
			site.Networks = append(site.Networks, n.Prefix.String())
		}
		for i := range in.Assets {
			if in.Assets[i].SiteID == s.ID {
				site.Assets++
			}
		}
		sites = append(sites, site)
	}
	return sites
}

func (j *Judge) topicsOf(findings []Finding) []Topic {
	topics, at := []Topic{}, map[string]int{}
	for _, f := range findings {
		i, ok := at[f.Rule]
		if !ok {
			i = len(topics)
			at[f.Rule] = i
			topics = append(topics, Topic{
				Rule: f.Rule, Severity: f.Severity, Effort: f.Effort, Cost: f.Cost, ANSSI: f.ANSSI, CIS: f.CIS,
				Title: Both{j.Title(f.Rule, "fr"), j.Title(f.Rule, "en")}, Advice: Both{j.Advice(f.Rule, "fr"), j.Advice(f.Rule, "en")},
			})
		}
		topics[i].Assets = append(topics[i].Assets, f.Asset)
		topics[i].Evidence = append(topics[i].Evidence, f.Evidence)
	}
	slices.SortStableFunc(topics, func(a, b Topic) int {
		return cmp.Or(cmp.Compare(a.Severity.rank(), b.Severity.rank()), -cmp.Compare(len(a.Assets), len(b.Assets)), cmp.Compare(a.Rule, b.Rule))
	})
	return topics
}

func assetOf(a *inventory.Asset, support lifecycle.Support, in Input, findings map[string][]Finding) Asset {
	out := Asset{
		ID: a.ID, Name: lifecycle.Name(*a), Class: a.Class, State: a.State, Vendor: a.Vendor, Model: a.Model,
		Serial: a.Serial, Version: a.Version, Address: a.Address, LastSeen: a.LastSeen,
		System:  strings.Join(strings.Fields(a.OSName+" "+a.OSVersion+" "+a.OSBuild), " "),
		Support: support.State, Product: support.Product, SupportEnd: support.End,
		Warranty: lifecycle.CoverageEnd(a.ID, in.Coverages), Site: in.siteName(a.SiteID),
		Services: a.Details.Services, Software: a.Details.Software,
	}
	out.Since = in.since(a)
	out.Findings = findings[a.ID]
	return out
}

func (u *Unknown) add(a Asset) {
	tally := func(n *int, missing bool) {
		if missing {
			*n++
		}
	}
	tally(&u.Class, a.Class == inventory.Unknown)
	tally(&u.Model, a.Model == "")
	tally(&u.Serial, a.Serial == "" && a.Class != inventory.VirtualMachine)
	tally(&u.System, a.Support == lifecycle.NoAnswer)
	tally(&u.Warranty, a.Warranty.IsZero())
}

func classesOf(assets []Asset) []ClassCount {
	counts := map[inventory.Class]int{}
	for i := range assets {
		counts[assets[i].Class]++
	}
	list := []ClassCount{}
	for _, class := range inventory.Classes() {
		if counts[class] > 0 {
			list = append(list, ClassCount{class, counts[class]})
		}
	}
	return list
}

func statesOf(assets []Asset) []StateCount {
	counts := map[lifecycle.SupportState]int{}
	for i := range assets {
		counts[assets[i].Support]++
	}
	list := []StateCount{}
	for _, state := range []lifecycle.SupportState{lifecycle.Supported, lifecycle.Ending, lifecycle.Extended, lifecycle.Ended, lifecycle.NoAnswer} {
		if counts[state] > 0 {
			list = append(list, StateCount{state, counts[state]})
		}
	}
	return list
}
