package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net"

	"github.com/jackc/pgx/v5/pgconn"
	"gorm.io/gorm"

	"parc/inventory"
)

// noSuch is the error for what does not exist, or not for this caller: the two
// look the same from outside.
func noSuch(noun, id string) error {
	return inventory.Errorf(inventory.NotFound, "there is no %s %s", noun, inventory.CleanTo(id, 80))
}

// explain turns an error of the database into one that says what happened and
// what to do; doing is what the store was at, as "list the sites of 0193…".
// Errors whose meaning is known already pass as they are.
func (s *Store) explain(err error, doing string) error {
	if err == nil {
		return nil
	}
	var known *inventory.Error
	if errors.As(err, &known) {
		return err
	}
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return fmt.Errorf("%s: %w", doing, err)
	}
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return inventory.Errorf(inventory.NotFound, "%s: there is no such thing", doing)
	}
	if s.dialect.oneWriter {
		return s.explainFile(err, doing)
	}
	return s.explainServer(err, doing)
}

func (s *Store) explainFile(err error, doing string) error {
	where := s.dialect.where
	switch s.dialect.trouble(err) {
	case locked:
		return inventory.Errorf(inventory.Busy, "the database %s is locked by another program: stop it, or wait until it is done, and try again (%w)", where, err)
	case denied:
		return inventory.Errorf(inventory.Unavailable, "the database %s cannot be written: give this user the right to write the file and its folder (%w)", where, err)
	case away:
		return inventory.Errorf(inventory.Unavailable, "the database %s cannot be read: check the disk and the rights on the file and its folder (%w)", where, err)
	case full:
		return inventory.Errorf(inventory.Unavailable, "there is no room left for the database %s: free some space on its disk (%w)", where, err)
	case damaged:
		return inventory.Errorf(inventory.Unavailable, "the database %s is damaged: restore a backup (%w)", where, err)
	case notDatabase:
		return inventory.Errorf(inventory.Invalid, "%s is not a database of parc: name another file (%w)", where, err)
	}
	return s.explainRow(err, doing)
}

func (s *Store) explainServer(err error, doing string) error {
	where := s.dialect.where
	switch s.dialect.trouble(err) {
	case locked:
		return inventory.Errorf(inventory.Busy, "Postgres at %s is busy: try again (%w)", where, err)
	case denied:
		return inventory.Errorf(inventory.Unavailable, "Postgres at %s refuses user %s: check the user's password and rights (%w)", where, s.dialect.config.User, pgReason(err))
	case noDatabase:
		return inventory.Errorf(inventory.Unavailable, "Postgres at %s has no such database: create it first (%w)", where, pgReason(err))
	case away:
		return inventory.Errorf(inventory.Unavailable, "Postgres at %s does not answer: check that it runs and can be reached from here (%w)", where, pgReason(err))
	case full:
		return inventory.Errorf(inventory.Unavailable, "Postgres at %s has no room left: free some space on its disk (%w)", where, pgReason(err))
	}
	return s.explainRow(err, doing)
}

// explainRow is for errors about what was to be stored.
func (s *Store) explainRow(err error, doing string) error {
	switch s.dialect.trouble(err) {
	case duplicate:
		return inventory.Errorf(inventory.Conflict, "%s: it exists already (%w)", doing, err)
	case dangling:
		return inventory.Errorf(inventory.Conflict, "%s: it refers to something that is not there, or something refers to it (%w)", doing, err)
	case refusedValue:
		return inventory.Errorf(inventory.Invalid, "%s: the database refuses a value (%w)", doing, err)
	}
	if errors.Is(err, sql.ErrConnDone) || errors.Is(err, sql.ErrTxDone) {
		return inventory.Errorf(inventory.Unavailable, "%s: the database has been closed (%w)", doing, err)
	}
	return fmt.Errorf("%s: %w", doing, err)
}

// isDuplicate tells that a unique key is there already.
func (s *Store) isDuplicate(err error) bool {
	return err != nil && s.dialect.trouble(err) == duplicate
}

// pgReason shortens what the driver says of a connection to its reason; the
// driver lists every address it tried, with user and database.
func pgReason(err error) error {
	var e *pgconn.PgError
	if errors.As(err, &e) {
		return e
	}
	var op *net.OpError
	if errors.As(err, &op) {
		return op.Err
	}
	var dns *net.DNSError
	if errors.As(err, &dns) {
		return dns
	}
	return err
}
