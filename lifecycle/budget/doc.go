// Package budget chooses the year in which each asset is replaced, so that what
// is bought and the risk of what is kept cost least, within a cap for each
// year. It is pure: a Problem goes in, a Solution comes out, the same each time.
//
// Up to a few assets the choice is searched exactly (exact.go). Beyond that the
// caps are priced by Lagrangian relaxation (relax.go): with a price on each
// year's money every asset chooses for itself, which gives both a start and a
// lower bound that no choice can beat; repair and exchanges of assets between
// years (repair.go) close most of the gap. The bound is given with the answer.
//
// With smallest lots, the sets of years in which each model is bought are searched
// (branch.go), over parts that share one set (parts.go), each spread over its set's
// years at least cost (transport.go).
//
// plan.go makes a Problem of a refresh plan, a policy and a saved scenario, and
// compares scenarios; level.go spreads the spending evenly.
package budget
