package snmp

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"github.com/gosnmp/gosnmp"
)

// Column is a subtree to walk, and after how many objects to stop.
type Column struct {
	Root string
	Rows int
}

// walker walks one column.
type walker struct {
	root   string
	limit  int
	cursor string
	rows   []Varbind
	over   bool
}

// take takes the next object of the column in. What is not below the root, or
// does not come after the one before, ends the column.
func (w *walker) take(v Varbind, b *budget) {
	if w.over {
		return
	}
	if v.Absent() || !under(v.OID, w.root) || compareOID(v.OID, w.cursor) <= 0 {
		w.over = true
		return
	}
	w.rows, w.cursor = append(w.rows, v), v.OID
	w.over = len(w.rows) >= w.limit
	b.objects--
	b.octets -= len(v.OID) + len(v.Text)
}

// budget is what one walk may bring altogether.
type budget struct{ objects, octets int }

func (b *budget) spent() bool { return b.objects <= 0 || b.octets <= 0 }

// Walk walks columns, several in one question. The answer has one list for
// each, in the order asked. Columns that go in circles end where they do. What
// came before an error is given with it.
func (s *Session) Walk(ctx context.Context, columns []Column) ([][]Varbind, error) {
	walkers := make([]*walker, len(columns))
	for i, c := range columns {
		walkers[i] = &walker{root: c.Root, limit: c.Rows, cursor: c.Root, over: c.Rows <= 0}
	}
	var err error
	b := &budget{objects: walkObjects, octets: walkOctets}
	for err == nil && !b.spent() {
		batch := unfinished(walkers)
		if len(batch) == 0 {
			break
		}
		err = s.step(ctx, batch, b)
	}
	out := make([][]Varbind, len(walkers))
	for i, w := range walkers {
		out[i] = w.rows
	}
	return out, s.fault("walk", err)
}

// unfinished gives the columns to ask next, as many as one question takes:
// those least far first, so that the columns of a table advance together.
func unfinished(walkers []*walker) []*walker {
	var batch []*walker
	for _, w := range walkers {
		if !w.over {
			batch = append(batch, w)
		}
	}
	slices.SortStableFunc(batch, func(a, b *walker) int { return cmp.Compare(len(a.rows), len(b.rows)) })
	return batch[:min(len(batch), maxColumns)]
}

// step asks one question and takes its answer in. It asks for less from then
// on when the device does not bear as much, and for more when it does.
func (s *Session) step(ctx context.Context, batch []*walker, b *budget) error {
	batch = batch[:min(len(batch), s.rows)]
	cursors := make([]string, len(batch))
	for i, w := range batch {
		cursors[i] = w.cursor
	}
	repetitions := s.repetitions(batch)
	vars, err := s.bulk(ctx, cursors, repetitions)
	switch {
	case errors.Is(err, errTooBig) && s.rows == 1:
		batch[0].over = true // the device cannot say this object
		return nil
	case errors.Is(err, errTooBig), errors.Is(err, errGone) && s.silences < maxSilences:
		s.rows = max(1, min(s.rows, len(batch)*repetitions)/4)
		return nil
	case err != nil:
		return err
	}
	if len(vars) == len(batch)*repetitions {
		s.rows = min(s.rows*2, bulkMost)
	}
	if len(vars) == 0 {
		for _, w := range batch {
			w.over = true
		}
	}
	for i, v := range vars {
		if b.spent() {
			return nil
		}
		batch[i%len(batch)].take(v, b)
	}
	return nil
}

// repetitions says how many rows to ask for: few at first, while it is not
// known whether the columns are there at all.
func (s *Session) repetitions(batch []*walker) int {
	left, fresh := 1, false
	for _, w := range batch {
		left = max(left, w.limit-len(w.rows))
		fresh = fresh || len(w.rows) == 0
	}
	fit := max(1, s.rows/len(batch))
	if fresh && len(batch) > 4 {
		fit = min(fit, 3)
	}
	return min(fit, left)
}

// bulk asks for what follows the cursors, a row for each repetition.
func (s *Session) bulk(ctx context.Context, cursors []string, repetitions int) ([]Varbind, error) {
	if s.v1() || s.noBulk {
		return s.next(ctx, cursors)
	}
	answer, err := s.ask(ctx, gosnmp.GetBulkRequest, cursors, repetitions)
	if err != nil {
		return nil, err
	}
	switch answer.Error {
	case gosnmp.NoError:
	case gosnmp.TooBig:
		return nil, errTooBig
	default:
		s.noBulk = true // an agent that does not know GETBULK, or trips over it
		return s.next(ctx, cursors)
	}
	vars := answer.Variables[:min(len(answer.Variables), len(cursors)*repetitions)]
	out := make([]Varbind, len(vars))
	for i, pdu := range vars {
		out[i] = varbind(pdu)
	}
	return out, nil
}
