package report

import (
	"slices"

	"parc/inventory"
	"parc/lifecycle/report/paper"
)

func (a *auditLay) network() paper.Part {
	n := a.d.Network
	if len(n.Devices) == 0 {
		return paper.Part{Title: a.t("network"), Blocks: []paper.Block{paper.Text{Text: a.t("network.none")}}}
	}
	ports, up, wireless := 0, 0, 0
	for _, d := range n.Devices {
		ports, up = ports+d.Ports, up+d.Up
		if d.Class == inventory.AccessPoint || d.Class == inventory.WirelessBridge {
			wireless++
		}
	}
	blocks := []paper.Block{
		paper.Figures{
			{Value: a.locale.Int(len(n.Devices)), Label: a.t("network.devices")},
			{Value: a.locale.Int(ports), Label: a.t("network.ports")},
			{Value: a.locale.Int(up), Label: a.t("network.up")},
			{Value: a.locale.Int(wireless), Label: a.t("network.wireless")},
			{Value: a.locale.Int(len(n.VLANs)), Label: a.t("network.vlans")},
		},
		a.drawMap(n),
	}
	t := paper.Table{
		Sheet:   a.t("sheet.network"),
		Columns: a.columns("name", 2.6, "class", 1.7, "model", 3.0, "address", 1.8, "network.ports>", 1.0, "network.up>", 1.0, "network.attached>", 1.3),
	}
	for _, d := range n.Devices {
		t.Rows = append(t.Rows, []paper.Cell{d.Name, a.class(d.Class), d.Model, d.Address, d.Ports, d.Up, d.Attached})
	}
	blocks = append(blocks, t, paper.Heading(a.t("singles")))
	if len(n.Singles) == 0 {
		blocks = append(blocks, paper.Text{Text: a.t("singles.none")})
	} else {
		var list paper.List
		for _, x := range n.Singles {
			list = append(list, a.t("single."+x.Role, x.Asset))
		}
		blocks = append(blocks, list)
	}
	return paper.Part{Title: a.t("network"), NewPage: true, Blocks: append(blocks, paper.Text{Text: a.t("network.note"), Small: true})}
}

// The map's boxes, in millimetres.
const (
	boxWide  = 40.0
	boxHigh  = 15.0
	boxGapX  = 5.5
	boxGapY  = 13.0
	mapWidth = 178.0
	perLine  = 4
	mapMost  = 32 // boxes: more is no map that anybody reads
)

// drawMap draws the network from the outside in: each row hangs on the one above.
func (a *auditLay) drawMap(n Network) *paper.Drawing {
	rows := levels(n)
	at := map[string][2]float64{}
	y, shown := 2.0, 0
	for _, row := range rows {
		for len(row) > 0 {
			line := row[:min(perLine, len(row))]
			row = row[len(line):]
			left := (mapWidth - float64(len(line))*(boxWide+boxGapX) + boxGapX) / 2
			for i, d := range line {
				if shown < mapMost {
					at[d.ID] = [2]float64{left + float64(i)*(boxWide+boxGapX), y}
					shown++
				}
			}
			y += boxHigh + boxGapY
		}
	}
	d := &paper.Drawing{Title: a.t("network.map"), Width: mapWidth, Height: y - boxGapY + 2, Alt: a.t("network.map")}
	for _, l := range n.Links {
		from, ok1 := at[l.From]
		to, ok2 := at[l.To]
		if ok1 && ok2 {
			d.Add(a.mapLink(l, from, to)...)
		}
	}
	for i := range n.Devices {
		if p, ok := at[n.Devices[i].ID]; ok {
			d.Add(a.mapBox(&n.Devices[i], p)...)
		}
	}
	if more := len(n.Devices) - shown; more > 0 {
		d.Add(paper.Word{X: 0, Y: d.Height, Size: 7, Text: a.count("more", more)})
		d.Height += 3
	}
	return d
}

func (a *auditLay) mapBox(x *NetDevice, at [2]float64) []paper.Shape {
	tone := paper.Accent
	switch x.Class {
	case inventory.Firewall, inventory.Router, inventory.Gateway, inventory.Modem:
		tone = paper.Bad
	case inventory.AccessPoint, inventory.WirelessBridge, inventory.WLC:
		tone = paper.Good
	}
	left, top := at[0], at[1]
	white, edge, gray := paper.Color{R: 255, G: 255, B: 255}, paper.Color{R: 0xc3, G: 0xcb, B: 0xd4}, paper.Color{R: 0x5f, G: 0x6b, B: 0x7a}
	foot := a.class(x.Class)
	if x.Attached > 0 {
		foot += " · " + a.count("attached", x.Attached)
	}
	return []paper.Shape{
		paper.Box{X: left, Y: top, W: boxWide, H: boxHigh, Round: 1.6, Paint: paper.Paint{Fill: &white, Stroke: &edge}},
		paper.Box{X: left, Y: top + 1.2, W: 1.3, H: boxHigh - 2.4, Paint: paper.Paint{Tone: tone}},
		paper.Word{X: left + 3, Y: top + 4.8, Size: 8, Text: x.Name, Bold: true, Max: boxWide - 4.5},
		paper.Word{X: left + 3, Y: top + 8.7, Size: 6.6, Text: x.Model, Max: boxWide - 4.5, Color: &gray},
		paper.Word{X: left + 3, Y: top + 12.4, Size: 6.6, Text: foot, Max: boxWide - 4.5, Color: &gray},
	}
}

// mapLink joins two boxes; a link that only learnt addresses tell of is dashed.
func (a *auditLay) mapLink(l Link, from, to [2]float64) []paper.Shape {
	if from[1] > to[1] {
		from, to = to, from
		l.FromPort, l.ToPort = l.ToPort, l.FromPort
	}
	gray := paper.Color{R: 0x5f, G: 0x6b, B: 0x7a}
	paint := paper.Paint{Stroke: &gray, Width: 0.35, Dashed: l.Seen == "fdb"}
	label := func(x, y float64, text string) paper.Shape {
		return paper.Word{X: x, Y: y, Size: 6, Text: text, Max: boxWide/2 + boxGapX - 2, Color: &gray}
	}
	if from[1] == to[1] { // side by side: over the top of both
		x1, x2, y := from[0]+boxWide/2, to[0]+boxWide/2, from[1]-1.6
		return []paper.Shape{
			paper.Line{X1: x1, Y1: from[1], X2: x1, Y2: y, Paint: paint}, paper.Line{X1: x1, Y1: y, X2: x2, Y2: y, Paint: paint},
			paper.Line{X1: x2, Y1: y, X2: x2, Y2: to[1], Paint: paint},
		}
	}
	x1, y1, x2, y2 := from[0]+boxWide/2, from[1]+boxHigh, to[0]+boxWide/2, to[1]
	middle := y2 - boxGapY/2
	shapes := []paper.Shape{
		paper.Line{X1: x1, Y1: y1, X2: x1, Y2: middle, Paint: paint}, paper.Line{X1: x1, Y1: middle, X2: x2, Y2: middle, Paint: paint},
		paper.Line{X1: x2, Y1: middle, X2: x2, Y2: y2, Paint: paint},
	}
	if l.FromPort != "" || l.ToPort != "" {
		ports := l.FromPort
		if l.ToPort != "" {
			ports += " – " + l.ToPort
		}
		shapes = append(shapes, label(x2+1, y2-1.4, ports))
	}
	return shapes
}

// levels puts devices into rows: what leads outside first, then what hangs on
// it, and so on; what hangs on nothing comes last.
func levels(n Network) [][]NetDevice {
	byID, near := map[string]*NetDevice{}, map[string][]string{}
	for i := range n.Devices {
		byID[n.Devices[i].ID] = &n.Devices[i]
	}
	for _, l := range n.Links {
		if byID[l.From] != nil && byID[l.To] != nil {
			near[l.From] = append(near[l.From], l.To)
			near[l.To] = append(near[l.To], l.From)
		}
	}
	edge := []inventory.Class{inventory.Router, inventory.Firewall, inventory.Modem, inventory.Gateway}
	placed := map[string]bool{}
	var rows [][]NetDevice
	spread := func(row []NetDevice) {
		for len(row) > 0 {
			rows = append(rows, row)
			var next []NetDevice
			for _, d := range row {
				ids := slices.Clone(near[d.ID])
				slices.SortFunc(ids, func(x, y string) int { return len(near[y]) - len(near[x]) })
				for _, id := range ids {
					if !placed[id] {
						placed[id] = true
						next = append(next, *byID[id])
					}
				}
			}
			row = next
		}
	}
	start := func(pick func(*NetDevice) bool) (row []NetDevice) {
		for i := range n.Devices {
			if d := &n.Devices[i]; !placed[d.ID] && pick(d) {
				placed[d.ID] = true
				row = append(row, *d)
			}
		}
		return row
	}
	spread(start(func(d *NetDevice) bool { return slices.Contains(edge, d.Class) && len(near[d.ID]) > 0 }))
	for { // islands without a way out that anybody has seen
		best := ""
		for i := range n.Devices {
			d := &n.Devices[i]
			if !placed[d.ID] && len(near[d.ID]) > 0 && (best == "" || len(near[d.ID]) > len(near[best])) {
				best = d.ID
			}
		}
		if best == "" {
			break
		}
		spread(start(func(d *NetDevice) bool { return d.ID == best }))
	}
	spread(start(func(*NetDevice) bool { return true }))
	return rows
}
