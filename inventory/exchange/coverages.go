package exchange

import (
	_ "embed" // the words of headings
	"io"
	"strings"

	"parc/inventory"
)

//go:embed data/coverages.tsv
var coverageData string

// CoverageRow is one row of a table of warranties.
type CoverageRow struct {
	Number   int // as a person counts: the file's first row is 1
	Serial   string
	Vendor   string
	Coverage inventory.Coverage // without its asset
	Refused  string             // why it cannot be taken in, with column and value; "" when it can
}

// ReadCoverages reads a table of warranties, one a row, below a row of headings that
// is found by its words: a serial and the day on which the coverage ends, and the
// maker, the kind, the level and the first day where it has them. A file without those
// two columns is Invalid.
func ReadCoverages(r io.Reader) ([]CoverageRow, error) {
	var rows []CoverageRow
	var headings, targets []string
	known := words(coverageData)
	err := ReadSheet(r, func(number int, cells []string) error {
		if targets == nil {
			found := make([]string, len(cells))
			has := map[string]bool{}
			for i, cell := range cells {
				if t := known[fold(cell)]; t != "" && !has[t] {
					found[i], has[t] = t, true
				}
			}
			switch {
			case has["serial"] && has["end"]:
				headings, targets = append([]string(nil), cells...), found
			case number >= headingRows:
				return noCoverageHeadings()
			}
			return nil
		}
		if strings.Join(cells, "") != "" {
			rows = append(rows, coverageRow(number, headings, targets, cells))
		}
		return nil
	})
	if err == nil && targets == nil {
		err = noCoverageHeadings()
	}
	return rows, err
}

func noCoverageHeadings() error {
	return inventory.Errorf(inventory.Invalid, "no row of headings among the first %d: one column must tell the serial number, another the day on which the warranty ends", headingRows)
}

func coverageRow(number int, headings, targets, cells []string) CoverageRow {
	row := CoverageRow{Number: number, Coverage: inventory.Coverage{Kind: "manufacturer", Source: string(inventory.FromCSV)}}
	for i, value := range cells {
		if i >= len(targets) || value == "" {
			continue
		}
		var refused *Refusal
		switch targets[i] {
		case "serial":
			row.Serial = inventory.CleanTo(value, 100)
		case "vendor":
			row.Vendor = inventory.CleanTo(value, 100)
		case "kind":
			row.Coverage.Kind = coverageKind(value)
		case "level":
			row.Coverage.Level = inventory.CleanTo(value, 200)
		case "start":
			row.Coverage.Start, refused = sheetDay(value)
		case "end":
			row.Coverage.End, refused = sheetDay(value)
		}
		if refused != nil {
			refused.Column, refused.Value = headings[i], inventory.CleanTo(value, 60)
			row.Refused = refused.Error()
			return row
		}
	}
	switch {
	case row.Serial == "":
		row.Refused = "it tells no serial number"
	case row.Coverage.End.IsZero():
		row.Refused = "it tells no day on which the warranty ends"
	default:
		if err := row.Coverage.Check(); err != nil {
			row.Refused = err.Error()
		}
	}
	return row
}

// coverageKind gives the kind of coverage that a maker's word means.
func coverageKind(word string) string {
	text := fold(word)
	for _, k := range []struct{ kind, words string }{
		{"care-pack", "care pack|carepack|applecare|prosupport|premier"}, {"extension", "extension|extended|upgrade|etendue"},
		{"on-site", "on site|onsite|sur site"}, {"support", "support|contract|contrat|smartnet|foundation|maintenance"},
	} {
		for w := range strings.SplitSeq(k.words, "|") {
			if strings.Contains(text, w) {
				return k.kind
			}
		}
	}
	return "manufacturer"
}
