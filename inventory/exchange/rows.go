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

// Row is one row of a spreadsheet.
type Row struct {
	Number      int // as a person counts: the file's first row is 1
	Observation inventory.Observation
	WarrantyEnd inventory.Day
	Purchase    inventory.Financing // what was paid, to whom and when; without a price, or without its day, it is none
	Refused     string              // why it cannot be taken in, with column and value; "" when it can
}

// Sheet is what a spreadsheet says of assets.
type Sheet struct {
	Headings []string
	Targets  []string // of each heading: a field, a column of this package, or "" when not understood
	Rows     []Row
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
	var s Sheet
	reader := rowReader{at: at, classes: words(classData), states: words(stateData), seen: map[string]int{}}
	err := ReadSheet(r, func(number int, cells []string) error {
		if s.Targets == nil {
			targets := propose(cells, given)
			if identifies(targets) && understood(targets) >= 2 {
				s.Headings, s.Targets = append([]string(nil), cells...), targets
				return nil
			}
			if number >= headingRows {
				return noHeadings()
			}
			return nil
		}
		if strings.Join(cells, "") != "" {
			s.Rows = append(s.Rows, reader.row(number, s.Headings, s.Targets, cells))
		}
		return nil
	})
	if err == nil && s.Targets == nil {
		err = noHeadings()
	}
	return s, err
}

func noHeadings() error {
	return inventory.Errorf(inventory.Invalid, "no row of headings among the first %d: one column must tell the serial, the name or the asset tag, and another something else; or name the columns with --map", headingRows)
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

type rowReader struct {
	at      time.Time
	classes map[string]string
	states  map[string]string
	seen    map[string]int // the row in which a ref stands already
}

func (r *rowReader) row(number int, headings, targets, cells []string) Row {
	row := Row{Number: number, Observation: inventory.Observation{At: r.at, Source: inventory.FromCSV}}
	said := map[string]string{}
	for i, value := range cells {
		if i >= len(targets) || targets[i] == "" || targets[i] == ColumnIgnore || value == "" {
			continue
		}
		if problem := r.cell(&row, targets[i], value, "csv:"+headings[i]); problem != "" {
			row.Refused = fmt.Sprintf("column %q: %q %s", headings[i], inventory.CleanTo(value, 60), problem)
			return row
		}
		said[targets[i]] = value
	}
	if row.Refused = row.settle(said, headings, targets); row.Refused != "" {
		return row
	}
	row.Observation.Ref, row.Refused = r.ref(number, said)
	return row
}

// ref gives the row's own identity: the first of what stays with a thing.
func (r *rowReader) ref(number int, said map[string]string) (ref, problem string) {
	for _, target := range []string{ColumnID, "asset-tag", "serial", "uuid", "hostname", "mac"} {
		if said[target] == "" {
			continue
		}
		ref := inventory.CleanTo(said[target], maxRefBytes)
		if first, twice := r.seen[ref]; twice {
			return "", fmt.Sprintf("%s %q stands in row %d already: leave one of them out", target, inventory.CleanTo(ref, 60), first)
		}
		r.seen[ref] = number
		return ref, ""
	}
	return "", "nothing tells what it is: fill in its serial, name or asset tag"
}

// cell takes in one value; problem says what is wrong with it and what to do.
func (r *rowReader) cell(row *Row, target, value, from string) (problem string) {
	field := inventory.Field(target)
	switch field {
	case ColumnID:
		return ""
	case ColumnWarrantyEnd:
		row.WarrantyEnd, problem = sheetDay(value)
		return problem
	case ColumnWarranty: // together with the day of purchase, in settle
		if _, ok := sheetMonths(value); ok {
			return ""
		}
		if row.WarrantyEnd, problem = sheetDay(value); problem != "" {
			return "is neither a number of months nor a day: write it as 36 or 31/12/2027"
		}
		return ""
	case ColumnPrice:
		row.Purchase.Price, problem = sheetMoney(value)
		return problem
	case ColumnSupplier:
		row.Purchase.Supplier = inventory.CleanTo(value, 200)
		return ""
	case ColumnInvoice:
		row.Purchase.Reference = inventory.CleanTo(value, 200)
		return ""
	case ColumnState:
		if state, ok := r.states[fold(value)]; ok {
			row.Observation.Add(inventory.FieldState, state, from, inventory.High)
		}
		return "" // a word that is no state of ours tells nothing
	case inventory.FieldPurchased, inventory.FieldEndOfLife:
		day, problem := sheetDay(value)
		row.Observation.Add(field, string(day), from, inventory.High)
		return problem
	case inventory.FieldClass:
		if c, ok := r.classes[fold(value)]; ok {
			row.Observation.Add(field, c, from, inventory.High)
		} else if c, err := inventory.ParseClass(strings.ToLower(value)); err == nil {
			row.Observation.Add(field, string(c), from, inventory.High)
		}
		return "" // a category that is no class of ours tells nothing
	case inventory.FieldMAC:
		mac := inventory.MAC(value)
		if mac == "" {
			return "is no MAC address: write it as 00:1b:21:aa:bb:cc or leave it empty"
		}
		value = mac
	}
	row.Observation.Add(field, value, from, inventory.High)
	return ""
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
func sheetDay(value string) (inventory.Day, string) {
	const bad = "is no day: write it as 31/12/2025 or 2025-12-31"
	if serial, err := strconv.ParseFloat(value, 64); err == nil {
		if serial < 10000 || serial > 80000 { // 1927 to 2119
			return "", bad
		}
		return inventory.NewDay(1899, time.December, 30).AddDays(int(serial)), ""
	}
	for _, layout := range []string{"2/1/2006", "2/1/06", "2.1.2006", "2-1-2006", time.DateOnly, "2006/1/2"} {
		date, _, _ := strings.Cut(strings.Replace(value, "T", " ", 1), " ")
		if t, err := time.Parse(layout, date); err == nil {
			return inventory.DayOf(t), ""
		}
	}
	parts := strings.Fields(fold(value))
	if len(parts) == 3 {
		day, err := strconv.Atoi(strings.TrimSuffix(parts[0], "er"))
		year, err2 := strconv.Atoi(parts[2])
		if month := months[parts[1]]; err == nil && err2 == nil && month > 0 && year > 1900 && year < 2200 {
			if d := inventory.NewDay(year, month, day); d.Time().Day() == day {
				return d, ""
			}
		}
	}
	return "", bad
}
