package calendar

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	ics "github.com/arran4/golang-ical"

	"parc/inventory"
	"parc/lifecycle"
)

const (
	horizonMonths = 36     // how far a calendar looks ahead
	mostEvents    = 10_000 // in one calendar, the first ones
	mostNames     = 20     // of assets in one event
	longestTitle  = 200
)

// alarms are how long before a day programs remind of it.
var alarms = []string{"-P90D", "-P30D", "-P7D"}

// Client is one client with what is known of it.
type Client struct {
	ID, Name  string
	Estate    lifecycle.Estate
	Catalogue lifecycle.Catalogue
}

// Calendar is what ends for some clients from a day on.
type Calendar struct {
	words  words
	day    inventory.Day
	single string // the name of the one client; "" for several, whose names stand before what ends
	events []event
}

// event is what one entry says; its place in the calendar is its uid.
type event struct {
	lifecycle.Event
	uid, client, text string
}

// New begins the calendar of one client, or of several when its name is empty.
// Another language than fr and en is Invalid.
func New(client, lang string, day inventory.Day) (*Calendar, error) {
	w, ok := languages[lang]
	if !ok {
		return nil, inventory.Errorf(inventory.Invalid, "lang: %q is neither fr nor en", inventory.CleanTo(lang, 20))
	}
	return &Calendar{words: w, day: day, single: client}, nil
}

// Add takes in what ends for a client. What ends for several assets of it on one
// day is one entry.
func (c *Calendar) Add(client Client) {
	names := make(map[string]string, len(client.Estate.Assets))
	for i := range client.Estate.Assets {
		a := &client.Estate.Assets[i]
		names[a.ID] = lifecycle.Name(*a)
	}
	for _, e := range lifecycle.Together(lifecycle.Events(client.Estate, client.Catalogue, c.day, c.day.AddMonths(horizonMonths))) {
		sum := sha256.Sum256([]byte(client.ID + "\x00" + e.Key))
		c.events = append(c.events, event{Event: e, uid: hex.EncodeToString(sum[:16]) + "@parc", client: client.Name})
	}
	for i := range c.events {
		if e := &c.events[i]; e.text == "" {
			e.text = c.describe(e, names)
		}
	}
}

// describe says what an entry is about, in several lines.
func (c *Calendar) describe(e *event, names map[string]string) string {
	lines := []string{fmt.Sprintf(c.words.client, clean(e.client))}
	switch {
	case e.Renews && e.Bound != "":
		lines = append(lines, fmt.Sprintf(c.words.renews, c.words.day(e.Bound)))
	case e.Renews:
		lines = append(lines, c.words.ends)
	}
	if e.AtStake.Minor > 0 {
		lines = append(lines, fmt.Sprintf(c.words.cost, c.words.money(e.AtStake)))
	}
	known := make([]string, 0, len(e.AssetIDs))
	for _, id := range e.AssetIDs {
		if name := clean(names[id]); name != "" {
			known = append(known, name)
		}
	}
	slices.Sort(known)
	if more := len(known) - mostNames; more > 0 {
		known = append(known[:mostNames], fmt.Sprintf(c.words.more, more))
	}
	if len(known) > 0 {
		lines = append(lines, strings.Join(known, ", "))
	}
	return strings.Join(lines, "\n")
}

func (c *Calendar) summary(e *event) string {
	what := clean(e.What)
	switch {
	case len(e.AssetIDs) < 2 || e.Kind != lifecycle.EventCoverageEnd && e.Kind != lifecycle.EventSupportEnd:
	case e.Kind == lifecycle.EventSupportEnd:
		what += " (" + fmt.Sprintf(c.words.things, len(e.AssetIDs)) + ")"
	default:
		what = fmt.Sprintf(c.words.things, len(e.AssetIDs))
	}
	title := c.words.title(e.Kind, what)
	if c.single == "" {
		title = clean(e.client) + " – " + title
	}
	return title
}

// Write writes the calendar, in the order of days. The same estates on the same
// day give the same bytes.
func (c *Calendar) Write(w io.Writer) error {
	slices.SortFunc(c.events, func(a, b event) int { return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(a.uid, b.uid)) })
	cal := ics.NewCalendar()
	cal.SetProductId("-//parc//parc//EN")
	cal.SetMethod(ics.MethodPublish)
	cal.SetCalscale("GREGORIAN")
	name := c.words.all
	if c.single != "" {
		name = fmt.Sprintf(c.words.name, clean(c.single))
	}
	cal.SetName(name)
	cal.SetRefreshInterval("PT12H")
	cal.SetXPublishedTTL("PT12H")
	for i := range c.events[:min(len(c.events), mostEvents)] {
		c.entry(cal, &c.events[i])
	}
	return cal.SerializeTo(w, ics.WithNewLineWindows)
}

func (c *Calendar) entry(cal *ics.Calendar, e *event) {
	title := c.summary(e)
	v := cal.AddEvent(e.uid)
	v.SetDtStampTime(c.day.Time()) // of the calendar: the same text all day
	v.SetAllDayStartAt(e.Day.Time())
	v.SetAllDayEndAt(e.Day.Time().Add(24 * time.Hour))
	v.SetSummary(title)
	v.SetDescription(e.text)
	v.SetProperty(ics.ComponentPropertyCategories, c.words.titles[e.Kind])
	v.SetTimeTransparency(ics.TransparencyTransparent)
	for _, before := range alarms {
		a := v.AddAlarm()
		a.SetAction(ics.ActionDisplay)
		a.SetDescription(title)
		a.SetTrigger(before)
	}
}

// clean makes a text of a device or a person one short line.
func clean(s string) string { return inventory.CleanTo(s, longestTitle) }
