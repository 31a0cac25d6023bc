package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"parc/inventory"
	"parc/lifecycle"
	"parc/lifecycle/catalogue"
	"parc/lifecycle/report/paper"
)

const day inventory.Day = "2026-11-23"

func newJudge(t testing.TB) *Judge {
	t.Helper()
	c, err := catalogue.Load()
	if err != nil {
		t.Fatal(err)
	}
	j, err := NewJudge(c)
	if err != nil {
		t.Fatal(err)
	}
	return j
}

// hostile is what a device may say of itself.
const hostile = `<script>alert(1)</script>"><img src=x onerror=alert(2)>`

func estate() Input {
	seen := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	asset := func(id string, class inventory.Class, name string) inventory.Asset {
		return inventory.Asset{ID: id, ClientID: "c", SiteID: "s", State: inventory.InService, Class: class, Hostname: name, LastSeen: seen}
	}
	server := asset("1", inventory.Server, "srv-2012")
	server.Vendor, server.Model, server.Serial, server.OSName = "Dell", "PowerEdge R320", "ABC1234", "Windows Server 2012 R2"
	server.Details.Services = []inventory.Service{{Port: 445, Protocol: "tcp", Name: "microsoft-ds"}, {Port: 3389, Protocol: "tcp", Name: "ms-wbt-server"}}
	server.Details.Weaknesses = []inventory.Weakness{{Kind: inventory.WeakSMB1, Port: 445, Evidence: "SMBv1"}}
	sw := asset("2", inventory.Switch, "sw-1")
	sw.Vendor, sw.Model, sw.Serial = "Cisco", "WS-C2960X", "FOC1234X0AB"
	sw.Details.Services = []inventory.Service{{Port: 23, Protocol: "tcp", Name: "telnet"}, {Port: 80, Protocol: "tcp", Name: "http"}}
	pc := asset("3", inventory.Desktop, hostile)
	pc.Vendor, pc.Model, pc.OSName, pc.OSBuild = "=HYPERLINK(\"http://x\")", "OptiPlex", "Windows 11 Pro", "26200"
	pc.Details.Services = []inventory.Service{{Port: 3389, Protocol: "tcp", Name: "ms-wbt-server"},
		{Port: 8443, Protocol: "tcp", Name: "https", TLS: &inventory.Certificate{Subject: "pc", NotAfter: seen.AddDate(0, 0, -3)}}}
	retired := asset("4", inventory.Server, "old")
	retired.State, retired.OSName = inventory.Retired, "Windows Server 2003"
	return Input{
		Client: inventory.Client{ID: "c", Name: "Dupont & Fils"}, Sites: []inventory.Site{{ID: "s", Name: "Siège"}},
		Assets:    []inventory.Asset{pc, retired, sw, server},
		Coverages: []inventory.Coverage{{AssetID: "1", End: "2024-01-01"}, {AssetID: "2", End: "2027-03-01"}},
		Contracts: []inventory.Contract{{Title: "Fibre", Start: "2024-03-01", Months: 36, TacitMonths: 12, NoticeMonths: 3}},
		Day:       day, Provider: "Infogérance SARL", Warnings: []string{inventory.WarnNoCommunity.Say(), "told by something else"},
		Scans: []inventory.Scan{{State: inventory.ScanDone, EndedAt: &seen, Progress: inventory.Progress{Targets: 254, Found: 3, Silent: []string{"192.168.1.77"}}}},
	}
}

func TestFindings(t *testing.T) {
	t.Parallel()
	in := estate()
	var got []string
	for _, f := range newJudge(t).Findings(in.Assets, in.Coverages, day) {
		got = append(got, fmt.Sprintf("%s %s %s", f.Severity, f.Rule, f.AssetID))
	}
	want := []string{
		"high smb1 1", "high telnet-open 2", "high unsupported-system 1",
		"medium admin-http 2", "medium rdp-open 3", "medium support-ending 3", "medium tls-expired 3",
		"low warranty-ended 1",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// Each rule holds for an asset made for it, and for no asset that is clean: a
// rule that can never hold, or always does, fails here.
func TestEveryRuleCanHoldAndCanNot(t *testing.T) {
	t.Parallel()
	j := newJudge(t)
	clean := subject{asset: &inventory.Asset{Class: inventory.Conference}, support: lifecycle.Support{State: lifecycle.Supported}, day: day, products: j.catalogue}
	for i := range j.rules {
		r := &j.rules[i]
		if _, holds := clean.meets(&r.When); holds {
			t.Errorf("%s holds for a clean asset", r.ID)
		}
		a := inventory.Asset{Class: inventory.Desktop, Values: map[inventory.Field]inventory.Value{}}
		if len(r.When.Class) > 0 {
			a.Class = r.When.Class[0]
		}
		if r.When.service != nil {
			for _, name := range []string{"telnet", "ftp", "ms-wbt-server", "vnc", "http"} {
				a.Details.Services = append(a.Details.Services, inventory.Service{Port: 1, Name: name})
			}
		}
		if r.When.Weakness != "" {
			a.Details.Weaknesses = []inventory.Weakness{{Kind: r.When.Weakness}}
		}
		if r.When.Certificate != "" {
			end := map[string]time.Time{"expired": day.AddDays(-1).Time(), "expiring": day.AddDays(5).Time()}[r.When.Certificate]
			a.Details.Services = []inventory.Service{{Port: 443, TLS: &inventory.Certificate{NotAfter: end}}}
		}
		if r.When.Field != "" {
			a.Values[r.When.Field] = inventory.Value{Value: "replace"}
		}
		switch r.When.Titles {
		case lifecycle.Ended:
			a.Details.Software = []inventory.Software{{Name: "Microsoft Office Standard 2016", Version: "16.0.4266.1001"}}
		case lifecycle.Ending:
			a.Details.Software = []inventory.Software{{Name: "PostgreSQL 15", Version: "15.4-1"}}
		}
		if r.When.Hardware != "" {
			a.Vendor, a.Model = "Cisco", "WS-C2960-24TT-L"
		}
		bad := subject{asset: &a, support: lifecycle.Support{State: r.When.Support}, coverage: "2020-01-01", day: day, products: j.catalogue}
		if _, holds := bad.meets(&r.When); !holds {
			t.Errorf("%s holds for nothing: %+v", r.ID, r.When)
		}
	}
}

func TestScore(t *testing.T) {
	t.Parallel()
	in := estate()
	d := newJudge(t).Audit(in)
	// inventory 3/3; support: ended, ending → 0.5 of 2; coverage 1 of 2;
	// security 100 − 3×10 − 4×4 − 1 = 53: (15×100 + 30×25 + 20×50 + 35×53)/100.
	if got := round(d.Score.Total); got != 51.1 || d.Score.Grade != "D" {
		t.Errorf("score %v %s: %+v", got, d.Score.Grade, d.Score.Parts)
	}
	if g := grade(95, true); g != "C" {
		t.Errorf("a critical finding leaves %s", g)
	}
	empty := newJudge(t).Audit(Input{Client: inventory.Client{Name: "New"}, Day: day})
	if empty.Score.Grade != "" || empty.Score.Total != 0 {
		t.Errorf("an empty estate is graded %+v", empty.Score)
	}
}

// write writes a report, or fails the test.
func write(t testing.TB, c Content, format, lang string) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, c, format, lang, paper.Brand{Name: "Infogérance SARL", Legal: "SARL au capital de 10 000 €"}); err != nil {
		t.Fatalf("%s in %s: %v", format, lang, err)
	}
	return b.Bytes()
}

func TestHTMLEscapesWhatDevicesSay(t *testing.T) {
	t.Parallel()
	d := newJudge(t).Audit(estate())
	for _, lang := range []string{"fr", "en"} {
		page := string(write(t, d, "html", lang))
		if key := regexp.MustCompile(`\[[a-z]+[.a-z-]*\]`).FindString(page); key != "" {
			t.Errorf("%s: the text %s is missing", lang, key)
		}
		page = strings.ReplaceAll(page, "HYPERLINK(&#34;http://x&#34;)", "")
		for _, bad := range []string{"<script", "<img", "ZgotmplZ", "http://", "https://", "%!"} {
			if strings.Contains(page, bad) {
				t.Errorf("%s: the page contains %q", lang, bad)
			}
		}
		for _, good := range []string{"Dupont &amp; Fils", "Infogérance SARL", "&lt;script&gt;", "PowerEdge R320", "Fibre", "FOC1234X0AB"} {
			if !strings.Contains(page, good) {
				t.Errorf("%s: the page lacks %q", lang, good)
			}
		}
	}
}

func TestAClientWithoutDataGetsADocument(t *testing.T) {
	t.Parallel()
	j := newJudge(t)
	for _, kind := range Kinds() {
		in := Input{Client: inventory.Client{Name: "New"}, Day: day}
		if kind == KindDifference {
			empty := j.Audit(in)
			in.Before, in.After = &empty, &empty
		}
		c, err := j.Make(kind, in)
		if err != nil {
			t.Errorf("%s: %v", kind, err)
			continue
		}
		for _, format := range Formats() {
			for _, lang := range []string{"fr", "en"} {
				if got := write(t, c, format, lang); len(got) < 60 {
					t.Errorf("%s %s %s: %d bytes", kind, format, lang, len(got))
				}
			}
		}
	}
	d := j.Audit(Input{Client: inventory.Client{Name: "New"}, Day: day})
	if err := Write(&bytes.Buffer{}, d, "docx", "fr", paper.Brand{}); inventory.CodeOf(err) != inventory.Invalid {
		t.Errorf("a format that is none: %v", err)
	}
	if err := Write(&bytes.Buffer{}, d, "html", "de", paper.Brand{}); inventory.CodeOf(err) != inventory.Invalid {
		t.Errorf("a language that is none: %v", err)
	}
}

func TestXLSXIsTypedAndHarmless(t *testing.T) {
	t.Parallel()
	book, err := excelize.OpenReader(bytes.NewReader(write(t, newJudge(t).Audit(estate()), "xlsx", "fr")))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	const sheet = "Équipements en détail"
	for _, want := range []string{"Synthèse", "Équipements", sheet, "Constats", "Services", "Logiciels", "Échéances", "Budget"} {
		if !slices.Contains(book.GetSheetList(), want) {
			t.Errorf("no sheet %s among %v", want, book.GetSheetList())
		}
	}
	for _, name := range book.GetSheetList() {
		rows, err := book.GetRows(name)
		if err != nil {
			t.Fatal(err)
		}
		for r := range rows {
			for c := range rows[r] {
				cell, _ := excelize.CoordinatesToCellName(c+1, r+1)
				if formula, _ := book.GetCellFormula(name, cell); formula != "" {
					t.Errorf("%s %s is the formula %s", name, cell, formula)
				}
			}
		}
		if panes, err := book.GetPanes(name); err != nil || !panes.Freeze || panes.YSplit != 1 {
			t.Errorf("%s: the heading is not frozen: %+v, %v", name, panes, err)
		}
	}
	rows, err := book.GetRows(sheet)
	if err != nil || len(rows) != 4 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	if vendor := rows[1][2]; vendor != `'=HYPERLINK("http://x")` {
		t.Errorf("vendor %q", vendor)
	}
	if warranty := rows[3][12]; warranty != "01/03/2027" {
		t.Errorf("warranty %q", warranty)
	}
	for cell, want := range map[string]excelize.CellType{"P2": excelize.CellTypeUnset, "M4": excelize.CellTypeUnset, "A2": excelize.CellTypeInlineString} {
		if kind, _ := book.GetCellType(sheet, cell); kind != want {
			t.Errorf("%s has the type %d, want %d", cell, kind, want)
		}
	}
	if raw, _ := book.GetCellValue(sheet, "M4", excelize.Options{RawCellValue: true}); raw != "46447" {
		t.Errorf("the day is stored as %q, not as its number", raw)
	}
}

func TestJSONIsStable(t *testing.T) {
	t.Parallel()
	var first, second bytes.Buffer
	in := estate()
	if err := WriteJSON(&first, newJudge(t).Audit(in)); err != nil {
		t.Fatal(err)
	}
	slices.Reverse(in.Assets)
	if err := WriteJSON(&second, newJudge(t).Audit(in)); err != nil {
		t.Fatal(err)
	}
	if first.String() != second.String() {
		t.Error("the order of the assets changes the document")
	}
	const golden = "testdata/audit.json"
	if os.Getenv("UPDATE_GOLDEN") != "" {
		if err := os.WriteFile(golden, first.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	var a, b any
	if err := json.Unmarshal(want, &a); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(first.Bytes(), &b); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(a, b); diff != "" {
		t.Error(diff)
	}
}

// Both languages have every text, with the same places to fill in, and no text
// that nothing uses.
func TestLanguagesAgree(t *testing.T) {
	t.Parallel()
	all, err := loadWords()
	if err != nil {
		t.Fatal(err)
	}
	verbs := regexp.MustCompile(`%[ds]`)
	for key, fr := range all["fr"] {
		en, ok := all["en"][key]
		if !ok || en == "" || fr == "" || !slices.Equal(verbs.FindAllString(fr, -1), verbs.FindAllString(en, -1)) {
			t.Errorf("%s: %q, %q", key, fr, en)
		}
	}
	if len(all["fr"]) != len(all["en"]) {
		t.Errorf("%d texts in French, %d in English", len(all["fr"]), len(all["en"]))
	}
	for _, lang := range []string{"fr", "en"} {
		w := all[lang]
		for kind, list := range map[string][]string{
			"level": {"none", "low", "medium", "high"}, "renewal": {"contract", "lease", "licence", "coverage", "support"},
			"decision": {"keep", "return", "renew", "rebuy", "extend", "replace", "bound"}, "part": {"inventory", "support", "coverage", "security"},
			"single": {"firewall", "switch", "core", "server", "nas", "ups"}, "battery": {"normal", "low", "depleted", "replace"},
		} {
			for _, word := range list {
				if w[kind+"."+word] == "" {
					t.Errorf("%s: no text for %s.%s", lang, kind, word)
				}
			}
		}
	}
	for _, class := range inventory.Classes() {
		if all["fr"].name("class", string(class)) == string(class) && all["fr"]["class."+string(class)] == "" {
			t.Errorf("class %s has no name", class)
		}
	}
}

func TestEvidenceInBothLanguages(t *testing.T) {
	t.Parallel()
	list, err := phrases()
	if err != nil || len(list) < 5 {
		t.Fatalf("%d phrases, %v", len(list), err)
	}
	fr, err := newScribe("fr")
	if err != nil {
		t.Fatal(err)
	}
	en, err := newScribe("en")
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string][2]string{
		`161: accepts the well-known community "public"`: {"161: accepte la communauté par défaut « public »", `161: accepts the well-known community "public"`},
		"443: takes TLS 1.1":                             {"443: accepte TLS 1.1", "443: takes TLS 1.1"},
		"443/tcp CN=x → 2023-07-03":                      {"443/tcp CN=x → 03/07/2023", "443/tcp CN=x → 3 Jul 2023"},
		"something nobody has seen yet":                  {"something nobody has seen yet", "something nobody has seen yet"},
	} {
		if got := fr.evidence(text); got != want[0] {
			t.Errorf("fr: %s, want %s", got, want[0])
		}
		if got := en.evidence(text); got != want[1] {
			t.Errorf("en: %s, want %s", got, want[1])
		}
	}
}

// What a scan could not see is told in the report's language, with the addresses
// that answered and told nothing.
func TestLimitsOfTheScanAreToldInTheLanguage(t *testing.T) {
	t.Parallel()
	audit := newJudge(t).Audit(estate())
	for lang, want := range map[string]string{"fr": "aucune communauté", "en": "no SNMP community"} {
		var b bytes.Buffer
		if err := Write(&b, audit, "html", lang, paper.Brand{}); err != nil {
			t.Fatal(err)
		}
		for _, text := range []string{want, "told by something else", "192.168.1.77"} {
			if !strings.Contains(b.String(), text) {
				t.Errorf("%s: %q is missing", lang, text)
			}
		}
	}
}
