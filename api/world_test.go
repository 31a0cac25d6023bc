package api_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"parc/api"
	"parc/inventory"
	"parc/inventory/store"
	"parc/inventory/store/storetest"
)

// world is two clients that must not see each other, on a real store.
type world struct {
	t       *testing.T
	store   *store.Store
	server  *api.Server
	handler http.Handler
	a, b    place
	cookies map[string]string // login → session
}

// place is what belongs to one client, by the kinds of ids that routes take.
type place struct {
	client                                   inventory.Client
	site                                     inventory.Site
	asset                                    string
	scan                                     inventory.Scan
	schedule                                 inventory.Schedule
	credential                               inventory.Credential
	enrolment                                inventory.Enrolment
	coverage, financing, licence, contractID string
	spare, decision, review                  string // see more
	report, saved                            string
	intervention, price, scenario            string
	calendar                                 string // an administrator's
	attachment, imported                     string
}

const password = "correct horse battery"

var passwordHash = sync.OnceValue(func() string { return api.HashPassword(password) })

func newServer(t *testing.T, s *store.Store) *api.Server {
	t.Helper()
	server, err := api.New(api.Options{
		Store: s, Queue: rows{s}, Judge: judge{}, Catalogue: shelf{}, Version: "test", PollEvery: time.Millisecond,
		Documents: papers{s}, Archives: papers{s},
		CheckTargets: func(_ context.Context, targets []string, site inventory.Site) error {
			for _, target := range targets {
				if !strings.HasPrefix(target, "10.") {
					return inventory.Errorf(inventory.OutOfRange, "%s is outside the declared networks of %s", target, site.Name)
				}
			}
			return nil
		},
		CheckSchedule: func(spec, _ string) error {
			if spec == "never" {
				return inventory.Errorf(inventory.Invalid, "%q is no schedule", spec)
			}
			return nil
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	return server
}

// rows stands in for the queue: it keeps the rows and runs nothing.
type rows struct{ s *store.Store }

func (r rows) StartScan(ctx context.Context, scope inventory.Scope, scan inventory.Scan) (inventory.Scan, error) {
	return r.s.CreateScan(ctx, scope, scan, nil)
}

func (r rows) RunTask(context.Context, string) error { return nil }

func (r rows) CancelScan(ctx context.Context, scope inventory.Scope, id string) error {
	return r.s.CancelScan(ctx, scope, id, nil)
}

// papers stands in for reports: it writes who and what, and mails nothing.
type papers struct{ s *store.Store }

func (papers) Write(_ context.Context, _ inventory.Scope, r api.ReportRequest, w io.Writer) error {
	if r.Kind == "nonsense" {
		return inventory.Errorf(inventory.Invalid, "%q is no kind of report", r.Kind)
	}
	_, err := fmt.Fprintf(w, "%s of %s as %s in %s on %s", r.Kind, r.ClientID, r.Format, r.Lang, r.Day)
	return err
}

func (p papers) Keep(ctx context.Context, scope inventory.Scope, r api.ReportRequest) (inventory.Report, error) {
	return p.s.KeepReport(ctx, scope, inventory.Report{ClientID: r.ClientID, Kind: r.Kind, Day: r.Day, Digest: "kept " + r.Kind, Frozen: []byte("x")})
}

func (p papers) WriteKept(ctx context.Context, scope inventory.Scope, id, format, lang string, w io.Writer) error {
	r, err := p.s.Report(ctx, scope, id)
	if err == nil {
		_, err = fmt.Fprintf(w, "kept %s as %s in %s", r.Kind, format, lang)
	}
	return err
}

func (papers) WriteZip(_ context.Context, scope inventory.Scope, c inventory.Client, w io.Writer) error {
	if !scope.Sees(c.ID) {
		return inventory.Errorf(inventory.NotFound, "there is no client %s", c.ID)
	}
	_, err := fmt.Fprintf(w, "zip of %s", c.Name)
	if c.Name == "Broken" {
		err = errors.New("torn cable")
	}
	return err
}

func (papers) CheckSaved(r inventory.SavedReport) (inventory.SavedReport, error) {
	if r.Spec == "never" {
		return r, inventory.Errorf(inventory.Invalid, "%q is no schedule", r.Spec)
	}
	return r, nil
}

func (p papers) Send(ctx context.Context, scope inventory.Scope, id string) (inventory.SavedReport, error) {
	return p.s.SavedReport(ctx, scope, id)
}

func (papers) CheckProvider(p inventory.Provider) (inventory.Provider, error) {
	if p.Accent == "red" {
		return p, inventory.Errorf(inventory.Invalid, "%q is no color", p.Accent)
	}
	return p, nil
}

func (papers) CheckRecipients(all []string) ([]string, error) {
	for _, one := range all {
		if !strings.Contains(one, "@") {
			return nil, inventory.Errorf(inventory.Invalid, "recipients: %q is no mail address", one)
		}
	}
	return all, nil
}

func (papers) CheckMail(inventory.MailServer) error { return nil }

func (papers) TestMail(context.Context, inventory.Scope, string) error { return nil }

// judge finds one thing wrong with every asset.
type judge struct{}

func (judge) Findings(assets []inventory.Asset, _ []inventory.Coverage, _ inventory.Day, _ string) []api.Finding {
	var all []api.Finding
	for _, a := range assets {
		all = append(all, api.Finding{Rule: "telnet-open", Severity: "high", Title: "Telnet", AssetID: a.ID})
	}
	return all
}

func (judge) Support(inventory.Asset, inventory.Day, string) *api.SystemSupport { return nil }

func (judge) Life(a inventory.Asset, financings []inventory.Financing, coverages []inventory.Coverage, _ [2]inventory.Policy, _ inventory.Day) api.Life {
	return api.Life{
		EndOfLife: api.EndsOfLife{Vendor: []api.End{{Kind: "system", Reason: fmt.Sprintf("%s: %d financings, %d coverages", a.ID, len(financings), len(coverages))}}},
		Software:  []api.TitleSupport{},
	}
}

// shelf stands in for the catalogue: it keeps what is loaded.
type shelf struct{}

func (shelf) Products() []api.CatalogueProduct {
	return []api.CatalogueProduct{{ID: "debian", Label: "Debian", Releases: 1, Source: "test", Stale: true}}
}

func (shelf) Product(id string, day inventory.Day) (api.CatalogueDetail, error) {
	if id != "debian" {
		return api.CatalogueDetail{}, inventory.Errorf(inventory.NotFound, "the catalogue has no product %q", id)
	}
	return api.CatalogueDetail{Cycles: []api.CatalogueRelease{{Name: "12 on " + string(day), State: "ended"}}}, nil
}

func (shelf) Load(_ context.Context, _ inventory.Scope, text []byte, force bool) (int, error) {
	if !strings.HasPrefix(string(text), "{") && !force {
		return 0, inventory.Errorf(inventory.Invalid, "this is no catalogue")
	}
	return len(text), nil
}

func newWorld(t *testing.T, s *store.Store) *world {
	t.Helper()
	w := &world{t: t, store: s, server: newServer(t, s), cookies: map[string]string{}}
	w.handler = w.server.Handler()
	w.a, w.b = w.place("Alpha", "10.1.0.0/24"), w.place("Beta", "10.2.0.0/24")
	for login, u := range map[string]inventory.User{
		"admin": {Role: inventory.RoleAdmin},
		"tech":  {Role: inventory.RoleTechnician, Clients: []string{w.a.client.ID}},
		"boss":  {Role: inventory.RoleManager, Clients: []string{w.a.client.ID}},
		"guest": {Role: inventory.RoleClient, Clients: []string{w.a.client.ID}},
		"fresh": {Role: inventory.RoleAdmin, MustChange: true},
		"gone":  {Role: inventory.RoleAdmin, Disabled: true},
	} {
		u.Login, u.Name, u.PasswordHash = login, login, passwordHash()
		u, err := w.store.CreateUser(t.Context(), u)
		w.must(u, err)
		if login != "admin" {
			continue
		}
		for _, p := range []*place{&w.a, &w.b} {
			c, err := w.store.CreateCalendar(t.Context(), storetest.Admin, inventory.Calendar{UserID: u.ID, ClientID: p.client.ID, Lang: "fr", TokenHash: p.client.Name})
			w.must(c, err)
			p.calendar = c.ID
		}
	}
	for _, login := range []string{"admin", "tech", "boss", "guest", "fresh"} {
		w.cookies[login] = w.signIn(login)
	}
	return w
}

func (w *world) must(_ any, err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// more gives a place what merging, splitting and answering need.
func (w *world) more(p *place) {
	w.t.Helper()
	ctx := w.t.Context()
	row := func(ref, model string) string {
		o := inventory.Observation{At: time.Now().Add(-time.Hour), Source: inventory.FromCSV, Ref: ref}
		o.Add(inventory.FieldSerial, "SPARE"+strings.ToUpper(ref)+"1", "", 0)
		o.Add(inventory.FieldModel, model, "", 0)
		out, err := w.store.Record(ctx, storetest.Admin, p.client.ID, p.site.ID, []inventory.Observation{o})
		w.must(out, err)
		return out.AssetIDs[0]
	}
	p.spare = row("spare", "M1")
	one, other := row("one", "M1"), row("other", "M1")
	w.must(w.store.MergeAssets(ctx, storetest.Admin, one, other))
	decisions, _, err := w.store.Decisions(ctx, storetest.Admin, p.client.ID, inventory.Page{})
	w.must(decisions, err)
	p.decision = decisions[0].ID
	pinned := row("pinned", "M1")
	w.must(w.store.PatchAsset(ctx, storetest.Admin, pinned, inventory.AssetPatch{Values: map[inventory.Field]string{inventory.FieldModel: "M2"}}))
	row("pinned", "M3")
	reviews, _, err := w.store.Reviews(ctx, storetest.Admin, p.client.ID, true, inventory.Page{})
	w.must(reviews, err)
	if len(reviews) != 1 {
		w.t.Fatalf("reviews %+v", reviews)
	}
	p.review = reviews[0].ID
}

func (w *world) place(name, network string) place {
	t, ctx, s := w.t, w.t.Context(), w.store
	t.Helper()
	var p place
	var errs [11]error
	p.client, errs[0] = s.CreateClient(ctx, storetest.Admin, inventory.Client{Name: name})
	n, err := inventory.ParseNetwork(network, false)
	if err != nil {
		t.Fatal(err)
	}
	p.site, errs[1] = s.CreateSite(ctx, storetest.Admin, inventory.Site{ClientID: p.client.ID, Name: "Siège", Networks: []inventory.Network{n}})
	o := inventory.Observation{At: time.Date(2026, 11, 20, 8, 0, 0, 0, time.UTC), Source: inventory.FromAgent, Ref: name + "-1", Address: "10.1.0.5"}
	o.Add(inventory.FieldSerial, name+"SN0001", "agent", inventory.High)
	o.Add(inventory.FieldVendor, "Dell", "agent", inventory.High)
	o.Add(inventory.FieldHostname, "pc-"+strings.ToLower(name), "agent", inventory.High)
	out, err := s.Record(ctx, storetest.Admin, p.client.ID, p.site.ID, []inventory.Observation{o})
	if err != nil || len(out.AssetIDs) != 1 {
		t.Fatalf("record: %+v, %v", out, err)
	}
	p.asset = out.AssetIDs[0]
	p.scan, errs[2] = s.CreateScan(ctx, storetest.Admin, inventory.Scan{ClientID: p.client.ID, SiteID: p.site.ID, Targets: []string{network}, Depth: inventory.DepthFull, CreatedBy: "test"}, nil)
	p.schedule, errs[3] = s.CreateSchedule(ctx, storetest.Admin, inventory.Schedule{ClientID: p.client.ID, SiteID: p.site.ID, Name: "Nightly", Depth: inventory.DepthFull, Spec: "0 2 * * *", TimeZone: "Europe/Paris", Enabled: true})
	var enrolled error
	p.enrolment, enrolled = s.CreateEnrolment(ctx, storetest.Admin, inventory.Enrolment{ClientID: p.client.ID, SiteID: p.site.ID, Name: "agents of " + name, TokenHash: "hash of " + name})
	w.must(p.enrolment, enrolled)
	p.credential, errs[4] = s.CreateCredential(ctx, storetest.Admin, inventory.Credential{ClientID: p.client.ID, Name: "switches", Version: "2c", Secret: inventory.NewSecret("s3cret-" + name), Ranges: p.site.Ranges()})
	c, err := s.AddCoverage(ctx, storetest.Admin, inventory.Coverage{ClientID: p.client.ID, AssetID: p.asset, Kind: "manufacturer", End: "2027-01-01", Source: "hand"})
	p.coverage, errs[5] = c.ID, err
	f, err := s.AddFinancing(ctx, storetest.Admin, inventory.Financing{ClientID: p.client.ID, Kind: inventory.Purchase, Start: "2024-01-01", Price: inventory.EUR(100000), AssetIDs: []string{p.asset}})
	p.financing, errs[6] = f.ID, err
	l, err := s.AddLicence(ctx, storetest.Admin, inventory.Licence{ClientID: p.client.ID, Publisher: "Microsoft", Product: "365 of " + name, Metric: "user", Quantity: 5, Kind: "subscription"})
	p.licence, errs[7] = l.ID, err
	k, err := s.AddContract(ctx, storetest.Admin, inventory.Contract{ClientID: p.client.ID, Kind: "telecom", Party: "Operator", Title: "Fibre of " + name, Start: "2024-01-01", Months: 36, InsuredUntil: inventory.DayOf(time.Now()).AddDays(10)})
	p.contractID, errs[8] = k.ID, err
	r, err := s.KeepReport(ctx, storetest.Admin, inventory.Report{ClientID: p.client.ID, Kind: "audit", Day: "2026-11-20", Digest: "of " + name, Frozen: []byte("x")})
	p.report, errs[9] = r.ID, err
	m, err := s.CreateSavedReport(ctx, storetest.Admin, inventory.SavedReport{ClientID: p.client.ID, Name: "Monthly of " + name, Kind: "renewals", Lang: "fr", Format: "pdf", Recipients: []string{"boss@example.com"}, Spec: "@monthly"})
	p.saved, errs[10] = m.ID, err
	if err := errors.Join(errs[:]...); err != nil {
		t.Fatal(err)
	}
	w.business(&p)
	return p
}

// business gives a client what was done, priced and planned.
func (w *world) business(p *place) {
	w.t.Helper()
	ctx := w.t.Context()
	v, err := w.store.AddIntervention(ctx, storetest.Admin, inventory.Intervention{ClientID: p.client.ID, AssetID: p.asset, ContractID: p.contractID, Level: 2, Kind: "failure", Summary: "No picture at " + p.client.Name, OpenedAt: time.Date(2026, 11, 20, 8, 0, 0, 0, time.UTC)})
	w.must(v, err)
	price, err := w.store.AddPrice(ctx, storetest.Admin, inventory.Price{ClientID: p.client.ID, Class: inventory.Laptop, Model: "of " + p.client.Name, Amount: inventory.EUR(115000), Day: "2026-01-01", Source: "list"})
	w.must(price, err)
	scenario, err := w.store.AddScenario(ctx, storetest.Admin, inventory.Scenario{ClientID: p.client.ID, Name: "plan of " + p.client.Name, From: 2027, Years: 5})
	w.must(scenario, err)
	a, err := w.store.AddAttachment(ctx, storetest.Admin, inventory.Attachment{ContractID: p.contractID, Name: "signé " + p.client.Name + ".html"}, strings.NewReader("<html>signed by "+p.client.Name))
	w.must(a, err)
	row := inventory.ImportRow{Number: 2, Observation: inventory.Observation{At: time.Date(2026, 11, 20, 8, 0, 0, 0, time.UTC), Source: inventory.FromCSV, Ref: "of " + p.client.Name}}
	row.Observation.Add(inventory.FieldAssetTag, "TAG-"+p.client.Name, "csv:Étiquette", inventory.High)
	file, err := w.store.Import(ctx, storetest.Admin, inventory.ImportFile{
		ClientID: p.client.ID, SiteID: p.site.ID, Name: "of " + p.client.Name + ".csv", Len: 1, Row: func(int) inventory.ImportRow { return row },
	})
	w.must(file, err)
	p.intervention, p.price, p.scenario, p.attachment, p.imported = v.ID, price.ID, scenario.ID, a.ID, file.Import.ID
}

// id gives the id that a route's {id} stands for, from the route's path.
func (p place) id(path string) string {
	for part, id := range map[string]string{
		"/clients/": p.client.ID, "/sites/": p.site.ID, "/assets/": p.asset, "/scans/": p.scan.ID,
		"/schedules/": p.schedule.ID, "/credentials/": p.credential.ID, "/enrolments/": p.enrolment.ID, "/coverages/": p.coverage,
		"/financings/": p.financing, "/licences/": p.licence, "/contracts/": p.contractID,
		"/reviews/": p.review, "/decisions/": p.decision,
		"/interventions/": p.intervention, "/prices/": p.price, "/scenarios/": p.scenario,
		"/reports/": p.report, "/saved-reports/": p.saved, "/calendars/": p.calendar,
		"/attachments/": p.attachment, "/imports/": p.imported,
	} {
		if strings.HasPrefix(strings.TrimPrefix(path, "/api/v1"), part) {
			return id
		}
	}
	return ""
}

func (w *world) signIn(login string) string {
	w.t.Helper()
	answer := w.call("", "POST", "/api/v1/session", fmt.Sprintf(`{"login":%q,"password":%q}`, login, password))
	if answer.Code != http.StatusOK {
		w.t.Fatalf("sign in as %s: %d %s", login, answer.Code, answer.Body)
	}
	for _, c := range answer.Result().Cookies() {
		if c.Name == "parc_session" && c.HttpOnly && c.SameSite == http.SameSiteStrictMode {
			return c.Value
		}
	}
	w.t.Fatal("no session cookie of the right kind")
	return ""
}

// form is the body of an upload.
func form(name, content string, fields ...string) string {
	text := "--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + name + "\"\r\nContent-Type: text/plain\r\n\r\n" + content + "\r\n"
	for i := 0; i+1 < len(fields); i += 2 {
		text += "--B\r\nContent-Disposition: form-data; name=\"" + fields[i] + "\"\r\n\r\n" + fields[i+1] + "\r\n"
	}
	return text + "--B--\r\n"
}

// call sends a request as a user; "" is nobody.
func (w *world) call(who, method, path, body string) *httptest.ResponseRecorder {
	w.t.Helper()
	r := httptest.NewRequestWithContext(w.t.Context(), method, path, strings.NewReader(body))
	switch {
	case strings.HasPrefix(body, "--B\r\n"):
		r.Header.Set("Content-Type", "multipart/form-data; boundary=B")
	case body != "":
		r.Header.Set("Content-Type", "application/json")
	}
	if who != "" {
		r.AddCookie(&http.Cookie{Name: "parc_session", Value: w.cookies[who]})
	}
	answer := httptest.NewRecorder()
	w.handler.ServeHTTP(answer, r)
	return answer
}
