package api_test

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"parc/inventory"
	"parc/inventory/store/storetest"
)

func TestAttachments(t *testing.T) {
	w := newWorld(t, storetest.Open(t, storetest.SQLite(t)))
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	asset, contract := "/api/v1/assets/"+w.a.asset+"/attachments", "/api/v1/contracts/"+w.a.contractID+"/attachments"
	client, one := "/api/v1/clients/"+w.a.client.ID, "/api/v1/attachments/"+w.a.attachment
	big := strings.Repeat("photo ", 1<<18) // more than other bodies may be
	for _, c := range []struct {
		name, who, method, path, body string
		status                        int
		has, hasNot                   string
	}{
		{"list", "guest", "GET", contract, "", 200, "signé Alpha.html", "Beta"},
		{"all of a client", "guest", "GET", client + "/attachments", "", 200, "signé Alpha.html", "Beta"},
		{"the client's own", "guest", "GET", client + "/attachments?own=true", "", 200, `"items":[]`, "Alpha"},
		{"a cursor that is none", "guest", "GET", contract + "?after=x", "", 422, "cursor", ""},
		{"of what is not there", "guest", "GET", "/api/v1/contracts/none/attachments", "", 404, "not-found", ""},
		{"a guest attaches nothing", "guest", "POST", asset, form("a.txt", "x"), 403, "forbidden", ""},
		{"a manager nothing to an asset", "boss", "POST", asset, form("a.txt", "x"), 403, "forbidden", ""},
		{"a manager to a contract", "boss", "POST", contract, form("offre.pdf", "%PDF-1.7\n", "kind", "contract", "title", "Offre\u202e 2026"), 201, `"title":"Offre 2026"`, ""},
		{"the type is what the content is", "tech", "POST", asset, form("invoice.pdf", "<html><script>alert(1)</script>"), 201, `"media_type":"text/html; charset=utf-8"`, "application/pdf"},
		{"the name is no path", "tech", "POST", asset, form("..\\\\..\\\\etc\\\\passwd", "root"), 201, `"name":"passwd"`, ".."},
		{"a large one", "tech", "POST", asset, form("photo.jpg", big, "kind", "photo"), 201, fmt.Sprint(`"size":`, len(big)), ""},
		{"the same again", "tech", "POST", asset, form("other.jpg", big), 409, "attached already", ""},
		{"to the client", "tech", "POST", client + "/attachments", form("kbis.pdf", "K"), 201, "kbis.pdf", ""},
		{"the client's own now", "guest", "GET", client + "/attachments?own=true", "", 200, "kbis.pdf", "offre"},
		{"an empty one", "tech", "POST", asset, form("a.txt", ""), 422, "empty", ""},
		{"no file", "tech", "POST", asset, "--B\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nx\r\n--B--\r\n", 422, "file", ""},
		{"no name", "tech", "POST", asset, form("..", "x"), 422, "name", ""},
		{"a kind that is none", "tech", "POST", asset, form("a.txt", "y", "kind", "poem"), 422, "kind", ""},
		{"no form", "tech", "POST", asset, `{"file":"x"}`, 422, "multipart/form-data", ""},
		{"too large", "tech", "POST", asset, form("a.bin", strings.Repeat("x", inventory.MostAttachment+1)), 413, "larger than 50 MiB", ""},
		{"far too large", "tech", "POST", asset, form("a.bin", strings.Repeat("x", inventory.MostAttachment+2<<20)), 413, "limit-reached", ""},
		{"download", "guest", "GET", one, "", 200, "<html>signed by Alpha", "Beta"},
		{"another's", "tech", "GET", "/api/v1/attachments/" + w.b.attachment, "", 404, "not-found", "Beta"},
		{"a guest changes nothing", "guest", "PATCH", one, `{"title":"x"}`, 403, "forbidden", ""},
		{"a title", "boss", "PATCH", one, `{"title":"Avenant n° 2","kind":"contract"}`, 200, "Avenant n° 2", ""},
		{"another kind", "boss", "PATCH", one, `{"kind":"poem"}`, 422, "kind", ""},
		{"a guest removes nothing", "guest", "DELETE", one, "", 403, "forbidden", ""},
		{"remove", "boss", "DELETE", one, "", 204, "", ""},
		{"it is gone", "boss", "GET", one, "", 404, "not-found", ""},
		{"history tells", "guest", "GET", "/api/v1/assets/" + w.a.asset + "/history", "", 200, `"field":"attachment"`, ""},
		{"a guest exports nothing", "guest", "GET", client + "/export", "", 403, "forbidden", ""},
		{"another's export", "tech", "GET", "/api/v1/clients/" + w.b.client.ID + "/export", "", 404, "not-found", "Beta"},
		{"export", "boss", "GET", client + "/export", "", 200, "zip of Alpha", ""},
	} {
		got := w.call(c.who, c.method, c.path, c.body)
		body := got.Body.String()
		if got.Code != c.status || !strings.Contains(body, c.has) || c.hasNot != "" && strings.Contains(body, c.hasNot) {
			t.Errorf("%s: %d %.400s, want %d with %q without %q", c.name, got.Code, body, c.status, c.has, c.hasNot)
		}
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 0 {
		t.Errorf("uploads left %v, %v", left, err)
	}
}

// TestFilesAreNeverShown: whatever a file is, a browser is told to save it.
func TestFilesAreNeverShown(t *testing.T) {
	t.Parallel()
	w := newWorld(t, storetest.Open(t, storetest.SQLite(t)))
	for path, want := range map[string]map[string]string{
		"/api/v1/attachments/" + w.a.attachment: {
			"Content-Disposition": "attachment; filename*=utf-8''sign%C3%A9%20Alpha.html", "Content-Length": "21", "Content-Type": "text/html; charset=utf-8",
		},
		"/api/v1/clients/" + w.a.client.ID + "/export": {"Content-Type": "application/zip"},
	} {
		got := w.call("boss", "GET", path, "")
		for name, value := range want {
			if got.Header().Get(name) != value {
				t.Errorf("%s: %s is %q, want %q", path, name, got.Header().Get(name), value)
			}
		}
		if h := got.Header(); h.Get("X-Content-Type-Options") != "nosniff" || !strings.Contains(h.Get("Content-Security-Policy"), "sandbox") || !strings.HasPrefix(h.Get("Content-Disposition"), "attachment; ") {
			t.Errorf("%s: %v", path, h)
		}
	}
}

// TestBrokenExport: one that fails halfway is no whole file for who asked.
func TestBrokenExport(t *testing.T) {
	t.Parallel()
	w := newWorld(t, storetest.Open(t, storetest.SQLite(t)))
	broken, err := w.store.CreateClient(t.Context(), storetest.Admin, inventory.Client{Name: "Broken"})
	w.must(broken, err)
	server := httptest.NewServer(w.handler)
	defer server.Close()
	r, err := http.NewRequestWithContext(t.Context(), "GET", server.URL+"/api/v1/clients/"+broken.ID+"/export", nil)
	w.must(r, err)
	r.AddCookie(&http.Cookie{Name: "parc_session", Value: w.cookies["admin"]})
	answer, err := server.Client().Do(r)
	if err != nil { // broken off before the first byte left
		return
	}
	defer answer.Body.Close()
	if text, err := io.ReadAll(answer.Body); err == nil {
		t.Errorf("a whole answer: %s", text)
	}
}

// TestSlowReaders: a file has the time that it takes, whatever the server gives
// other answers.
func TestSlowReaders(t *testing.T) {
	t.Parallel()
	w := newWorld(t, storetest.Open(t, storetest.SQLite(t)))
	server := httptest.NewUnstartedServer(w.handler)
	server.Config.WriteTimeout = time.Nanosecond
	server.Start()
	defer server.Close()
	for path, want := range map[string]string{
		"/api/v1/attachments/" + w.a.attachment: "<html>signed by Alpha", "/api/v1/clients/" + w.a.client.ID + "/export": "zip of Alpha",
	} {
		r, err := http.NewRequestWithContext(t.Context(), "GET", server.URL+path, nil)
		w.must(r, err)
		r.AddCookie(&http.Cookie{Name: "parc_session", Value: w.cookies["boss"]})
		answer, err := server.Client().Do(r)
		if err != nil {
			t.Errorf("%s: %v", path, err)
			continue
		}
		text, err := io.ReadAll(answer.Body)
		if err := errors.Join(err, answer.Body.Close()); err != nil || string(text) != want {
			t.Errorf("%s: %q, %v", path, text, err)
		}
	}
}
