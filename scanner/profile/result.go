package profile

import (
	"strings"
	"time"

	"parc/inventory"
)

// Result is what is known of a device after its Inquiry.
type Result struct {
	Profile string // id of the profile that matched
	Facts   []inventory.Fact
	Details inventory.Details
	Trace   Trace
}

// Trace tells why: which profile was taken, which would have ranked higher,
// and what each source of each field gave.
type Trace struct {
	Profile  string
	File     string
	Rejected []string
	Steps    []Step
}

// Result gives what the answers so far tell; now dates what is told relative
// to it, as the last boot.
func (q *Inquiry) Result(now time.Time) Result {
	if q.profile == nil {
		q.choose()
	}
	if q.profile == nil {
		q.profile = q.set.generic
	}
	e := q.evaluator()
	var o inventory.Observation
	for _, field := range identityFields {
		found := e.resolve(field)
		for _, value := range found.values {
			o.Add(field, value, "snmp:"+found.from, found.confidence)
		}
	}
	q.common(&o, now)
	result := Result{Profile: q.profile.ID, Facts: o.Facts, Trace: Trace{q.profile.ID, q.profile.File, q.rejected, e.trace}}
	if q.depth == inventory.DepthFull && q.given.SNMP {
		q.details(&result.Details, e)
	}
	return result
}

// common adds what every device tells, whatever its profile.
func (q *Inquiry) common(o *inventory.Observation, now time.Time) {
	scalar := func(field inventory.Field, oid string, confidence inventory.Confidence) {
		if o.Get(field) == "" {
			if value := text(q.answers.scalars[oid], ""); q.set.junk.unfit(field, value) == "" {
				o.Add(field, value, "snmp:"+objectName(oid), confidence)
			}
		}
	}
	scalar(inventory.FieldHostname, oidSysName, inventory.High)
	scalar(inventory.FieldDescription, oidSysDescr, inventory.Certain)
	scalar(inventory.FieldLocation, oidSysLocation, inventory.Medium)
	scalar(inventory.FieldContact, oidSysContact, inventory.Medium)
	o.Add(inventory.FieldObjectID, q.input("sysobjectid"), "snmp:sysObjectID.0", inventory.Certain)
	if id := text(q.answers.scalars[oidEngineID], "hex"); len(id) >= 10 && len(id) <= 64 {
		o.Add(inventory.FieldEngineID, strings.ToLower(id), "snmp:snmpEngineID.0", inventory.High)
	}
	q.lastBoot(o, now)
	if q.profile != nil {
		o.Add(inventory.FieldProfile, q.profile.ID, "profile", inventory.Certain)
	}
}

// lastBoot tells when the system started: hrSystemUptime is the machine's own,
// sysUpTime that of the agent, which may be restarted without it.
func (q *Inquiry) lastBoot(o *inventory.Observation, now time.Time) {
	for _, clock := range []struct {
		oid, name  string
		confidence inventory.Confidence
	}{{hrSystemUptime, "hrSystemUptime.0", inventory.High}, {oidSysUpTime, "sysUpTime.0", inventory.Medium}} {
		up := q.answers.scalars[clock.oid]
		if o.Get(inventory.FieldLastBoot) != "" || up.Tag != TagTicks || up.Number <= 0 {
			continue
		}
		boot := now.Add(-time.Duration(up.Number) * 10 * time.Millisecond).UTC().Truncate(time.Minute)
		o.Add(inventory.FieldLastBoot, boot.Format(time.RFC3339), "snmp:"+clock.name, clock.confidence)
	}
}
