package warranty

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"strings"
	"time"

	"parc/inventory"
	"parc/lifecycle"
)

// When a machine is asked about again. A coverage about to end may have been
// extended; one long gone will not be.
const (
	againSoon  = 30 * 24 * time.Hour
	againLater = 90 * 24 * time.Hour
	soonDays   = 120
	goneDays   = 365
)

// Machine is an asset that may be asked about, with what is known of it.
type Machine struct {
	Asset  inventory.Asset
	Lookup inventory.WarrantyLookup // the last; the zero value when it was never asked about
	End    inventory.Day            // effective end of the coverages that are known
}

// Due tells whether a machine is worth asking about: in use, with a serial, and
// not asked about too lately.
func Due(m Machine, now time.Time) bool {
	if !askable(m.Asset.Serial) || !lifecycle.InUse(m.Asset.State) {
		return false
	}
	if m.Lookup.AskedAt.IsZero() {
		return true
	}
	today := inventory.DayOf(now)
	since := now.Sub(m.Lookup.AskedAt)
	switch {
	case m.Lookup.Serial != m.Asset.Serial: // another machine than was asked about, or better known
		return true
	case m.Lookup.Unknown || m.End.IsZero():
		return since >= againLater
	case m.End.Until(today) > goneDays:
		return false
	case today.Until(m.End) < soonDays:
		return since >= againSoon
	}
	return since >= againLater
}

// askable tells that a serial can be one of a maker's list: a device tells what
// it likes.
func askable(serial string) bool {
	if len(serial) < 4 || len(serial) > 40 {
		return false
	}
	return strings.IndexFunc(serial, func(r rune) bool {
		return (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z') && r != '-'
	}) < 0
}

// Books keep what is asked and told.
type Books interface {
	// Machines gives the machines of all clients that may be asked about.
	Machines(ctx context.Context, yield func(Machine) error) error
	// Keep replaces what a maker told before of one machine.
	Keep(ctx context.Context, lookup inventory.WarrantyLookup, coverages []inventory.Coverage) error
}

// Result counts what came of a round.
type Result struct {
	Asked, Covered, Unknown, Silent int
}

// Refresh asks the makers about every machine that is due, and keeps each batch
// as it comes: what is told before an error or the end of ctx stands. A maker in
// trouble does not keep the others from being asked; the errors are joined.
func Refresh(ctx context.Context, books Books, makers []Maker, now func() time.Time, log *slog.Logger) (Result, error) {
	due := make([][]inventory.Asset, len(makers))
	err := books.Machines(ctx, func(m Machine) error {
		i := slices.IndexFunc(makers, func(k Maker) bool { return k.Makes(m.Asset.Vendor) })
		if i >= 0 && Due(m, now()) {
			due[i] = append(due[i], m.Asset)
		}
		return nil
	})
	if err != nil {
		return Result{}, err
	}
	var (
		result Result
		all    []error
	)
	for i, maker := range makers {
		for batch := range slices.Chunk(due[i], maker.Batch()) {
			if err := result.ask(ctx, books, maker, batch, now()); err != nil {
				all = append(all, err)
				break // the rest of this maker's waits for the next turn
			}
		}
	}
	log.Info("warranties are looked up", "asked", result.Asked, "covered", result.Covered, "unknown", result.Unknown, "silent", result.Silent)
	return result, errors.Join(all...)
}

// ask asks about one batch. Two assets may carry one serial: both are told.
func (r *Result) ask(ctx context.Context, books Books, maker Maker, batch []inventory.Asset, now time.Time) error {
	var serials []string
	for _, a := range batch {
		if !slices.Contains(serials, a.Serial) {
			serials = append(serials, a.Serial)
		}
	}
	answers, err := maker.Ask(ctx, serials)
	if err != nil {
		return err
	}
	for _, a := range batch {
		r.Asked++
		answer, told := answers[a.Serial]
		if !told {
			r.Silent++
			continue // nothing was said: it is due again at the next turn
		}
		if answer.Unknown {
			r.Unknown++
		}
		if len(answer.Coverages) > 0 {
			r.Covered++
		}
		lookup := inventory.WarrantyLookup{
			ClientID: a.ClientID, AssetID: a.ID, Maker: maker.Name(), Serial: a.Serial, AskedAt: now, Unknown: answer.Unknown, Shipped: answer.Shipped,
		}
		if err := books.Keep(ctx, lookup, answer.Coverages); err != nil {
			return err
		}
	}
	return nil
}
