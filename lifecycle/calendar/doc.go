// Package calendar writes what ends, and the last days to give notice, as an
// iCalendar (RFC 5545) that calendar programs subscribe to. It is pure: estates
// and a day go in, the same text comes out each time.
package calendar
