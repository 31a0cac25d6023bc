package budget

import (
	"cmp"
	"slices"

	"parc/inventory"
)

// Item is one asset to replace within the horizon.
type Item struct {
	ID    string
	Name  string
	Class inventory.Class
	Model string // what is bought in lots
	// Cost in each year of the horizon, inflation included; a single entry
	// stands for every year.
	Cost []inventory.Money
	// Risk is what keeping the old one costs in each year, if it is still there;
	// missing years cost nothing.
	Risk []inventory.Money
	// Early is what giving the old one up costs for each year before Due: the use
	// that is left in it. It counts as risk, in the year of the replacement.
	Early    inventory.Money
	Due      int // 0: nothing is lost by replacing it early
	Earliest int // first year allowed; 0 is the horizon's first
	Deadline int // last year allowed; 0 is the horizon's last
	Reason   string
	Backlog  bool // should have been replaced before the horizon
}

// Problem is what to choose within.
type Problem struct {
	From  int // first year
	Years int
	// Caps by year; the year 0 is every other one. A year without a cap is free.
	Caps  map[int]inventory.Money
	Items []Item
	Lots  map[string]int // model → fewest bought in a year in which any is bought
}

// The limits of a problem, so that a file or a request cannot ask for the impossible.
const (
	maxYears = 30
	maxItems = 200_000
)

// Check says what is impossible; each error is Invalid and names the field.
func (p Problem) Check() error {
	switch {
	case p.From < 1900 || p.From > 9999-maxYears:
		return inventory.Errorf(inventory.Invalid, "from: %d is no year", p.From)
	case p.Years < 1 || p.Years > maxYears:
		return inventory.Errorf(inventory.Invalid, "years: %d is not possible: give 1 to %d", p.Years, maxYears)
	case len(p.Items) > maxItems:
		return inventory.Errorf(inventory.LimitReached, "items: %d are more than %d at once", len(p.Items), maxItems)
	}
	currency := ""
	same := func(field string, m inventory.Money) error {
		switch {
		case m.Minor < 0:
			return inventory.Errorf(inventory.Invalid, "%s: %s %s is negative", field, m.Decimal(), m.Currency)
		case m.Minor > 1<<52:
			return inventory.Errorf(inventory.LimitReached, "%s: %s %s is too large to count", field, m.Decimal(), m.Currency)
		case m.Currency == "" && m.Minor == 0:
			return nil
		case currency == "":
			currency = m.Currency
		case m.Currency != currency:
			return inventory.Errorf(inventory.Invalid, "%s: %s beside %s: parc does not convert currencies", field, m.Currency, currency)
		}
		return nil
	}
	for i := range p.Items {
		if err := p.checkItem(&p.Items[i], same); err != nil {
			return err
		}
	}
	for y, m := range p.Caps {
		if y != 0 && (y < p.From || y >= p.From+p.Years) {
			return inventory.Errorf(inventory.Invalid, "cap: %d is outside of %d to %d", y, p.From, p.From+p.Years-1)
		}
		if err := same("cap", m); err != nil {
			return err
		}
	}
	for model, n := range p.Lots {
		if n < 0 {
			return inventory.Errorf(inventory.Invalid, "lots: %d of %s is not possible", n, inventory.CleanTo(model, 60))
		}
	}
	return nil
}

func (p Problem) checkItem(it *Item, same func(string, inventory.Money) error) error {
	name := inventory.CleanTo(cmp.Or(it.Name, it.ID), 60)
	if len(it.Cost) != 1 && len(it.Cost) != p.Years {
		return inventory.Errorf(inventory.Invalid, "cost: %s has %d costs: give one, or one for each of %d years", name, len(it.Cost), p.Years)
	}
	if len(it.Risk) > p.Years {
		return inventory.Errorf(inventory.Invalid, "risk: %s has %d years of it: the horizon has %d", name, len(it.Risk), p.Years)
	}
	for _, m := range it.Cost {
		if err := same("cost of "+name, m); err != nil {
			return err
		}
	}
	for _, m := range it.Risk {
		if err := same("risk of "+name, m); err != nil {
			return err
		}
	}
	if err := same("early of "+name, it.Early); err != nil {
		return err
	}
	first, last := p.window(it)
	if first > last {
		return inventory.Errorf(inventory.Invalid, "deadline: %s may be replaced from %d on and must be by %d", name, p.From+first, p.From+last)
	}
	return nil
}

// window gives the first and the last year allowed, counted from the horizon's
// first. A deadline before the horizon is overdue: the first year.
func (p Problem) window(it *Item) (first, last int) {
	last = p.Years - 1
	if it.Deadline != 0 {
		last = min(last, max(it.Deadline-p.From, 0))
	}
	if it.Earliest != 0 {
		first = max(it.Earliest-p.From, 0)
	}
	return first, last
}

// Currency gives the problem's only currency; "" when it has no amounts.
func (p Problem) Currency() string {
	for i := range p.Items {
		for _, m := range p.Items[i].Cost {
			if m.Currency != "" {
				return m.Currency
			}
		}
	}
	for _, m := range p.Caps {
		if m.Currency != "" {
			return m.Currency
		}
	}
	return ""
}

// Choice is the year in which one item is replaced.
type Choice struct {
	Item int // its place in the problem
	Year int
	Cost inventory.Money
	Risk inventory.Money // of keeping the old one until then, or lost by giving it up early
}

// YearSum is what one year costs.
type YearSum struct {
	Year    int
	Cap     inventory.Money
	Capped  bool
	Spend   inventory.Money
	Backlog inventory.Money // the part of Spend for what was overdue
	Risk    inventory.Money // of all that is still old in the year
	Items   int
}

// Solution is the best choice found, and how good it is known to be.
type Solution struct {
	Choices  []Choice // in the order of the problem's items
	Years    []YearSum
	Spend    inventory.Money
	Risk     inventory.Money
	Total    inventory.Money // Spend + Risk
	Bound    inventory.Money // no choice within the caps can cost less
	Gap      float64         // (Total − Bound) ÷ Bound; 0 when Exact
	Exact    bool            // every choice was searched
	Feasible bool
	Short    []Shortage // where the caps are too small, when not Feasible
	Notes    []string   // what could not be kept to the letter
}

// Shortage is a year whose cap is too small.
type Shortage struct {
	Year  int
	Raise inventory.Money // by so much at least
	Items []int           // what is placed there and can go nowhere else
}

// core is a problem in bare numbers: blocks of items that move together.
type core struct {
	years  int
	caps   []int64 // −1 is free
	blocks []block
	lots   []lot // of models that are too many to be one block
}

type block struct {
	items       []int
	cost        []int64 // by year
	total       []int64 // cost + the risk until then
	first, last int
	lot         int // index into lots, −1 without
}

type lot struct {
	least  int
	blocks []int
}

const noCap = -1

// reduce makes the core of a problem. Items of a model of which there are fewer
// than two lots move together.
func (p Problem) reduce() (core, []string) {
	c := core{years: p.Years, caps: make([]int64, p.Years)}
	for t := range c.caps {
		c.caps[t] = noCap
		if m, ok := p.capOf(p.From + t); ok {
			c.caps[t] = m.Minor
		}
	}
	members := map[string][]int{}
	var models []string
	for i := range p.Items {
		model := p.Items[i].Model
		if p.Lots[model] > 1 && model != "" {
			if members[model] == nil {
				models = append(models, model)
			}
			members[model] = append(members[model], i)
			continue
		}
		c.blocks = append(c.blocks, p.block([]int{i}, -1))
	}
	slices.Sort(models)
	var notes []string
	for _, model := range models {
		notes = c.addModel(p, model, members[model], notes)
	}
	return c, notes
}

// addModel adds the items of a model that is bought in lots.
func (c *core) addModel(p Problem, model string, items []int, notes []string) []string {
	least := p.Lots[model]
	if len(items) < 2*least {
		together := p.block(items, -1)
		if together.first <= together.last {
			c.blocks = append(c.blocks, together)
			return notes
		}
		for _, i := range items {
			c.blocks = append(c.blocks, p.block([]int{i}, -1))
		}
		return append(notes, "lots: the years allowed for "+model+" have none in common, so they are not bought together")
	}
	l := lot{least: least}
	for _, i := range items {
		l.blocks = append(l.blocks, len(c.blocks))
		c.blocks = append(c.blocks, p.block([]int{i}, len(c.lots)))
	}
	c.lots = append(c.lots, l)
	return notes
}

func (p Problem) block(items []int, lot int) block {
	b := block{items: items, cost: make([]int64, p.Years), total: make([]int64, p.Years), last: p.Years - 1, lot: lot}
	for _, i := range items {
		it := &p.Items[i]
		first, last := p.window(it)
		b.first, b.last = max(b.first, first), min(b.last, last)
		var risk int64
		for t := range p.Years {
			cost := it.costIn(t).Minor
			b.cost[t] += cost
			b.total[t] += cost + risk + it.lost(p.From+t).Minor
			risk += it.riskIn(t).Minor
		}
	}
	return b
}

func (it *Item) costIn(t int) inventory.Money {
	if len(it.Cost) == 1 {
		return it.Cost[0]
	}
	return it.Cost[t]
}

// lost is what replacing the item in a year before it is due wastes.
func (it *Item) lost(year int) inventory.Money {
	return inventory.Money{Minor: it.Early.Minor * int64(max(it.Due-year, 0)), Currency: it.Early.Currency}
}

func (it *Item) riskIn(t int) inventory.Money {
	if t < len(it.Risk) {
		return it.Risk[t]
	}
	return inventory.Money{}
}

func (p Problem) capOf(year int) (inventory.Money, bool) {
	m, ok := p.Caps[year]
	if !ok {
		m, ok = p.Caps[0]
	}
	return m, ok
}
