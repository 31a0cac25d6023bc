package main

import (
	"path/filepath"
	"strings"
	"testing"
)

// TestAgentTokens makes a token, lists it, and revokes it.
func TestAgentTokens(t *testing.T) {
	t.Parallel()
	database := filepath.Join(t.TempDir(), "p.db")
	parc := func(args ...string) ran {
		t.Helper()
		return run(t.Context(), append(args, "--database", database)...)
	}
	made := parc("agent", "add", "--client", "Acme", "--site", "Lyon", "--name", "desktops")
	path := strings.TrimSpace(made.out)
	if made.code != exitFine || !strings.HasPrefix(path, "/agent/") || len(path) < len("/agent/")+26 || strings.Contains(made.err, path) {
		t.Fatalf("add: %+v", made)
	}
	list := parc("agent", "tokens", "--client", "Acme")
	lines := strings.Split(strings.TrimSpace(list.out), "\n")
	if len(lines) != 2 || !strings.Contains(lines[1], "desktops") || !strings.Contains(lines[1], "valid") || strings.Contains(list.out, path) {
		t.Fatalf("tokens: %+v", list)
	}
	id := strings.Fields(lines[1])[0]
	for range 2 {
		if got := parc("agent", "revoke", id); got.code != exitFine {
			t.Fatalf("revoke: %+v", got)
		}
	}
	if got := parc("agent", "tokens", "--client", "Acme"); !strings.Contains(got.out, "revoked") {
		t.Errorf("after revoking: %+v", got)
	}
	if got := parc("agent", "add", "--client", "Acme", "--site", "Lyon", "--name", "collector", "--network"); got.code != exitFine || !strings.Contains(got.err, "declares no networks yet") {
		t.Errorf("add --network: %+v", got)
	}
	if got := parc("agent", "tokens", "--client", "Acme"); strings.Count(got.out, "not asked yet") != 1 || !strings.Contains(strings.Split(got.out, "\n")[1], " no") {
		t.Errorf("tokens: %+v", got)
	}
	if got := parc("agent", "list", "--client", "Acme"); got.code != exitFine || strings.Count(got.out, "\n") != 1 {
		t.Errorf("list: %+v", got)
	}
	for _, args := range [][]string{{"agent", "list", "--client", "Nobody"}, {"agent", "revoke", "nonsense"}} {
		if got := parc(args...); got.code != exitFailed || !strings.HasPrefix(got.err, "parc: there is no ") {
			t.Errorf("%v: %+v", args, got)
		}
	}
}
