package api_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"testing"

	"parc/api"
	"parc/inventory/store"
	"parc/inventory/store/storetest"
)

// Go test -update writes openapi.json anew; make generate does so.
var update = flag.Bool("update", false, "write openapi.json anew")

func TestMain(m *testing.M) { storetest.Main(m) }

func TestOpenAPIIsCurrent(t *testing.T) {
	t.Parallel()
	server := newServer(t, storetest.Open(t, storetest.SQLite(t)))
	document, err := server.OpenAPI()
	if err != nil {
		t.Fatal(err)
	}
	var indented bytes.Buffer
	if err := json.Indent(&indented, document, "", "  "); err != nil {
		t.Fatal(err)
	}
	indented.WriteByte('\n')
	const file = "openapi.json"
	if *update {
		if err := os.WriteFile(file, indented.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	committed, err := os.ReadFile(file)
	if err != nil || !bytes.Equal(committed, indented.Bytes()) {
		t.Errorf("%s does not tell what the routes are (%v): run make generate", file, err)
	}
}

var _ api.Store = (*store.Store)(nil)
