package main

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"parc/inventory"
	"parc/lifecycle"
	"parc/lifecycle/budget"
)

// BudgetCmd plans when each asset is replaced, within a cap for each year.
type BudgetCmd struct {
	From
	Items       string                  `help:"Instead of a client: items as JSON, [{\"id\",\"cost\":[\"1000.00\"],\"risk\":[…],\"earliest\",\"deadline\"…}], costs and risks by year." placeholder:"FILE" xor:"from"`
	First       int                     `name:"from" help:"First year (default: next year)." placeholder:"YEAR"`
	Years       int                     `help:"How many years." default:"3"`
	Cap         []string                `help:"Most to spend in a year, net: an amount for every year, YEAR=AMOUNT for one." placeholder:"AMOUNT,YEAR=AMOUNT"`
	Scenario    []string                `help:"Compare saved scenarios by name, all with 'all'." placeholder:"NAME"`
	Life        map[inventory.Class]int `help:"Age in months at which a class is replaced." mapsep:"," placeholder:"laptop=60"`
	Before      []inventory.Class       `name:"first" help:"Classes replaced before all others." placeholder:"server"`
	Lease       []inventory.Class       `help:"Classes leased instead of bought." placeholder:"laptop"`
	LeaseMonths int                     `help:"Length of such a lease." default:"36"`
	LeaseRate   string                  `help:"Its rent of a month, in percent of the price." default:"3"`
	Lot         map[string]int          `help:"Fewest of a model bought in a year." mapsep:"," placeholder:"MODEL=N"`
	Pin         map[string]int          `help:"Year decided for an asset, by its id; 0 keeps it." mapsep:"," placeholder:"ID=YEAR"`
	Inflation   string                  `help:"Yearly rise of prices, in percent, where no policy says another." placeholder:"PERCENT"`
	Currency    string                  `help:"Currency of caps and items." default:"EUR"`
	Day         inventory.Day           `help:"As of which day (default: today)." placeholder:"YYYY-MM-DD"`
	Format      string                  `help:"${enum}." enum:"table,json,jsonl,csv" default:"table"`
}

// budgetConventions tells how budgets are counted.
var budgetConventions = []string{
	"costs are net of VAT, at the price book's price raised by the class's inflation",
	"total is what is bought plus the risk of what is kept past its time (the policy's cost, else 12 % of the price in the first year and 8 points more in each next) and the use lost by replacing early",
	"no choice within the caps can cost less than the bound; the gap is how far above it the plan may be",
	"ends of leases, makers' ends and systems that cannot be upgraded are deadlines; a pinned year beats them",
}

// Run prints the plan, or compares scenarios.
func (c *BudgetCmd) Run(app *App) error {
	day := app.dayOr(c.Day)
	sc, err := c.scenario(day)
	if err != nil {
		return err
	}
	if c.Items != "" {
		return c.solveItems(app, day, sc)
	}
	o, err := c.load(app, day)
	if err != nil {
		return err
	}
	if rise, err := percentFlag("inflation", c.Inflation); err != nil {
		return err
	} else if rise > 0 {
		o.input.Policy = lifecycle.MergePolicy(o.input.Policy, inventory.Policy{Inflation: map[inventory.Class]int{"": rise}})
	}
	scenarios := []inventory.Scenario{sc}
	if len(c.Scenario) > 0 {
		if scenarios, err = pick(o.scenarios, c.Scenario); err != nil {
			return err
		}
	}
	results, err := budget.Compare(o.input, scenarios)
	if err != nil {
		return err
	}
	shown := make([]budgetResult, len(results))
	for i, r := range results {
		shown[i] = resultOf(r)
	}
	return c.print(app, o.name(), day, shown)
}

// pick finds saved scenarios by name.
func pick(saved []inventory.Scenario, names []string) ([]inventory.Scenario, error) {
	if slices.Equal(names, []string{"all"}) && len(saved) > 0 {
		return saved, nil
	}
	var found []inventory.Scenario
	for _, name := range names {
		i := slices.IndexFunc(saved, func(s inventory.Scenario) bool { return strings.EqualFold(s.Name, name) })
		if i < 0 {
			return nil, inventory.Errorf(inventory.NotFound, "there is no scenario %q: say what it is with --cap, --life, --first, --lease …", inventory.CleanTo(name, 80))
		}
		found = append(found, saved[i])
	}
	return found, nil
}

// scenario reads the one that the flags describe.
func (c *BudgetCmd) scenario(day inventory.Day) (inventory.Scenario, error) {
	sc := inventory.Scenario{
		Name: "plan", From: c.First, Years: c.Years, LifeMonths: c.Life, First: c.Before, Lease: c.Lease, Lots: c.Lot, Pinned: c.Pin,
	}
	if sc.From == 0 {
		sc.From = day.Time().Year() + 1
	}
	currency, err := parseCurrency(c.Currency)
	if err != nil {
		return sc, err
	}
	for _, text := range c.Cap {
		year, money, one := strings.Cut(text, "=")
		n := 0
		if !one {
			money = year
		} else if n, err = strconv.Atoi(year); err != nil || n == 0 {
			return sc, inventory.Errorf(inventory.Invalid, "--cap: %q is no year: write it as 2027=15000", inventory.CleanTo(year, 20))
		}
		m, err := amountFlag("cap", money, currency)
		if err != nil {
			return sc, err
		}
		if sc.Caps == nil {
			sc.Caps = map[int]inventory.Money{}
		}
		sc.Caps[n] = m
	}
	for _, class := range slices.Concat(c.Before, c.Lease, classesOf(c.Life)) {
		if _, err := inventory.ParseClass(string(class)); err != nil {
			return sc, err
		}
	}
	if len(c.Lease) > 0 {
		sc.LeaseMonths = c.LeaseMonths
		if sc.LeaseBPS, err = percentFlag("lease-rate", c.LeaseRate); err != nil {
			return sc, err
		}
	}
	return sc, budget.CheckScenario(sc)
}

func classesOf(m map[inventory.Class]int) []inventory.Class {
	var all []inventory.Class
	for class := range m {
		all = append(all, class)
	}
	return all
}

type budgetYear struct {
	Year      int     `json:"year"`
	Cap       *amount `json:"cap"` // null: none
	Spend     amount  `json:"spend"`
	Backlog   amount  `json:"backlog"`
	Risk      amount  `json:"risk"`
	Items     int     `json:"items"`
	Purchases *amount `json:"purchases,omitempty"`
	Rents     *amount `json:"rents,omitempty"`
	Levelled  *amount `json:"levelled,omitempty"`
	Naive     *amount `json:"naive,omitempty"`
}

type budgetChoice struct {
	Scenario string          `json:"scenario"`
	Year     int             `json:"year"`
	ID       string          `json:"id"`
	Name     string          `json:"name"`
	Class    inventory.Class `json:"class"`
	Model    string          `json:"model"`
	Cost     amount          `json:"cost"`
	Risk     amount          `json:"risk"`
	Deadline int             `json:"deadline,omitempty"`
	Backlog  bool            `json:"backlog"`
	Why      string          `json:"why"`
}

type budgetShort struct {
	Year  int      `json:"year"`
	Raise amount   `json:"raise"`
	Items []string `json:"items"`
}

type budgetResult struct {
	Scenario string         `json:"scenario"`
	Feasible bool           `json:"feasible"`
	Exact    bool           `json:"exact"`
	Spend    amount         `json:"spend"`
	Risk     amount         `json:"risk"`
	Total    amount         `json:"total"`
	Bound    amount         `json:"bound"`
	Gap      float64        `json:"gap_percent"`
	Years    []budgetYear   `json:"years"`
	Choices  []budgetChoice `json:"choices"`
	Short    []budgetShort  `json:"caps_too_small"`
	Unpriced []string       `json:"unpriced"`
	Kept     []string       `json:"kept"`
	Later    int            `json:"due_later"`
	Notes    []string       `json:"notes"`
}

func solutionOf(name string, p budget.Problem, s budget.Solution) budgetResult {
	r := budgetResult{
		Scenario: name, Feasible: s.Feasible, Exact: s.Exact, Spend: amountOf(s.Spend), Risk: amountOf(s.Risk), Total: amountOf(s.Total), Bound: amountOf(s.Bound),
		Gap: 100 * s.Gap, Notes: append([]string{}, s.Notes...), Short: []budgetShort{}, Choices: []budgetChoice{}, Unpriced: []string{}, Kept: []string{},
	}
	for _, y := range s.Years {
		year := budgetYear{Year: y.Year, Spend: amountOf(y.Spend), Backlog: amountOf(y.Backlog), Risk: amountOf(y.Risk), Items: y.Items}
		if y.Capped {
			limit := amountOf(y.Cap)
			year.Cap = &limit
		}
		r.Years = append(r.Years, year)
	}
	for _, choice := range s.Choices {
		it := &p.Items[choice.Item]
		r.Choices = append(r.Choices, budgetChoice{name, choice.Year, it.ID, it.Name, it.Class, it.Model, amountOf(choice.Cost), amountOf(choice.Risk), it.Deadline, it.Backlog, it.Reason})
	}
	slices.SortStableFunc(r.Choices, func(a, b budgetChoice) int { return a.Year - b.Year })
	for _, short := range s.Short {
		b := budgetShort{Year: short.Year, Raise: amountOf(short.Raise), Items: []string{}}
		for _, i := range short.Items {
			b.Items = append(b.Items, nameOf(p.Items[i]))
		}
		r.Short = append(r.Short, b)
	}
	return r
}

func nameOf(it budget.Item) string {
	if it.Name != "" {
		return it.Name
	}
	return it.ID
}

func resultOf(b budget.Result) budgetResult {
	r := solutionOf(b.Scenario.Name, b.Planned.Problem, b.Solution)
	for t := range r.Years {
		purchases, rents := amountOf(b.Cash[t].Purchases), amountOf(b.Cash[t].Rents)
		level, naive := amountOf(b.Level.Years[t].Spend), amountOf(b.Naive.Years[t].Spend)
		y := &r.Years[t]
		y.Purchases, y.Rents, y.Levelled, y.Naive = &purchases, &rents, &level, &naive
	}
	for _, u := range b.Planned.Unpriced {
		r.Unpriced = append(r.Unpriced, u.Name)
	}
	for _, u := range b.Planned.Foreign {
		r.Notes = append(r.Notes, u.Name+" is priced in "+u.Cost.Amount.Currency+" and left out: parc does not convert currencies")
	}
	for _, k := range b.Planned.Kept {
		r.Kept = append(r.Kept, k.Name)
	}
	r.Later = b.Planned.Later
	return r
}

func (c *BudgetCmd) print(app *App, client string, day inventory.Day, results []budgetResult) error {
	switch c.Format {
	case "json":
		return writeJSON(app.Out, struct {
			Client      string         `json:"client"`
			Day         inventory.Day  `json:"day"`
			Scenarios   []budgetResult `json:"scenarios"`
			Conventions []string       `json:"conventions"`
		}{client, day, results, budgetConventions})
	case "jsonl", "csv":
		var all []budgetChoice
		for _, r := range results {
			all = append(all, r.Choices...)
		}
		if c.Format == "jsonl" {
			return writeLines(app.Out, all)
		}
		return choiceSheet(all).write(app.Out, "csv")
	}
	fmt.Fprintf(app.Out, "Budget of %s, as of %s\n", client, day)
	for i := range results {
		if err := results[i].tell(app); err != nil {
			return err
		}
	}
	fmt.Fprintln(app.Out)
	for _, text := range budgetConventions {
		fmt.Fprintln(app.Out, "- "+text)
	}
	return nil
}

func choiceSheet(all []budgetChoice) *sheet {
	s := &sheet{head: strings.Fields("scenario year asset class model cost currency risk backlog why")}
	for _, b := range all {
		name := b.Name
		if name == "" {
			name = b.ID
		}
		s.add(b.Scenario, strconv.Itoa(b.Year), name, string(b.Class), b.Model, b.Cost.Amount, b.Cost.Currency, b.Risk.Amount, yesNo(b.Backlog), b.Why)
	}
	return s
}

// tell writes one scenario for people.
func (r *budgetResult) tell(app *App) error {
	fmt.Fprintf(app.Out, "\n%s: total %s %s (%s bought, %s risk), ", r.Scenario, r.Total.Amount, r.Total.Currency, r.Spend.Amount, r.Risk.Amount)
	if r.Exact {
		fmt.Fprintln(app.Out, "the least there is")
	} else {
		fmt.Fprintf(app.Out, "bound %s, gap %.3f %%\n", r.Bound.Amount, r.Gap)
	}
	for _, short := range r.Short {
		found := "" // not every choice was tried: a little less may do
		if !r.Exact {
			found = " (the least found)"
		}
		fmt.Fprintf(app.Out, "The cap of %d is too small by %s %s%s: %s\n", short.Year, short.Raise.Amount, short.Raise.Currency, found, strings.Join(short.Items, ", "))
	}
	for _, note := range r.Notes {
		fmt.Fprintln(app.Out, "Note: "+note)
	}
	if len(r.Unpriced) > 0 {
		fmt.Fprintf(app.Out, "No price is known of %s, left out: %s\n", count(len(r.Unpriced), "asset"), strings.Join(r.Unpriced, ", "))
	}
	if len(r.Kept) > 0 {
		fmt.Fprintf(app.Out, "Kept by decision: %s\n", strings.Join(r.Kept, ", "))
	}
	fmt.Fprintln(app.Out)
	years := &sheet{head: strings.Fields("year cap spend backlog risk items purchases rents levelled naive")}
	text := func(a *amount) string {
		if a == nil {
			return ""
		}
		return a.Amount
	}
	for _, y := range r.Years {
		years.add(strconv.Itoa(y.Year), text(y.Cap), y.Spend.Amount, y.Backlog.Amount, y.Risk.Amount, strconv.Itoa(y.Items), text(y.Purchases), text(y.Rents), text(y.Levelled), text(y.Naive))
	}
	if err := years.write(app.Out, "table"); err != nil {
		return err
	}
	fmt.Fprintln(app.Out)
	return choiceSheet(r.Choices).write(app.Out, "table")
}

// budgetItem is one item of a file; amounts are decimal texts.
type budgetItem struct {
	ID       string          `json:"id"`
	Name     string          `json:"name"`
	Class    inventory.Class `json:"class"`
	Model    string          `json:"model"`
	Cost     []moneyText     `json:"cost"`
	Risk     []moneyText     `json:"risk"`
	Earliest int             `json:"earliest"`
	Deadline int             `json:"deadline"`
	Reason   string          `json:"reason"`
}

// moneyText is an amount as a JSON text ("1000.00") or number (1000.5).
type moneyText string

// UnmarshalJSON keeps the digits as they stand.
func (m *moneyText) UnmarshalJSON(b []byte) error {
	if len(b) > 0 && b[0] != '"' {
		*m = moneyText(b)
		return nil
	}
	return json.Unmarshal(b, (*string)(m))
}

// solveItems plans the items of a file, without a database.
func (c *BudgetCmd) solveItems(app *App, day inventory.Day, sc inventory.Scenario) error {
	var file []budgetItem
	if err := readJSON(app, c.Items, &file); err != nil {
		return err
	}
	rise, err := percentFlag("inflation", c.Inflation)
	if err != nil {
		return err
	}
	policy := inventory.Policy{Inflation: map[inventory.Class]int{"": rise}}
	p := budget.Problem{From: sc.From, Years: sc.Years, Caps: sc.Caps, Lots: sc.Lots}
	currency := strings.ToUpper(c.Currency)
	for i, it := range file {
		item := budget.Item{ID: it.ID, Name: it.Name, Class: it.Class, Model: it.Model, Earliest: it.Earliest, Deadline: it.Deadline, Reason: it.Reason}
		if year, pinned := sc.Pinned[it.ID]; pinned && year > 0 {
			item.Earliest, item.Deadline = year, year
		}
		for _, list := range []struct {
			name string
			from []moneyText
			into *[]inventory.Money
		}{{"cost", it.Cost, &item.Cost}, {"risk", it.Risk, &item.Risk}} {
			for _, text := range list.from {
				m, err := inventory.ParseMoney(string(text), currency)
				if err != nil {
					return inventory.Errorf(inventory.Invalid, "%s: item %d: %s: %w", c.Items, i+1, list.name, err)
				}
				*list.into = append(*list.into, m)
			}
		}
		if rise > 0 && len(item.Cost) == 1 {
			first := item.Cost[0]
			for k := 1; k < p.Years; k++ {
				item.Cost = append(item.Cost, lifecycle.Inflate(first, policy, "", k))
			}
		}
		p.Items = append(p.Items, item)
	}
	s, err := budget.Solve(p)
	if err != nil {
		return err
	}
	return c.print(app, c.Items, day, []budgetResult{solutionOf(sc.Name, p, s)})
}
