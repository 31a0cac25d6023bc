package store

import (
	"encoding/base64"
	"encoding/json"
	"time"

	"parc/inventory"
)

// longestCursor bounds what is decoded: a cursor holds a few short keys.
const longestCursor = 4096

// cursor makes the opaque text that stands for a place in a list. kind names
// the list, so that the cursor of one is refused by another.
func cursor(kind string, place ...string) string {
	text, _ := json.Marshal(append([]string{kind}, place...)) // strings always encode
	return base64.RawURLEncoding.EncodeToString(text)
}

// place reads a cursor of the list that has n keys; nil for the beginning.
func place(kind, after string, n int) ([]string, error) {
	if after == "" {
		return nil, nil
	}
	bad := inventory.Errorf(inventory.Invalid, "the list's cursor is none that parc gave: start again from the first page")
	if len(after) > longestCursor {
		return nil, bad
	}
	text, err := base64.RawURLEncoding.DecodeString(after)
	if err != nil {
		return nil, bad
	}
	var parts []string
	if json.Unmarshal(text, &parts) != nil || len(parts) != n+1 || parts[0] != kind {
		return nil, bad
	}
	for _, part := range parts {
		if !storable(part) {
			return nil, bad
		}
	}
	return parts[1:], nil
}

// timedPlace reads a cursor of a list that is ordered by time and id.
func timedPlace(kind, after string) (at time.Time, id string, begun bool, err error) {
	parts, err := place(kind, after, 2)
	if err != nil || parts == nil {
		return time.Time{}, "", false, err
	}
	at, err = time.Parse(time.RFC3339Nano, parts[0])
	if err != nil {
		return time.Time{}, "", false, inventory.Errorf(inventory.Invalid, "the list's cursor is none that parc gave: start again from the first page")
	}
	return at.UTC(), parts[1], true, nil
}

// timedCursor is the cursor of a list that is ordered by time and id.
func timedCursor(kind string, at time.Time, id string) string {
	return cursor(kind, at.UTC().Format(time.RFC3339Nano), id)
}

// page cuts a list that was asked for one row more than its size, and tells the
// last row kept when there is more.
func page[T any](rows []T, size int) (kept []T, last *T) {
	if len(rows) <= size {
		return rows, nil
	}
	rows = rows[:size]
	return rows, &rows[size-1]
}
