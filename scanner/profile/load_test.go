package profile

import "testing"

// TestData loads and runs everything that is embedded: unknown keys, bad
// patterns, ties and examples that do not hold are failures here.
func TestData(t *testing.T) {
	t.Parallel()
	for _, p := range Lint(nil) {
		t.Error(p)
	}
}
