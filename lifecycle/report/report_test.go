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
		Day:       day, Provider: "Infogérance SARL", Warnings: []string{"nmap ran without raw sockets"},
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
	clean := subject{asset: &inventory.Asset{Class: inventory.Conference}, support: lifecycle.Support{State: lifecycle.Supported}, day: day}
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
		bad := subject{asset: &a, support: lifecycle.Support{State: r.When.Support}, coverage: "2020-01-01", day: day}
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

func TestHTMLEscapesWhatDevicesSay(t *testing.T) {
	t.Parallel()
	d := newJudge(t).Audit(estate())
	for _, lang := range []string{"fr", "en"} {
		var b bytes.Buffer
		if err := WriteHTML(&b, d, lang); err != nil {
			t.Fatal(err)
		}
		page := b.String()
		for _, bad := range []string{"<script", "<img", "[", "ZgotmplZ", "http://", "https://"} {
			if bad == "[" {
				if key := regexp.MustCompile(`\[[a-z]+[.a-z-]*\]`).FindString(page); key != "" {
					t.Errorf("%s: the text %s is missing", lang, key)
				}
				continue
			}
			if strings.Contains(strings.ReplaceAll(page, "HYPERLINK(&#34;http://x&#34;)", ""), bad) {
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
	d := newJudge(t).Audit(Input{Client: inventory.Client{Name: "New"}, Day: day})
	for _, format := range Formats() {
		for _, lang := range []string{"fr", "en"} {
			var b bytes.Buffer
			if err := Write(&b, d, format, lang); err != nil || b.Len() < 200 {
				t.Errorf("%s %s: %d bytes, %v", format, lang, b.Len(), err)
			}
		}
	}
	if err := Write(&bytes.Buffer{}, d, "pdf", "fr"); inventory.CodeOf(err) != inventory.Invalid || !strings.Contains(err.Error(), "PDF") {
		t.Errorf("pdf: %v", err)
	}
	if err := Write(&bytes.Buffer{}, d, "html", "de"); inventory.CodeOf(err) != inventory.Invalid {
		t.Errorf("a language that is none: %v", err)
	}
}

func TestXLSXIsTypedAndHarmless(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	if err := WriteXLSX(&b, newJudge(t).Audit(estate()), "fr"); err != nil {
		t.Fatal(err)
	}
	book, err := excelize.OpenReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	want := []string{"Synthèse", "Équipements", "Constats", "Services", "Logiciels", "Échéances"}
	if got := book.GetSheetList(); !slices.Equal(got, want) {
		t.Errorf("sheets %v", got)
	}
	rows, err := book.GetRows("Équipements")
	if err != nil || len(rows) != 4 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	for r := range rows {
		for c := range rows[r] {
			cell, _ := excelize.CoordinatesToCellName(c+1, r+1)
			if formula, _ := book.GetCellFormula("Équipements", cell); formula != "" {
				t.Errorf("%s is the formula %s", cell, formula)
			}
		}
	}
	if vendor := rows[1][2]; vendor != `'=HYPERLINK("http://x")` {
		t.Errorf("vendor %q", vendor)
	}
	if warranty := rows[3][12]; warranty != "01/03/2027" && rows[2][12] != "01/01/2024" {
		t.Errorf("warranty %q", warranty)
	}
	if kind, _ := book.GetCellType("Équipements", "O2"); kind == excelize.CellTypeSharedString || kind == excelize.CellTypeInlineString {
		t.Errorf("the number of findings is a text")
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
	for _, class := range inventory.Classes() {
		if all["fr"].name("class", string(class)) == string(class) && all["fr"]["class."+string(class)] == "" {
			t.Errorf("class %s has no name", class)
		}
	}
}

func BenchmarkAudit2000(b *testing.B) {
	in := estate()
	for len(in.Assets) < 2000 {
		a := in.Assets[len(in.Assets)%3]
		a.ID = fmt.Sprint("n", len(in.Assets))
		in.Assets = append(in.Assets, a)
	}
	j := newJudge(b)
	for b.Loop() {
		d := j.Audit(in)
		for _, format := range Formats() {
			if err := Write(&bytes.Buffer{}, d, format, "fr"); err != nil {
				b.Fatal(err)
			}
		}
	}
}
