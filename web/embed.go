// Package web owns the browser's side of parc: app/ holds the source of the
// user interface and this file embeds and serves what is built from it. The
// interface talks to /api/v1 only; nothing here knows an asset or a client.
package web

import (
	"embed"
	"errors"
	"io/fs"
	"net/http"
	"path"
	"strings"
)

//go:embed all:dist
var dist embed.FS

// Built tells that the user interface was built before the program was.
func Built() bool { return built(files()) }

// Handler serves the embedded user interface: files under static/ may be kept
// for ever (their names change with their content), index.html is asked for
// again every time, and every other path gets index.html, because the interface
// does its own routing. Paths under /api are not its business: 404. Only GET
// and HEAD are answered.
func Handler() http.Handler { return handler(files()) }

func files() fs.FS {
	sub, err := fs.Sub(dist, "dist")
	if err != nil {
		return dist // cannot be: the folder is named above
	}
	return sub
}

func built(root fs.FS) bool {
	_, err := fs.Stat(root, index)
	return err == nil
}

const index = "index.html"

// policy lets a page load nothing from elsewhere and run no script of its own.
const policy = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " +
	"object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

func handler(root fs.FS) http.Handler {
	ready := built(root)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin")
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			h.Set("Allow", "GET, HEAD")
			http.Error(w, "only GET and HEAD here", http.StatusMethodNotAllowed)
			return
		}
		name := strings.TrimPrefix(path.Clean("/"+r.URL.Path), "/")
		switch {
		case name == "api" || strings.HasPrefix(name, "api/"):
			http.NotFound(w, r)
		case !ready:
			notBuilt(w)
		default:
			serve(w, r, root, name)
		}
	})
}

// serve answers with the file of that name, or with the page that routes by
// itself. A missing static file is 404: a page in its place would be taken for a
// script.
func serve(w http.ResponseWriter, r *http.Request, root fs.FS, name string) {
	info, err := fs.Stat(root, name)
	static := strings.HasPrefix(name, "static/")
	hidden := strings.HasPrefix(path.Base(name), ".")
	switch {
	case err == nil && !info.IsDir() && !hidden && name != index:
		if static {
			w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
		}
	case err != nil && !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, fs.ErrInvalid):
		http.Error(w, "the file cannot be read", http.StatusInternalServerError)
		return
	case static:
		http.NotFound(w, r)
		return
	default:
		name = index
		w.Header().Set("Cache-Control", "no-cache")
	}
	if name == index {
		serveIndex(w, r, root)
		return
	}
	http.ServeFileFS(w, r, root, name)
}

// serveIndex goes round http.ServeFileFS, which answers a name that ends in
// index.html with a redirect to its folder.
func serveIndex(w http.ResponseWriter, r *http.Request, root fs.FS) {
	page, err := fs.ReadFile(root, index)
	if err != nil {
		http.Error(w, "the user interface cannot be read", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	if r.Method == http.MethodGet {
		_, _ = w.Write(page) // the browser may have gone: nothing to do about it
	}
}

func notBuilt(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(http.StatusServiceUnavailable)
	_, _ = w.Write([]byte("The user interface was not built into this program.\n" +
		"Run make ui, then build parc again. The API answers under /api/v1.\n")) // the browser may have gone
}
