package report

import (
	"encoding/json"
	"slices"
	"strings"

	"parc/inventory"
	"parc/lifecycle"
)

// Kind says what a report is about.
type Kind string

// The kinds of reports.
const (
	KindAudit      Kind = "audit"
	KindDifference Kind = "difference"
	KindRenewals   Kind = "renewals"
	KindRefresh    Kind = "refresh"
	KindLicences   Kind = "licences"
	KindRegister   Kind = "register"
	KindReturns    Kind = "returns"
	KindLabels     Kind = "labels"
	KindService    Kind = "service"
)

// Kinds lists all kinds.
func Kinds() []Kind {
	return []Kind{
		KindAudit, KindDifference, KindRenewals, KindRefresh, KindLicences, KindRegister, KindReturns, KindLabels, KindService,
	}
}

// otherNames are what people call the kinds too.
var otherNames = map[string]Kind{
	"diff": KindDifference, "renewal": KindRenewals, "refresh-budget": KindRefresh, "budget": KindRefresh,
	"licence": KindLicences, "licence-compliance": KindLicences, "licenses": KindLicences, "compliance": KindLicences,
	"asset-register": KindRegister, "lease-return": KindReturns, "lease-returns": KindReturns, "lease-return-list": KindReturns,
	"label": KindLabels, "service-review": KindService,
}

// ParseKind reads a kind by its name or by another that people use. Invalid
// when there is none.
func ParseKind(s string) (Kind, error) {
	name := strings.ToLower(strings.TrimSpace(s))
	if slices.Contains(Kinds(), Kind(name)) {
		return Kind(name), nil
	}
	if k, ok := otherNames[name]; ok {
		return k, nil
	}
	names := make([]string, len(Kinds()))
	for i, k := range Kinds() {
		names[i] = string(k)
	}
	return "", inventory.Errorf(inventory.Invalid, "%q is no kind of report: %s", inventory.CleanTo(s, 40), strings.Join(names, ", "))
}

// Head is what every report begins with.
type Head struct {
	Kind     Kind          `json:"kind"`
	Client   string        `json:"client"`
	Provider string        `json:"provider,omitempty"`
	Day      inventory.Day `json:"day"`            // on which the report speaks
	From     inventory.Day `json:"from,omitempty"` // of the period it speaks of
	To       inventory.Day `json:"to,omitempty"`
}

func (h Head) head() Head { return h }

// Content is what a report says, in no language: one of Audit, Difference,
// Renewals, Refresh, LicenceReport, Register, Returns, Labels and Service. Its
// JSON form is documented and stable.
type Content interface {
	head() Head
	lay(s *scribe) layout
}

// Both is a text in both languages.
type Both struct {
	FR string `json:"fr"`
	EN string `json:"en"`
}

func (b Both) in(lang string) string {
	if lang == "en" {
		return b.EN
	}
	return b.FR
}

// Input is all that reports speak of.
type Input struct {
	Client        inventory.Client
	Sites         []inventory.Site
	Assets        []inventory.Asset
	Coverages     []inventory.Coverage
	Financings    []inventory.Financing
	Licences      []inventory.Licence
	Contracts     []inventory.Contract
	Interventions []inventory.Intervention
	Policy        inventory.Policy
	Prices        []inventory.Price
	Scenarios     []inventory.Scenario
	Scans         []inventory.Scan // latest first
	Warnings      []string         // what the scan could not see
	Day           inventory.Day
	From, To      inventory.Day // the period; empty: the kind's usual one
	Provider      string        // who makes the report; "" prints none
	Before, After *Audit        // of a difference
	Labels        LabelChoice
}

// Make makes a report of a kind. Invalid when the input lacks what the kind
// needs: two audits for a difference, a period in order. What comes back is as
// Thaw would read it, so that a report is written alike before and after it was
// kept.
func (j *Judge) Make(kind Kind, in Input) (Content, error) {
	c, err := j.content(kind, in)
	if err != nil {
		return nil, err
	}
	text, err := json.Marshal(c)
	if err != nil {
		return nil, err
	}
	return decode(kind, text)
}

func (j *Judge) content(kind Kind, in Input) (Content, error) {
	in.period(kind)
	if in.To < in.From {
		return nil, inventory.Errorf(inventory.Invalid, "the period ends on %s, before it begins on %s", in.To, in.From)
	}
	switch kind {
	case KindAudit:
		return j.Audit(in), nil
	case KindDifference:
		if in.Before == nil || in.After == nil {
			return nil, inventory.Errorf(inventory.Invalid, "a difference needs two audits of %s: make another audit first", in.Client.Name)
		}
		return compare(*in.Before, *in.After), nil
	case KindRenewals:
		return j.Renewals(in), nil
	case KindRefresh:
		return j.Refresh(in)
	case KindLicences:
		return j.licenceReport(in), nil
	case KindRegister:
		return register(in)
	case KindReturns:
		return returns(in), nil
	case KindLabels:
		return labelsOf(in)
	case KindService:
		return service(in)
	}
	_, err := ParseKind(string(kind))
	return nil, err
}

// period fills in the usual period of a kind.
func (in *Input) period(kind Kind) {
	ahead, back := 0, 0
	switch kind {
	case KindRenewals, KindReturns:
		ahead = 12
	case KindService:
		back = 3
	default:
		return
	}
	switch {
	case in.From.IsZero() && in.To.IsZero():
		in.From, in.To = in.Day.AddMonths(-back), in.Day.AddMonths(ahead)
	case in.To.IsZero():
		in.To = in.From.AddMonths(max(ahead, back))
	case in.From.IsZero() && back > 0:
		in.From = in.To.AddMonths(-back)
	case in.From.IsZero():
		in.From = in.Day
	}
}

func headOf(kind Kind, in Input) Head {
	return Head{Kind: kind, Client: in.Client.Name, Provider: in.Provider, Day: in.Day, From: in.From, To: in.To}
}

// estate gives the input as lifecycle takes it.
func (in *Input) estate() lifecycle.Estate {
	return lifecycle.Estate{
		Assets: in.Assets, Coverages: in.Coverages, Financings: in.Financings, Licences: in.Licences, Contracts: in.Contracts,
	}
}

func (in *Input) siteName(id string) string {
	for i := range in.Sites {
		if in.Sites[i].ID == id {
			return in.Sites[i].Name
		}
	}
	return ""
}

// financingOf gives how an asset is paid for on the day: the latest that names
// it, nil when unknown.
func (in *Input) financingOf(assetID string) *inventory.Financing {
	var found *inventory.Financing
	for i := range in.Financings {
		f := &in.Financings[i]
		if slices.Contains(f.AssetsOn(in.Day), assetID) && f.Start <= in.Day && (found == nil || f.Start > found.Start) {
			found = f
		}
	}
	return found
}
