package profile

// The columns of ENTITY-MIB (RFC 4133) that say where a row stands.
const (
	entContainedIn = "1.3.6.1.2.1.47.1.1.1.1.4"
	entClass       = "1.3.6.1.2.1.47.1.1.1.1.5"
)

// The values of entPhysicalClass that matter.
const (
	classChassis = 3
	classModule  = 9
	classStack   = 11
)

// chassisRows is how far an entity table is walked to find its chassis when it
// is not among the first rows.
const chassisRows = 512

// column reads the rows of a column that the source's row rule names, best first.
func (e *evaluator) column(s *source, root string) (values []string, pending bool) {
	switch s.row {
	case "chassis", "root":
		return e.entity(s)
	}
	if e.unwalked(root, s.rows) {
		pending = true
	}
	if s.where != nil && e.unwalked(s.where.column, s.rows) {
		pending = true
	}
	if pending {
		return nil, true
	}
	rows := e.q.answers.rows(root)
	for i := range rows {
		v := rows[i]
		if s.row == "last" {
			v = rows[len(rows)-1-i]
		}
		if s.where != nil && !s.where.regex.MatchString(text(e.q.answers.cell(s.where.column, v.OID[len(root)+1:]), "")) {
			continue
		}
		if value := text(v, s.format); value != "" {
			values = append(values, value)
		}
	}
	return values, false
}

// unwalked tells that a column has to be asked for first, and asks.
func (e *evaluator) unwalked(root string, rows int) bool {
	known, ok := e.q.answers.columns[root]
	if ok && (known.whole || known.limit >= rows) {
		return false
	}
	e.wantColumn(root, rows)
	return true
}

// entity reads a column of the entity table at the row of the device itself.
func (e *evaluator) entity(s *source) (values []string, pending bool) {
	rows := s.rows
	if e.farChassis() {
		rows = chassisRows
	}
	for _, root := range []string{entClass, entContainedIn, s.column} {
		if e.unwalked(root, rows) {
			pending = true
		}
	}
	if pending {
		return nil, true
	}
	indexes := e.deviceRows(s.row)
	if s.row == "root" && len(e.q.answers.rows(entClass)) == 0 {
		indexes = e.firstRow(s.column)
	}
	for _, index := range indexes {
		if value := text(e.q.answers.cell(s.column, index), s.format); value != "" {
			values = append(values, value)
		}
	}
	return values, false
}

// farChassis tells that the entity table goes on beyond what was walked, and
// that no chassis was seen so far.
func (e *evaluator) farChassis() bool {
	classes, ok := e.q.answers.columns[entClass]
	if !ok || classes.whole {
		return false
	}
	for _, v := range classes.rows {
		if v.Number == classChassis {
			return classes.limit >= chassisRows
		}
	}
	return true
}

// deviceRows gives the indexes of the rows that stand for the device: by
// "chassis" the chassis that are contained in nothing or in a stack, in order;
// by "root" what is contained in nothing, whatever it is.
func (e *evaluator) deviceRows(rule string) []string {
	a := e.q.answers
	classes, containers := a.table(entClass), a.table(entContainedIn)
	var out []string
	for _, v := range a.rows(entClass) {
		index := v.OID[len(entClass)+1:]
		within, known := containers[index]
		parent := decimal(within.Number)
		outer, hasParent := classes[parent]
		top := !known || within.Number <= 0 || !hasParent || parent == index
		switch {
		case rule == "root" && top && v.Number != classStack:
			out = append(out, index)
		case rule == "chassis" && v.Number == classChassis && (top || outer.Number == classStack):
			out = append(out, index)
		}
	}
	return out
}

// firstRow gives the index of a column's first row, for agents that leave out
// what each row is: the tree starts with the device itself.
func (e *evaluator) firstRow(column string) []string {
	if rows := e.q.answers.rows(column); len(rows) > 0 {
		return []string{rows[0].OID[len(column)+1:]}
	}
	return nil
}
