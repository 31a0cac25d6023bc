package inventory_test

import (
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"parc/inventory"
)

func TestFileName(t *testing.T) {
	t.Parallel()
	for given, want := range map[string]string{
		"Facture 2026.pdf":                    "Facture 2026.pdf",
		"contrat signé.pdf":                   "contrat signé.pdf",
		`C:\Users\me\scan.pdf`:                "scan.pdf",
		"../../etc/passwd":                    "passwd",
		"..":                                  "",
		"/":                                   "",
		"":                                    "",
		".bashrc":                             "bashrc",
		"a\x00b\r\nc.txt":                     "ab c.txt",
		"photo\u202egnp.exe":                  "photognp.exe",
		"name. ":                              "name",
		"con.txt":                             "_con.txt",
		"LPT1":                                "_LPT1",
		`a<b>c:"d|e?f*.pdf`:                   "a_b_c__d_e_f_.pdf",
		strings.Repeat("é", 300) + ".pdf":     strings.Repeat("é", 125) + ".pdf",
		"x." + strings.Repeat("long", 100):    "x." + strings.Repeat("long", 63) + "l",
		"https://example.test/a/b/offre.xlsx": "offre.xlsx",
	} {
		if got := inventory.FileName(given); got != want {
			t.Errorf("%q became %q, want %q", given, got, want)
		}
	}
}

// FuzzFileName: whatever the name, it is one part of a path, short, and does not
// change any more.
func FuzzFileName(f *testing.F) {
	for _, seed := range []string{"a.pdf", `..\..\x`, "nul", " . ", "a/b", strings.Repeat("x", 400), "con. .con"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, given string) {
		name := inventory.FileName(given)
		if name == "" {
			return
		}
		if !filepath.IsLocal(name) || filepath.Base(name) != name || strings.ContainsAny(name, `/\`) || strings.HasPrefix(name, ".") || len(name) > 255 || !utf8.ValidString(name) {
			t.Errorf("%q became %q", given, name)
		}
		if again := inventory.FileName(name); again != name {
			t.Errorf("%q became %q, then %q", given, name, again)
		}
	})
}

func TestServedType(t *testing.T) {
	t.Parallel()
	for given, want := range map[string]string{
		"application/pdf":           "application/pdf",
		"text/plain; charset=utf-8": "text/plain; charset=utf-8",
		"text/html\r\nX-Evil: 1":    "application/octet-stream",
		"":                          "application/octet-stream",
		"nonsense":                  "application/octet-stream",
	} {
		if got := (inventory.Attachment{MediaType: given}).ServedType(); got != want {
			t.Errorf("%q is served as %q, want %q", given, got, want)
		}
	}
}

func TestAttachmentOwner(t *testing.T) {
	t.Parallel()
	a := inventory.Attachment{ClientID: "c"}
	if owner, id := a.Owner(); owner != inventory.OwnerClient || id != "c" {
		t.Errorf("hangs on %s %s", owner, id)
	}
	for _, owner := range []inventory.AttachmentOwner{
		inventory.OwnerAsset, inventory.OwnerContract, inventory.OwnerFinancing, inventory.OwnerLicence, inventory.OwnerIntervention,
	} {
		a.HangOn(owner, "x")
		if got, id := a.Owner(); got != owner || id != "x" {
			t.Errorf("hung on %s, hangs on %s %s", owner, got, id)
		}
	}
}
