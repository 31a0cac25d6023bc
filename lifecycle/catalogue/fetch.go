package catalogue

import (
	"context"
	"io"
	"net/http"
	"net/url"
	"os"
	"time"

	"parc/inventory"
)

// DefaultURL is where catalogues come from.
const DefaultURL = "https://endoflife.date/api/v1/products/full"

const fetchTimeout = 2 * time.Minute

// Fetch opens a catalogue: an http or https address, or a file. Invalid for any
// other kind of address; Unavailable when it cannot be had. The caller closes it.
func Fetch(ctx context.Context, from string) (io.ReadCloser, error) {
	if u, err := url.Parse(from); err == nil && (u.Scheme == "http" || u.Scheme == "https") {
		return get(ctx, from)
	}
	file, err := os.Open(from)
	if err != nil {
		return nil, inventory.Errorf(inventory.Invalid, "cannot read the catalogue %s: it must be a file, or an address that begins with https://", inventory.CleanTo(from, 200))
	}
	if info, err := file.Stat(); err != nil || !info.Mode().IsRegular() {
		_ = file.Close() // nothing was read
		return nil, inventory.Errorf(inventory.Invalid, "the catalogue %s is no file", inventory.CleanTo(from, 200))
	}
	return file, nil
}

func get(ctx context.Context, from string) (io.ReadCloser, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, from, nil)
	if err != nil {
		return nil, inventory.Errorf(inventory.Invalid, "%q is no address", inventory.CleanTo(from, 200))
	}
	request.Header.Set("Accept", "application/json")
	request.Header.Set("User-Agent", "parc")
	client := &http.Client{Timeout: fetchTimeout}
	answer, err := client.Do(request)
	if err != nil {
		return nil, inventory.Errorf(inventory.Unavailable, "cannot fetch the catalogue: %w; try again, or fetch it elsewhere and give the file with --from", err)
	}
	if answer.StatusCode == http.StatusOK {
		return answer.Body, nil
	}
	_ = answer.Body.Close() // its text is not read
	after := inventory.CleanTo(answer.Header.Get("Retry-After"), 40)
	if after != "" {
		after = ", which asks to be left alone for " + after
	}
	return nil, inventory.Errorf(inventory.Unavailable, "cannot fetch the catalogue: %s answers %s%s; try again later", request.URL.Host, inventory.CleanTo(answer.Status, 60), after)
}
