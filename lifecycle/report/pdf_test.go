package report

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"parc/inventory"
	"parc/lifecycle/report/paper"
)

// textOf gives what a reader finds in a PDF, page by page.
func textOf(t testing.TB, pdf []byte) []string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "r.pdf")
	if err := os.WriteFile(path, pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.CommandContext(t.Context(), "pdftotext", "-layout", path, "-").CombinedOutput()
	if err != nil {
		t.Fatalf("pdftotext (of poppler-utils): %v: %s", err, out)
	}
	return strings.Split(strings.TrimSuffix(string(out), "\f"), "\f")
}

// flat gives a text with its spaces made one each.
func flat(s string) string { return strings.Join(strings.Fields(s), " ") }

func TestPDFSaysWhatTheAuditSays(t *testing.T) {
	t.Parallel()
	d := newJudge(t).Audit(estate())
	for lang, want := range map[string][]string{
		"fr": {"Audit du parc informatique", "Dupont & Fils", "Synthèse", "Système sans support", "ANSSI, mesures 34, 35", "CIS v8 : 2.2", "FOC1234X0AB", "SARL au capital de 10 000 €", "Page 2 / "},
		"en": {"IT estate audit", "Dupont & Fils", "Summary", "Unsupported system", "ANSSI, measures 34, 35", "CIS v8: 2.2", "FOC1234X0AB", "Page 2 / "},
	} {
		pages := textOf(t, write(t, d, "pdf", lang))
		whole := flat(strings.Join(pages, " "))
		for _, text := range want {
			if !strings.Contains(whole, text) {
				t.Errorf("%s: the PDF lacks %q", lang, text)
			}
		}
		for _, bad := range []string{"%!", "[", "\ufffd"} {
			if strings.Contains(whole, bad) {
				t.Errorf("%s: the PDF contains %q", lang, bad)
			}
		}
		for i, page := range pages {
			if last := fmt.Sprintf("Page %d / %d", i+1, len(pages)); !strings.Contains(page, last) {
				t.Errorf("%s: page %d lacks %q", lang, i+1, last)
			}
		}
		summary := map[string]string{"fr": "Ce qui compte le plus", "en": "What matters most"}[lang]
		if !strings.Contains(pages[1], summary) || strings.Contains(pages[2], summary) {
			t.Errorf("%s: the summary is not the second page alone", lang)
		}
	}
}

// The same report gives the same bytes, whatever the order of what it was made
// of, and so does one that was kept and read back.
func TestSameReportSameBytes(t *testing.T) {
	t.Parallel()
	j := newJudge(t)
	for _, format := range Formats() {
		first := write(t, j.Audit(estate()), format, "fr")
		for range 3 {
			if again := write(t, j.Audit(estate()), format, "fr"); !bytes.Equal(first, again) {
				t.Errorf("%s: other bytes the second time", format)
				break
			}
		}
	}
}

// A kept report, read back, is written with the same bytes.
func TestKeptReportIsMadeAgainIdentically(t *testing.T) {
	t.Parallel()
	j := newJudge(t)
	before := j.Audit(estate())
	in := estate()
	in.Before, in.After, in.From, in.To = &before, &before, "2024-01-01", "2030-01-01"
	brand := paper.Brand{Name: "Infogérance SARL", Legal: "RCS Nantes", Accent: paper.Color{R: 10, G: 90, B: 60}}
	for _, kind := range Kinds() {
		c, err := j.Make(kind, in)
		if err != nil {
			t.Fatalf("%s: %v", kind, err)
		}
		packed, digest, err := Freeze(c, brand)
		if err != nil {
			t.Fatal(err)
		}
		again, under, err := Thaw(packed)
		if err != nil {
			t.Fatalf("%s: %v", kind, err)
		}
		if got, err := Digest(again); err != nil || got != digest || len(digest) != 64 || under.Name != brand.Name {
			t.Errorf("%s: digest %s, read back %s; %v", kind, digest, got, err)
		}
		for _, format := range Formats() {
			for _, lang := range []string{"fr", "en"} {
				var first, second bytes.Buffer
				if err := Write(&first, c, format, lang, brand); err != nil {
					t.Fatal(err)
				}
				if err := Write(&second, again, format, lang, under); err != nil {
					t.Fatal(err)
				}
				if !bytes.Equal(first.Bytes(), second.Bytes()) {
					t.Errorf("%s as %s in %s: other bytes once kept", kind, format, lang)
				}
			}
		}
	}
	for _, bad := range [][]byte{nil, []byte("nonsense"), {0x1f, 0x8b}} {
		if _, _, err := Thaw(bad); inventory.CodeOf(err) != inventory.Invalid {
			t.Errorf("thaw %q: %v", bad, err)
		}
	}
}

// hostileNames are what devices may call themselves.
var hostileNames = []string{
	hostile, `=cmd|' /C calc'!A0`, "@SUM(1+1)", strings.Repeat("long", 1000), strings.Repeat("mot ", 800), "שלום עולם", "مرحبا", "\u202egnp.exe",
	"a\x00b\x1b[31mc\x07", "emoji 🖨️ printer 👩‍💻", "\xff\xfe\xfd", "日本語のプリンタ", "${jndi:ldap://x}", "(unbalanced \\ ) PDF (", "</svg><script>", "%d %s %!", "{nb}",
}

func TestHostileStringsInEveryFormat(t *testing.T) {
	t.Parallel()
	j := newJudge(t)
	in := estate()
	for i, name := range hostileNames {
		a := in.Assets[i%3]
		a.ID, a.Hostname, a.Vendor, a.Model, a.Serial, a.OSName = fmt.Sprint("h", i), name, name, name, name, name
		a.Class = []inventory.Class{inventory.Switch, inventory.Printer, inventory.NAS, inventory.UPS, inventory.Firewall}[i%5]
		a.Details.Services = []inventory.Service{{Port: 80, Protocol: "tcp", Name: "http", Product: name, Version: name}}
		a.Details.Software = []inventory.Software{{Name: name, Publisher: name}}
		a.Details.Neighbours = []inventory.Neighbour{{Protocol: "lldp", Name: hostileNames[(i+5)%len(hostileNames)], LocalPort: name, RemotePort: name}}
		in.Assets = append(in.Assets, a)
		in.Licences = append(in.Licences, inventory.Licence{Product: name, Publisher: name, Quantity: 1, End: "2027-01-01"})
		in.Contracts = append(in.Contracts, inventory.Contract{Title: name, Party: name, Reference: name, Start: "2026-01-01", Months: 12})
		in.Financings = append(in.Financings, inventory.Financing{Kind: inventory.Lease, Lessor: name, Reference: name, Start: "2024-12-01", Months: 36, AssetIDs: []string{a.ID}})
	}
	in.Client.Name, in.Warnings = hostile, hostileNames
	for _, kind := range Kinds() {
		in := in
		if kind == KindDifference {
			before, after := j.Audit(estate()), j.Audit(in)
			in.Before, in.After = &before, &after
		}
		c, err := j.Make(kind, in)
		if err != nil {
			t.Fatalf("%s: %v", kind, err)
		}
		if page := string(write(t, c, "html", "fr")); strings.Contains(page, "<script") || strings.Contains(page, "\x1b") || strings.Contains(page, "\u202e") || strings.Contains(page, "<img") {
			t.Errorf("%s: something hostile is in the page", kind)
		}
		for i, page := range textOf(t, write(t, c, "pdf", "en")) {
			if strings.ContainsAny(page, "\x00\x1b\x07\u202e") {
				t.Errorf("%s: page %d holds control characters", kind, i+1)
			}
		}
		noFormula(t, write(t, c, "xlsx", "fr"))
	}
}

// noFormula opens a workbook again and looks at every cell.
func noFormula(t *testing.T, file []byte) {
	t.Helper()
	book, err := excelize.OpenReader(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	for _, name := range book.GetSheetList() {
		rows, err := book.GetRows(name)
		if err != nil {
			t.Fatal(err)
		}
		for r := range rows {
			for c, text := range rows[r] {
				cell, _ := excelize.CoordinatesToCellName(c+1, r+1)
				if formula, _ := book.GetCellFormula(name, cell); formula != "" {
					t.Errorf("%s %s is the formula %s", name, cell, formula)
				}
				if text != "" && strings.ContainsRune("=+@", rune(text[0])) {
					t.Errorf("%s %s would be taken for a formula: %.40s", name, cell, text)
				}
			}
		}
	}
}

// large is an estate of so many assets, no two alike.
func large(n int) Input {
	in := estate()
	base := in.Assets
	in.Assets = nil
	for i := range n {
		a := base[i%len(base)]
		a.ID, a.State = fmt.Sprint("n", i), inventory.InService
		a.Hostname, a.Serial, a.Address = fmt.Sprintf("host-%04d.example", i), fmt.Sprintf("SN%06d", i), fmt.Sprintf("10.0.%d.%d", i/250, i%250)
		a.Details.Software = nil
		for k := range 40 {
			a.Details.Software = append(a.Details.Software, inventory.Software{Name: fmt.Sprintf("Product %d Edition", (i*7+k)%300), Publisher: "P"})
		}
		in.Assets = append(in.Assets, a)
		if i < 12 {
			in.Licences = append(in.Licences, inventory.Licence{ID: fmt.Sprint("l", i), Publisher: "P", Product: fmt.Sprintf("Product %d", i), Metric: "device", Quantity: 100, Kind: "subscription", End: "2027-06-01"})
		}
		in.Coverages = append(in.Coverages, inventory.Coverage{AssetID: a.ID, Start: "2022-01-01", End: day.AddMonths(i%48 - 12)})
	}
	return in
}

// 2,000 assets make a PDF within 3 seconds and 200 MB.
func TestTwoThousandAssets(t *testing.T) {
	j := newJudge(t)
	in := large(2000)
	write(t, j.Audit(estate()), "pdf", "fr") // fonts and words are read once
	runtime.GC()
	var before runtime.MemStats
	runtime.ReadMemStats(&before)
	done, peak := make(chan struct{}), make(chan uint64)
	go func() {
		most, tick := uint64(0), time.NewTicker(5*time.Millisecond)
		defer tick.Stop()
		for {
			var now runtime.MemStats
			runtime.ReadMemStats(&now)
			most = max(most, now.HeapAlloc)
			select {
			case <-done:
				peak <- most
				return
			case <-tick.C:
			}
		}
	}()
	start := time.Now()
	pdf := write(t, j.Audit(in), "pdf", "fr")
	took := time.Since(start)
	close(done)
	most := <-peak
	t.Logf("%d bytes in %s, %d MB at most", len(pdf), took.Round(time.Millisecond), (most-min(most, before.HeapAlloc))>>20)
	if limit := uint64(200 << 20); most > before.HeapAlloc+limit {
		t.Errorf("%d MB of heap", (most-before.HeapAlloc)>>20)
	}
	// The machine that runs the tests may be busy: the benchmark measures.
	if took > 15*time.Second {
		t.Errorf("it took %s", took)
	}
	if pages := textOf(t, pdf); !strings.Contains(strings.Join(pages, ""), "host-1999.example") {
		t.Error("the last asset is not in the PDF")
	}
}

func BenchmarkAudit2000PDF(b *testing.B) { benchmark(b, "pdf") }

func BenchmarkAudit2000XLSX(b *testing.B) { benchmark(b, "xlsx") }

func BenchmarkAudit2000HTML(b *testing.B) { benchmark(b, "html") }

func benchmark(b *testing.B, format string) {
	j, in := newJudge(b), large(2000)
	b.ReportAllocs()
	for b.Loop() {
		if err := Write(&bytes.Buffer{}, j.Audit(in), format, "fr", paper.Brand{}); err != nil {
			b.Fatal(err)
		}
	}
}
