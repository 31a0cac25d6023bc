package inventory

import (
	"errors"
	"fmt"
	"strings"
)

// Code says what kind of thing went wrong, for those who must act on it: the
// API turns it into a status, the command line into an exit code. An error
// without a code is internal.
type Code string

// The codes an Error may carry.
const (
	Internal     Code = "internal"      // nobody's mistake but ours
	Invalid      Code = "invalid"       // the input is wrong; exit code 2 on the command line
	NotFound     Code = "not-found"     // no such thing, or not for this caller
	Conflict     Code = "conflict"      // the thing exists already or has changed meanwhile
	Unauthorised Code = "unauthorised"  // not signed in
	Forbidden    Code = "forbidden"     // signed in, and not allowed
	OutOfRange   Code = "out-of-range"  // a scan target outside the declared networks
	Unavailable  Code = "unavailable"   // something parc needs is away: a database, a program
	Busy         Code = "busy"          // locked by another; trying again may work
	LimitReached Code = "limit-reached" // too large, too deep, too many
)

// Error is an error whose meaning is known. Message is one clear line for a
// person: what, on whom, what to do.
type Error struct {
	Code    Code
	Message string
	Err     error // the cause that Message already tells, or nil
}

// Error gives the message.
func (e *Error) Error() string { return e.Message }

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// Errorf makes an Error. A %w verb in the format keeps the cause reachable by
// errors.Is and errors.As, also where there are several.
func Errorf(code Code, format string, args ...any) error {
	wrapped := fmt.Errorf(format, args...)
	e := &Error{Code: code, Message: wrapped.Error(), Err: errors.Unwrap(wrapped)}
	if e.Err == nil && strings.Contains(format, "%w") {
		e.Err = wrapped // several causes: all stay reachable through it
	}
	return e
}

// CodeOf gives the code of the first Error in err's chain, Internal when there
// is none, and "" for a nil error.
func CodeOf(err error) Code {
	if err == nil {
		return ""
	}
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	return Internal
}
