package catalogue

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"parc/inventory"
	"parc/lifecycle"
)

// serialRule reads a day of manufacture out of a maker's serial numbers. The
// pattern's groups are year, and week or month; a group is a number, or a letter
// of the alphabet given for it.
type serialRule struct {
	Maker      string              `yaml:"maker"`   // for people
	Vendor     string              `yaml:"vendor"`  // regular expression on the asset's vendor
	Classes    []inventory.Class   `yaml:"classes"` // only these; none: all
	Pattern    string              `yaml:"pattern"`
	Base       int                 `yaml:"base"`   // the year of 0, or of the first letter
	Decade     bool                `yaml:"decade"` // only the last digit of the year is told
	Years      string              `yaml:"years"`
	HalfYears  string              `yaml:"half_years"` // letters that count half-years
	Weeks      string              `yaml:"weeks"`
	Months     string              `yaml:"months"`
	Confidence string              `yaml:"confidence"`
	Source     string              `yaml:"source"`
	Examples   map[string][]string `yaml:"examples"` // serial → the days it may mean, as known on 2026-11-23

	vendor, pattern *regexp.Regexp
	confidence      inventory.Confidence
}

func (c *Catalogue) loadSerials(name string) error {
	var file struct {
		Makers []serialRule `yaml:"makers"`
	}
	if err := readYAML(name, &file); err != nil {
		return err
	}
	for i := range file.Makers {
		r := &file.Makers[i]
		var err error
		if r.vendor, err = regexp.Compile(r.Vendor); err != nil {
			return fmt.Errorf("%s: %s: %w", name, r.Maker, err)
		}
		if r.pattern, err = regexp.Compile(r.Pattern); err != nil {
			return fmt.Errorf("%s: %s: %w", name, r.Maker, err)
		}
		level, known := confidences[r.Confidence]
		if !known || r.Maker == "" || r.Source == "" || r.pattern.SubexpIndex("year") < 0 {
			return fmt.Errorf("%s: %q needs a maker, a source, a confidence and a year", name, r.Maker)
		}
		r.confidence = level
	}
	c.serials = file.Makers
	return nil
}

var confidences = map[string]inventory.Confidence{"low": inventory.Low, "medium": inventory.Medium, "high": inventory.High}

func readYAML(name string, into any) error {
	text, err := data.ReadFile(name)
	if err != nil {
		return err
	}
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	decoder.KnownFields(true)
	if err := decoder.Decode(into); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

// Made gives when the asset's serial number says that it was made, latest first:
// several where the maker writes only the last digit of the year. None lies
// after the day.
func (c *Catalogue) Made(a inventory.Asset, day inventory.Day) []lifecycle.Made {
	if a.Vendor == "" || a.Serial == "" {
		return nil
	}
	serial := strings.ToUpper(strings.TrimSpace(a.Serial))
	for _, r := range c.memos.makers.of(a.Vendor, func() []*serialRule { return c.makers(a.Vendor) }) {
		if len(r.Classes) > 0 && !slices.Contains(r.Classes, a.Class) {
			continue
		}
		if found := r.pattern.FindStringSubmatch(serial); found != nil {
			return r.made(found, day)
		}
	}
	return nil
}

// makers gives the rules for a vendor's serial numbers.
func (c *Catalogue) makers(vendor string) []*serialRule {
	var all []*serialRule
	for i := range c.serials {
		if r := &c.serials[i]; r.vendor.MatchString(vendor) {
			all = append(all, r)
		}
	}
	return all
}

func (r *serialRule) made(found []string, day inventory.Day) []lifecycle.Made {
	group := func(name string) string {
		if i := r.pattern.SubexpIndex(name); i >= 0 {
			return found[i]
		}
		return ""
	}
	year, second, ok := r.year(group("year"))
	if !ok {
		return nil
	}
	years := []int{year}
	if r.Decade {
		years = nil
		for y := day.Time().Year(); y > day.Time().Year()-20; y-- {
			if y%10 == year-r.Base {
				years = append(years, y)
			}
		}
	}
	var all []lifecycle.Made
	for _, y := range years {
		m := lifecycle.Made{Maker: r.Maker, Confidence: r.confidence, Source: r.Source, Doubtful: r.Decade}
		if r.pattern.SubexpIndex("month") >= 0 {
			m.From, m.To, ok = r.month(y, group("month"))
		} else {
			m.From, m.To, ok = r.week(y, second, group("week"))
		}
		if ok && m.From <= day {
			all = append(all, m)
		}
	}
	return all
}

// year gives the year, and whether it is in its second half.
func (r *serialRule) year(text string) (year int, second, ok bool) {
	switch {
	case r.HalfYears != "":
		at := strings.Index(r.HalfYears, text)
		return r.Base + at/2, at%2 == 1, at >= 0
	case r.Years != "":
		at := strings.Index(r.Years, text)
		return r.Base + at, false, at >= 0
	}
	n, err := strconv.Atoi(text)
	return r.Base + n, false, err == nil
}

const (
	weeksOfYear = 53
	halfYear    = 26 // weeks
)

// week gives the Monday and the Sunday of a week, counted as ISO 8601 does.
func (r *serialRule) week(year int, second bool, text string) (from, to inventory.Day, ok bool) {
	week, err := strconv.Atoi(text)
	if r.Weeks != "" {
		week, err = strings.Index(r.Weeks, text)+1, nil
	}
	if second {
		week += halfYear
	}
	if err != nil || week < 1 || week > weeksOfYear {
		return "", "", false
	}
	fourth := inventory.NewDay(year, 1, 4) // always in week 1
	monday := fourth.AddDays(-(int(fourth.Time().Weekday())+6)%7 + (week-1)*7)
	return monday, monday.AddDays(6), true
}

func (r *serialRule) month(year int, text string) (from, to inventory.Day, ok bool) {
	month := strings.Index(r.Months, text) + 1
	if text == "" || month < 1 || month > 12 {
		return "", "", false
	}
	from = inventory.Day(fmt.Sprintf("%04d-%02d-01", year, month))
	return from, from.AddMonths(1).AddDays(-1), true
}
