package store

import (
	"encoding/json"
	"reflect"
	"testing"
	"time"

	"pgregory.net/rapid"

	"parc/inventory"
)

// TestDocumentsAreStandardJSON: the quicker encoder writes what the standard library
// writes, and reads it back the same.
func TestDocumentsAreStandardJSON(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{"", "<b>&\u2028", "é\x01\xff", `"\`, "\x00"}))
		number := rapid.IntRange(-1<<40, 1<<40)
		at := time.Unix(rapid.Int64Range(-1<<35, 1<<37).Draw(t, "seconds"), rapid.Int64Range(0, 999_999).Draw(t, "micro")*1000).UTC()
		d := inventory.Details{
			Interfaces: []inventory.Interface{{Index: number.Draw(t, "index"), Name: text.Draw(t, "name"), Addresses: rapid.SliceOf(text).Draw(t, "addresses"), Up: rapid.Bool().Draw(t, "up")}},
			Software:   []inventory.Software{},
			Services:   []inventory.Service{{Port: 443, TLS: &inventory.Certificate{Subject: text.Draw(t, "subject"), NotAfter: at}, Scripts: rapid.MapOf(text, text).Draw(t, "scripts")}},
		}
		values := map[inventory.Field]inventory.Value{inventory.Field(text.Draw(t, "field")): {Value: text.Draw(t, "value"), At: at, Confidence: 90}, "b": {}, "a": {}}
		for _, v := range []any{d, values, []inventory.Identifier{{Kind: "mac", Value: text.Draw(t, "identifier"), FirstSeen: at, LastSeen: at}}, []string(nil), inventory.Details{}} {
			got, err := encode(v)
			want, failed := json.Marshal(v)
			if err != nil || failed != nil || string(got) != string(want) {
				t.Fatalf("%s, %v\nwant %s, %v", got, err, want, failed)
			}
			a, b := reflect.New(reflect.TypeOf(v)), reflect.New(reflect.TypeOf(v))
			if err := document(want).decode(a.Interface()); err != nil {
				t.Fatal(err)
			}
			if err := json.Unmarshal(want, b.Interface()); err != nil || !reflect.DeepEqual(a.Interface(), b.Interface()) {
				t.Fatalf("read %+v, want %+v, %v", a.Elem(), b.Elem(), err)
			}
		}
	})
}

func TestColumnsBecomeArrays(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 12, 1, 8, 0, 0, 0, time.UTC)
	type kind string
	rows := [][]any{{kind("a"), true, 7, 1.5, at, []byte("x"), optional("o")}, {"b", false, int64(8), 2.5, &at, []byte(nil), optional("")}}
	for i, want := range []struct {
		kind   string
		values []any // nil is NULL
	}{
		{"text", []any{"a", "b"}}, {"boolean", []any{true, false}}, {"bigint", []any{int64(7), int64(8)}}, {"double precision", []any{1.5, 2.5}},
		{"timestamptz", []any{at, at}}, {"bytea", []any{[]byte("x"), []byte(nil)}}, {"text", []any{"o", nil}},
	} {
		list, err := arrayOf(want.kind, rows, i)
		if err != nil {
			t.Errorf("column %d: %v", i, err)
			continue
		}
		array := reflect.ValueOf(list)
		for row, value := range want.values {
			got := array.Index(row)
			if value == nil != got.IsNil() || value != nil && !reflect.DeepEqual(got.Elem().Interface(), value) {
				t.Errorf("column %d, row %d: %v, want %v", i, row, got, value)
			}
		}
	}
	if _, err := arrayOf("bigint", [][]any{{"seven"}}, 0); err == nil {
		t.Error("a text among numbers passes")
	}
	if _, err := arrayOf("text", [][]any{{struct{}{}}}, 0); err == nil {
		t.Error("what is no value passes")
	}
}
