// Package queue owns the durable jobs of parc and the dispatch of schedules. What
// a job does stands in the package that does it: the scan itself is a function
// given to [New].
//
// Jobs live in the store's own database (River, on both engines), and a job is
// inserted in the transaction that writes the row it is about: there is no scan
// without a job and no job without a scan.
//
// # The life of a scan
//
//	          StartScan or a schedule           runner takes it
//	(nothing) ───────────────────────► queued ─────────────────► running ──► done
//	                                    │  ▲                      │ │ │
//	                       CancelScan   │  │  the server stops    │ │ └────► failed
//	                                    ▼  └──────────────────────┘ │
//	                                cancelled ◄─────────────────────┘ CancelScan
//
// The row in the store is the truth; the job only delivers it. A runner gives a
// sign of life every few seconds, and with it hears whether somebody has asked to
// stop: that reaches it on whichever server it runs, even when the faster way
// (Postgres' NOTIFY) is lost. A runner without a sign of life for [Options].Lost
// is gone, any other server ends its scan, and nothing stays "running" for ever. A server that
// stops in good order gives its scans back; they begin anew on the next one.
//
// # Schedules
//
// A schedule is a row that people edit. One periodic job, whichever server it
// falls to, claims the rows that are due and starts their scans; a run that was
// missed because no server was there is made up for once, not once per miss. A
// schedule whose previous scan is not over yet skips its turn.
package queue
