package report

import (
	"cmp"
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"time"

	"parc/inventory"
	"parc/lifecycle"
)

// Finding is one thing that is wrong with one asset.
type Finding struct {
	Rule     string   `json:"rule"`
	Severity Severity `json:"severity"`
	AssetID  string   `json:"asset_id"`
	Asset    string   `json:"asset"` // its name
	Evidence string   `json:"evidence"`
	Effort   string   `json:"effort"`
	Cost     string   `json:"cost"`
	ANSSI    []int    `json:"anssi,omitempty"`
	CIS      []string `json:"cis,omitempty"`
}

// Judge finds what is wrong, by rules that are data. It is read by many goroutines.
type Judge struct {
	rules     []rule
	catalogue lifecycle.Products
}

// NewJudge loads the rules; an error is a mistake in the embedded data.
func NewJudge(catalogue lifecycle.Products) (*Judge, error) {
	rules, err := loadRules()
	if err != nil {
		return nil, err
	}
	return &Judge{rules: rules, catalogue: catalogue}, nil
}

// Support gives the support state of an asset's system.
func (j *Judge) Support(a inventory.Asset, day inventory.Day) lifecycle.Support {
	return lifecycle.SupportOf(a, j.catalogue, day)
}

// Title gives what a finding's rule says in a language, fr or en.
func (j *Judge) Title(ruleID, lang string) string { return j.words(ruleID, lang).Title }

// Advice gives what to do about a finding in a language, fr or en.
func (j *Judge) Advice(ruleID, lang string) string { return j.words(ruleID, lang).Advice }

func (j *Judge) words(ruleID, lang string) wording {
	for i := range j.rules {
		if j.rules[i].ID != ruleID {
			continue
		}
		if lang == "en" {
			return j.rules[i].EN
		}
		return j.rules[i].FR
	}
	return wording{Title: ruleID}
}

// Findings gives what is wrong with the assets on a day, worst first. Assets
// retired or disposed of have no findings.
func (j *Judge) Findings(assets []inventory.Asset, coverages []inventory.Coverage, day inventory.Day) []Finding {
	var all []Finding
	for i := range assets {
		a := &assets[i]
		if !lifecycle.InUse(a.State) {
			continue
		}
		s := subject{asset: a, support: j.Support(*a, day), coverage: lifecycle.CoverageEnd(a.ID, coverages), day: day, products: j.catalogue}
		for k := range j.rules {
			r := &j.rules[k]
			evidence, holds := s.meets(&r.When)
			if !holds {
				continue
			}
			severity := r.Severity
			if r.Exposed != "" && s.exposed() {
				severity = r.Exposed
			}
			all = append(all, Finding{
				Rule: r.ID, Severity: severity, AssetID: a.ID, Asset: lifecycle.Name(*a), Evidence: evidence,
				Effort: r.Effort, Cost: r.Cost, ANSSI: r.ANSSI, CIS: r.CIS,
			})
		}
	}
	slices.SortStableFunc(all, func(x, y Finding) int {
		return cmp.Or(cmp.Compare(x.Severity.rank(), y.Severity.rank()), cmp.Compare(x.Rule, y.Rule), cmp.Compare(x.Asset, y.Asset))
	})
	return all
}

// subject is an asset with what was worked out about it.
type subject struct {
	asset    *inventory.Asset
	support  lifecycle.Support
	coverage inventory.Day
	day      inventory.Day
	products lifecycle.Products
}

// exposed tells that the asset has a public address.
func (s *subject) exposed() bool {
	a, err := netip.ParseAddr(s.asset.Address)
	return err == nil && !a.IsPrivate() && !a.IsLoopback() && !a.IsLinkLocalUnicast()
}

// meets tells whether all of a condition holds, and what shows it.
func (s *subject) meets(w *when) (evidence string, holds bool) {
	if len(w.Class) > 0 && !slices.Contains(w.Class, s.asset.Class) || slices.Contains(w.NotClass, s.asset.Class) {
		return "", false
	}
	var shown []string
	for _, test := range []struct {
		asked bool
		check func(*when) (string, bool)
	}{
		{w.Support != "", s.supportIs}, {w.service != nil || w.Port != 0, s.listens}, {w.Weakness != "", s.isWeak},
		{w.Certificate != "", s.certificateIs}, {w.Coverage != "", s.coverageIs}, {w.Field != "", s.valueIs},
		{w.Titles != "", s.titlesAre}, {w.Hardware != "", s.hardwareIs},
	} {
		if !test.asked {
			continue
		}
		text, ok := test.check(w)
		if !ok {
			return "", false
		}
		shown = append(shown, text)
	}
	if len(shown) == 0 {
		shown = append(shown, cmp.Or(s.asset.Address, s.asset.Serial))
	}
	return strings.Join(shown, "; "), true
}

func (s *subject) supportIs(w *when) (string, bool) {
	text := s.support.Product
	if !s.support.End.IsZero() {
		text += " → " + string(s.support.End)
	}
	return text, s.support.State == w.Support
}

// shownTitles bounds how many programs evidence names.
const shownTitles = 5

// titlesAre finds programs, databases and services in a state of support. What a
// distribution builds and mends is as its system is.
func (s *subject) titlesAre(w *when) (string, bool) {
	if s.products == nil {
		return "", false
	}
	var found []string
	for _, t := range lifecycle.SoftwareSupport(*s.asset, s.products, s.day) {
		if t.Kept || t.State != w.Titles {
			continue
		}
		text := strings.TrimSpace(t.Product + " " + t.Version)
		if t.Port > 0 {
			text = fmt.Sprintf("%d: %s", t.Port, text)
		}
		if !t.End.IsZero() {
			text += " → " + string(t.End)
		}
		if !slices.Contains(found, text) {
			found = append(found, text)
		}
	}
	if more := len(found) - shownTitles; more > 0 {
		found = append(found[:shownTitles], fmt.Sprintf("+ %d", more))
	}
	return strings.Join(found, ", "), len(found) > 0
}

func (s *subject) hardwareIs(w *when) (string, bool) {
	if s.products == nil {
		return "", false
	}
	h := lifecycle.HardwareSupport(*s.asset, s.products, s.day)
	return h.Product + " → " + string(h.End), h.State == w.Hardware
}

// listens finds the services of a name, and those without a name on the port.
func (s *subject) listens(w *when) (string, bool) {
	var found []string
	for _, service := range s.asset.Details.Services {
		named := w.service != nil && w.service.MatchString(service.Name)
		byPort := w.Port != 0 && service.Port == w.Port && (service.Name == "" || service.Name == "unknown")
		if named || byPort {
			found = append(found, strings.TrimSpace(fmt.Sprintf("%d/%s %s %s", service.Port, service.Protocol, service.Product, service.Version)))
		}
	}
	return strings.Join(found, ", "), len(found) > 0
}

func (s *subject) isWeak(w *when) (string, bool) {
	for _, weakness := range s.asset.Details.Weaknesses {
		if weakness.Kind != w.Weakness {
			continue
		}
		if weakness.Port > 0 {
			return strings.TrimSpace(fmt.Sprintf("%d: %s", weakness.Port, weakness.Evidence)), true
		}
		return weakness.Evidence, true
	}
	return "", false
}

// expiringDays is how near its end a certificate has to be to be renewed.
const expiringDays = 30

func (s *subject) certificateIs(w *when) (string, bool) {
	for _, service := range s.asset.Details.Services {
		if service.TLS == nil || service.TLS.NotAfter.IsZero() {
			continue
		}
		end := inventory.DayOf(service.TLS.NotAfter)
		expired := s.day.Time().After(service.TLS.NotAfter.Truncate(24 * time.Hour))
		expiring := !expired && s.day.Until(end) <= expiringDays
		if w.Certificate == "expired" && expired || w.Certificate == "expiring" && expiring {
			return fmt.Sprintf("%d/tcp %s → %s", service.Port, service.TLS.Subject, end), true
		}
	}
	return "", false
}

func (s *subject) coverageIs(w *when) (string, bool) {
	return string(s.coverage), w.Coverage == "ended" && !s.coverage.IsZero() && s.coverage < s.day
}

func (s *subject) valueIs(w *when) (string, bool) {
	value := s.asset.Values[w.Field].Value
	return value, value != "" && (w.value == nil || w.value.MatchString(value))
}
