package paper

import "math"

// Bar is one bar of a chart.
type Bar struct {
	Label string
	Value float64
	Text  string // the value, as people read it
	Tone  Tone   // Plain: the accent
}

// Bars draws bars from the left, one below the other, in a width of millimetres.
func Bars(bars []Bar, width float64) *Drawing {
	const row, size = 6.4, 8.5
	labels, texts, most := 0.0, 0.0, 0.0
	for _, b := range bars {
		labels = max(labels, TextWidth(fontOf(false).show(b.Label), size, false))
		texts = max(texts, TextWidth(b.Text, size, true))
		most = max(most, b.Value)
	}
	labels = min(labels, width*0.45) + 3
	room := max(10, width-labels-texts-3)
	d := &Drawing{Width: width, Height: row * float64(len(bars))}
	for i, b := range bars {
		y := row * float64(i)
		d.Add(Word{X: 0, Y: y + 4.3, Size: size, Text: b.Label, Max: labels - 3},
			Box{X: labels, Y: y + 1.4, W: room, H: 3.6, Round: 1, Paint: Paint{Fill: &wash}})
		if most > 0 && b.Value > 0 {
			d.Add(Box{X: labels, Y: y + 1.4, W: max(0.8, room*b.Value/most), H: 3.6, Round: 1, Paint: Paint{Tone: tone(b.Tone)}})
		}
		d.Add(Word{X: width, Y: y + 4.3, Size: size, Text: b.Text, Bold: true, Right: true})
		d.Alt += b.Label + " " + b.Text + ". "
	}
	return d
}

func tone(t Tone) Tone {
	if t == Plain {
		return Accent
	}
	return t
}

// Columns draws bars that stand side by side over a base line that is zero.
func Columns(bars []Bar, width, height float64) *Drawing {
	const size = 7.5
	d := &Drawing{Width: width, Height: height}
	if len(bars) == 0 {
		return d
	}
	most := 0.0
	for _, b := range bars {
		most = max(most, b.Value)
	}
	step := width / float64(len(bars))
	thick := min(step*0.62, 18)
	base := height - 6
	for i, b := range bars {
		middle := step * (float64(i) + 0.5)
		tall := 0.0
		if most > 0 {
			tall = (base - 6) * b.Value / most
		}
		if tall > 0 {
			d.Add(Box{X: middle - thick/2, Y: base - tall, W: thick, H: tall, Round: min(1, tall/2), Paint: Paint{Tone: tone(b.Tone)}})
		}
		d.Add(Word{X: middle, Y: base - tall - 1.4, Size: size, Text: b.Text, Middle: true, Bold: true, Max: step - 0.5},
			Word{X: middle, Y: height - 1.6, Size: size, Text: b.Label, Middle: true, Color: &muted, Max: step - 0.5})
		d.Alt += b.Label + " " + b.Text + ". "
	}
	d.Add(Line{X1: 0, Y1: base, X2: width, Y2: base, Paint: Paint{Stroke: &line, Width: 0.3}})
	return d
}

// Stack is a column made of several layers.
type Stack struct {
	Label  string
	Text   string
	Layers []float64
}

// Stacks draws columns of layers with a legend; names and tones are those of the
// layers, from the base line up.
func Stacks(stacks []Stack, names []string, tones []Tone, width, height float64) *Drawing {
	const size = 7.5
	d := &Drawing{Width: width, Height: height}
	if len(stacks) == 0 {
		return d
	}
	most := 0.0
	for _, s := range stacks {
		sum := 0.0
		for _, v := range s.Layers {
			sum += v
		}
		most = max(most, sum)
	}
	step, base := width/float64(len(stacks)), height-12
	thick := min(step*0.62, 22)
	for i, s := range stacks {
		middle, y := step*(float64(i)+0.5), base
		for k, v := range s.Layers {
			if v <= 0 || most <= 0 {
				continue
			}
			tall := (base - 6) * v / most
			y -= tall
			d.Add(Box{X: middle - thick/2, Y: y, W: thick, H: tall, Paint: Paint{Tone: tones[k%len(tones)]}})
		}
		d.Add(Word{X: middle, Y: y - 1.4, Size: size, Text: s.Text, Middle: true, Bold: true, Max: step - 0.5},
			Word{X: middle, Y: base + 4, Size: size, Text: s.Label, Middle: true, Color: &muted, Max: step - 0.5})
		d.Alt += s.Label + " " + s.Text + ". "
	}
	d.Add(Line{X1: 0, Y1: base, X2: width, Y2: base, Paint: Paint{Stroke: &line, Width: 0.3}})
	x := 0.0
	for k, name := range names {
		d.Add(Disc{X: x + 1.3, Y: height - 2.6, R: 1.3, Paint: Paint{Tone: tones[k%len(tones)]}},
			Word{X: x + 4, Y: height - 1.6, Size: size, Text: name})
		x += 9 + TextWidth(name, size, false)
	}
	return d
}

// Ring draws shares of a whole as a ring with its legend beside it.
func Ring(bars []Bar, middle, under string, width float64) *Drawing {
	const size = 8.5
	sum := 0.0
	for _, b := range bars {
		sum += b.Value
	}
	radius := min(17, width*0.22)
	high := max(2*radius+2, 6*float64(len(bars))+2)
	d := &Drawing{Width: width, Height: high}
	x, y := radius+1, high/2
	if sum <= 0 {
		d.Add(Slice{X: x, Y: y, Outer: radius, Inner: radius * 0.62, From: 0, To: 1, Paint: Paint{Fill: &line}})
	}
	from := 0.0
	for _, b := range bars {
		if b.Value <= 0 {
			continue
		}
		to := min(1, from+b.Value/sum)
		d.Add(Slice{X: x, Y: y, Outer: radius, Inner: radius * 0.62, From: from, To: to, Paint: Paint{Tone: tone(b.Tone)}})
		from = to
	}
	d.Add(Word{X: x, Y: y + 1.2, Size: 14, Text: middle, Middle: true, Bold: true},
		Word{X: x, Y: y + 5, Size: 6.5, Text: under, Middle: true, Color: &muted, Max: radius * 1.15})
	left, top := 2*radius+7, y-3*float64(len(bars))
	for i, b := range bars {
		line := top + 6*float64(i) + 4
		d.Add(Disc{X: left, Y: line - 1, R: 1.3, Paint: Paint{Tone: tone(b.Tone)}},
			Word{X: left + 3.4, Y: line, Size: size, Text: b.Label, Max: width - left - 14},
			Word{X: width, Y: line, Size: size, Text: b.Text, Bold: true, Right: true})
		d.Alt += b.Label + " " + b.Text + ". "
	}
	return d
}

// arc gives the points of a slice's outline as cubic curves would need them:
// the corners and, for each quarter or less, its control points.
func arc(x, y, r, from, to float64) [][2]float64 {
	start, end := 2*math.Pi*from-math.Pi/2, 2*math.Pi*to-math.Pi/2
	steps := max(1, int(math.Ceil(math.Abs(end-start)/(math.Pi/2))))
	step := (end - start) / float64(steps)
	k := 4.0 / 3 * math.Tan(step/4)
	points := [][2]float64{{x + r*math.Cos(start), y + r*math.Sin(start)}}
	for i := range steps {
		a := start + step*float64(i)
		b := a + step
		points = append(points,
			[2]float64{x + r*(math.Cos(a)-k*math.Sin(a)), y + r*(math.Sin(a)+k*math.Cos(a))},
			[2]float64{x + r*(math.Cos(b)+k*math.Sin(b)), y + r*(math.Sin(b)-k*math.Cos(b))},
			[2]float64{x + r*math.Cos(b), y + r*math.Sin(b)})
	}
	return points
}
