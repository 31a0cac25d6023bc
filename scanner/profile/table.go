package profile

import (
	"maps"
	"slices"
	"strconv"

	"parc/inventory"
)

// tableKeys are the columns that each kind of list may have; the first is the
// one that a row must have something in, unless "name" or "model" has.
var tableKeys = map[string][]string{
	"components": {"name", "vendor", "model", "serial", "version", "size", "position", "state"},
	"volumes":    {"name", "kind", "size", "used"},
	"guests":     {"name", "kind", "state", "memory", "processors", "uuid"},
	"software":   {"name", "version", "publisher", "date"},
	"supplies":   {"name", "kind", "percent", "level", "capacity"},
	"vlans":      {"id", "name"},
	"neighbours": {"name", "port", "local", "platform", "address", "chassis"},
}

func (c *compiler) table(at string, t tableSpec) *table {
	out := &table{into: t.Into, kind: t.Kind, rows: t.Rows, columns: map[string]tableColumn{}, when: c.when(at, t.When)}
	keys, ok := tableKeys[t.Into]
	if !ok {
		c.fault("%s: into %q: one of %v", at, t.Into, slices.Sorted(maps.Keys(tableKeys)))
	}
	if t.Into == "components" && !slices.Contains(componentKinds, inventory.ComponentKind(t.Kind)) {
		c.fault("%s: kind %q: one of %v", at, t.Kind, componentKinds)
	}
	if out.rows == 0 {
		out.rows = 128
	}
	walked := false
	for _, key := range slices.Sorted(maps.Keys(t.Columns)) {
		s := t.Columns[key]
		if ok && !slices.Contains(keys, key) {
			c.fault("%s: no column %q in %s, there are %v", at, key, t.Into, keys)
		}
		if (s.Column == "") == (s.Const == "") || s.Column != "" && !validOID(s.Column) {
			c.fault("%s: %s needs a column's OID or a const", at, key)
		}
		if !slices.Contains(formats, s.Format) {
			c.fault("%s: %s: no format %q", at, key, s.Format)
		}
		walked = walked || s.Column != ""
		out.columns[key] = tableColumn{s.Column, s.Const, s.Format, c.regex(at+" "+key, s.Regex), s.As, s.Map, s.Scale}
	}
	if !walked {
		c.fault("%s: nothing to walk", at)
	}
	return out
}

var componentKinds = []inventory.ComponentKind{
	inventory.ComponentChassis, inventory.ComponentStackMember, inventory.ComponentModule, inventory.ComponentPower,
	inventory.ComponentFan, inventory.ComponentTransceiver, inventory.ComponentProcessor, inventory.ComponentMemory,
	inventory.ComponentDisk, inventory.ComponentBattery, inventory.ComponentMonitor,
}

// build reads the rows into the list.
func (t *table) build(a *Answers, d *inventory.Details) {
	var indexes []string
	tables := map[string]map[string]Varbind{}
	for _, key := range slices.Sorted(maps.Keys(t.columns)) {
		column := t.columns[key]
		if column.column == "" {
			continue
		}
		tables[key] = a.table(column.column)
		for _, row := range a.rows(column.column) {
			if index := indexOf(column.column, row.OID); !slices.Contains(indexes, index) && len(indexes) < t.rows {
				indexes = append(indexes, index)
			}
		}
	}
	slices.SortFunc(indexes, CompareOID)
	for _, index := range indexes {
		t.row(index, tables, d)
	}
}

func (t *table) row(index string, tables map[string]map[string]Varbind, d *inventory.Details) {
	say := func(key string) string { return t.columns[key].text(tables[key][index]) }
	number := func(key string) int64 { return t.columns[key].number(tables[key][index]) }
	switch t.into {
	case "components":
		c := inventory.Component{
			Kind: inventory.ComponentKind(t.kind), Name: say("name"), Vendor: say("vendor"), Model: say("model"),
			Serial: say("serial"), Version: say("version"), SizeMB: number("size"), Position: say("position"), State: say("state"),
		}
		if c.Name != "" || c.Model != "" || c.Serial != "" {
			d.Components = append(d.Components, c)
		}
	case "volumes":
		v := inventory.Volume{Name: say("name"), Kind: say("kind"), SizeMB: number("size"), UsedMB: number("used")}
		if v.Name != "" {
			d.Volumes = append(d.Volumes, v)
		}
	case "guests":
		if name := say("name"); name != "" {
			d.Guests = append(d.Guests, inventory.Guest{
				Name: name, Kind: say("kind"), State: say("state"), MemoryMB: number("memory"), Processors: clampInt(number("processors")), UUID: say("uuid"),
			})
		}
	case "software":
		if name := say("name"); name != "" {
			d.Software = append(d.Software, inventory.Software{
				Name: name, Version: say("version"), Publisher: say("publisher"), InstalledOn: inventory.Day(say("date")),
			})
		}
	case "supplies":
		if name := say("name"); name != "" {
			d.Supplies = append(d.Supplies, inventory.Supply{Name: name, Kind: say("kind"), Percent: t.percent(index, tables)})
		}
	case "vlans":
		id := number("id")
		if _, given := t.columns["id"]; !given {
			id, _ = strconv.ParseInt(index, 10, 32)
		}
		if id >= 1 && id <= 4094 {
			d.VLANs = append(d.VLANs, inventory.VLAN{ID: int(id), Name: say("name")})
		}
	case "neighbours":
		if name := say("name"); name != "" {
			d.Neighbours = append(d.Neighbours, inventory.Neighbour{
				Name: name, RemotePort: say("port"), LocalPort: say("local"), Platform: say("platform"),
				Address: say("address"), ChassisID: say("chassis"),
			})
		}
	}
}

func (t *table) percent(index string, tables map[string]map[string]Varbind) int {
	if _, ok := t.columns["percent"]; ok {
		n, known := whole(tables["percent"][index])
		if !known || n < 0 || n > 100 {
			return -1
		}
		return int(n)
	}
	return percent(tables["level"][index], tables["capacity"][index])
}

// text reads one cell.
func (c tableColumn) text(v Varbind) string {
	if c.constant != "" {
		return c.constant
	}
	value := text(v, c.format)
	if c.regex != nil {
		var ok bool
		if value, ok = expand(c.regex, c.as, value); !ok {
			return ""
		}
	}
	if c.values != nil {
		return c.values[value]
	}
	return value
}

// number reads one cell as a size, scaled to the unit of the list (MiB).
func (c tableColumn) number(v Varbind) int64 {
	n, ok := whole(v)
	if !ok || n < 0 {
		return 0
	}
	if c.scale != 0 {
		return int64(float64(n) * c.scale)
	}
	return n
}
