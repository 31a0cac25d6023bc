package lifecycle

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"parc/inventory"
)

// The metrics by which licences count.
const (
	MetricDevice     = "device"
	MetricUser       = "user" // named
	MetricConcurrent = "concurrent"
	MetricCore       = "core"
	MetricCAL        = "cal" // of users, unless the edition says device
	MetricServer     = "server"
)

// Host is a server to license by its cores.
type Host struct {
	Processors []int // physical cores of each processor
	VMs        int   // virtual machines with the product that it runs
}

// The minimums of Windows Server: Microsoft licenses all physical cores, at
// least 8 a processor and 16 a server; Standard covers two virtual machines for
// each full set of them.
const (
	coresPerProcessor = 8
	coresPerServer    = 16
	coresPerVM        = 8
	vmsPerSet         = 2
	sqlCores          = 4 // SQL Server: at least, per processor or virtual machine
	packOfCores       = 2
)

// WindowsServerCores gives how many core licences a host needs for Windows
// Server Datacenter, or for Standard without virtual machines.
func WindowsServerCores(processors []int) int {
	sum := 0
	for _, cores := range processors {
		sum += max(cores, coresPerProcessor)
	}
	if sum == 0 {
		return 0
	}
	return max(sum, coresPerServer)
}

// WindowsStandardCores gives how many core licences of Windows Server Standard a
// host needs for its virtual machines: whole sets are stacked.
func WindowsStandardCores(h Host) int {
	return WindowsServerCores(h.Processors) * max(1, (h.VMs+vmsPerSet-1)/vmsPerSet)
}

// WindowsVMCores gives how many core licences a client needs that licenses
// Windows Server by virtual machine: 8 at least for each, 16 in all.
func WindowsVMCores(virtualCores []int) int {
	sum := 0
	for _, cores := range virtualCores {
		sum += max(cores, coresPerVM)
	}
	if sum == 0 {
		return 0
	}
	return max(sum, coresPerServer)
}

// SQLServerCores gives how many core licences of SQL Server processors or
// virtual machines need: 4 at least for each, in packs of two.
func SQLServerCores(cores []int) int {
	sum := 0
	for _, c := range cores {
		c = max(c, sqlCores)
		sum += c + c%packOfCores
	}
	return sum
}

// Packs gives how many packs of a size hold so many licences.
func Packs(licences, size int) int {
	if size <= 1 {
		return licences
	}
	return (licences + size - 1) / size
}

// CheaperEdition compares Windows Server Standard and Datacenter for a host by
// the price of a set of 16 cores of each.
func CheaperEdition(h Host, standard16, datacenter16 inventory.Money) (edition string, standard, datacenter inventory.Money) {
	standard = standard16.Scale(int64(WindowsStandardCores(h)), coresPerServer)
	datacenter = datacenter16.Scale(int64(WindowsServerCores(h.Processors)), coresPerServer)
	if standard.Minor <= datacenter.Minor {
		return "Standard", standard, datacenter
	}
	return "Datacenter", standard, datacenter
}

// Demand is what was discovered of one product: who and what uses it. Whoever
// normalises software makes one for each product; counts that are not known
// stay zero.
type Demand struct {
	Publisher string
	Product   string // as licences name it
	Edition   string
	Installs  int
	DeviceIDs []string // the distinct devices that have it
	Users     int      // distinct people who use it
	Peak      int      // used at once, at most
	Hosts     []Host   // servers, by their physical cores
	VMCores   []int    // virtual machines licensed one by one
	Servers   int
	Idle      int      // installed, and not used in 90 days
	Metric    string   // by what the product is usually licensed; "" where that is not known
	Notes     []Note   // what could not be counted
	AskIDs    []string // devices of which the title alone does not tell whether they need a licence
}

// Position is how one product and metric stand: what there is a right to
// against what is used.
type Position struct {
	Publisher string
	Product   string
	Metric    string
	Entitled  int // rights valid on the day
	Lapsed    int // rights of terms that are over, and of devices that are gone
	Used      int
	Counted   bool // false: nothing was discovered, so Used is not known
	Gap       int  // Entitled − Used: negative is missing
	Missing   int
	PackSize  int
	Buy       int // packs that close the gap
	Cost      inventory.Money
	Shelf     int // bought and given to nobody
	Idle      int // given and not used in 90 days
	Reclaim   int // what of those two can go without making a gap
	Saving    inventory.Money
	Per       int // months that Cost and Saving are for; 0 is once
	Notes     []Note
	Licences  []string // ids of the licences counted
	DeviceIDs []string // where the product was discovered
	AskIDs    []string // where it may be one that wants a licence: not counted
}

// Compliance holds the entitlements of licences against what was discovered, as
// of a day: one position for each product and metric, in the order of their
// names. Assets say which devices are still in use, for what is tied to one.
func Compliance(licences []inventory.Licence, demands []Demand, assets []inventory.Asset, day inventory.Day) ([]Position, error) {
	if err := checkDay("day", day, true); err != nil {
		return nil, err
	}
	inUse := make(map[string]bool, len(assets))
	for i := range assets {
		inUse[assets[i].ID] = InUse(assets[i].State)
	}
	found := map[positionKey]*tally{}
	for i := range licences {
		l := &licences[i]
		if err := CheckLicence(*l); err != nil {
			return nil, inventory.Errorf(inventory.Invalid, "licence %s: %w", inventory.CleanTo(cmp.Or(l.Product, l.ID), 60), err)
		}
		key := positionKey{foldProduct(l.Product), strings.ToLower(cmp.Or(l.Metric, MetricDevice))}
		t := found[key]
		if t == nil {
			t = &tally{Position: Position{Publisher: l.Publisher, Product: l.Product, Metric: key.metric}}
			found[key] = t
		}
		t.add(l, inUse, day)
	}
	unlicensed := map[positionKey]*tally{}
	for i := range demands {
		d := &demands[i]
		product, matched := foldProduct(d.Product), false
		for key, t := range found {
			if key.product == product {
				t.use(d)
				matched = true
			}
		}
		if !matched {
			t := &tally{Position: Position{Publisher: d.Publisher, Product: d.Product, Metric: usualMetric(d)}}
			t.use(d)
			t.Notes = append(t.Notes, Note{Code: NoteUnrecorded})
			unlicensed[positionKey{product, t.Metric}] = t
		}
	}
	maps.Copy(found, unlicensed)
	positions := make([]Position, 0, len(found))
	for _, key := range slices.SortedFunc(maps.Keys(found), positionKey.compare) {
		t := found[key]
		t.settle(day)
		positions = append(positions, t.Position)
	}
	return positions, nil
}

type positionKey struct{ product, metric string }

func (k positionKey) compare(o positionKey) int {
	return cmp.Or(cmp.Compare(k.product, o.product), cmp.Compare(k.metric, o.metric))
}

func foldProduct(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), " ")) }

// usualMetric is how a product without any licence is counted: by what is known of its use.
func usualMetric(d *Demand) string {
	switch {
	case d.Metric != "":
		return d.Metric
	case len(d.Hosts) > 0 || len(d.VMCores) > 0:
		return MetricCore
	case d.Users > 0:
		return MetricUser
	case d.Servers > 0:
		return MetricServer
	}
	return MetricDevice
}

// tally is a position being counted.
type tally struct {
	Position
	price    inventory.Money // of one pack, the newest known
	priced   inventory.Day
	assigned int
	active   int
	given    bool // somebody said how many are assigned
	edition  string
	seen     bool // something was discovered
	known    bool // the use was, by the metric
}

// add counts a licence's rights that are valid on a day.
func (t *tally) add(l *inventory.Licence, inUse map[string]bool, day inventory.Day) {
	pack := max(l.PackSize, 1)
	rights := l.Quantity * pack
	t.Licences = append(t.Licences, l.ID)
	t.edition = cmp.Or(t.edition, strings.ToLower(l.Edition))
	t.PackSize = max(t.PackSize, pack)
	if l.UnitPrice.Minor > 0 && l.Start >= t.priced {
		t.price, t.priced, t.Per = l.UnitPrice, l.Start, l.PerMonths
	}
	switch {
	case !l.Start.IsZero() && l.Start > day:
		t.Notes = append(t.Notes, Note{Code: NoteNotYet, Count: rights, Day: l.Start})
		return
	case !l.End.IsZero() && l.End < day && !l.Renews:
		t.Lapsed += rights
		t.Notes = append(t.Notes, Note{Code: NoteLapsed, Count: rights, Day: l.End})
		return
	}
	if strings.EqualFold(l.Kind, "oem") && len(l.AssetIDs) > 0 {
		rights = t.oem(l, rights, inUse)
	}
	t.Entitled += rights
	if l.Assigned > 0 {
		t.given = true
	}
	t.assigned += l.Assigned
	t.active += l.Active
}

// oem counts only the devices that are still there: the right goes with them.
func (t *tally) oem(l *inventory.Licence, rights int, inUse map[string]bool) int {
	left := 0
	for _, id := range l.AssetIDs {
		if inUse[id] {
			left++
		}
	}
	left = min(left, rights)
	if gone := rights - left; gone > 0 {
		t.Lapsed += gone
		t.Notes = append(t.Notes, Note{Code: NoteGone, Count: gone})
	}
	return left
}

// use counts what was discovered, by the position's metric.
func (t *tally) use(d *Demand) {
	t.seen = true
	t.Notes = append(t.Notes, d.Notes...)
	t.DeviceIDs, t.AskIDs = append(t.DeviceIDs, d.DeviceIDs...), append(t.AskIDs, d.AskIDs...)
	devices := max(len(d.DeviceIDs), 0)
	if devices == 0 {
		devices = d.Installs
	}
	var n int
	var known bool
	switch t.Metric {
	case MetricUser:
		n, known = d.Users, d.Users > 0
	case MetricConcurrent:
		n, known = d.Peak, d.Peak > 0
	case MetricServer:
		n, known = cmp.Or(d.Servers, len(d.Hosts), devices), true
	case MetricCAL:
		n = d.Users
		if strings.Contains(t.edition, "device") || n == 0 && devices > 0 {
			n = devices
		}
		known = n > 0
	case MetricCore:
		n = d.cores(t.edition)
		known = n > 0
	default:
		n, known = devices, devices > 0 || d.Users == 0
	}
	if n == 0 && len(d.AskIDs) > 0 {
		return // the notes tell what has to be asked
	}
	if !known { // nobody is known: "at least" would be about nothing
		t.Notes = slices.DeleteFunc(t.Notes, func(n Note) bool { return n.Code == NoteUsers })
		t.Notes = append(t.Notes, Note{Code: NoteMetric, Count: devices, Metric: t.Metric})
		return
	}
	t.known = true
	t.Used += n
	if !t.given {
		t.Idle += d.Idle
	}
}

// cores gives the core licences that a product's servers need.
func (d *Demand) cores(edition string) int {
	name := foldProduct(d.Product)
	standard := !strings.Contains(edition+" "+name+" "+strings.ToLower(d.Edition), "datacenter")
	sql := strings.Contains(name, "sql")
	sum := 0
	for _, h := range d.Hosts {
		switch {
		case sql:
			sum += SQLServerCores(h.Processors)
		case standard:
			sum += WindowsStandardCores(h)
		default:
			sum += WindowsServerCores(h.Processors)
		}
	}
	if sql {
		return sum + SQLServerCores(d.VMCores)
	}
	return sum + WindowsVMCores(d.VMCores)
}

// settle draws the conclusions: what to buy, what to give back, in money.
func (t *tally) settle(day inventory.Day) {
	t.PackSize = max(t.PackSize, 1)
	used := t.Used
	if t.given {
		t.Shelf = max(t.Entitled-t.assigned, 0)
		t.Idle = max(t.assigned-t.active, 0)
		if !t.known { // what was given away is the only use known
			used, t.known = t.assigned, true
		}
	}
	if t.Counted = t.known; !t.known {
		if !t.seen {
			t.Notes = append(t.Notes, Note{Code: NoteNothing, Day: day})
		}
		return
	}
	t.Used = used
	t.Gap = t.Entitled - used
	t.Missing = max(-t.Gap, 0)
	t.Buy = Packs(t.Missing, t.PackSize)
	t.Cost = t.price.Scale(int64(t.Buy), 1)
	t.Reclaim = t.Shelf + t.Idle
	if !t.given {
		t.Shelf = max(t.Gap, 0)
		t.Reclaim = t.Shelf + min(t.Idle, used)
	}
	if t.Missing > 0 { // idle ones go to who lacks one, before any is given back
		t.Reclaim = max(t.Idle-t.Missing, 0)
	}
	whole := t.Reclaim / t.PackSize
	t.Saving = t.price.Scale(int64(whole), 1)
	if t.Per == 0 { // paid for: nothing comes back
		t.Saving.Minor = 0
	} else if t.Per != 12 {
		t.Saving = t.Saving.Scale(12, int64(t.Per))
	}
}
