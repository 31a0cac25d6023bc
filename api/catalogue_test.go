package api_test

import (
	"net/http"
	"strings"
	"testing"

	"parc/inventory/store"
	"parc/inventory/store/storetest"
)

func TestCatalogue(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := newWorld(t, s)
		large := `{"schema_version":"1.2.1","result":[` + strings.Repeat(" ", 3<<20) + `]}`
		for _, x := range []struct {
			name, who, method, path, body string
			status                        int
			says                          string
		}{
			{"list", "guest", "GET", "/catalogue/products", "", http.StatusOK, `"stale":true`},
			{"show", "guest", "GET", "/catalogue/products/debian?day=2020-01-01", "", http.StatusOK, "12 on 2020-01-01"},
			{"no such product", "tech", "GET", "/catalogue/products/nothing", "", http.StatusNotFound, "no product"},
			{"no such day", "tech", "GET", "/catalogue/products/debian?day=2020-02-30", "", http.StatusUnprocessableEntity, ""},
			{"not signed in", "", "GET", "/catalogue/products", "", http.StatusUnauthorized, ""},
			{"load", "admin", "POST", "/catalogue", `{"schema_version":"1.2.1"}`, http.StatusCreated, `"products":26`},
			{"larger than other bodies", "admin", "POST", "/catalogue", large, http.StatusCreated, `"products"`},
			{"too large", "admin", "POST", "/catalogue", strings.Repeat(" ", 33<<20), http.StatusRequestEntityTooLarge, ""},
			{"no catalogue", "admin", "POST", "/catalogue", `[1]`, http.StatusUnprocessableEntity, "no catalogue"},
			{"forced", "admin", "POST", "/catalogue?force=true", `[1]`, http.StatusCreated, `"products":3`},
			{"a technician may not", "tech", "POST", "/catalogue", `{}`, http.StatusForbidden, ""},
			{"a client may not", "guest", "POST", "/catalogue", large, http.StatusForbidden, ""},
		} {
			answer := w.call(x.who, x.method, "/api/v1"+x.path, x.body)
			if answer.Code != x.status || !strings.Contains(answer.Body.String(), x.says) {
				t.Errorf("%s: %d %.200s", x.name, answer.Code, answer.Body)
			}
		}
	})
}
