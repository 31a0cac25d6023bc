package inventory

import (
	"fmt"
	"io"
	"log/slog"
)

// Secret is a text that never prints: fmt with any verb, slog, JSON and YAML
// all show "***". Reveal gives the text to the one who must use it. At rest it
// is encrypted by the store, with a key kept outside the database. Compare what
// Reveal gives: two Secrets of one text are not ==.
type Secret struct {
	// A pointer: fmt calls no method of an unexported field, and would print the
	// text of a Secret inside another struct.
	text *string
}

const redacted = "***"

// NewSecret keeps a text as a secret.
func NewSecret(text string) Secret {
	if text == "" {
		return Secret{}
	}
	return Secret{&text}
}

// Reveal gives the text.
func (s Secret) Reveal() string {
	if s.text == nil {
		return ""
	}
	return *s.text
}

// IsZero tells that there is no secret.
func (s Secret) IsZero() bool { return s.text == nil }

// String gives "***", or "" when there is no secret.
func (s Secret) String() string {
	if s.IsZero() {
		return ""
	}
	return redacted
}

// Format keeps every verb of fmt, %#v and %d too, from printing the text.
func (s Secret) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, s.String()) }

// LogValue keeps slog from printing the text.
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.String()) }

// MarshalText keeps encoders from printing the text.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads a secret that somebody gives, so that flags, settings
// and requests can carry one in.
func (s *Secret) UnmarshalText(b []byte) error {
	*s = NewSecret(string(b))
	return nil
}
