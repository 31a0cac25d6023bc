package api_test

import (
	"bufio"
	"cmp"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"parc/inventory"
	"parc/inventory/store"
	"parc/inventory/store/storetest"
)

// operations lists "METHOD /path" of every route, from the description itself,
// so that a new route is tested without a row of its own.
func (w *world) operations() []string {
	w.t.Helper()
	text, err := w.server.OpenAPI()
	if err != nil {
		w.t.Fatal(err)
	}
	var d struct {
		Paths map[string]map[string]json.RawMessage `json:"paths"`
	}
	if err := json.Unmarshal(text, &d); err != nil {
		w.t.Fatal(err)
	}
	var all []string
	for path, methods := range d.Paths {
		for method := range methods {
			all = append(all, strings.ToUpper(method)+" "+path)
		}
	}
	slices.Sort(all)
	if len(all) < 40 {
		w.t.Fatalf("only %d operations", len(all))
	}
	return all
}

// bodies are valid requests, with the client's own ids where A and B stand for them.
var bodies = map[string]string{
	"PATCH /api/v1/clients/{id}":                  `{"notes":"mine now"}`,
	"POST /api/v1/clients/{id}/sites":             `{"name":"Depot","networks":[{"prefix":"10.9.0.0/24"}]}`,
	"PATCH /api/v1/sites/{id}":                    `{"name":"Mine"}`,
	"PATCH /api/v1/assets/{id}":                   `{"values":{"hostname":"mine"}}`,
	"POST /api/v1/assets/{id}/merge":              `{"with":"SPARE"}`,
	"POST /api/v1/assets/{id}/split":              `{"sightings":[{"source":"csv","ref":"spare"}]}`,
	"POST /api/v1/reviews/{id}/answer":            `{"answer":"noted","remark":"as it should be"}`,
	"POST /api/v1/clients/{id}/forget":            `{"person":"marie"}`,
	"PUT /api/v1/clients/{id}/settings":           `{"missing_days":{"laptop":90},"personal_days":365}`,
	"POST /api/v1/clients/{id}/coverages":         `{"asset_id":"ASSET","kind":"support","end":"2028-01-01"}`,
	"POST /api/v1/clients/{id}/financings":        `{"kind":"purchase","start":"2025-01-01","asset_ids":["ASSET"]}`,
	"POST /api/v1/clients/{id}/licences":          `{"publisher":"P","product":"X","metric":"user","quantity":1,"kind":"perpetual"}`,
	"POST /api/v1/clients/{id}/contracts":         `{"kind":"telecom","party":"P","title":"T","start":"2025-01-01","months":12}`,
	"PATCH /api/v1/coverages/{id}":                `{"asset_id":"ASSET","level":"NBD"}`,
	"PATCH /api/v1/financings/{id}":               `{"asset_ids":["ASSET"],"method":"linear"}`,
	"PATCH /api/v1/licences/{id}":                 `{"assigned":4,"active":3,"asset_ids":["ASSET"]}`,
	"PATCH /api/v1/contracts/{id}":                `{"site_ids":["SITE"],"levels":[{"level":2,"hours":"Mo-Fr 09:00-18:00","response_minutes":240}]}`,
	"POST /api/v1/clients/{id}/interventions":     `{"asset_id":"ASSET","level":2,"kind":"failure","summary":"S","opened_at":"2026-11-20T08:00:00Z"}`,
	"PATCH /api/v1/interventions/{id}":            `{"asset_id":"ASSET","responded_at":"2026-11-20T09:00:00Z"}`,
	"POST /api/v1/clients/{id}/prices":            `{"class":"laptop","amount":{"minor":100000,"currency":"EUR"}}`,
	"PATCH /api/v1/prices/{id}":                   `{"amount":{"minor":110000,"currency":"EUR"}}`,
	"PUT /api/v1/clients/{id}/deadlines":          `{"event":"insurance-end/CONTRACT","say":"acknowledge"}`,
	"PUT /api/v1/clients/{id}/alert-plan":         `{"recipients":["a@example.com"]}`,
	"PUT /api/v1/clients/{id}/policy":             `{"life_months":{"laptop":60}}`,
	"POST /api/v1/clients/{id}/scenarios":         `{"name":"N","from":2027,"years":3,"pinned":{"ASSET":2028}}`,
	"PATCH /api/v1/scenarios/{id}":                `{"pinned":{"ASSET":2029}}`,
	"POST /api/v1/clients/{id}/scans":             `{"site_id":"SITE","targets":["10.1.0.5"]}`,
	"POST /api/v1/clients/{id}/schedules":         `{"site_id":"SITE","name":"N","spec":"0 3 * * *"}`,
	"PATCH /api/v1/schedules/{id}":                `{"enabled":false}`,
	"POST /api/v1/clients/{id}/reports":           `{"kind":"renewals"}`,
	"POST /api/v1/clients/{id}/saved-reports":     `{"name":"N","kind":"renewals","recipients":["a@example.com"],"spec":"@monthly"}`,
	"PATCH /api/v1/saved-reports/{id}":            `{"enabled":false}`,
	"POST /api/v1/clients/{id}/enrolments":        `{"name":"agents","site_id":"SITE"}`,
	"POST /api/v1/assets/{id}/attachments":        form("a.txt", "of an asset"),
	"POST /api/v1/contracts/{id}/attachments":     form("a.txt", "of a contract"),
	"POST /api/v1/financings/{id}/attachments":    form("a.txt", "of a financing"),
	"POST /api/v1/licences/{id}/attachments":      form("a.txt", "of a licence"),
	"POST /api/v1/interventions/{id}/attachments": form("a.txt", "of an intervention"),
	"POST /api/v1/clients/{id}/attachments":       form("a.txt", "of a client"),
	"POST /api/v1/clients/{id}/imports":           form("a.csv", "Numéro de série;Nom\nSN-IMPORT-1;pc-import\n", "site_id", "SITE"),
	"POST /api/v1/clients/{id}/imports/preview":   form("a.csv", "Numéro de série;Nom\nSN-IMPORT-2;pc-import\n", "site_id", "SITE"),
	"PATCH /api/v1/attachments/{id}":              `{"title":"mine"}`,
	"POST /api/v1/clients/{id}/credentials":       `{"name":"c","version":"2c","community":"x","ranges":["10.1.0.0/24"]}`,
}

func (p place) body(operation string) string {
	return strings.NewReplacer("CONTRACT", p.contractID, "SPARE", p.spare, "ASSET", p.asset, "SITE", p.site.ID).Replace(bodies[operation])
}

// TestNobodyReachesAnotherClient calls every route with an id as a technician
// of client A on client B's ids: 404, and nothing of B in the answer. The same
// calls on A's own ids work, which shows that the 404 is about B.
func TestNobodyReachesAnotherClient(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := newWorld(t, s)
		w.more(&w.a)
		w.more(&w.b)
		tried := 0
		for _, op := range w.operations() {
			method, path, _ := strings.Cut(op, " ")
			path = strings.ReplaceAll(path, "{kind}", "renewals")
			if !strings.Contains(path, "{id}") || strings.HasPrefix(path, "/api/v1/users/") {
				continue
			}
			tried++
			foreign := strings.ReplaceAll(path, "{id}", w.b.id(path))
			// The body is right for B: only the right to B is missing.
			answer := w.call("tech", method, foreign, w.b.body(op))
			if answer.Code != http.StatusNotFound || strings.Contains(answer.Body.String(), "Beta") {
				t.Errorf("%s of another client: %d %s", op, answer.Code, answer.Body)
			}
			if w.b.body(op) != w.a.body(op) { // a mixture: A's route with B's ids inside
				mixed := w.call("tech", method, strings.ReplaceAll(path, "{id}", w.a.id(path)), w.b.body(op))
				if mixed.Code != http.StatusNotFound && mixed.Code != http.StatusUnprocessableEntity {
					t.Errorf("%s with another client's ids inside: %d %s", op, mixed.Code, mixed.Body)
				}
			}
			if method == http.MethodDelete || strings.HasSuffix(path, "/events") || strings.HasSuffix(path, "/cancel") {
				continue
			}
			if own := w.call("tech", method, strings.ReplaceAll(path, "{id}", w.a.id(path)), w.a.body(op)); own.Code >= 300 {
				t.Errorf("%s of the own client: %d %s", op, own.Code, own.Body)
			}
		}
		if tried < 30 {
			t.Errorf("only %d routes tried", tried)
		}
		if after, err := s.Asset(t.Context(), storetest.Admin, w.b.asset); err != nil || after.Hostname != "pc-beta" {
			t.Errorf("client B's asset after all: %q, %v", after.Hostname, err)
		}
	})
}

// TestNobodyWithoutSession calls every route but the open ones without a
// session, with a made-up one, and with a password still to be changed.
func TestNobodyWithoutSession(t *testing.T) {
	t.Parallel()
	w := newWorld(t, storetest.Open(t, storetest.SQLite(t)))
	w.cookies["forged"] = "c2Vzc2lvbg"
	for _, op := range w.operations() {
		method, path, _ := strings.Cut(op, " ")
		if op == "GET /api/v1/health" || op == "POST /api/v1/session" {
			continue
		}
		path = strings.ReplaceAll(path, "{id}", cmp.Or(w.a.id(path), "some-user"))
		for _, who := range []string{"", "forged"} {
			if got := w.call(who, method, path, w.a.body(op)); got.Code != http.StatusUnauthorized {
				t.Errorf("%s as %q: %d", op, who, got.Code)
			}
		}
		if strings.HasPrefix(path, "/api/v1/session") {
			continue
		}
		if got := w.call("fresh", method, path, w.a.body(op)); got.Code != http.StatusForbidden {
			t.Errorf("%s with a one-time password: %d", op, got.Code)
		}
	}
}

func TestScenarios(t *testing.T) {
	t.Parallel()
	w := newWorld(t, storetest.Open(t, storetest.SQLite(t)))
	client := "/api/v1/clients/" + w.a.client.ID
	for _, c := range []struct {
		name, who, method, path, body string
		status                        int
		has, hasNot                   string
	}{
		{"health is open", "", "GET", "/api/v1/health", "", 200, `"database":"sqlite"`, "parc_session"},
		{"the description is open", "", "GET", "/api/v1/openapi.json", "", 200, `"openapi":"3.1`, "unpkg"},
		{"who am I", "tech", "GET", "/api/v1/session", "", 200, `"login":"tech"`, "argon2"},
		{"clients in scope only", "tech", "GET", "/api/v1/clients", "", 200, "Alpha", "Beta"},
		{"an administrator sees all", "admin", "GET", "/api/v1/clients", "", 200, "Beta", ""},
		{"overview in scope only", "guest", "GET", "/api/v1/overview", "", 200, `"high":2`, "Beta"},
		{"a technician adds no client", "tech", "POST", "/api/v1/clients", `{"name":"Gamma"}`, 403, "forbidden", ""},
		{"an administrator does", "admin", "POST", "/api/v1/clients", `{"name":"Gamma"}`, 201, "Gamma", ""},
		{"not twice", "admin", "POST", "/api/v1/clients", `{"name":"gamma"}`, 409, `"code":"conflict"`, ""},
		{"a name of nothing", "admin", "POST", "/api/v1/clients", `{"name":"\u200b"}`, 422, `"code":"invalid"`, ""},
		{"a public network", "tech", "POST", client + "/sites", `{"name":"X","networks":[{"prefix":"8.8.8.0/24"}]}`, 422, "private", ""},
		{"host bits", "tech", "POST", client + "/sites", `{"name":"X","networks":[{"prefix":"10.0.0.7/24"}]}`, 422, "10.0.0.0/24", ""},
		{"assets by text", "tech", "GET", client + "/assets?q=PC-ALPHA", "", 200, "ALPHASN0001", "beta"},
		{"assets by unknown class", "tech", "GET", client + "/assets?class=toaster", "", 422, "toaster", ""},
		{"a bad cursor", "tech", "GET", client + "/assets?after=%25%25", "", 422, `"code":"invalid"`, ""},
		{"a limit out of bounds", "tech", "GET", client + "/assets?limit=9999", "", 422, "limit", ""},
		{"a guest changes nothing", "guest", "PATCH", "/api/v1/assets/" + w.a.asset, `{"values":{"hostname":"x"}}`, 403, "forbidden", ""},
		{"a pin", "tech", "PATCH", "/api/v1/assets/" + w.a.asset, `{"values":{"location":"Room 4"}}`, 200, `"pinned":true`, ""},
		{"a field that is none", "tech", "PATCH", "/api/v1/assets/" + w.a.asset, `{"values":{"no-such":"x"}}`, 422, "", ""},
		{"a state that is none", "tech", "PATCH", "/api/v1/assets/" + w.a.asset, `{"state":"sold"}`, 422, "sold", ""},
		{"history tells who", "tech", "GET", "/api/v1/assets/" + w.a.asset + "/history", "", 200, "location", ""},
		{"lifecycle", "tech", "GET", "/api/v1/assets/" + w.a.asset + "/lifecycle", "", 200, `"end":"2027-01-01"`, ""},
		{"a guest starts no scan", "guest", "POST", client + "/scans", `{"site_id":"` + w.a.site.ID + `"}`, 403, "", ""},
		{"a target outside", "tech", "POST", client + "/scans", `{"site_id":"` + w.a.site.ID + `","targets":["192.168.0.1"]}`, 422, `"code":"out-of-range"`, ""},
		{"a depth that is none", "tech", "POST", client + "/scans", `{"site_id":"` + w.a.site.ID + `","depth":"abyss"}`, 422, "depth", ""},
		{"scan of the declared networks", "tech", "POST", client + "/scans", `{"site_id":"` + w.a.site.ID + `"}`, 201, "10.1.0.0/24", ""},
		{"cancel", "tech", "POST", "/api/v1/scans/" + w.a.scan.ID + "/cancel", "", 200, `"state":"cancelled"`, ""},
		{"a schedule that never comes", "tech", "POST", client + "/schedules", `{"site_id":"` + w.a.site.ID + `","name":"N","spec":"never"}`, 422, "never", ""},
		{"credentials keep their secrets", "tech", "GET", client + "/credentials", "", 200, "switches", "s3cret"},
		{"a guest sees no credentials", "guest", "GET", client + "/credentials", "", 403, "", "switches"},
		{"v3 privacy without authentication", "tech", "POST", client + "/credentials", `{"name":"c","version":"3","user":"u","privacy":"AES","privacy_key":"12345678","ranges":["10.1.0.0/24"]}`, 422, "authentication", "12345678"},
		{"a manager adds a licence", "boss", "POST", client + "/licences", `{"publisher":"Sage","product":"Sage 50","metric":"user","quantity":3,"kind":"subscription","unit_price":{"minor":9900,"currency":"EUR"}}`, 201, "Sage 50", ""},
		{"a warranty that ends before it starts", "boss", "POST", client + "/coverages", `{"asset_id":"` + w.a.asset + `","kind":"support","start":"2026-01-01","end":"2025-01-01"}`, 422, "end", ""},
		{"a day that is none", "boss", "POST", client + "/contracts", `{"kind":"telecom","party":"P","title":"T","start":"2025-02-30","months":12}`, 422, "2025-02-30", ""},
		{"the wrong field is located", "boss", "POST", client + "/coverages", `{"asset_id":"` + w.a.asset + `","kind":"support","start":"2026-01-01","end":"2025-01-01"}`, 422, `"location":"body.end"`, ""},
		{"a day that is none is located", "boss", "POST", client + "/contracts", `{"kind":"telecom","party":"P","title":"T","start":"2025-02-30","months":12}`, 422, `"location":"body.start"`, ""},
		{"a negative price", "boss", "PATCH", "/api/v1/financings/" + w.a.financing, `{"price":{"minor":-1,"currency":"EUR"}}`, 422, `"location":"body.price.minor"`, ""},
		{"mixed currencies", "boss", "PATCH", "/api/v1/financings/" + w.a.financing, `{"residual":{"minor":5,"currency":"USD"}}`, 422, `"location":"body.residual"`, ""},
		{"hours that are none", "boss", "PATCH", "/api/v1/contracts/" + w.a.contractID, `{"levels":[{"level":2,"hours":"lunch"}]}`, 422, `"location":"body.levels"`, ""},
		{"a contract changed", "boss", "PATCH", "/api/v1/contracts/" + w.a.contractID, `{"notice_months":3,"tacit_months":12}`, 200, `"notice":"2026-09-30"`, ""},
		{"a guest changes no contract", "guest", "PATCH", "/api/v1/contracts/" + w.a.contractID, `{"notice_months":1}`, 403, "forbidden", ""},
		{"interventions of an asset", "guest", "GET", client + "/interventions?asset=" + w.a.asset, "", 200, "No picture at Alpha", "Beta"},
		{"an intervention resolved before it began", "tech", "PATCH", "/api/v1/interventions/" + w.a.intervention, `{"resolved_at":"2026-11-19T08:00:00Z"}`, 422, `"location":"body.resolved_at"`, ""},
		{"service under a contract", "guest", "GET", "/api/v1/contracts/" + w.a.contractID + "/service?from=2026-11-01&to=2026-11-30", "", 200, "No picture at Alpha", "Beta"},
		{"a price of a class that is none", "boss", "POST", client + "/prices", `{"class":"toaster","amount":{"minor":1,"currency":"EUR"}}`, 422, `"location":"body.class"`, ""},
		{"the provider's prices are an administrator's", "boss", "POST", "/api/v1/prices", `{"class":"laptop","amount":{"minor":1,"currency":"EUR"}}`, 403, "forbidden", ""},
		{"and everybody's to read", "guest", "GET", "/api/v1/prices", "", 200, `"items":[]`, ""},
		{"a policy with what it leaves out", "guest", "GET", client + "/policy", "", 200, `"effective":{`, ""},
		{"a policy of a class that is none", "boss", "PUT", client + "/policy", `{"life_months":{"toaster":12}}`, 422, `"location":"body.life_months"`, ""},
		{"the provider's policy is an administrator's", "boss", "PUT", "/api/v1/settings/policy", `{}`, 403, "forbidden", ""},
		{"a scenario with a cap in no year", "boss", "POST", client + "/scenarios", `{"name":"X","from":2027,"years":3,"caps":{"soon":{"minor":1,"currency":"EUR"}}}`, 422, `"location":"body.caps"`, ""},
		{"deadlines that are near", "guest", "GET", client + "/deadlines", "", 200, `"event":"insurance-end/` + w.a.contractID + `"`, "Beta"},
		{"a guest puts none off", "guest", "PUT", client + "/deadlines", `{"event":"insurance-end/` + w.a.contractID + `","say":"acknowledge"}`, 403, "forbidden", ""},
		{"a deadline is put off too far", "boss", "PUT", client + "/deadlines", `{"event":"insurance-end/` + w.a.contractID + `","say":"snooze","until":"2999-01-01"}`, 422, `"location":"body.until"`, ""},
		{"and to a day that is none", "boss", "PUT", client + "/deadlines", `{"event":"insurance-end/` + w.a.contractID + `","say":"snooze","until":"soon"}`, 422, `"location":"body.until"`, ""},
		{"a deadline is noted", "boss", "PUT", client + "/deadlines", `{"event":"insurance-end/` + w.a.contractID + `","say":"acknowledge"}`, 200, `"acknowledged":true`, "next_on"},
		{"and opened again", "boss", "PUT", client + "/deadlines", `{"event":"insurance-end/` + w.a.contractID + `","say":"reopen"}`, 200, `"next_on":"`, ""},
		{"a deadline that is not there", "boss", "PUT", client + "/deadlines", `{"event":"nothing","say":"acknowledge"}`, 404, "not-found", ""},
		{"a guest sees nobody's address", "guest", "GET", client + "/alert-plan", "", 403, "forbidden", ""},
		{"who is written to", "boss", "PUT", client + "/alert-plan", `{"recipients":["a@example.com"],"lang":"en"}`, 200, `"a@example.com"`, ""},
		{"an address that is none", "boss", "PUT", client + "/alert-plan", `{"recipients":["nobody"]}`, 422, `"location":"body.recipients"`, ""},
		{"a calendar of one's own", "guest", "POST", "/api/v1/calendars", `{"client_id":"` + w.a.client.ID + `","lang":"en","name":"mine"}`, 201, `"path":"/api/v1/calendar/`, "token_hash"},
		{"a calendar of another client", "guest", "POST", "/api/v1/calendars", `{"client_id":"` + w.b.client.ID + `"}`, 404, "not-found", "Beta"},
		{"a calendar in a language that is none", "guest", "POST", "/api/v1/calendars", `{"lang":"de"}`, 422, `"location":"body.lang"`, ""},
		{"only the own calendars", "guest", "GET", "/api/v1/calendars", "", 200, `"name":"mine"`, w.a.calendar},
		{"another's calendar stays", "guest", "DELETE", "/api/v1/calendars/" + w.a.calendar, "", 404, "not-found", ""},
		{"the own one goes", "admin", "DELETE", "/api/v1/calendars/" + w.a.calendar, "", 204, "", ""},
		{"a calendar that is not there", "", "GET", "/api/v1/calendar/guess.ics", "", 404, "not-found", ""},
		{"a forecast states its day and conventions", "guest", "GET", client + "/forecast?day=2026-11-24&from=2024-01-01&to=2027-12-31&by=kind", "", 200, `"conventions":["amounts are net`, "Beta"},
		{"a forecast that ends before it begins", "guest", "GET", client + "/forecast?from=2027-01-01&to=2026-01-01", "", 422, `"location":"query.to"`, ""},
		{"a forecast on a day that is none", "guest", "GET", client + "/forecast?day=2026-02-30", "", 422, `"location":"query.day"`, ""},
		{"a forecast over the own clients", "tech", "GET", "/api/v1/forecast?from=2024-01-01&to=2027-12-31&by=client", "", 200, w.a.client.ID, w.b.client.ID},
		{"a forecast of another's client among one's own", "tech", "GET", "/api/v1/forecast?client=" + w.a.client.ID + "&client=" + w.b.client.ID, "", 404, "not-found", "Beta"},
		{"forecast beside actual", "guest", "GET", client + "/variance?day=2026-11-24&from=2024-01-01&to=2026-12-31&by=month", "", 200, `"items":[{"key":"2024-01","forecast"`, "Beta"},
		{"forecast beside actual, over no time", "guest", "GET", client + "/variance?from=2027-01-01&to=2026-01-01", "", 422, `"location":"query.to"`, ""},
		{"forecast beside actual, by nothing", "guest", "GET", client + "/variance?by=colour", "", 422, `"location":"query.by"`, ""},
		{"another client's forecast beside actual", "guest", "GET", "/api/v1/clients/" + w.b.client.ID + "/variance", "", 404, "", "Beta"},
		{"a budget of a saved scenario", "guest", "GET", client + "/budget?scenario=" + w.a.scenario, "", 200, "plan of Alpha", ""},
		{"a budget of another client's scenario", "admin", "GET", client + "/budget?scenario=" + w.b.scenario, "", 404, "not-found", "Beta"},
		{"a budget without bound", "guest", "GET", client + "/budget?from=2027&years=3", "", 200, `"feasible":true`, ""},
		{"what is installed", "guest", "GET", client + "/software", "", 200, `"items"`, "Beta"},
		{"what is installed, of some kinds and with words", "guest", "GET", client + "/software?kind=paid&kind=ask&text=office&missing=true&lang=fr&limit=5", "", 200, `"total":0`, "Beta"},
		{"software of no kind", "guest", "GET", client + "/software?kind=dear", "", 422, `"location":"query.kind`, ""},
		{"software after nothing", "guest", "GET", client + "/software?after=zzz", "", 422, "not a cursor", ""},
		{"devices with a product", "guest", "GET", client + "/software/devices?product=7-Zip", "", 200, `"items":[]`, "Beta"},
		{"devices with any product", "guest", "GET", client + "/software/devices?limit=1", "", 200, `"items":[`, "Beta"},
		{"devices after nothing", "guest", "GET", client + "/software/devices?after=n:0", "", 422, "not a cursor", ""},
		{"another client's devices", "guest", "GET", "/api/v1/clients/" + w.b.client.ID + "/software/devices?product=7-Zip", "", 404, "", "Beta"},
		{"another client's software", "guest", "GET", "/api/v1/clients/" + w.b.client.ID + "/software", "", 404, "", "Beta"},
		{"compliance in French", "guest", "GET", client + "/compliance?lang=fr", "", 200, "rien de découvert au", "nothing discovered"},
		{"compliance", "guest", "GET", client + "/compliance", "", 200, `"product":"365 of Alpha"`, "Beta"},
		{"book values", "guest", "GET", client + "/value?day=2026-12-31", "", 200, `"day":"2026-12-31"`, "Beta"},
		{"a schedule", "guest", "GET", "/api/v1/financings/" + w.a.financing + "/schedule", "", 200, `"instalments":[{`, ""},
		{"the refresh plan", "guest", "GET", client + "/refresh-plan", "", 200, `"conventions"`, ""},
		{"audit", "guest", "GET", client + "/audit?format=json&lang=en", "", 200, "as json in en", ""},
		{"audit in a format that is none", "guest", "GET", client + "/audit?format=exe", "", 422, "format", ""},
		{"audit as PDF", "guest", "GET", client + "/audit?format=pdf", "", 200, "audit of " + w.a.client.ID + " as pdf in fr", ""},
		{"a report of a period", "guest", "GET", client + "/reports/renewals?format=xlsx&from=2026-01-01&to=2026-12-31&lang=en", "", 200, "renewals of " + w.a.client.ID + " as xlsx in en", ""},
		{"a report of a kind that is none", "guest", "GET", client + "/reports/nonsense", "", 422, "no kind of report", ""},
		{"a report on a day that is none", "guest", "GET", client + "/reports/renewals?day=2026-02-30", "", 422, "2026-02-30", ""},
		{"a report in a language that is none", "guest", "GET", client + "/reports/renewals?lang=de", "", 422, "lang", ""},
		{"a guest keeps no report", "guest", "POST", client + "/reports", `{"kind":"register"}`, 403, "forbidden", ""},
		{"a manager keeps one", "boss", "POST", client + "/reports", `{"kind":"register","day":"2026-11-01"}`, 201, `"day":"2026-11-01"`, "frozen"},
		{"kept reports are listed", "guest", "GET", client + "/reports?kind=audit", "", 200, "of Alpha", "Beta"},
		{"a kept report again", "guest", "GET", "/api/v1/reports/" + w.a.report + "?format=html&lang=en", "", 200, "kept audit as html in en", ""},
		{"a guest sees nobody's addresses", "guest", "GET", client + "/saved-reports", "", 403, "", "boss@example.com"},
		{"a saved report that never comes", "boss", "POST", client + "/saved-reports", `{"name":"N","kind":"renewals","recipients":["a@example.com"],"spec":"never"}`, 422, "never", ""},
		{"a saved report for nobody", "boss", "POST", client + "/saved-reports", `{"name":"N","kind":"renewals","recipients":[],"spec":"@monthly"}`, 422, "recipients", ""},
		{"a saved report is sent now", "boss", "POST", "/api/v1/saved-reports/" + w.a.saved + "/send", "", 200, "Monthly of Alpha", ""},
		{"the provider is everybody's to read", "guest", "GET", "/api/v1/settings/provider", "", 200, `"name"`, ""},
		{"and an administrator's to change", "boss", "PATCH", "/api/v1/settings/provider", `{"name":"Mine"}`, 403, "forbidden", ""},
		{"a color that is none", "admin", "PATCH", "/api/v1/settings/provider", `{"accent":"red"}`, 422, "color", ""},
		{"the provider's name", "admin", "PATCH", "/api/v1/settings/provider", `{"name":"Infogérance SARL"}`, 200, "Infogérance SARL", ""},
		{"the mail server is the administrator's", "boss", "GET", "/api/v1/settings/mail", "", 403, "forbidden", ""},
		{"its password is not read back", "admin", "PUT", "/api/v1/settings/mail", `{"host":"smtp.example.com","security":"tls","user":"u","password":"s3cret","from":"a@example.com"}`, 200, `"has_password":true`, "s3cret"},
		{"a test message", "admin", "POST", "/api/v1/settings/mail/test", `{"to":"a@example.com"}`, 204, "", ""},
		{"a key for Dell needs its client id", "admin", "PUT", "/api/v1/warranty-keys/dell", `{"secret":"s3cret-of-dell"}`, 422, "TechDirect", "s3cret-of-dell"},
		{"a key of a maker that cannot be asked", "admin", "PUT", "/api/v1/warranty-keys/hp", `{"secret":"s3cret-of-hp"}`, 422, "maker", ""},
		{"a key", "admin", "PUT", "/api/v1/warranty-keys/dell", `{"login":"l7xx","secret":"s3cret-of-dell"}`, 204, "", ""},
		{"keys keep their secrets", "admin", "GET", "/api/v1/warranty-keys", "", 200, "l7xx", "s3cret"},
		{"keys are the administrator's", "tech", "GET", "/api/v1/warranty-keys", "", 403, "", "l7xx"},
		{"look-ups start", "admin", "POST", "/api/v1/warranty-lookups", "", 201, "", ""},
		{"a key is forgotten", "admin", "DELETE", "/api/v1/warranty-keys/dell", "", 204, "", ""},
		{"a key that is not there", "admin", "DELETE", "/api/v1/warranty-keys/dell", "", 404, `"code":"not-found"`, ""},
		{"users are the administrator's", "tech", "GET", "/api/v1/users", "", 403, "", "guest"},
		{"users without hashes", "admin", "GET", "/api/v1/users", "", 200, `"login":"guest"`, "argon2"},
		{"an unknown path is JSON", "admin", "GET", "/api/v1/nothing", "", 404, `"code":"not-found"`, "<html"},
		{"a method that is none", "admin", "PUT", "/api/v1/clients", "", 404, `"code"`, "<html"},
		{"a body that is no JSON", "admin", "POST", "/api/v1/clients", `{"name":`, 400, `"code":"invalid"`, ""},
		{"an unknown key", "admin", "POST", "/api/v1/clients", `{"name":"D","id":"own"}`, 422, "unexpected", ""},
		{"a body too large", "admin", "POST", "/api/v1/clients", `{"name":"` + strings.Repeat("x", 2<<20) + `"}`, 413, `"code":"limit-reached"`, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := w.call(c.who, c.method, c.path, c.body)
			text := got.Body.String()
			if got.Code != c.status || !strings.Contains(strings.ToLower(text), strings.ToLower(c.has)) || c.hasNot != "" && strings.Contains(text, c.hasNot) {
				t.Errorf("%d, want %d with %q without %q: %.400s", got.Code, c.status, c.has, c.hasNot, text)
			}
			if got.Code >= 400 && got.Header().Get("Content-Type") != "application/problem+json" {
				t.Errorf("content type %q", got.Header().Get("Content-Type"))
			}
		})
	}
}

func TestSignIn(t *testing.T) {
	t.Parallel()
	w := newWorld(t, storetest.Open(t, storetest.SQLite(t)))
	in := func(login, pass string) (int, string) {
		answer := w.call("", "POST", "/api/v1/session", `{"login":"`+login+`","password":"`+pass+`"}`)
		return answer.Code, answer.Body.String()
	}
	_, wrong := in("tech", "wrong")
	for _, c := range [][2]string{{"nobody", "wrong"}, {"gone", password}} {
		if code, text := in(c[0], c[1]); code != 401 || text != wrong {
			t.Errorf("%s: %d %s, which differs from a wrong password's %s", c[0], code, text, wrong)
		}
	}
	for range 20 {
		in("boss", "guess")
	}
	if code, text := in("boss", password); code != 429 || !strings.Contains(text, "too many") {
		t.Errorf("after twenty guesses: %d %s", code, text)
	}
	if code, _ := in("guest", password); code != 200 {
		t.Errorf("another account behind the same address: %d", code)
	}
	if got := w.call("tech", "DELETE", "/api/v1/session", ""); got.Code != 204 {
		t.Errorf("sign out: %d", got.Code)
	}
	if got := w.call("tech", "GET", "/api/v1/session", ""); got.Code != 401 {
		t.Errorf("after sign-out: %d", got.Code)
	}
}

func TestPasswordChangeAndDisabling(t *testing.T) {
	t.Parallel()
	w := newWorld(t, storetest.Open(t, storetest.SQLite(t)))
	other := w.signIn("fresh")
	for body, status := range map[string]int{
		`{"current":"wrong password","new":"another long password"}`:        403,
		`{"current":"` + password + `","new":"short"}`:                      422,
		`{"current":"` + password + `","new":"` + password + `"}`:           422,
		`{"current":"` + password + `","new":"another very long password"}`: 200,
	} {
		if status == 200 {
			continue // last, below: it changes what the others need
		}
		if got := w.call("fresh", "POST", "/api/v1/session/password", body); got.Code != status {
			t.Errorf("%s: %d %s", body, got.Code, got.Body)
		}
	}
	got := w.call("fresh", "POST", "/api/v1/session/password", `{"current":"`+password+`","new":"another very long password"}`)
	if got.Code != 200 {
		t.Fatalf("change: %d %s", got.Code, got.Body)
	}
	w.cookies["fresh"], w.cookies["other"] = got.Result().Cookies()[0].Value, other
	if got := w.call("fresh", "GET", "/api/v1/clients", ""); got.Code != 200 {
		t.Errorf("with the new password: %d", got.Code)
	}
	if got := w.call("other", "GET", "/api/v1/session", ""); got.Code != 401 {
		t.Errorf("the other session after the change: %d", got.Code)
	}
	tech, err := w.store.UserByLogin(t.Context(), "tech")
	if err != nil {
		t.Fatal(err)
	}
	if got := w.call("admin", "PATCH", "/api/v1/users/"+tech.ID, `{"disabled":true}`); got.Code != 200 {
		t.Fatalf("disable: %d %s", got.Code, got.Body)
	}
	if got := w.call("tech", "GET", "/api/v1/clients", ""); got.Code != 401 {
		t.Errorf("disabled user: %d", got.Code)
	}
	admin, err := w.store.UserByLogin(t.Context(), "admin")
	if err != nil {
		t.Fatal(err)
	}
	if got := w.call("admin", "PATCH", "/api/v1/users/"+admin.ID, `{"role":"client"}`); got.Code != 409 {
		t.Errorf("locking oneself out: %d", got.Code)
	}
}

func TestForeignOriginIsRefused(t *testing.T) {
	t.Parallel()
	w := newWorld(t, storetest.Open(t, storetest.SQLite(t)))
	for header, value := range map[string]string{"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"} {
		r := httptest.NewRequestWithContext(t.Context(), "DELETE", "/api/v1/session", nil)
		r.AddCookie(&http.Cookie{Name: "parc_session", Value: w.cookies["tech"]})
		r.Header.Set(header, value)
		answer := httptest.NewRecorder()
		w.handler.ServeHTTP(answer, r)
		if answer.Code != http.StatusForbidden {
			t.Errorf("%s %s: %d", header, value, answer.Code)
		}
	}
}

// TestWatchedScan follows a scan over a real connection while its row changes.
func TestWatchedScan(t *testing.T) {
	t.Parallel()
	w := newWorld(t, storetest.Open(t, storetest.SQLite(t)))
	server := httptest.NewServer(w.handler)
	defer server.Close()
	request, err := http.NewRequestWithContext(t.Context(), "GET", server.URL+"/api/v1/scans/"+w.a.scan.ID+"/events", nil)
	if err != nil {
		t.Fatal(err)
	}
	request.AddCookie(&http.Cookie{Name: "parc_session", Value: w.cookies["guest"]})
	answer, err := server.Client().Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if kind := answer.Header.Get("Content-Type"); answer.StatusCode != 200 || kind != "text/event-stream" {
		t.Fatalf("%d %s", answer.StatusCode, kind)
	}
	lines := bufio.NewScanner(answer.Body)
	await := func(want string) {
		t.Helper()
		for lines.Scan() {
			if strings.Contains(lines.Text(), want) {
				return
			}
		}
		t.Fatalf("the stream ended before %q", want)
	}
	await(`"state":"queued"`)
	now := time.Now()
	scan := w.a.scan
	scan.State, scan.StartedAt, scan.Progress = inventory.ScanRunning, &now, inventory.Progress{Phase: "discover", Percent: 40}
	if err := w.store.UpdateScan(t.Context(), storetest.Admin, scan); err != nil {
		t.Fatal(err)
	}
	await(`"percent":40`)
	scan.State, scan.EndedAt = inventory.ScanDone, &now
	if err := w.store.UpdateScan(t.Context(), storetest.Admin, scan); err != nil {
		t.Fatal(err)
	}
	await("event: end")
	for lines.Scan() { // the server closes the stream
	}
}
