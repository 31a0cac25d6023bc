package inventory

import "log/slog"

// Secret is a text that never prints: fmt, slog, JSON and YAML all show "***".
// Reveal gives the text to the one who must use it. At rest it is encrypted by
// the store, with a key kept outside the database.
type Secret struct{ text string }

const redacted = "***"

// NewSecret keeps a text as a secret.
func NewSecret(text string) Secret { return Secret{text} }

// Reveal gives the text.
func (s Secret) Reveal() string { return s.text }

// IsZero tells that there is no secret.
func (s Secret) IsZero() bool { return s.text == "" }

// String gives "***", or "" when there is no secret.
func (s Secret) String() string {
	if s.text == "" {
		return ""
	}
	return redacted
}

// GoString keeps %#v from printing the text.
func (s Secret) GoString() string { return "inventory.Secret(" + s.String() + ")" }

// LogValue keeps slog from printing the text.
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.String()) }

// MarshalText keeps encoders from printing the text.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads a secret that somebody gives, so that flags, settings
// and requests can carry one in.
func (s *Secret) UnmarshalText(b []byte) error {
	s.text = string(b)
	return nil
}
