package inventory

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// trust says how far a source is believed on a field, in percent, before the
// confidence of the single fact is counted. The first row whose fields hold the
// field decides; the last row is for all others.
var trust = []struct {
	fields []Field
	by     map[Source]int
}{
	{[]Field{FieldClass}, map[Source]int{FromHand: 100, FromSNMP: 90, FromAgent: 88, FromCSV: 70, FromNmap: 50}},
	{[]Field{FieldOSName, FieldOSVersion, FieldOSBuild, FieldUser, FieldDomain, FieldProcessor, FieldMemory},
		map[Source]int{FromHand: 100, FromAgent: 95, FromSNMP: 80, FromCSV: 45, FromNmap: 50}},
	{[]Field{FieldHostname}, map[Source]int{FromHand: 100, FromAgent: 95, FromSNMP: 85, FromNmap: 60, FromCSV: 50}},
	{[]Field{FieldVersion, FieldDescription, FieldObjectID, FieldEngineID},
		map[Source]int{FromHand: 100, FromSNMP: 95, FromAgent: 90, FromNmap: 55, FromCSV: 40}},
	{[]Field{FieldAssetTag, FieldLocation, FieldContact, FieldPartNumber},
		map[Source]int{FromHand: 100, FromCSV: 90, FromSNMP: 75, FromAgent: 70, FromNmap: 40}},
	{[]Field{FieldMAC, FieldIP}, map[Source]int{FromHand: 100, FromAgent: 95, FromSNMP: 90, FromNmap: 60, FromCSV: 30}},
	{nil, map[Source]int{FromHand: 100, FromAgent: 92, FromSNMP: 90, FromCSV: 70, FromNmap: 45}},
}

// unsaid is the confidence of a fact that tells none, by source.
var unsaid = map[Source]Confidence{FromHand: Certain, FromAgent: High, FromSNMP: 80, FromCSV: 75, FromNmap: Medium}

// staleAfter is how long a live source's value stands against a weaker source
// once nobody confirms it any more.
const staleAfter = 90 * 24 * time.Hour

// strength weighs a value: the trust in its source on this field times its
// confidence.
func strength(f Field, v Value) int {
	confidence := v.Confidence
	if confidence == 0 {
		confidence = unsaid[v.Source]
	}
	return sourceTrust(f, v.Source) * int(confidence)
}

func sourceTrust(f Field, s Source) int {
	for _, row := range trust {
		if row.fields == nil || slices.Contains(row.fields, f) {
			return row.by[s]
		}
	}
	return 0
}

// live tells that the source has met the thing itself.
func (s Source) live() bool { return s == FromNmap || s == FromSNMP || s == FromAgent }

// overrules tells that a new value takes the place of a different, unpinned
// one: it is stronger, or as strong and newer, or the old one has gone stale.
func overrules(f Field, next, cur Value) bool {
	a, b := strength(f, next), strength(f, cur)
	switch {
	case f.Volatile() && next.Source == cur.Source:
		return !next.At.Before(cur.At)
	case a != b:
		return a > b || cur.Source.live() && next.Source.live() && next.At.Sub(cur.At) > staleAfter && next.Confidence >= Medium
	case next.Source != cur.Source:
		return cmp.Or(sourceTrust(f, next.Source)-sourceTrust(f, cur.Source), strings.Compare(string(cur.Source), string(next.Source))) > 0
	case next.At.Equal(cur.At):
		return next.Value < cur.Value // two records at one moment: any order gives the same
	}
	return next.At.After(cur.At)
}

// sameValue tells that two spellings say one thing, so that sources do not take
// turns rewriting it.
func sameValue(f Field, a, b string) bool {
	if a == b {
		return true
	}
	switch f {
	case FieldVendor:
		k := vendorKey(a)
		return k != "" && k == vendorKey(b)
	case FieldSerial, FieldModel, FieldPartNumber, FieldAssetTag:
		return squeeze(a) == squeeze(b)
	case FieldUUID:
		k := uuidKey(a)
		return k != "" && k == uuidKey(b)
	case FieldHostname:
		x, _, _ := strings.Cut(strings.ToLower(a), ".")
		y, _, _ := strings.Cut(strings.ToLower(b), ".")
		return x == y
	case FieldClass:
		return false
	}
	return strings.EqualFold(a, b)
}

// worthless tells that a value says nothing and is not kept.
func worthless(f Field, v string) bool {
	if v == "" {
		return true
	}
	switch f {
	case FieldClass:
		return v == string(Unknown) || !slices.Contains(Classes(), Class(v))
	case FieldSerial:
		_, virtual := virtualSerialUUID(v)
		return !virtual && serialKey(v) == ""
	case FieldUUID:
		return uuidKey(v) == ""
	case FieldVendor, FieldModel, FieldAssetTag:
		s := squeeze(v)
		return slices.ContainsFunc(placeholders().serialHas, func(part string) bool { return strings.Contains(s, part) })
	case FieldHostname:
		return strings.HasPrefix(strings.ToLower(v), "localhost")
	}
	return false
}

// valuesOf gives what an observation says, one value a field: the best fact, or
// for fields that have several values all of them in one text.
func valuesOf(o *Observation) map[Field]Value {
	values := map[Field]Value{}
	for _, f := range o.Facts {
		if f.Field.Multiple() || f.Field == FieldState || f.Field == FieldSite || worthless(f.Field, f.Value) {
			continue
		}
		v := Value{Value: f.Value, Source: o.Source, From: f.From, Confidence: f.Confidence, At: o.At}
		if cur, ok := values[f.Field]; !ok || better(f.Field, v, cur) {
			values[f.Field] = v
		}
	}
	for _, f := range []Field{FieldMAC, FieldIP} {
		var all []string
		for _, v := range o.All(f) {
			if f == FieldMAC {
				v = MAC(v)
			}
			if v != "" {
				all = append(all, v)
			}
		}
		if f == FieldIP && len(all) == 0 && o.Address != "" {
			all = []string{o.Address}
		}
		if len(all) > 0 {
			slices.Sort(all)
			values[f] = Value{Value: strings.Join(slices.Compact(all), " "), Source: o.Source, At: o.At}
		}
	}
	return values
}

// better tells that of two facts of one observation the first is to be taken.
func better(f Field, a, b Value) bool {
	if x, y := strength(f, a), strength(f, b); x != y {
		return x > y
	}
	return a.Value < b.Value
}

// mirror copies the values that lists and filters need to the flat fields.
func (a *Asset) mirror() {
	get := func(f Field) string { return a.Values[f].Value }
	a.Class = Unknown
	if c := get(FieldClass); c != "" {
		a.Class = Class(c)
	}
	a.Vendor, a.Model, a.Version = get(FieldVendor), get(FieldModel), get(FieldVersion)
	a.Serial, a.UUID, a.Hostname = get(FieldSerial), get(FieldUUID), get(FieldHostname)
	a.OSName, a.OSVersion, a.OSBuild = get(FieldOSName), get(FieldOSVersion), get(FieldOSBuild)
}
