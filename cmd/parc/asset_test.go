package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"parc/inventory"
	"parc/inventory/store/storetest"
)

// TestDecidingByHand drives the commands as a person would: look at a doubt,
// answer it, merge, split and undo, look at the past, forget somebody. The file
// tells its lines in the wrong order.
func TestDecidingByHand(t *testing.T) {
	t.Parallel()
	const lines = `{"at":"2026-05-01T08:00:00Z","source":"agent","ref":"lap-1-2025","hostname":"lap-1","class":"laptop","serial":"5CG0001ABC","macs":["00:1b:21:11:11:01"],"os":{"name":"Windows 11 Pro"},"user":"DUPONT\\marie"}
{"at":"2026-04-01T08:00:00Z","source":"nmap","ref":"n-1","address":"192.168.1.9","macs":["00:26:b9:00:00:07"]}
{"at":"2026-03-01T08:00:00Z","source":"agent","ref":"lap-1-2025","hostname":"lap-1","class":"laptop","serial":"5CG0001ABC","macs":["00:1b:21:11:11:01","00:26:b9:00:00:07"],"os":{"name":"Windows 10 Pro"},"user":"DUPONT\\marie"}
{"at":"2026-03-01T09:00:00Z","source":"agent","ref":"lap-2-2025","hostname":"lap-2","class":"laptop","serial":"5CG0002ABC","macs":["00:1b:21:11:11:02","00:26:b9:00:00:07"]}
`
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		folder := t.TempDir()
		file := filepath.Join(folder, "o.jsonl")
		if err := os.WriteFile(file, []byte(lines), 0o600); err != nil {
			t.Fatal(err)
		}
		parc := func(code int, args ...string) string {
			t.Helper()
			got := run(t.Context(), append(args, "--database", dsn, "--key-file", filepath.Join(folder, "key"))...)
			if got.code != code {
				t.Fatalf("%v: %+v", args, got)
			}
			return got.out + got.err
		}
		client := []string{"--client", "Dupont"}
		type listed struct {
			ID, Hostname, Doubt string
			OS                  struct{ Name string }
			Sightings           []inventory.Sighting
		}
		list := func(args ...string) (assets []listed) {
			t.Helper()
			for line := range strings.Lines(parc(0, append(append([]string{"assets", "--format", "jsonl"}, client...), args...)...)) {
				var a listed
				if err := json.Unmarshal([]byte(line), &a); err != nil {
					t.Fatal(err)
				}
				assets = append(assets, a)
			}
			return assets
		}
		parc(0, append([]string{"ingest", file}, client...)...)
		if past := list("--as-of", "2026-03-15"); len(past) != 2 || past[0].Hostname != "lap-1" || past[0].OS.Name != "Windows 10 Pro" {
			t.Errorf("in March: %+v", past)
		}
		if got := parc(0, append([]string{"assets", "--changes-since", "2026-03-15"}, client...)...); !strings.Contains(got, "Windows 11 Pro") || !strings.Contains(got, "appeared") {
			t.Errorf("since March:\n%s", got)
		}
		var doubt inventory.Review
		if err := json.Unmarshal([]byte(parc(0, append([]string{"review", "list", "--format", "jsonl"}, client...)...)), &doubt); err != nil {
			t.Fatal(err)
		}
		assets := list()
		if len(assets) != 3 || assets[2].Doubt != doubt.ID {
			t.Fatalf("what waits is listed apart: %d assets", len(assets))
		}
		parc(2, "review", "answer", doubt.ID, "perhaps")
		parc(0, "review", "answer", doubt.ID, "same", "--asset", assets[1].ID)
		if assets = list(); len(assets) != 2 || len(assets[1].Sightings) != 2 {
			t.Fatalf("answered: %+v", assets)
		}
		undo := func(text string) string {
			t.Helper()
			_, text, _ = strings.Cut(text, "parc asset undo ")
			id, _, _ := strings.Cut(text, " ")
			return id
		}
		merged := undo(parc(0, "asset", "merge", assets[0].ID, assets[1].ID))
		if got := list(); len(got) != 1 || len(got[0].Sightings) != 3 {
			t.Errorf("merged: %+v", got)
		}
		parc(0, "asset", "undo", merged)
		split := undo(parc(0, "asset", "split", assets[1].ID, "nmap:n-1"))
		if got := list(); len(got) != 3 {
			t.Errorf("split: %+v", got)
		}
		parc(1, "asset", "undo", merged)
		parc(0, "asset", "undo", split)
		if got := parc(0, append([]string{"asset", "decisions"}, client...)...); strings.Count(got, "merge") != 2 || strings.Count(got, "split") != 1 {
			t.Errorf("decisions:\n%s", got)
		}
		parc(2, "asset", "split", assets[1].ID, "n-1")
		parc(0, append([]string{"forget", "--person", "Marie"}, client...)...)
		if got := parc(0, append([]string{"assets", "--format", "jsonl"}, client...)...); strings.Contains(got, "marie") {
			t.Error("marie is still there")
		}
		parc(2, append([]string{"assets", "--as-of", "2026-02-30"}, client...)...)
	})
}
