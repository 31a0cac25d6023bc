package store_test

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"parc/inventory"
)

// TestUpdatesRoundTrip: every field that a person may change is written and read
// back, and the row stays with its client.
func TestUpdatesRoundTrip(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ctx, x := t.Context(), w.a
		second := x.record(t, w.Store, machine(2)).AssetIDs[0]

		f := x.financing
		f.ClientID = w.b.client.ID // not to be had by saying so
		f.Kind, f.Lessor, f.SignedOn, f.Start, f.Months, f.PeriodMonths = inventory.Lease, "L", "2025-02-20", "2025-03-01", 36, 3
		f.Instalment, f.RateBPS, f.TacitMonths, f.NoticeDays, f.ReturnTerms, f.ReturnCost = inventory.EUR(13500), 480, 12, 90, "clean", inventory.EUR(2000)
		f.InService, f.Method, f.LifeMonths, f.VATPermille, f.AssetIDs = "2025-03-15", inventory.Declining, 60, 55, []string{second}
		f.FirstInstalment, f.Deposit, f.Premium, f.IndexBPS, f.ExitPermille = inventory.EUR(1), inventory.EUR(2), inventory.EUR(3), 150, 1100
		f.MustInsure, f.InsuredUntil, f.OptionFrom, f.OptionUntil = true, "2027-01-01", "2027-10-01", "2027-12-01"
		f.Amendments = []inventory.Amendment{
			{Day: "2026-03-01", SignedOn: "2026-02-20", Term: inventory.CoTerminous, Instalment: inventory.EUR(14000), AssetsIn: []string{x.asset.ID}, AssetsOut: []string{second}, Notes: "swap"},
			{Day: "2026-04-01", Term: inventory.Restart, Months: 24, AssetsIn: []string{second}, AssetsOut: []string{}},
		}
		f = must(w.UpdateFinancing(ctx, x.scope, f))(t)
		if f.Amendments[0].ID == "" || f.Amendments[0].ID == f.Amendments[1].ID {
			t.Errorf("amendments %+v", f.Amendments)
		}
		theirs := f
		theirs.Amendments = []inventory.Amendment{{Day: "2026-03-01", Term: inventory.CoTerminous, AssetsIn: []string{w.b.asset.ID}}}
		_, err := w.UpdateFinancing(ctx, x.scope, theirs)
		code(t, err, inventory.NotFound, "another client's asset comes in")
		f.ClientID = w.b.client.ID
		got := must(w.UpdateFinancing(ctx, x.scope, f))(t)
		if f.ClientID = x.client.ID; !reflect.DeepEqual(got, f) || !reflect.DeepEqual(must(w.Financing(ctx, x.scope, f.ID))(t), f) {
			t.Errorf("financing %+v\nwant %+v", got, f)
		}

		l := x.licence
		l.Start, l.End, l.MaintenanceEnd, l.PackSize, l.TacitMonths, l.NoticeMonths = "2026-01-01", "2026-12-31", "2027-06-30", 2, 12, 1
		l.Assigned, l.Active, l.VATPermille, l.AssetIDs = 9, 7, 200, []string{}
		if got := must(w.UpdateLicence(ctx, x.scope, l))(t); !reflect.DeepEqual(got, l) || !reflect.DeepEqual(must(w.Licence(ctx, x.scope, l.ID))(t), l) {
			t.Errorf("licence %+v\nwant %+v", got, l)
		}

		c := x.contract
		c.IndexName, c.IndexBPS, c.NoticeDays, c.NoticeForm = "Syntec", 250, 60, "registered letter"
		c.Services, c.SiteIDs, c.AssetIDs = []string{"backup", "patches"}, []string{x.site.ID}, []string{second}
		c.Levels = append(c.Levels, inventory.ServiceLevel{Level: inventory.OnSite, Hours: "24x7", TimeZone: "Europe/Paris", ResponseMinutes: 60})
		c.Insurer, c.Policy, c.InsuredUntil, c.InsuredUpTo = "I", "P-1", "2027-01-01", inventory.EUR(5_000_000)
		if got := must(w.UpdateContract(ctx, x.scope, c))(t); !reflect.DeepEqual(got, c) || !reflect.DeepEqual(must(w.Contract(ctx, x.scope, c.ID))(t), c) {
			t.Errorf("contract %+v\nwant %+v", got, c)
		}

		v := x.coverage
		v.AssetID, v.Kind, v.Level, v.End, v.FetchedAt = second, "care-pack", "NBD", "2030-01-01", day
		if got := must(w.UpdateCoverage(ctx, x.scope, v))(t); !reflect.DeepEqual(got, v) || !reflect.DeepEqual(must(w.Coverage(ctx, x.scope, v.ID))(t), v) {
			t.Errorf("coverage %+v\nwant %+v", got, v)
		}

		both := inventory.ScopeClients("both", x.client.ID, w.b.client.ID)
		c.AssetIDs = []string{w.b.asset.ID}
		_, err = w.UpdateContract(ctx, both, c)
		code(t, err, inventory.NotFound, "another client's asset")
		c.AssetIDs, c.SiteIDs = nil, []string{w.b.site.ID}
		_, err = w.UpdateContract(ctx, both, c)
		code(t, err, inventory.NotFound, "another client's site")
		v.AssetID = w.b.asset.ID
		_, err = w.UpdateCoverage(ctx, both, v)
		code(t, err, inventory.NotFound, "a coverage of another client's asset")
	})
}

func TestInterventions(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ctx, x := t.Context(), w.a
		both := inventory.ScopeClients("both", x.client.ID, w.b.client.ID)
		ids := []string{x.intervention.ID}
		for i := range 5 {
			v := must(w.AddIntervention(ctx, x.scope, inventory.Intervention{
				ClientID: x.client.ID, Level: inventory.OnSite, Kind: "request", Summary: "toner", OpenedAt: day.Add(time.Duration(i+1) * 24 * time.Hour),
			}))(t)
			ids = append([]string{v.ID}, ids...)
		}
		for _, limit := range []int{1, 4, 6} {
			var got []string
			for _, v := range all(t, limit, func(p inventory.Page) ([]inventory.Intervention, string, error) {
				return w.Interventions(ctx, both, inventory.InterventionFilter{ClientID: x.client.ID, Page: p})
			}) {
				got = append(got, v.ID)
			}
			if !reflect.DeepEqual(got, ids) {
				t.Errorf("%d a page: got %v, want %v", limit, got, ids)
			}
		}
		for name, c := range map[string]struct {
			f    inventory.InterventionFilter
			want int
		}{
			"of the asset": {inventory.InterventionFilter{AssetID: x.asset.ID}, 1}, "under the contract": {inventory.InterventionFilter{ContractID: x.contract.ID}, 1},
			"of another's asset": {inventory.InterventionFilter{AssetID: w.b.asset.ID}, 0}, "one day": {inventory.InterventionFilter{From: "2026-11-24", To: "2026-11-24"}, 1},
			"from a day on": {inventory.InterventionFilter{From: "2026-11-27"}, 2},
		} {
			c.f.ClientID = x.client.ID
			if got, _, err := w.Interventions(ctx, both, c.f); err != nil || len(got) != c.want {
				t.Errorf("%s: %d, %v; want %d", name, len(got), err, c.want)
			}
		}
		v, responded, resolved := x.intervention, day.Add(time.Hour), day.Add(3*time.Hour)
		v.RespondedAt, v.ResolvedAt, v.PausedMinutes, v.WorkMinutes, v.Cost, v.By = &responded, &resolved, 30, 60, inventory.EUR(9000), "Léa"
		if got := must(w.UpdateIntervention(ctx, x.scope, v))(t); !reflect.DeepEqual(got, v) || !reflect.DeepEqual(must(w.Intervention(ctx, x.scope, v.ID))(t), v) {
			t.Errorf("%+v\nwant %+v", got, v)
		}
		v.ResolvedAt = &day
		_, err := w.UpdateIntervention(ctx, x.scope, v)
		code(t, err, inventory.Invalid, "resolved before anybody responded")
		v = x.intervention
		v.ContractID = w.b.contract.ID
		_, err = w.UpdateIntervention(ctx, both, v)
		code(t, err, inventory.NotFound, "another client's contract")
		if err := w.DeleteContract(ctx, x.scope, x.contract.ID); err != nil {
			t.Fatal(err)
		}
		if got := must(w.Intervention(ctx, x.scope, x.intervention.ID))(t); got.ContractID != "" {
			t.Errorf("still under contract %s, which is gone", got.ContractID)
		}
		if got := must(w.Intervention(ctx, admin, w.b.intervention.ID))(t); got.ContractID == "" {
			t.Error("another client's intervention lost its contract")
		}
	})
}

func TestPoliciesAndPrices(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ctx, x := t.Context(), w.a
		house := inventory.Policy{
			LifeMonths: map[inventory.Class]int{inventory.Server: 72, "": 60}, Inflation: map[inventory.Class]int{"": 250}, RiskCost: map[inventory.Class]inventory.Money{inventory.Server: inventory.EUR(90000)},
			Method: inventory.Linear, DepreciateOver: 36, Threshold: inventory.EUR(50000), YearEndMonth: 6, VATPermille: 200, DiscountBPS: 500, NoticeWarnDays: 60,
		}
		_, err := w.SetPolicy(ctx, x.scope, house)
		code(t, err, inventory.Forbidden, "a technician sets the provider's policy")
		house = must(w.SetPolicy(ctx, admin, house))(t)
		house.NoticeWarnDays = 90
		house = must(w.SetPolicy(ctx, admin, house))(t)
		if got := must(w.Policy(ctx, x.scope, ""))(t); !reflect.DeepEqual(got, house) {
			t.Errorf("%+v\nwant %+v", got, house)
		}
		if got := must(w.Policy(ctx, x.scope, x.client.ID))(t); !reflect.DeepEqual(got, x.policy) {
			t.Errorf("%+v\nwant %+v", got, x.policy)
		}
		_, err = w.Policy(ctx, inventory.Scope{}, "")
		code(t, err, inventory.NotFound, "nobody reads the provider's policy")

		_, err = w.AddPrice(ctx, x.scope, inventory.Price{Class: inventory.Laptop, Amount: inventory.EUR(1), Day: "2026-01-01"})
		code(t, err, inventory.Forbidden, "a technician adds to the provider's prices")
		own := must(w.AddPrice(ctx, admin, inventory.Price{Class: inventory.Laptop, Vendor: "Dell", Model: "Latitude", Amount: inventory.EUR(120000), Day: "2026-02-01", Source: "list", Reference: "R"}))(t)
		if got := must(w.Prices(ctx, x.scope, ""))(t); len(got) != 1 || !reflect.DeepEqual(got[0], own) {
			t.Errorf("the provider's: %+v", got)
		}
		if got := must(w.Prices(ctx, x.scope, x.client.ID))(t); len(got) != 1 || got[0].ID != x.price.ID {
			t.Errorf("the client's: %+v", got)
		}
		if got := must(w.Price(ctx, x.scope, own.ID))(t); !reflect.DeepEqual(got, own) {
			t.Errorf("%+v", got)
		}
		changed := own
		changed.Amount = inventory.EUR(130000)
		_, err = w.UpdatePrice(ctx, x.scope, changed)
		code(t, err, inventory.Forbidden, "a technician changes the provider's prices")
		code(t, w.DeletePrice(ctx, x.scope, own.ID), inventory.Forbidden, "a technician removes the provider's prices")
		if got := must(w.UpdatePrice(ctx, admin, changed))(t); !reflect.DeepEqual(got, changed) {
			t.Errorf("%+v", got)
		}
		if err := w.DeletePrice(ctx, admin, own.ID); err != nil {
			t.Error(err)
		}
	})
}

func TestScenarios(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ctx, x := t.Context(), w.a
		sc := x.scenario
		sc.Name, sc.Caps, sc.LifeMonths = "cap", map[int]inventory.Money{0: inventory.EUR(1_500_000), 2027: inventory.EUR(0)}, map[inventory.Class]int{inventory.Laptop: 60}
		sc.First, sc.Lease, sc.LeaseMonths, sc.LeaseBPS = []inventory.Class{inventory.Server}, []inventory.Class{inventory.Laptop}, 36, 310
		sc.Pinned, sc.Lots, sc.Notes = map[string]int{x.asset.ID: 2030}, map[string]int{"Latitude 5420": 3}, "n"
		if got := must(w.UpdateScenario(ctx, x.scope, sc))(t); !reflect.DeepEqual(got, sc) || !reflect.DeepEqual(must(w.Scenario(ctx, x.scope, sc.ID))(t), sc) {
			t.Errorf("%+v\nwant %+v", got, sc)
		}
		sc.ID = ""
		_, err := w.AddScenario(ctx, x.scope, sc)
		code(t, err, inventory.Conflict, "two of one name")
		sc.Name, sc.Pinned = "foreign", map[string]int{w.b.asset.ID: 2028}
		_, err = w.AddScenario(ctx, inventory.ScopeClients("both", x.client.ID, w.b.client.ID), sc)
		code(t, err, inventory.NotFound, "another client's asset pinned")
		if got := must(w.Scenarios(ctx, admin, x.client.ID))(t); len(got) != 1 {
			t.Errorf("%d scenarios", len(got))
		}
	})
}

// TestImpossibleInput: each is Invalid, names its field, and nothing is stored.
func TestImpossibleInput(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ctx, x := t.Context(), w.a
		before := everything(t, w, x)
		try := func(field string, err error) {
			t.Helper()
			if inventory.CodeOf(err) != inventory.Invalid || !strings.HasPrefix(err.Error(), field+": ") {
				t.Errorf("got %v, want Invalid naming %s", err, field)
			}
		}
		financing := func(field string, set func(f *inventory.Financing)) {
			t.Helper()
			f := x.financing
			set(&f)
			_, err := w.UpdateFinancing(ctx, x.scope, f)
			try(field, err)
			_, err = w.AddFinancing(ctx, x.scope, f)
			try(field, err)
		}
		financing("price", func(f *inventory.Financing) { f.Price = inventory.EUR(-1) })
		financing("residual", func(f *inventory.Financing) { f.Residual = inventory.Money{Minor: 1, Currency: "USD"} })
		financing("instalment", func(f *inventory.Financing) { f.Instalment = inventory.Money{Minor: 1, Currency: "€"} })
		financing("in_service", func(f *inventory.Financing) { f.InService = "2026-02-30" })
		financing("kind", func(f *inventory.Financing) { f.Kind = "gift" })
		financing("notice_days", func(f *inventory.Financing) { f.NoticeMonths, f.NoticeDays = 1, 30 })
		licence := func(field string, set func(l *inventory.Licence)) {
			t.Helper()
			l := x.licence
			set(&l)
			_, err := w.UpdateLicence(ctx, x.scope, l)
			try(field, err)
		}
		licence("end", func(l *inventory.Licence) { l.Start, l.End = "2026-02-01", "2026-01-31" })
		licence("active", func(l *inventory.Licence) { l.Assigned, l.Active = 1, 2 })
		licence("quantity", func(l *inventory.Licence) { l.Quantity = -1 })
		contract := func(field string, set func(c *inventory.Contract)) {
			t.Helper()
			c := x.contract
			set(&c)
			_, err := w.UpdateContract(ctx, x.scope, c)
			try(field, err)
		}
		for _, hours := range []string{"", "always", "Mo-Fr", "Mo-Fr 9-18", "Mo-Fr 25:00-26:00", "Lu-Ve 09:00-18:00"} {
			contract("levels", func(c *inventory.Contract) { c.Levels = []inventory.ServiceLevel{{Level: 2, Hours: hours}} })
		}
		contract("levels", func(c *inventory.Contract) { c.Levels = []inventory.ServiceLevel{{Level: 4, Hours: "24x7"}} })
		contract("levels", func(c *inventory.Contract) {
			c.Levels = []inventory.ServiceLevel{{Level: 1, Hours: "24x7", TimeZone: "Mars/Base"}}
		})
		contract("levels", func(c *inventory.Contract) { c.Levels = append(c.Levels, c.Levels[0]) })
		contract("index_bps", func(c *inventory.Contract) { c.IndexBPS = 20000 })
		p := x.price
		p.Class = "toaster"
		_, err := w.UpdatePrice(ctx, x.scope, p)
		try("class", err)
		_, err = w.SetPolicy(ctx, x.scope, inventory.Policy{ClientID: x.client.ID, LifeMonths: map[inventory.Class]int{"toaster": 12}})
		try("life_months", err)
		_, err = w.SetPolicy(ctx, x.scope, inventory.Policy{ClientID: x.client.ID, RiskCost: map[inventory.Class]inventory.Money{inventory.Server: inventory.EUR(1), inventory.NAS: {Minor: 1, Currency: "CHF"}}})
		try("risk_cost", err)
		sc := x.scenario
		sc.Caps = map[int]inventory.Money{2040: inventory.EUR(1)}
		_, err = w.UpdateScenario(ctx, x.scope, sc)
		try("caps", err)
		v := x.coverage
		v.End = "2025-12-31"
		_, err = w.UpdateCoverage(ctx, x.scope, v)
		try("end", err)
		if after := everything(t, w, x); !reflect.DeepEqual(before, after) {
			t.Errorf("something changed:\nbefore %+v\nafter  %+v", before, after)
		}
	})
}
