package lifecycle

import (
	"cmp"
	"slices"

	"parc/inventory"
)

// leads are how many days before an event people are written to of it.
var leads = map[EventKind][]int{
	EventLeaseNotice: {90, 30, 7}, EventLicenceNotice: {90, 30, 7}, EventNotice: {90, 30, 7}, EventLeaseOption: {90, 30, 7},
	EventLeaseEnd: {180, 60}, EventLeaseReturn: {60, 14}, EventContractEnd: {90, 30}, EventLicenceEnd: {60, 14}, EventMaintenanceEnd: {60, 14},
	EventInsuranceEnd: {60, 14}, EventCoverageEnd: {90, 30}, EventSupportEnd: {180, 90, 30},
}

// farthest is the longest lead.
const farthest = 180

// Escalates tells that an event is written of daily after its last lead: once its
// day is past, nothing can be done any more.
func (k EventKind) Escalates() bool {
	switch k {
	case EventLeaseNotice, EventLicenceNotice, EventNotice, EventLeaseOption:
		return true
	}
	return false
}

// Alert is an event near enough to be written of.
type Alert struct {
	Event
	Deadline inventory.Deadline // what became of it; empty where nothing did
	Due      bool               // it is to be written of on the day
	Next     inventory.Day      // the next day on which it will be, from the day on; "" when it will not
	DaysLeft int
}

// Alerts gives what is near on a day, the nearest first. said holds by event what
// became of earlier alerts; what speaks of another day than the event's counts for
// nothing. An alert whose day passed while nobody wrote is due the next time.
func Alerts(e Estate, catalogue Catalogue, said map[string]inventory.Deadline, day inventory.Day) []Alert {
	var all []Alert
	for _, event := range Together(Events(e, catalogue, day, day.AddDays(farthest))) {
		a := Alert{Event: event, DaysLeft: day.Until(event.Day)}
		if d := said[event.Key]; d.Day == event.Day {
			a.Deadline = d
		}
		if a.plan(day) {
			all = append(all, a)
		}
	}
	slices.SortStableFunc(all, func(a, b Alert) int { return cmp.Compare(a.Day, b.Day) })
	return all
}

// plan works out when the alert is written of; false when its time has not come.
func (a *Alert) plan(day inventory.Day) bool {
	before := leads[a.Kind]
	if len(before) == 0 || a.DaysLeft > before[0] {
		return false
	}
	if a.Deadline.Acknowledged {
		return true
	}
	first := max(day, a.Deadline.SnoozedUntil)
	var last inventory.Day // the last turn that has come
	for _, n := range before {
		turn := a.Day.AddDays(-n)
		if turn <= first {
			last = turn
		} else if a.Next == "" {
			a.Next = turn
		}
	}
	if a.Kind.Escalates() && first >= a.Day.AddDays(-before[len(before)-1]) {
		last = first
	}
	last = max(last, min(a.Deadline.SnoozedUntil, first)) // the end of a pause is a turn
	if last > a.Deadline.SentOn {
		a.Next = first
	} else if a.Kind.Escalates() && a.Next == "" && first < a.Day {
		a.Next = first.AddDays(1)
	}
	a.Due = a.Next == day
	return true
}

// Together makes one event of the ends of coverage of one day, and of the ends of
// one product's support: they are one thing to do.
func Together(events []Event) []Event {
	var all []Event
	at := map[string]int{}
	for _, e := range events {
		if e.Kind == EventCoverageEnd || e.Kind == EventSupportEnd {
			e.Key = string(e.Kind) + "/" + string(e.Day)
			if e.Kind == EventSupportEnd {
				e.Key += "/" + e.What
			}
			if k, ok := at[e.Key]; ok {
				all[k].AssetIDs = append(all[k].AssetIDs, e.AssetIDs...)
				continue
			}
			at[e.Key] = len(all)
		}
		all = append(all, e)
	}
	return all
}
