package lifecycle

import (
	"runtime"
	"sync"
	"sync/atomic"

	"parc/inventory"
)

// pieceSize is how many assets or financings one piece of a forecast's work has.
// Small estates are one piece, and need no second goroutine.
const pieceSize = 8192

// linesOf makes the lines in two rounds, each shared between the processors: what
// is paid and what ends; then, when it is known since when and until when each
// asset is there, what is replaced. The pieces are put together in their order, so
// that the lines are the same however many processors there are.
func linesOf(in Input, from, to inventory.Day) []Line {
	base := forecaster{in: &in, policy: WithDefaults(in.Policy), from: from, to: to, index: newIndex(in.Estate)}
	var p *planner
	work := []func(*forecaster){func(*forecaster) { p = newPlanner(in, base.index) }} // the longest first
	add := func(n int, do func(f *forecaster, low, high int)) {
		for low := 0; low < n; low += pieceSize {
			work = append(work, func(f *forecaster) { do(f, low, min(low+pieceSize, n)) })
		}
	}
	add(len(in.Financings), func(f *forecaster, low, high int) {
		for i := low; i < high; i++ {
			f.financing(i)
		}
	})
	add(len(in.Contracts), func(f *forecaster, low, high int) {
		for i := low; i < high; i++ {
			f.contract(&in.Contracts[i])
		}
	})
	add(len(in.Licences), func(f *forecaster, low, high int) {
		for i := low; i < high; i++ {
			f.licence(&in.Licences[i])
		}
	})
	add(len(in.Assets), (*forecaster).coverages)
	add(len(in.Assets), (*forecaster).support)
	chunks := base.share(work)
	work = nil
	planners := make([]*planner, processors()) // each remembers the prices that it asked for
	add(len(in.Assets), func(f *forecaster, low, high int) {
		if planners[f.worker] == nil {
			planners[f.worker] = p.own()
		}
		f.refresh(planners[f.worker], low, high)
	})
	return byDay(append(chunks, base.share(work)...), from, to)
}

// share does pieces of work on all processors, each with a forecaster of its own,
// and gives their lines in the order of the pieces.
func (f *forecaster) share(work []func(*forecaster)) [][]Line {
	pieces := make([]forecaster, len(work))
	inParallel(len(work), func(worker, k int) {
		pieces[k] = *f
		pieces[k].worker = worker
		work[k](&pieces[k])
	})
	var chunks [][]Line
	for k := range pieces {
		chunks = append(chunks, pieces[k].chunks...)
	}
	return chunks
}

// processors is how many goroutines share a work.
func processors() int { return runtime.GOMAXPROCS(0) }

// inParallel does n pieces of work on all processors, and waits for them. It tells
// each piece the number of the worker that does it.
func inParallel(n int, do func(worker, k int)) {
	workers := min(processors(), n)
	if workers < 2 {
		for k := range n {
			do(0, k)
		}
		return
	}
	var next atomic.Int64
	var wait sync.WaitGroup
	for worker := range workers {
		wait.Go(func() {
			for k := int(next.Add(1)) - 1; k < n; k = int(next.Add(1)) - 1 {
				do(worker, k)
			}
		})
	}
	wait.Wait()
}

// byDay orders lines by day, those of one day as they were found: it counts the
// days, and moves each line once.
func byDay(chunks [][]Line, from, to inventory.Day) []Line {
	first := make([]int, len(chunks)) // number of each chunk's first line
	count := 0
	for c := range chunks {
		first[c] = count
		count += len(chunks[c])
	}
	days := from.Until(to) + 1
	numbers := map[inventory.Day]int{} // there are few days, and many lines
	starts := make([]int32, days+1)
	of := make([]int32, count)
	for c, chunk := range chunks {
		for i := range chunk {
			day := chunk[i].Day
			n, ok := numbers[day]
			if !ok {
				n = from.Until(day)
				numbers[day] = n
			}
			of[first[c]+i] = int32(n)
			starts[n+1]++
		}
	}
	for n := range days {
		starts[n+1] += starts[n]
	}
	for k, n := range of { // from the day of a line to its place
		of[k] = starts[n]
		starts[n]++
	}
	sorted := make([]Line, count)
	inParallel(len(chunks), func(_, c int) {
		for i := range chunks[c] {
			sorted[of[first[c]+i]] = chunks[c][i]
		}
	})
	return sorted
}
