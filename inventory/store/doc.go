// Package store owns what parc remembers: every query, on SQLite and on
// Postgres, and nothing else of the program talks SQL.
//
// There is one file per noun. dialect.go holds all that differs between the
// two databases; the tables are in package migrations.
//
// # Scope
//
// Every call that touches a client's data takes an inventory.Scope. The scope
// is not a condition that each query adds by hand: guard.go puts it on every
// statement that gorm builds, and refuses a statement that comes without one.
// What is outside the scope does not exist for the caller: the error is
// NotFound, the same as for a thing that never was. The little
// SQL that is written by hand is marked so (byHand) and names its client itself.
//
// # Lists
//
// Lists come in pages by keyset: a cursor holds the place of the last row in
// the list's order, so a page costs the same wherever it is, and rows that come
// and go meanwhile neither repeat nor hide others.
//
// # Writing
//
// A public method is one transaction. On SQLite writers queue up in the
// program and then for the file; on Postgres [Store.Record] locks the client,
// so that two scans of one client never make two assets of one device.
package store
