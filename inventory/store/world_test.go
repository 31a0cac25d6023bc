package store_test

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"strings"
	"testing"
	"time"

	"parc/inventory"
	"parc/inventory/store"
	"parc/inventory/store/storetest"
)

var admin = storetest.Admin

// side is one client with one of everything.
type side struct {
	scope      inventory.Scope // sees this client only
	client     inventory.Client
	site       inventory.Site
	asset      inventory.Asset
	coverage   inventory.Coverage
	financing  inventory.Financing
	licence    inventory.Licence
	contract   inventory.Contract
	scan       inventory.Scan
	schedule   inventory.Schedule
	credential inventory.Credential
	licenceKey string // its id
	enrolment  inventory.Enrolment
	review     inventory.Review
	report     inventory.Report
	saved      inventory.SavedReport

	attachment   inventory.Attachment
	intervention inventory.Intervention
	policy       inventory.Policy
	price        inventory.Price
	scenario     inventory.Scenario
}

// world is a store with two clients that have the same things under the same
// names, so that what leaks shows.
type world struct {
	*store.Store
	a, b side
}

func newWorld(t *testing.T, s *store.Store) *world {
	t.Helper()
	return &world{s, newSide(t, s, "Dupont SARL"), newSide(t, s, "Martin SA")}
}

// must gives the value of a call that may not fail.
func must[T any](v T, err error) func(*testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func newSide(t *testing.T, s *store.Store, name string) side {
	t.Helper()
	ctx := t.Context()
	var x side
	x.client = must(s.CreateClient(ctx, admin, inventory.Client{Name: name}))(t)
	x.scope = inventory.ScopeClients("user of "+name, x.client.ID)
	id := x.client.ID
	x.site = must(s.CreateSite(ctx, admin, inventory.Site{ClientID: id, Name: "Siège", Networks: []inventory.Network{{Prefix: netip.MustParsePrefix("192.168.1.0/24"), Label: "LAN"}}}))(t)
	first := machine(1)
	first.Details.Licences = []inventory.FoundLicence{{Name: "Office", Key: inventory.NewSecret("key-s3cret of " + name)}}
	out := must(s.Record(ctx, admin, id, x.site.ID, []inventory.Observation{first}))(t)
	x.asset = must(s.Asset(ctx, admin, out.AssetIDs[0]))(t)
	x.licenceKey = x.asset.Details.Licences[0].KeyID
	x.coverage = must(s.AddCoverage(ctx, admin, inventory.Coverage{ClientID: id, AssetID: x.asset.ID, Kind: "manufacturer", Source: "hand", Start: "2026-01-01", End: "2029-01-01"}))(t)
	x.financing = must(s.AddFinancing(ctx, admin, inventory.Financing{ClientID: id, Kind: inventory.Purchase, Start: "2026-01-15", Price: inventory.EUR(180000), AssetIDs: []string{x.asset.ID}}))(t)
	x.licence = must(s.AddLicence(ctx, admin, inventory.Licence{ClientID: id, Publisher: "Microsoft", Product: "365", Metric: "user", Quantity: 5, Kind: "subscription", AssetIDs: []string{x.asset.ID}}))(t)
	x.contract = must(s.AddContract(ctx, admin, inventory.Contract{ClientID: id, Kind: "maintenance", Party: "X", Title: "T", Start: "2026-01-01", Months: 36, Levels: []inventory.ServiceLevel{{Level: inventory.Remote, Hours: "Mo-Fr 09:00-18:00", ResponseMinutes: 240, ResolutionMinutes: 480}}}))(t)
	x.schedule = must(s.CreateSchedule(ctx, admin, inventory.Schedule{ClientID: id, SiteID: x.site.ID, Name: "nightly", Spec: "0 2 * * *", TimeZone: "Europe/Paris", Depth: inventory.DepthFull, Enabled: true}))(t)
	x.scan = must(s.CreateScan(ctx, admin, inventory.Scan{ClientID: id, SiteID: x.site.ID, ScheduleID: x.schedule.ID, Targets: []string{"192.168.1.0/24"}, Depth: inventory.DepthFull}, nil))(t)
	x.enrolment = must(s.CreateEnrolment(ctx, admin, inventory.Enrolment{ClientID: id, SiteID: x.site.ID, Name: "agents", TokenHash: "hash of " + name, Network: true}))(t)
	if err := s.KeepNetworkFinds(ctx, admin, x.enrolment.ID, []inventory.NetworkFind{{Address: "192.168.1.7", CredentialID: "c"}}); err != nil {
		t.Fatal(err)
	}
	if err := s.SawAgent(ctx, admin, inventory.Agent{ClientID: id, SiteID: x.site.ID, Device: "agent-1", EnrolmentID: x.enrolment.ID, LastContact: x.enrolment.CreatedAt}); err != nil {
		t.Fatal(err)
	}
	x.credential = must(s.CreateCredential(ctx, admin, inventory.Credential{ClientID: id, SiteID: x.site.ID, Name: "public", Version: "2c", Secret: inventory.NewSecret("s3cret of " + name), Ranges: []netip.Prefix{netip.MustParsePrefix("192.168.0.0/16")}}))(t)
	x.report = must(s.KeepReport(ctx, admin, inventory.Report{ClientID: id, Kind: "audit", Day: "2026-11-23", Digest: "d1", Frozen: []byte("frozen of " + name)}))(t)
	x.saved = must(s.CreateSavedReport(ctx, admin, inventory.SavedReport{ClientID: id, Name: "monthly", Kind: "renewals", Lang: "fr", Format: "pdf", Recipients: []string{"boss@example.com"}, Spec: "@monthly", Enabled: true}))(t)
	x.intervention = must(s.AddIntervention(ctx, admin, inventory.Intervention{ClientID: id, AssetID: x.asset.ID, ContractID: x.contract.ID, Level: inventory.Remote, Kind: "failure", Summary: "no picture", OpenedAt: day}))(t)
	x.attachment = must(s.AddAttachment(ctx, admin, inventory.Attachment{ContractID: x.contract.ID, Name: "signed.txt", Kind: "contract"}, strings.NewReader("signed by "+name)))(t)
	x.policy = must(s.SetPolicy(ctx, admin, inventory.Policy{ClientID: id, LifeMonths: map[inventory.Class]int{inventory.Laptop: 48}}))(t)
	x.price = must(s.AddPrice(ctx, admin, inventory.Price{ClientID: id, Class: inventory.Laptop, Amount: inventory.EUR(115000), Day: "2026-01-01", Source: "list"}))(t)
	x.scenario = must(s.AddScenario(ctx, admin, inventory.Scenario{ClientID: id, Name: "as planned", From: 2027, Years: 5, Pinned: map[string]int{x.asset.ID: 2028}}))(t)
	x.review = newReview(t, s, &x)
	return x
}

// newReview has a person pin a value and a scan disagree with it.
func newReview(t *testing.T, s *store.Store, x *side) inventory.Review {
	t.Helper()
	_, err := s.PatchAsset(t.Context(), admin, x.asset.ID, inventory.AssetPatch{Values: map[inventory.Field]string{inventory.FieldModel: "Latitude by hand"}})
	if err != nil {
		t.Fatal(err)
	}
	must(s.Record(t.Context(), admin, x.client.ID, x.site.ID, []inventory.Observation{machine(1)}))(t)
	reviews, _, err := s.Reviews(t.Context(), admin, x.client.ID, true, inventory.Page{})
	if err != nil || len(reviews) != 1 {
		t.Fatalf("reviews %v, %v", reviews, err)
	}
	x.asset = must(s.Asset(t.Context(), admin, x.asset.ID))(t)
	return reviews[0]
}

var day = time.Date(2026, 11, 23, 8, 30, 0, 123456000, time.UTC)

// machine is what SNMP says of the nth machine of any client.
func machine(n int) inventory.Observation {
	o := inventory.Observation{At: day, Source: inventory.FromSNMP, Ref: fmt.Sprintf("m%d", n), Address: fmt.Sprintf("192.168.1.%d", n), ScanID: "run"}
	o.Add(inventory.FieldClass, string(inventory.Laptop), "snmp:x", inventory.High)
	o.Add(inventory.FieldVendor, "Dell", "snmp:x", inventory.High)
	o.Add(inventory.FieldModel, "Latitude 5420", "snmp:x", inventory.High)
	o.Add(inventory.FieldSerial, fmt.Sprintf("7XK%04dQ", n), "snmp:x", inventory.High)
	o.Add(inventory.FieldHostname, fmt.Sprintf("pc-%d", n), "snmp:x", inventory.High)
	o.Add(inventory.FieldMAC, fmt.Sprintf("00:1b:21:00:%02x:%02x", n>>8, n&255), "snmp:x", inventory.High)
	o.Details.Services = []inventory.Service{{Port: 22, Protocol: "tcp", Name: "ssh"}}
	return o
}

func machines(from, n int) []inventory.Observation {
	list := make([]inventory.Observation, n)
	for i := range list {
		list[i] = machine(from + i)
	}
	return list
}

// eachWorld runs test in a new world on each database.
func eachWorld(t *testing.T, test func(t *testing.T, w *world)) {
	t.Helper()
	storetest.Each(t, func(t *testing.T, s *store.Store) { test(t, newWorld(t, s)) })
}

// code fails unless the error has the code.
func code(t *testing.T, err error, want inventory.Code, what string) {
	t.Helper()
	if got := inventory.CodeOf(err); got != want {
		t.Errorf("%s: got %q (%v), want %q", what, got, err, want)
	}
}

// all reads a list page by page; more than a few pages too many are an endless list.
func all[T any](t *testing.T, limit int, list func(inventory.Page) ([]T, string, error)) []T {
	t.Helper()
	var items []T
	p := inventory.Page{Limit: limit}
	for range 1000 {
		part, next, err := list(p)
		if err != nil {
			t.Fatal(err)
		}
		if len(part) > limit {
			t.Fatalf("page of %d, limit %d", len(part), limit)
		}
		items = append(items, part...)
		if next == "" {
			return items
		}
		p.After = next
	}
	t.Fatal("the list does not end")
	return nil
}

var errStop = errors.New("stop")

func full(ctx context.Context, s *store.Store, scope inventory.Scope, f inventory.AssetFilter) (assets []inventory.Asset, err error) {
	err = s.AssetsFull(ctx, scope, f, func(a inventory.Asset) error {
		assets = append(assets, a)
		return nil
	})
	return assets, err
}
