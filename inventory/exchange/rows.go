package exchange

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"parc/inventory"
)

const headingRows = 20 // the row of headings is among the first so many

// Row is one row of a spreadsheet, as it stands there.
type Row struct {
	Number  int    // as a person counts: the file's first row is 1
	Ref     string // the row's own identity
	Refused *Refusal
	cells   []string
}

// Refusal says why a row cannot be taken in.
type Refusal struct {
	Column  string // its heading; "" when it is the row as a whole
	Value   string
	Problem string // one of the codes below
	Reason  string // the same for a person, with what to do
}

// The problems that a row may have.
const (
	ProblemDay      = "day"
	ProblemMAC      = "mac"
	ProblemPrice    = "price"
	ProblemNegative = "negative"
	ProblemWarranty = "warranty"
	ProblemOrder    = "order" // the warranty ends before the purchase
	ProblemTwice    = "twice" // another row is of the same thing
	ProblemNothing  = "nothing"
)

// Error says it in one line.
func (r *Refusal) Error() string {
	if r.Column == "" {
		return r.Reason
	}
	return fmt.Sprintf("column %q: %q %s", r.Column, r.Value, r.Reason)
}

func refuse(problem, reason string) *Refusal { return &Refusal{Problem: problem, Reason: reason} }

// Sheet is what a spreadsheet says of assets.
type Sheet struct {
	Headings []string
	Targets  []string // of each heading: a field, a column of this package, or "" when not understood
	Rows     []Row

	reader rowReader
}

// Read works out what a row that is not refused says.
func (s *Sheet) Read(row *Row) inventory.ImportRow {
	in, _ := s.reader.row(s, row.Number, row.cells)
	return in
}

// Good gives the indexes of the rows that are not refused.
func (s *Sheet) Good() []int {
	good := make([]int, 0, len(s.Rows))
	for i := range s.Rows {
		if s.Rows[i].Refused == nil {
			good = append(good, i)
		}
	}
	return good
}

// Unknown gives the headings that are not understood.
func (s *Sheet) Unknown() []string {
	var unknown []string
	for i, heading := range s.Headings {
		if s.Targets[i] == "" && heading != "" {
			unknown = append(unknown, heading)
		}
	}
	return unknown
}

// Mapping gives the mapping that was used, for a person to save and change;
// what was not understood is ignored in it.
func (s Sheet) Mapping() Mapping {
	m := Mapping{}
	for i, heading := range s.Headings {
		if heading == "" {
			continue
		}
		if m[heading] = s.Targets[i]; s.Targets[i] == "" {
			m[heading] = ColumnIgnore
		}
	}
	return m
}

// ReadAssets reads a spreadsheet of assets, one a row, below a row of headings
// that is found by its words. A row that is refused says why and is among the
// rows; a file without headings that identify anything is Invalid.
func ReadAssets(r io.Reader, at time.Time, given Mapping) (Sheet, error) {
	if err := given.Check(); err != nil {
		return Sheet{}, err
	}
	s := Sheet{reader: rowReader{at: at, classes: words(classData), states: words(stateData)}}
	seen := map[string]int{} // the row in which a ref stands already
	err := ReadSheet(r, func(number int, cells []string) error {
		if s.Targets == nil {
			targets := propose(cells, given)
			if identifies(targets) && understood(targets) >= 2 {
				s.Headings, s.Targets = append([]string(nil), cells...), targets
				for _, heading := range s.Headings {
					s.reader.from = append(s.reader.from, "csv:"+heading)
				}
				return nil
			}
			if number >= headingRows {
				return noHeadings()
			}
			return nil
		}
		if strings.Join(cells, "") != "" {
			s.Rows = append(s.Rows, s.check(number, cells, seen))
		}
		return nil
	})
	if err == nil && s.Targets == nil {
		err = noHeadings()
	}
	return s, err
}

func noHeadings() error {
	return inventory.Errorf(inventory.Invalid, "no row of headings among the first %d: one column must tell the serial, the name or the asset tag, and another something else; or name the columns yourself (--map, mapping in the API)", headingRows)
}

func identifies(targets []string) bool {
	for _, t := range targets {
		switch inventory.Field(t) {
		case inventory.FieldSerial, inventory.FieldHostname, inventory.FieldAssetTag, inventory.FieldUUID, inventory.FieldMAC:
			return true
		}
	}
	return false
}

func understood(targets []string) (n int) {
	for _, t := range targets {
		if t != "" {
			n++
		}
	}
	return n
}

// check keeps a row as it stands, or with why it cannot be taken in.
func (s *Sheet) check(number int, cells []string, seen map[string]int) Row {
	row := Row{Number: number, cells: cells}
	in, refused := s.reader.row(s, number, cells)
	row.Ref, row.Refused = in.Observation.Ref, refused
	if refused != nil {
		row.cells = nil
		return row
	}
	if first, twice := seen[row.Ref]; twice {
		row.Refused = refuse(ProblemTwice, fmt.Sprintf("%q stands in row %d already: leave one of them out", inventory.CleanTo(row.Ref, 60), first))
		row.Refused.Value = inventory.CleanTo(row.Ref, 60)
		return row
	}
	seen[row.Ref] = number
	return row
}

type rowReader struct {
	at      time.Time
	classes map[string]string
	states  map[string]string
	from    []string // where the facts of each column come from
}

// row works out what a row says.
func (r *rowReader) row(s *Sheet, number int, cells []string) (inventory.ImportRow, *Refusal) {
	in := inventory.ImportRow{
		Number: number, Observation: inventory.Observation{At: r.at, Source: inventory.FromCSV},
		Coverage: inventory.Coverage{Kind: "manufacturer", Source: string(inventory.FromCSV)},
	}
	said := map[string]string{}
	for i, value := range cells {
		if i >= len(s.Targets) || s.Targets[i] == "" || s.Targets[i] == ColumnIgnore || value == "" {
			continue
		}
		if refused := r.cell(&in, s.Targets[i], value, r.from[i]); refused != nil {
			refused.Column, refused.Value = s.Headings[i], inventory.CleanTo(value, 60)
			return in, refused
		}
		said[s.Targets[i]] = value
	}
	if in.Observation.Ref = ref(said); in.Observation.Ref == "" {
		return in, refuse(ProblemNothing, "nothing tells what it is: fill in its serial, name or asset tag")
	}
	return in, settle(&in, s, said)
}

// ref gives a row's own identity: the first of what stays with a thing.
func ref(said map[string]string) string {
	for _, target := range []string{ColumnID, "asset-tag", "serial", "uuid", "hostname", "mac"} {
		if said[target] != "" {
			return inventory.CleanTo(said[target], maxRefBytes)
		}
	}
	return ""
}

// cell takes in one value, or says what is wrong with it and what to do.
func (r *rowReader) cell(in *inventory.ImportRow, target, value, from string) (refused *Refusal) {
	field := inventory.Field(target)
	switch field {
	case ColumnID:
		return nil
	case ColumnSite:
		in.Site = inventory.CleanTo(value, 200)
		return nil
	case ColumnWarrantyEnd:
		in.Coverage.End, refused = sheetDay(value)
		return refused
	case ColumnWarranty: // together with the day of purchase, in settle
		if _, ok := sheetMonths(value); ok {
			return nil
		}
		if in.Coverage.End, refused = sheetDay(value); refused != nil {
			return refuse(ProblemWarranty, "is neither a number of months nor a day: write it as 36 or 31/12/2027")
		}
		return nil
	case ColumnPrice:
		in.Purchase.Price, refused = sheetMoney(value)
		return refused
	case ColumnSupplier:
		in.Purchase.Supplier = inventory.CleanTo(value, 200)
		return nil
	case ColumnInvoice:
		in.Purchase.Reference = inventory.CleanTo(value, 200)
		return nil
	case ColumnState:
		if state, ok := r.states[fold(value)]; ok {
			value = state
		}
		if inventory.State(value).Valid() { // a word that is no state of ours tells nothing
			in.Observation.Add(inventory.FieldState, value, from, inventory.High)
		}
		return nil
	case inventory.FieldPurchased, inventory.FieldEndOfLife:
		day, refused := sheetDay(value)
		in.Observation.Add(field, string(day), from, inventory.High)
		return refused
	case inventory.FieldClass:
		if c, ok := r.classes[fold(value)]; ok {
			in.Observation.Add(field, c, from, inventory.High)
		} else if c, err := inventory.ParseClass(strings.ToLower(value)); err == nil {
			in.Observation.Add(field, string(c), from, inventory.High)
		}
		return nil // a category that is no class of ours tells nothing
	case inventory.FieldMAC:
		mac := inventory.MAC(value)
		if mac == "" {
			return refuse(ProblemMAC, "is no MAC address: write it as 00:1b:21:aa:bb:cc or leave it empty")
		}
		value = mac
	}
	in.Observation.Add(field, value, from, inventory.High)
	return nil
}

var months = map[string]time.Month{
	"janv": 1, "janvier": 1, "jan": 1, "january": 1, "fevr": 2, "fev": 2, "fevrier": 2, "feb": 2, "february": 2,
	"mars": 3, "mar": 3, "march": 3, "avr": 4, "avril": 4, "apr": 4, "april": 4, "mai": 5, "may": 5,
	"juin": 6, "jun": 6, "june": 6, "juil": 7, "juillet": 7, "jul": 7, "july": 7, "aout": 8, "aug": 8, "august": 8,
	"sept": 9, "sep": 9, "septembre": 9, "september": 9, "oct": 10, "octobre": 10, "october": 10,
	"nov": 11, "novembre": 11, "november": 11, "dec": 12, "decembre": 12, "december": 12, //nolint:misspell // a French month without its accent
}

// sheetDay reads 31/12/2025 (the day first, as in French), 2025-12-31 with or
// without a time, 31 déc. 2025, and Excel's serial number of a day.
func sheetDay(value string) (inventory.Day, *Refusal) {
	if serial, err := strconv.ParseFloat(value, 64); err == nil {
		if serial < 10000 || serial > 80000 { // 1927 to 2119
			return "", refuse(ProblemDay, "is no day: write it as 31/12/2025 or 2025-12-31")
		}
		return inventory.NewDay(1899, time.December, 30).AddDays(int(serial)), nil
	}
	for _, layout := range []string{"2/1/2006", "2/1/06", "2.1.2006", "2-1-2006", time.DateOnly, "2006/1/2"} {
		date, _, _ := strings.Cut(strings.Replace(value, "T", " ", 1), " ")
		if t, err := time.Parse(layout, date); err == nil {
			return inventory.DayOf(t), nil
		}
	}
	parts := strings.Fields(fold(value))
	if len(parts) == 3 {
		day, err := strconv.Atoi(strings.TrimSuffix(parts[0], "er"))
		year, err2 := strconv.Atoi(parts[2])
		if month := months[parts[1]]; err == nil && err2 == nil && month > 0 && year > 1900 && year < 2200 {
			if d := inventory.NewDay(year, month, day); d.Time().Day() == day {
				return d, nil
			}
		}
	}
	return "", refuse(ProblemDay, "is no day: write it as 31/12/2025 or 2025-12-31")
}
