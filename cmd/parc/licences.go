package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"parc/inventory"
	"parc/lifecycle"
)

// LicencesCmd is about licences: what is held against what is used, and the keys
// found on machines.
type LicencesCmd struct {
	Check LicencesCheckCmd `cmd:"" default:"withargs" help:"Licences held against what is used; what parc licences does when it is told nothing else."`
	Keys  LicenceKeysCmd   `cmd:"" help:"List the licence keys found on a client's machines, without the keys."`
	Key   LicenceKeyCmd    `cmd:"" help:"Print one licence key; the history of its assets tells who has read it."`
}

// LicencesCheckCmd holds a client's licences against what was discovered, or
// counts the core licences of one server, which needs no database.
type LicencesCheckCmd struct {
	From
	Demand     string        `help:"What is used, as JSON: [{\"product\",\"devices\",\"users\",\"peak\",\"installs\",\"servers\",\"hosts\":[{\"processors\":[12,12],\"vms\":4}],\"vm_cores\":[4]}]. Without it, programs found on the assets are counted." placeholder:"FILE"`
	Product    string        `help:"Count core licences instead: ${enum}." enum:",windows-server,windows-server-datacenter,windows-server-vm,sql-server" default:""`
	Processors []int         `help:"Physical cores of each processor (virtual cores of each machine for sql-server and windows-server-vm)." placeholder:"12,12"`
	VMs        int           `name:"vms" help:"Virtual machines with Windows Server on the server."`
	Pack       int           `help:"Licences in a pack." default:"2"`
	Day        inventory.Day `help:"As of which day (default: today)." placeholder:"YYYY-MM-DD"`
	Format     string        `help:"${enum}." enum:"table,json,jsonl,csv" default:"table"`
}

// licenceConventions tells how licences are counted.
var licenceConventions = []string{
	"entitled: terms that run on the day; OEM only on a device that is still in use; packs in full",
	"used: distinct devices, distinct users, peak of concurrent use, cores with the maker's minimums",
	"reclaim: rights given to nobody and those not used in 90 days; saving: 12 months of their price",
}

// Run prints the positions.
func (c *LicencesCheckCmd) Run(app *App) error {
	switch {
	case c.Product != "" && c.given():
		return inventory.Errorf(inventory.Invalid, "--product counts one server: leave --client and --file out")
	case c.Product != "":
		return c.count(app)
	}
	day := app.dayOr(c.Day)
	o, err := c.load(app, day)
	if err != nil {
		return err
	}
	positions, err := c.positions(app, o, day)
	if err != nil {
		return err
	}
	return c.print(app, o, day, positions)
}

// count prints the core licences of one server.
func (c *LicencesCheckCmd) count(app *App) error {
	if len(c.Processors) == 0 || c.VMs < 0 || c.Pack < 1 || slices.ContainsFunc(c.Processors, func(n int) bool { return n < 1 || n > 4096 }) || c.VMs > 100_000 {
		return inventory.Errorf(inventory.Invalid, "--processors: give the cores of each processor: --processors 12,12")
	}
	n := 0
	switch c.Product {
	case "windows-server":
		n = lifecycle.WindowsStandardCores(lifecycle.Host{Processors: c.Processors, VMs: c.VMs})
	case "windows-server-datacenter":
		n = lifecycle.WindowsServerCores(c.Processors)
	case "windows-server-vm":
		n = lifecycle.WindowsVMCores(c.Processors)
	default:
		n = lifecycle.SQLServerCores(c.Processors)
	}
	packs := lifecycle.Packs(n, c.Pack)
	if c.Format == "json" || c.Format == "jsonl" {
		return writeLines(app.Out, []map[string]any{{"product": c.Product, "licences": n, "pack": c.Pack, "packs": packs}})
	}
	s := &sheet{head: []string{"product", "licences", "pack", "packs"}}
	s.add(c.Product, strconv.Itoa(n), strconv.Itoa(c.Pack), strconv.Itoa(packs))
	return s.write(app.Out, c.Format)
}

// demandFile is what is used of one product, in a file.
type demandFile struct {
	Publisher string   `json:"publisher"`
	Product   string   `json:"product"`
	Edition   string   `json:"edition"`
	Installs  int      `json:"installs"`
	Devices   int      `json:"devices"`
	DeviceIDs []string `json:"device_ids"`
	Users     int      `json:"users"`
	Peak      int      `json:"peak"`
	Servers   int      `json:"servers"`
	Idle      int      `json:"idle"`
	VMCores   []int    `json:"vm_cores"`
	Hosts     []struct {
		Processors []int `json:"processors"`
		VMs        int   `json:"vms"`
	} `json:"hosts"`
}

// positions holds the licences against what was discovered, or against what a file
// says is used.
func (c *LicencesCheckCmd) positions(app *App, o owned, day inventory.Day) ([]lifecycle.Position, error) {
	if c.Demand == "" {
		return lifecycle.Standing(o.input.Assets, o.input.Licences, o.input.Knowledge.Software, day)
	}
	demands, err := c.demands(app)
	if err != nil {
		return nil, err
	}
	return lifecycle.Compliance(o.input.Licences, demands, o.input.Assets, day)
}

func (c *LicencesCheckCmd) demands(app *App) ([]lifecycle.Demand, error) {
	var file []demandFile
	if err := readJSON(app, c.Demand, &file); err != nil {
		return nil, err
	}
	demands := make([]lifecycle.Demand, len(file))
	for i, f := range file {
		for _, n := range append([]int{f.Installs, f.Devices, f.Users, f.Peak, f.Servers, f.Idle}, f.VMCores...) {
			if n < 0 {
				return nil, inventory.Errorf(inventory.Invalid, "%s: demand %d: a count may not be negative", c.Demand, i+1)
			}
		}
		d := lifecycle.Demand{
			Publisher: f.Publisher, Product: f.Product, Edition: f.Edition, Installs: max(f.Installs, f.Devices), DeviceIDs: f.DeviceIDs, Users: f.Users, Peak: f.Peak,
			Servers: f.Servers, Idle: f.Idle, VMCores: f.VMCores,
		}
		for _, h := range f.Hosts {
			d.Hosts = append(d.Hosts, lifecycle.Host{Processors: h.Processors, VMs: h.VMs})
		}
		demands[i] = d
	}
	return demands, nil
}

type licencePosition struct {
	Product   string           `json:"product"`
	Publisher string           `json:"publisher"`
	Metric    string           `json:"metric"`
	Entitled  int              `json:"entitled"`
	Lapsed    int              `json:"lapsed"`
	Used      *int             `json:"used"` // null: not known
	Gap       *int             `json:"gap"`
	Missing   int              `json:"missing"`
	Pack      int              `json:"pack"`
	Buy       int              `json:"buy_packs"`
	Cost      *amount          `json:"cost"`
	Shelf     int              `json:"shelf"`
	Idle      int              `json:"idle"`
	Reclaim   int              `json:"reclaim"`
	Saving    *amount          `json:"saving_a_year"`
	Why       []string         `json:"why"`
	Notes     []lifecycle.Note `json:"notes"`
}

func (c *LicencesCheckCmd) print(app *App, o owned, day inventory.Day, positions []lifecycle.Position) error {
	shown := make([]licencePosition, len(positions))
	s := &sheet{head: strings.Fields("product metric entitled used gap buy_packs cost shelf idle reclaim saving_a_year currency why")}
	number := func(n *int) string {
		if n == nil {
			return "?"
		}
		return strconv.Itoa(*n)
	}
	for i, p := range positions {
		l := licencePosition{
			Product: p.Product, Publisher: p.Publisher, Metric: p.Metric, Entitled: p.Entitled, Lapsed: p.Lapsed, Missing: p.Missing, Pack: p.PackSize, Buy: p.Buy,
			Cost: amountOrNone(p.Cost), Shelf: p.Shelf, Idle: p.Idle, Reclaim: p.Reclaim, Saving: amountOrNone(p.Saving), Why: lifecycle.NotesIn("en", p.Notes), Notes: append([]lifecycle.Note{}, p.Notes...),
		}
		if p.Counted {
			l.Used, l.Gap = &positions[i].Used, &positions[i].Gap
		}
		shown[i] = l
		s.add(p.Product, p.Metric, strconv.Itoa(p.Entitled), number(l.Used), number(l.Gap), strconv.Itoa(p.Buy), p.Cost.Decimal(),
			strconv.Itoa(p.Shelf), strconv.Itoa(p.Idle), strconv.Itoa(p.Reclaim), p.Saving.Decimal(), p.Cost.Currency, strings.Join(l.Why, "; "))
	}
	switch c.Format {
	case "json":
		return writeJSON(app.Out, struct {
			Client      string            `json:"client"`
			Day         inventory.Day     `json:"day"`
			Positions   []licencePosition `json:"positions"`
			Conventions []string          `json:"conventions"`
		}{o.client, day, shown, licenceConventions})
	case "jsonl":
		return writeLines(app.Out, shown)
	case "table":
		fmt.Fprintf(app.Out, "Licences of %s, as of %s\n\n", o.name(), day)
	}
	if err := s.write(app.Out, c.Format); err != nil || c.Format != "table" {
		return err
	}
	fmt.Fprintln(app.Out)
	for _, text := range licenceConventions {
		fmt.Fprintln(app.Out, "- "+text)
	}
	return nil
}
