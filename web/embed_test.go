package web

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"
)

func site() fstest.MapFS {
	return fstest.MapFS{
		"index.html":       {Data: []byte("<!doctype html><title>parc</title>")},
		"static/app-1a.js": {Data: []byte("console.log('parc')")},
		"favicon.svg":      {Data: []byte("<svg/>")},
		".gitkeep":         {},
	}
}

func TestHandler(t *testing.T) {
	t.Parallel()
	h := handler(site())
	tests := []struct {
		name, method, path string
		status             int
		cache, contains    string
	}{
		{"home", "GET", "/", 200, "no-cache", "<title>parc"},
		{"index by name", "GET", "/index.html", 200, "no-cache", "<title>parc"},
		{"route of the interface", "GET", "/clients/018f/assets?q=hp", 200, "no-cache", "<title>parc"},
		{"page of an asset", "GET", "/assets/018f", 200, "no-cache", "<title>parc"},
		{"folder", "GET", "/static", 200, "no-cache", "<title>parc"},
		{"static file", "GET", "/static/app-1a.js", 200, "public, max-age=31536000, immutable", "console.log"},
		{"missing static file", "GET", "/static/gone.js", 404, "", "not found"},
		{"other file", "GET", "/favicon.svg", 200, "", "<svg/>"},
		{"placeholder stays hidden", "GET", "/.gitkeep", 200, "no-cache", "<title>parc"},
		{"climbing out", "GET", "/../embed.go", 200, "no-cache", "<title>parc"},
		{"API", "GET", "/api/v1/nothing", 404, "", "not found"},
		{"API itself", "GET", "/api", 404, "", "not found"},
		{"almost the API", "GET", "/apiculture", 200, "no-cache", "<title>parc"},
		{"head", "HEAD", "/clients", 200, "no-cache", ""},
		{"head of a static file", "HEAD", "/static/app-1a.js", 200, "public, max-age=31536000, immutable", ""},
		{"post", "POST", "/", 405, "", "GET and HEAD"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r := httptest.NewRequestWithContext(t.Context(), tt.method, tt.path, http.NoBody)
			w := httptest.NewRecorder()
			h.ServeHTTP(w, r)
			res := w.Result()
			defer func() { _ = res.Body.Close() }()
			body, err := io.ReadAll(res.Body)
			if err != nil {
				t.Fatal(err)
			}
			if res.StatusCode != tt.status {
				t.Errorf("status = %d, want %d", res.StatusCode, tt.status)
			}
			if got := res.Header.Get("Cache-Control"); got != tt.cache {
				t.Errorf("Cache-Control = %q, want %q", got, tt.cache)
			}
			if !strings.Contains(string(body), tt.contains) {
				t.Errorf("body = %q, want it to contain %q", body, tt.contains)
			}
			if tt.method == "HEAD" && len(body) > 0 {
				t.Errorf("HEAD has a body: %q", body)
			}
			if got := res.Header.Get("Content-Security-Policy"); !strings.Contains(got, "default-src 'self'") {
				t.Errorf("Content-Security-Policy = %q", got)
			}
		})
	}
}

func TestNotBuilt(t *testing.T) {
	t.Parallel()
	h := handler(fstest.MapFS{".gitkeep": {}})
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), "GET", "/", http.NoBody))
	if w.Code != http.StatusServiceUnavailable {
		t.Errorf("status = %d, want 503", w.Code)
	}
	if !strings.Contains(w.Body.String(), "make ui") {
		t.Errorf("body = %q, want it to say what to do", w.Body.String())
	}
}

// The embedded folder is there whether the interface was built or not, and the
// handler agrees with Built about which.
func TestEmbedded(t *testing.T) {
	t.Parallel()
	w := httptest.NewRecorder()
	Handler().ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), "GET", "/", http.NoBody))
	want := http.StatusServiceUnavailable
	if Built() {
		want = http.StatusOK
	}
	if w.Code != want {
		t.Errorf("status = %d with Built() = %v, want %d", w.Code, Built(), want)
	}
}
