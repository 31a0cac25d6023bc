// Package inventory is the centre of parc: the nouns every other package
// speaks (Client, Site, Asset, Observation, Fact, Plan, Coverage, Financing,
// Licence, Contract …), their rules, and [Reconcile], which turns what scans
// and people say into changes of what is remembered.
//
// It imports the standard library only, reads no clock and opens no database:
// time and data come in as arguments. Struct tags for gorm are text; the code
// that reads them lives in inventory/store.
package inventory
