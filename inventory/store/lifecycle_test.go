package store_test

import (
	"reflect"
	"slices"
	"testing"
	"time"

	"parc/inventory"
)

func TestCoverages(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ctx, x := t.Context(), w.a
		open := must(w.AddCoverage(ctx, x.scope, inventory.Coverage{ClientID: x.client.ID, AssetID: x.asset.ID, Kind: "support", Level: "24x7", Source: "dell", FetchedAt: day}))(t)
		list := must(w.Coverages(ctx, x.scope, x.client.ID))(t)
		if len(list) != 2 || !slices.ContainsFunc(list, func(c inventory.Coverage) bool { return reflect.DeepEqual(c, open) }) ||
			!slices.ContainsFunc(list, func(c inventory.Coverage) bool { return reflect.DeepEqual(c, x.coverage) }) {
			t.Errorf("%+v", list)
		}
		if open.Start != "" || open.End != "" || !open.FetchedAt.Equal(day) {
			t.Errorf("%+v", open)
		}
		for name, c := range map[string]inventory.Coverage{
			"end before start": {AssetID: x.asset.ID, Start: "2026-02-01", End: "2026-01-31"},
			"no such day":      {AssetID: x.asset.ID, End: "2026-02-30"},
			"no day":           {AssetID: x.asset.ID, Start: "tomorrow"},
		} {
			c.ClientID = x.client.ID
			_, err := w.AddCoverage(ctx, x.scope, c)
			code(t, err, inventory.Invalid, name)
		}
		_, err := w.AddCoverage(ctx, x.scope, inventory.Coverage{ClientID: x.client.ID, AssetID: "nothing"})
		code(t, err, inventory.NotFound, "no such asset")
		if err := w.DeleteCoverage(ctx, x.scope, open.ID); err != nil {
			t.Error(err)
		}
		code(t, w.DeleteCoverage(ctx, x.scope, open.ID), inventory.NotFound, "delete twice")
		if list := must(w.Coverages(ctx, x.scope, x.client.ID))(t); len(list) != 1 {
			t.Errorf("%+v", list)
		}
	})
}

func TestMoneyThings(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ctx, x := t.Context(), w.a
		second := x.record(t, w.Store, machine(2)).AssetIDs[0]
		ids := []string{second, x.asset.ID, second, ""}
		sorted := []string{x.asset.ID, second}
		slices.Sort(sorted)

		lease := must(w.AddFinancing(ctx, x.scope, inventory.Financing{
			ClientID: x.client.ID, Kind: inventory.Lease, Supplier: "S", Lessor: "L", Reference: "R", Start: "2025-03-01", Months: 36,
			PeriodMonths: 3, Arrears: true, Price: inventory.EUR(1 << 40), Instalment: inventory.EUR(13500), Residual: inventory.EUR(1),
			NoticeMonths: 3, VATPermille: 200, AssetIDs: ids, Notes: "n",
		}))(t)
		financings := must(w.Financings(ctx, x.scope, x.client.ID))(t)
		if len(financings) != 2 || !reflect.DeepEqual(financings[1], lease) || !reflect.DeepEqual(lease.AssetIDs, sorted) || !reflect.DeepEqual(financings[0], x.financing) {
			t.Errorf("%+v\nwant %+v", financings, lease)
		}
		cal := must(w.AddLicence(ctx, x.scope, inventory.Licence{
			ClientID: x.client.ID, Publisher: "Microsoft", Product: "Windows Server", Edition: "Standard", Metric: "core", Quantity: 16, Kind: "perpetual",
			Start: "2026-01-01", End: "2027-01-01", Renews: true, UnitPrice: inventory.EUR(4999), PerMonths: 12, Supplier: "S", Reference: "R", AssetIDs: ids,
		}))(t)
		licences := must(w.Licences(ctx, x.scope, x.client.ID))(t)
		if len(licences) != 2 || !reflect.DeepEqual(licences[1], cal) || !reflect.DeepEqual(licences[0], x.licence) || !reflect.DeepEqual(cal.AssetIDs, sorted) {
			t.Errorf("%+v\nwant %+v", licences, cal)
		}
		deal := must(w.AddContract(ctx, x.scope, inventory.Contract{
			ClientID: x.client.ID, Kind: "managed-service", Party: "P", Reference: "R", Title: "T", Start: "2024-03-01", Months: 36, TacitMonths: 12,
			NoticeMonths: 3, Price: inventory.EUR(99000), PriceMonths: 1, Levels: []inventory.ServiceLevel{{Level: inventory.Remote, Hours: "Mo-Fr 09:00-18:00", ResponseMinutes: 240, ResolutionMinutes: 480}}, AssetIDs: ids, Notes: "n",
		}))(t)
		contracts := must(w.Contracts(ctx, x.scope, x.client.ID))(t)
		if len(contracts) != 2 || !reflect.DeepEqual(contracts[1], deal) || !reflect.DeepEqual(contracts[0], x.contract) {
			t.Errorf("%+v\nwant %+v", contracts, deal)
		}
		if contracts[0].AssetIDs == nil {
			t.Error("no assets is nil, which becomes null in JSON")
		}
		for name, err := range map[string]error{
			"financing": w.DeleteFinancing(ctx, x.scope, lease.ID), "licence": w.DeleteLicence(ctx, x.scope, cal.ID), "contract": w.DeleteContract(ctx, x.scope, deal.ID),
		} {
			if err != nil {
				t.Errorf("delete %s: %v", name, err)
			}
		}
		code(t, w.DeleteFinancing(ctx, x.scope, lease.ID), inventory.NotFound, "delete twice")
		for _, table := range []string{"financing_assets", "licence_assets", "contract_assets"} {
			if n := count(t, w.Store, "SELECT count(*) FROM "+table+" WHERE asset_id = $1", second); n != 0 {
				t.Errorf("%d rows stay in %s", n, table)
			}
		}
	})
}

func TestMoneyThingsRefuse(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ctx, x := t.Context(), w.a
		for name, f := range map[string]inventory.Financing{
			"negative price": {Price: inventory.EUR(-1)}, "no currency": {Instalment: inventory.Money{Minor: 5}}, "wrong currency": {Residual: inventory.Money{Minor: 5, Currency: "eur"}},
			"negative months": {Months: -1}, "absurd months": {Months: 1 << 40}, "no such day": {Start: "2026-02-30"},
		} {
			f.ClientID = x.client.ID
			_, err := w.AddFinancing(ctx, x.scope, f)
			code(t, err, inventory.Invalid, name)
		}
		_, err := w.AddLicence(ctx, x.scope, inventory.Licence{ClientID: x.client.ID, Start: "2026-02-01", End: "2026-01-01"})
		code(t, err, inventory.Invalid, "licence ends before it starts")
		_, err = w.AddContract(ctx, x.scope, inventory.Contract{ClientID: x.client.ID, NoticeMonths: -3})
		code(t, err, inventory.Invalid, "contract with negative notice")
		if n := len(must(w.Financings(ctx, x.scope, x.client.ID))(t)); n != 1 {
			t.Errorf("%d financings", n)
		}
	})
}

func TestScans(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ctx, x := t.Context(), w.a
		if got := must(w.Scan(ctx, x.scope, x.scan.ID))(t); !reflect.DeepEqual(got, x.scan) || got.State != inventory.ScanQueued || got.CreatedBy != admin.Actor() {
			t.Errorf("read %+v\nmade %+v", got, x.scan)
		}
		ids := []string{x.scan.ID}
		for i := range 5 {
			scan := must(w.CreateScan(ctx, x.scope, inventory.Scan{ClientID: x.client.ID, SiteID: x.site.ID, CreatedAt: time.Now().Add(time.Duration(i+1) * time.Minute)}, nil))(t)
			ids = append([]string{scan.ID}, ids...)
		}
		for _, limit := range []int{1, 4, 6} {
			var got []string
			for _, s := range all(t, limit, func(p inventory.Page) ([]inventory.Scan, string, error) { return w.Scans(ctx, x.scope, x.client.ID, p) }) {
				got = append(got, s.ID)
			}
			if !reflect.DeepEqual(got, ids) {
				t.Errorf("%d a page: got %v, want %v", limit, got, ids)
			}
		}
		scan := must(w.BeginScan(ctx, x.scope, x.scan.ID, "runner"))(t)
		scan.Progress = inventory.Progress{Phase: "probe", Targets: 256, Done: 12, Found: 3, Warnings: []string{"w"}, Percent: 5}
		if err := w.UpdateScan(ctx, x.scope, scan); err != nil {
			t.Fatal(err)
		}
		if got := must(w.Scan(ctx, x.scope, scan.ID))(t); !reflect.DeepEqual(got, scan) {
			t.Errorf("read %+v\nwant %+v", got, scan)
		}
		scan.State, scan.Error = inventory.ScanFailed, "no right to raw sockets"
		if err := w.UpdateScan(ctx, x.scope, scan); err != nil {
			t.Fatal(err)
		}
		scan.State = inventory.ScanRunning
		code(t, w.UpdateScan(ctx, x.scope, scan), inventory.Conflict, "update of an ended scan")
		if got := must(w.Scan(ctx, x.scope, scan.ID))(t); got.State != inventory.ScanFailed || got.Error != "no right to raw sockets" {
			t.Errorf("%+v", got)
		}
	})
}

func TestScanHasOneRunner(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ctx, id := t.Context(), w.a.scan.ID
		must(w.BeginScan(ctx, admin, id, "one"))(t)
		_, err := w.BeginScan(ctx, admin, id, "two")
		code(t, err, inventory.Conflict, "begin twice")
		_, err = w.BeatScan(ctx, admin, id, "two")
		code(t, err, inventory.Conflict, "another's sign of life")
		code(t, w.EndScan(ctx, admin, id, "two", inventory.ScanDone, ""), inventory.Conflict, "another's end")
		code(t, w.RequeueScan(ctx, admin, id, "two"), inventory.Conflict, "another's giving back")
		if stop := must(w.BeatScan(ctx, admin, id, "one"))(t); stop {
			t.Error("told to stop")
		}
		if err := w.RequeueScan(ctx, admin, id, "one"); err != nil {
			t.Fatal(err)
		}
		if got := must(w.Scan(ctx, admin, id))(t); got.State != inventory.ScanQueued || got.StartedAt != nil || got.Progress.Phase != "" {
			t.Errorf("given back: %+v", got)
		}
		must(w.BeginScan(ctx, admin, id, "two"))(t)
		if err := w.CancelScan(ctx, admin, id, nil); err != nil {
			t.Fatal(err)
		}
		if stop := must(w.BeatScan(ctx, admin, id, "two"))(t); !stop {
			t.Error("not told to stop")
		}
		if err := w.RequeueScan(ctx, admin, id, "two"); err != nil {
			t.Fatal(err)
		}
		if got := must(w.Scan(ctx, admin, id))(t); got.State != inventory.ScanCancelled || got.EndedAt == nil {
			t.Errorf("cancelled and given back: %+v", got)
		}
	})
}

func TestSchedules(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ctx, x := t.Context(), w.a
		if got := must(w.Schedule(ctx, x.scope, x.schedule.ID))(t); !reflect.DeepEqual(got, x.schedule) || got.Targets == nil {
			t.Errorf("read %+v\nmade %+v", got, x.schedule)
		}
		next := day.Add(time.Hour)
		x.schedule.NextAt = &next
		x.schedule.Name, x.schedule.Targets = "weekly", []string{"10.0.0.0/24"}
		got := must(w.UpdateSchedule(ctx, x.scope, x.schedule))(t)
		if got.Name != "weekly" || !reflect.DeepEqual(got.Targets, []string{"10.0.0.0/24"}) || got.NextAt != nil {
			t.Errorf("%+v: the next run is the dispatch's to set", got)
		}
		if list := must(w.Schedules(ctx, x.scope, x.client.ID))(t); len(list) != 1 || !reflect.DeepEqual(list[0], got) {
			t.Errorf("%+v", list)
		}
		if err := w.DeleteSchedule(ctx, x.scope, x.schedule.ID); err != nil {
			t.Fatal(err)
		}
		if scan := must(w.Scan(ctx, x.scope, x.scan.ID))(t); scan.ScheduleID != "" {
			t.Errorf("the scan keeps schedule %s, which is gone", scan.ScheduleID)
		}
		code(t, w.DeleteSchedule(ctx, x.scope, x.schedule.ID), inventory.NotFound, "delete twice")
	})
}
