package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// rule is one row of the import table in docs/architecture.md.
type rule struct{ ours, thirdParties []string }

func readImportTable(t *testing.T) map[string]rule {
	t.Helper()
	f, err := os.Open("../../docs/architecture.md")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	table := map[string]rule{}
	inside := false
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		switch line := lines.Text(); {
		case line == "```imports":
			inside = true
		case inside && line == "```":
			return table
		case inside:
			name, rest, ok := strings.Cut(line, "→")
			if !ok {
				t.Fatalf("row without an arrow: %q", line)
			}
			ours, thirds, _ := strings.Cut(rest, "+")
			table[strings.TrimSpace(name)] = rule{strings.Fields(ours), strings.Fields(thirds)}
		}
	}
	t.Fatal("docs/architecture.md has no import table")
	return nil
}

func listPackages(t *testing.T) map[string][]string {
	t.Helper()
	list := exec.CommandContext(t.Context(), "go", "list", "-json=ImportPath,Imports", "parc/...")
	list.Stderr = os.Stderr
	out, err := list.Output()
	if err != nil {
		t.Fatal(err)
	}
	packages := map[string][]string{}
	decoder := json.NewDecoder(strings.NewReader(string(out)))
	for {
		var p struct {
			ImportPath string
			Imports    []string
		}
		if err := decoder.Decode(&p); errors.Is(err, io.EOF) {
			return packages
		} else if err != nil {
			t.Fatal(err)
		}
		packages[strings.TrimPrefix(p.ImportPath, "parc/")] = p.Imports
	}
}

// TestImportsFollowTheTable fails on an arrow between packages, or a third
// party in a package, that docs/architecture.md does not allow.
func TestImportsFollowTheTable(t *testing.T) {
	t.Parallel()
	table := readImportTable(t)
	packages := listPackages(t)
	if len(packages) < 10 {
		t.Fatalf("only %d packages listed", len(packages))
	}
	for name, imports := range packages {
		r, ok := table[name]
		if !ok && strings.HasSuffix(name, "test") {
			continue // a package of test support, imported by tests only: see below
		}
		if !ok {
			t.Errorf("package %s has no row in the import table of docs/architecture.md", name)
			continue
		}
		for _, path := range imports {
			if problem := r.judge(path); problem != "" {
				t.Errorf("%s imports %s: %s", name, path, problem)
			}
		}
	}
}

func (r rule) judge(path string) string {
	if ours, ok := strings.CutPrefix(path, "parc/"); ok {
		switch {
		case strings.HasSuffix(ours, "test"):
			return "test support is for test files"
		case strings.HasPrefix(ours, "cmd/"):
			return "nobody imports cmd"
		case slices.Contains(r.ours, ours) || slices.Contains(r.ours, "*"):
			return ""
		}
		return "the table has no such arrow"
	}
	if first, _, _ := strings.Cut(path, "/"); !strings.Contains(first, ".") {
		return "" // standard library
	}
	for _, prefix := range r.thirdParties {
		if path == prefix || strings.HasPrefix(path, prefix+"/") {
			return ""
		}
	}
	return "this third party does not live here"
}

func TestRuleJudges(t *testing.T) {
	t.Parallel()
	r := rule{ours: []string{"inventory"}, thirdParties: []string{"gorm.io"}}
	for path, allowed := range map[string]bool{
		"fmt": true, "net/netip": true, "parc/inventory": true, "gorm.io/gorm": true,
		"parc/api": false, "parc/cmd/parc": false, "gorm.iox/y": false, "github.com/x/y": false,
		"parc/inventory/store/storetest": false,
	} {
		if got := r.judge(path) == ""; got != allowed {
			t.Errorf("%s: allowed %v, want %v", path, got, allowed)
		}
	}
}
