package warranty

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"testing"
	"time"

	"parc/inventory"
)

var now = time.Date(2026, 3, 10, 8, 0, 0, 0, time.UTC)

func TestDue(t *testing.T) {
	t.Parallel()
	days := func(n int) time.Time { return now.AddDate(0, 0, -n) }
	asset := inventory.Asset{ID: "1", Serial: "7XKQ2T3", Vendor: "Dell"}
	for name, c := range map[string]struct {
		asked   time.Time
		unknown bool
		end     inventory.Day
		change  func(*Machine)
		want    bool
	}{
		"never asked about":                  {want: true},
		"never asked about, retired":         {change: func(m *Machine) { m.Asset.State = inventory.Retired }},
		"without a serial":                   {change: func(m *Machine) { m.Asset.Serial = "" }},
		"a serial that would break the list": {change: func(m *Machine) { m.Asset.Serial = "AB,CD&x=1" }},
		"far from its end, lately":           {asked: days(89), end: "2028-01-01"},
		"far from its end, long ago":         {asked: days(90), end: "2028-01-01", want: true},
		"near its end, lately":               {asked: days(29), end: "2026-05-01"},
		"near its end, a month ago":          {asked: days(30), end: "2026-05-01", want: true},
		"just ended, a month ago":            {asked: days(30), end: "2026-01-01", want: true},
		"ended over a year ago":              {asked: days(900), end: "2025-03-01"},
		"unknown to the maker, lately":       {asked: days(80), unknown: true},
		"unknown to the maker, long ago":     {asked: days(91), unknown: true, want: true},
		"another serial since":               {asked: days(1), end: "2028-01-01", change: func(m *Machine) { m.Lookup.Serial = "OLD1234" }, want: true},
	} {
		m := Machine{Asset: asset, End: c.end}
		if !c.asked.IsZero() {
			m.Lookup = inventory.WarrantyLookup{AskedAt: c.asked, Unknown: c.unknown, Serial: asset.Serial}
		}
		if c.change != nil {
			c.change(&m)
		}
		if got := Due(m, now); got != c.want {
			t.Errorf("%s: due is %v", name, got)
		}
	}
}

// books is a store in memory.
type books struct {
	machines []Machine
	kept     map[string][]inventory.Coverage
	looked   map[string]inventory.WarrantyLookup
	fail     error
}

func (b *books) Machines(_ context.Context, yield func(Machine) error) error {
	for _, m := range b.machines {
		if err := yield(m); err != nil {
			return err
		}
	}
	return nil
}

func (b *books) Keep(_ context.Context, l inventory.WarrantyLookup, c []inventory.Coverage) error {
	if b.fail != nil {
		return b.fail
	}
	b.kept[l.AssetID], b.looked[l.AssetID] = c, l
	return nil
}

// fakeMaker knows serials that start with K, says nothing of those with S, and
// fails from its second call on when told to.
type fakeMaker struct {
	name  string
	calls [][]string
	fails bool
}

func (f *fakeMaker) Name() string             { return f.name }
func (f *fakeMaker) Makes(vendor string) bool { return vendor == f.name }
func (f *fakeMaker) Batch() int               { return 2 }
func (f *fakeMaker) Ask(_ context.Context, serials []string) (map[string]Answer, error) {
	f.calls = append(f.calls, serials)
	if f.fails && len(f.calls) > 1 {
		return nil, errors.New("out of order")
	}
	answers := map[string]Answer{}
	for _, s := range serials {
		switch s[0] {
		case 'K':
			answers[s] = Answer{Coverages: []inventory.Coverage{{Source: f.name, End: "2027-01-01"}}}
		case 'S':
		default:
			answers[s] = Answer{Unknown: true}
		}
	}
	return answers, nil
}

func TestRefresh(t *testing.T) {
	t.Parallel()
	b := &books{kept: map[string][]inventory.Coverage{}, looked: map[string]inventory.WarrantyLookup{}}
	for i, serial := range []string{"K001", "K001", "S002", "X003", "K004"} {
		b.machines = append(b.machines, Machine{Asset: inventory.Asset{ID: fmt.Sprint("a", i), ClientID: "c", Vendor: "one", Serial: serial}})
	}
	b.machines = append(b.machines,
		Machine{Asset: inventory.Asset{ID: "b0", Vendor: "two", Serial: "K100"}},
		Machine{Asset: inventory.Asset{ID: "n0", Vendor: "nobody", Serial: "K200"}})
	one, two := &fakeMaker{name: "one"}, &fakeMaker{name: "two"}
	result, err := Refresh(t.Context(), b, []Maker{one, two}, func() time.Time { return now }, slog.New(slog.DiscardHandler))
	if err != nil || result != (Result{Asked: 6, Covered: 4, Unknown: 1, Silent: 1}) {
		t.Errorf("%+v, %v", result, err)
	}
	if len(one.calls) != 3 || len(one.calls[0]) != 1 || len(two.calls) != 1 {
		t.Errorf("calls %v and %v: a serial is asked about once a batch", one.calls, two.calls)
	}
	if len(b.looked) != 5 || !b.looked["a3"].Unknown || !b.looked["a0"].AskedAt.Equal(now) || len(b.kept["a1"]) != 1 {
		t.Errorf("kept %v, %v", b.looked, b.kept)
	}
}

// TestRefreshInTrouble: what was told before stands, and others are asked.
func TestRefreshInTrouble(t *testing.T) {
	t.Parallel()
	b := &books{kept: map[string][]inventory.Coverage{}, looked: map[string]inventory.WarrantyLookup{}}
	for i := range 6 {
		b.machines = append(b.machines, Machine{Asset: inventory.Asset{ID: fmt.Sprint("a", i), Vendor: "one", Serial: fmt.Sprint("K00", i)}})
	}
	b.machines = append(b.machines, Machine{Asset: inventory.Asset{ID: "b0", Vendor: "two", Serial: "K100"}})
	one, two := &fakeMaker{name: "one", fails: true}, &fakeMaker{name: "two"}
	result, err := Refresh(t.Context(), b, []Maker{one, two}, func() time.Time { return now }, slog.New(slog.DiscardHandler))
	if err == nil || result.Asked != 3 || len(one.calls) != 2 || len(b.looked) != 3 {
		t.Errorf("%+v, %v; %d calls; %v", result, err, len(one.calls), b.looked)
	}
}
