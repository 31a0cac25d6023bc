package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestIngestOfAgentFiles: an inventory is stored; what tells of no machine is
// refused in one line.
func TestIngestOfAgentFiles(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	db := filepath.Join(folder, "parc.db")
	for _, c := range []struct {
		name, text string
		code       int
		says       string
	}{
		{"prolog.xml", `<?xml version="1.0"?><REQUEST><DEVICEID>pc1-2026-01-05-08-00-00</DEVICEID><QUERY>PROLOG</QUERY></REQUEST>`, exitUsage, "prolog.xml: an agent's question"},
		{"contact.json", `{"action":"contact","deviceid":"pc1-2026-01-05-08-00-00","name":"GLPI-Agent","version":"1.12"}`, exitUsage, "contact.json: an agent's question"},
		{"bomb.xml", `<!DOCTYPE a [<!ENTITY b "b">]><REQUEST><QUERY>&b;</QUERY></REQUEST>`, exitUsage, "bomb.xml"},
		{"inventory.json", `{"action":"inventory","deviceid":"pc1-2026-01-05-08-00-00","content":{"hardware":{"name":"PC1"},"bios":{"smanufacturer":"Dell Inc.","smodel":"Latitude 5440","ssn":"7XKQ2T3"}}}`, 0, "1 observation, 1 asset (1 new)"},
	} {
		file := filepath.Join(folder, c.name)
		if err := os.WriteFile(file, []byte(c.text), 0o600); err != nil {
			t.Fatal(err)
		}
		got := run(t.Context(), "ingest", file, "--client", "Dupont", "--database", db)
		if got.code != c.code || !strings.Contains(got.err, c.says) || strings.Count(strings.TrimSpace(got.err), "\n") > 0 {
			t.Errorf("%s: %+v", c.name, got)
		}
	}
	if got := run(t.Context(), "assets", "--client", "Dupont", "--format", "jsonl", "--database", db); strings.Count(got.out, "\n") != 1 || !strings.Contains(got.out, `"serial":"7XKQ2T3"`) {
		t.Errorf("%+v", got)
	}
}
