package store

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"parc/inventory"
)

func TestPadNumbers(t *testing.T) {
	t.Parallel()
	inOrder := []string{"pc", "pc-1", "pc-2", "pc-10", "pc-10a", "pc-11", "srv01-2", "srv1-10", "srv2"}
	for i := 1; i < len(inOrder); i++ {
		if a, b := padNumbers(inOrder[i-1]), padNumbers(inOrder[i]); a >= b {
			t.Errorf("%q does not come before %q", inOrder[i-1], inOrder[i])
		}
	}
}

func TestIndexed(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a := string(rapid.SliceOfN(rapid.Byte(), 0, 3000).Draw(t, "a"))
		key := indexed(a)
		if len(key) > longestKey || !utf8.ValidString(key) || strings.Contains(key, "\x00") {
			t.Fatalf("%d bytes: %q", len(key), key)
		}
		if len(a) <= longestKey && storable(a) && key != a {
			t.Fatalf("%q becomes %q", a, key)
		}
		if long := strings.Repeat("é", 600); indexed(long+storableText(a)+"x") == indexed(long+storableText(a)+"y") {
			t.Fatal("two long texts have one key")
		}
	})
}

func TestCursor(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		key, id := rapid.String().Draw(t, "key"), rapid.String().Draw(t, "id")
		if !storable(key) || !storable(id) {
			return
		}
		got, err := place("asset", cursor("asset", key, id), 2)
		if err != nil || got[0] != key || got[1] != id {
			t.Fatalf("%q, %q come back as %q, %v", key, id, got, err)
		}
		for name, bad := range map[string]string{
			"other list": cursor("scan", key, id), "too few": cursor("asset", key), "cut": cursor("asset", key, id)[1:],
			"not ours": "x" + key, "zero byte": cursor("asset", "a\x00b", id), "too long": cursor("asset", strings.Repeat("a", 5000), id),
		} {
			if _, err := place("asset", bad, 2); inventory.CodeOf(err) != inventory.Invalid {
				t.Fatalf("%s: %v", name, err)
			}
		}
	})
}

func TestSeal(t *testing.T) {
	t.Parallel()
	s, err := newSealer(bytes.Repeat([]byte{1}, 32))
	if err != nil {
		t.Fatal(err)
	}
	other, err := newSealer(bytes.Repeat([]byte{2}, 32))
	if err != nil {
		t.Fatal(err)
	}
	sealed, err := s.seal("credential:1", []byte("public"))
	if err != nil || strings.Contains(sealed, "public") {
		t.Fatalf("%q, %v", sealed, err)
	}
	if again, _ := s.seal("credential:1", []byte("public")); again == sealed {
		t.Error("the same text is sealed the same way twice")
	}
	if text, err := s.open("credential:1", sealed); err != nil || string(text) != "public" {
		t.Errorf("opens as %q, %v", text, err)
	}
	for name, open := range map[string]func() ([]byte, error){
		"another row": func() ([]byte, error) { return s.open("credential:2", sealed) },
		"another key": func() ([]byte, error) { return other.open("credential:1", sealed) },
		"no key":      func() ([]byte, error) { return (&sealer{}).open("credential:1", sealed) },
		"changed":     func() ([]byte, error) { return s.open("credential:1", sealed[:len(sealed)-4]+"AAAA") },
		"no version":  func() ([]byte, error) { return s.open("credential:1", sealed[3:]) },
		"empty":       func() ([]byte, error) { return s.open("credential:1", "") },
	} {
		if text, err := open(); err == nil {
			t.Errorf("%s: opens as %q", name, text)
		}
	}
	if _, err := newSealer([]byte("short")); inventory.CodeOf(err) != inventory.Invalid {
		t.Errorf("short key: %v", err)
	}
	if _, err := (&sealer{}).seal("x", nil); inventory.CodeOf(err) != inventory.Unavailable {
		t.Errorf("seal without a key: %v", err)
	}
}
