package paper

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	qr "github.com/piglig/go-qr"
	"pgregory.net/rapid"

	"parc/inventory"
)

func document(blocks ...Block) Document {
	return Document{
		Title: "Titre", Client: "Client", Day: "2026-11-24", Locale: French, Brand: Brand{Name: "Fournisseur", Legal: "Mentions"},
		Parts: []Part{{Title: "Partie", Blocks: blocks}}, Terms: Terms{Page: "Page %d / %d", Contents: "Sommaire", Summary: "Synthèse"},
	}
}

func pdfOf(t testing.TB, d Document) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := WritePDF(&b, d); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// tool runs one of poppler's programs on a PDF and gives its output.
func tool(t testing.TB, pdf []byte, name string, args ...string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "d.pdf")
	if err := os.WriteFile(path, pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	for i := range args {
		args[i] = strings.ReplaceAll(args[i], "IN", path)
	}
	out, err := exec.CommandContext(t.Context(), name, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s (of poppler-utils): %v: %s", name, err, out)
	}
	return string(out)
}

// A long table breaks between rows: its head comes again on each page, and no
// row is on two of them.
func TestTablesBreakBetweenRows(t *testing.T) {
	t.Parallel()
	table := Table{Columns: []Column{{Title: "Numéro", Width: 1}, {Title: "Texte", Width: 3}}, Total: []Cell{"Total", "fin"}}
	for i := range 300 {
		table.Rows = append(table.Rows, []Cell{fmt.Sprintf("début-%d", i), strings.Repeat("des mots qui se suivent ", i%9) + fmt.Sprintf("fin-%d", i)})
	}
	pages := strings.Split(strings.TrimSuffix(tool(t, pdfOf(t, document(table)), "pdftotext", "-layout", "IN", "-"), "\f"), "\f")
	if len(pages) < 5 {
		t.Fatalf("%d pages", len(pages))
	}
	found := 0
	for n, page := range pages {
		if strings.Contains(page, "début-") && !strings.Contains(page, "Numéro") {
			t.Errorf("page %d has no head", n+1)
		}
		for i := range 300 {
			begins := strings.Contains(page+" ", fmt.Sprintf("début-%d ", i)) || strings.Contains(page, fmt.Sprintf("début-%d\n", i))
			ends := strings.Contains(page, fmt.Sprintf("fin-%d\n", i))
			if begins != ends {
				t.Errorf("row %d is cut on page %d", i, n+1)
			}
			if begins {
				found++
			}
		}
	}
	if found != 300 {
		t.Errorf("%d of 300 rows", found)
	}
}

func TestBookmarksAndMetadata(t *testing.T) {
	t.Parallel()
	d := document(Heading("Un chapitre"), Text{Text: "texte"})
	d.Cover, d.Contents = []Pair{{"Date", "24/11/2026"}}, true
	pdf := pdfOf(t, d)
	info := tool(t, pdf, "pdfinfo", "IN")
	for _, want := range []string{"Titre – Client", "Fournisseur", "A4"} {
		if !strings.Contains(info, want) {
			t.Errorf("the PDF's information lacks %q:\n%s", want, info)
		}
	}
	fonts := tool(t, pdf, "pdffonts", "IN")
	if strings.Count(fonts, "CID TrueType      Identity-H       yes") != 2 || strings.Contains(strings.ToLower(fonts), "helvetica") || len(pdf) > 200<<10 {
		t.Errorf("fonts are not all embedded, or whole:\n%s", fonts)
	}
	if !bytes.Contains(pdf, []byte("/Outlines")) {
		t.Error("no bookmarks")
	}
}

// Lines never pass the width, whatever the text, and nothing of it is lost.
func TestWrapKeepsEveryWord(t *testing.T) {
	t.Parallel()
	f := fontOf(false)
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOfN(rapid.RuneFrom([]rune("abcdé W-._/ 日1€=")), 0, 200, -1).Draw(t, "text")
		width := rapid.Float64Range(2, 40).Draw(t, "width")
		lines := f.wrap(text, width)
		for _, line := range lines {
			if f.of(line) > width+1e-9 {
				t.Errorf("%q is %f wide, more than %f", line, f.of(line), width)
			}
		}
		bare := func(s string) string { return strings.Join(strings.Fields(f.show(s)), "") }
		if got := strings.ReplaceAll(strings.Join(lines, ""), " ", ""); got != bare(text) {
			t.Errorf("%q became %q", text, got)
		}
		if cut := f.cut(text, width); f.of(cut) > width+1e-9 {
			t.Errorf("cut to %f: %q", width, cut)
		}
	})
}

func TestNumbersOfBothLanguages(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		cell   Cell
		fr, en string
	}{
		{1234567, "1\u00a0234\u00a0567", "1,234,567"}, {-12, "−12", "−12"}, {3.14159, "3,1", "3.1"},
		{inventory.EUR(123456), "1\u00a0234,56\u00a0€", "€1,234.56"}, {inventory.EUR(-5), "−0,05\u00a0€", "−€0.05"},
		{Whole(inventory.EUR(149950)), "1\u00a0500\u00a0€", "€1,500"}, {Whole(inventory.EUR(-149950)), "−1\u00a0500\u00a0€", "−€1,500"},
		{inventory.Money{Minor: 100, Currency: "CHF"}, "1,00\u00a0CHF", "CHF\u00a01.00"}, {inventory.Money{}, "", ""},
		{Percent(42.4), "42\u00a0%", "42%"}, {inventory.Day("2026-02-01"), "01/02/2026", "1 Feb 2026"}, {inventory.Day(""), "", ""},
		{nil, "", ""}, {Rich{"a", "b"}, "a\nb", "a\nb"}, {Badge{Text: "x"}, "x", "x"},
	} {
		if got := French.Text(c.cell); got != c.fr {
			t.Errorf("%v in French: %q, want %q", c.cell, got, c.fr)
		}
		if got := English.Text(c.cell); got != c.en {
			t.Errorf("%v in English: %q, want %q", c.cell, got, c.en)
		}
	}
}

// huge is the head of a PNG that says it has so many pixels.
func huge(w, h uint32) []byte {
	head := make([]byte, 13)
	binary.BigEndian.PutUint32(head, w)
	binary.BigEndian.PutUint32(head[4:], h)
	head[8], head[9] = 8, 6
	chunk := append([]byte("IHDR"), head...)
	out := append([]byte("\x89PNG\r\n\x1a\n"), 0, 0, 0, 13)
	out = append(out, chunk...)
	return binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(chunk))
}

func TestLogosAreDrawnAnew(t *testing.T) {
	t.Parallel()
	encode := func(img image.Image, asJPEG bool) []byte {
		var b bytes.Buffer
		err := png.Encode(&b, img)
		if asJPEG {
			b.Reset()
			err = jpeg.Encode(&b, img, nil)
		}
		if err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	deep := image.NewRGBA64(image.Rect(0, 0, 40, 20))
	large := image.NewGray(image.Rect(0, 0, 2000, 500))
	palette := image.NewPaletted(image.Rect(0, 0, 30, 30), color.Palette{color.Transparent, color.Black})
	for name, file := range map[string][]byte{"16 bits": encode(deep, false), "large": encode(large, false), "palette": encode(palette, false), "jpeg": encode(deep, true)} {
		logo, err := ReadLogo(append(file, "<script>trailing</script>"...))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if logo.Width > printedSide || bytes.Contains(logo.PNG, []byte("script")) {
			t.Errorf("%s: %d wide, what trails is kept", name, logo.Width)
		}
		d := document(Text{Text: "x"})
		d.Brand.Logo, d.Cover = logo, []Pair{{"a", "b"}}
		if !bytes.Contains(pdfOf(t, d), []byte("/Subtype /Image")) {
			t.Errorf("%s: the PDF has no image", name)
		}
		var page bytes.Buffer
		if err := WriteHTML(&page, d); err != nil || !strings.Contains(page.String(), `src="data:image/png;base64,`) {
			t.Errorf("%s: the page has no image, %v", name, err)
		}
	}
	for name, c := range map[string]struct {
		file []byte
		code inventory.Code
	}{
		"a bomb": {huge(50_000, 50_000), inventory.LimitReached}, "too narrow": {encode(image.NewGray(image.Rect(0, 0, 900, 2)), false), inventory.LimitReached},
		"only a head": {huge(100, 100), inventory.Invalid}, "svg": {[]byte(`<svg onload="x"/>`), inventory.Invalid}, "nothing": {nil, inventory.Invalid},
		"too many bytes": {make([]byte, MaxLogoBytes+1), inventory.LimitReached},
	} {
		if _, err := ReadLogo(c.file); inventory.CodeOf(err) != c.code {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// What a camera reads on a printed label is what it says, and labels stand where
// the stock has them.
func TestLabelsAreRead(t *testing.T) {
	t.Parallel()
	for _, stock := range Stocks() {
		if right := stock.Left + float64(stock.Columns-1)*stock.StepX + stock.LabelW; right > stock.Width+0.01 {
			t.Errorf("%s: labels end at %f of %f mm", stock.Name, right, stock.Width)
		}
		if low := stock.Top + float64(stock.Rows-1)*stock.StepY + stock.LabelH; low > stock.Height+0.01 {
			t.Errorf("%s: labels end at %f of %f mm", stock.Name, low, stock.Height)
		}
		const code = "https://parc.example/assets/01a207d9-7c00-7000-8000-000000000001"
		d := document()
		d.Labels = &Sheet{Stock: stock, Skip: stock.PerSheet() - 1, Labels: []Label{{Code: code, Title: "PC-ACCUEIL", Lines: []string{"OptiPlex"}}, {Code: code, Title: "deux"}}}
		pdf := pdfOf(t, d)
		info := tool(t, pdf, "pdfinfo", "IN")
		if !strings.Contains(info, "Pages:           2") {
			t.Errorf("%s: %s", stock.Name, info)
		}
		base := filepath.Join(t.TempDir(), "page")
		x, y := stock.place(stock.PerSheet() - 1)
		const dpi = 300
		px := func(mm float64) string { return fmt.Sprint(int(mm * dpi / 25.4)) }
		tool(t, pdf, "pdftoppm", "-r", fmt.Sprint(dpi), "-f", "1", "-l", "1", "-x", px(x), "-y", px(y), "-W", px(stock.LabelW), "-H", px(stock.LabelH), "-png", "-singlefile", "IN", base)
		file, err := os.Open(base + ".png")
		if err != nil {
			t.Fatal(err)
		}
		picture, err := png.Decode(file)
		_ = file.Close()
		if err != nil {
			t.Fatal(err)
		}
		if got, err := qr.Decode(picture); err != nil || got != code {
			t.Errorf("%s: read %q, %v", stock.Name, got, err)
		}
	}
	if _, err := FindStock("post-it"); inventory.CodeOf(err) != inventory.Invalid {
		t.Error(err)
	}
}

func TestSheetsHaveNamesThatAWorkbookTakes(t *testing.T) {
	t.Parallel()
	b := &book{doc: &Document{Locale: French}, names: map[string]bool{}}
	seen := map[string]bool{}
	for _, name := range []string{"Équipements", "équipements", "a/b:c*d?[e]\\f'", strings.Repeat("é", 60), strings.Repeat("é", 60), "", "", "\x00"} {
		got := b.sheetName(name)
		if got == "" || len([]rune(got)) > 31 || strings.ContainsAny(got, `:\/?*[]'`) || seen[strings.ToLower(got)] {
			t.Errorf("%q became %q", name, got)
		}
		seen[strings.ToLower(got)] = true
	}
}
