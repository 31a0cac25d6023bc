package store

import (
	"crypto/sha256"
	"database/sql/driver"
	"encoding/hex"
	"fmt"
	"reflect"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/goccy/go-json"
	"gorm.io/gorm"

	"parc/inventory"
)

// optional is a text that is NULL when it is empty: a reference that may be absent.
type optional string

// Value stores nothing as NULL.
func (o optional) Value() (driver.Value, error) {
	if o == "" {
		return nil, nil
	}
	return string(o), nil
}

// Scan reads what Value stored.
func (o *optional) Scan(v any) error {
	switch x := v.(type) {
	case nil:
		*o = ""
	case string:
		*o = optional(x)
	case []byte:
		*o = optional(x)
	default:
		return fmt.Errorf("scan %T into a text", v)
	}
	return nil
}

// document is JSON in a text column. The rows that scans write hold it ready made:
// gorm's own way has the drivers encode every value twice. It is written as the
// standard library would, by one that takes a third of its time: documents are
// most of what parc itself does while it stores a scan.
type document string

// encode makes a document; what parc keeps can always be encoded but for an instant
// outside the years that JSON knows.
func encode(v any) (document, error) {
	text, err := json.Marshal(v)
	return document(text), err
}

// decode reads a document into v; nothing reads as nothing.
func (d document) decode(v any) error {
	if d == "" {
		return nil
	}
	return json.Unmarshal([]byte(d), v)
}

// tidyRow makes what a row holds the same on both databases: instants in UTC and
// to the microsecond, texts that Postgres accepts.
func tidyRow(stmt *gorm.Statement, row reflect.Value) {
	for _, f := range stmt.Schema.Fields {
		if f.DBName == "" || f.Serializer != nil {
			continue
		}
		switch f.FieldType.Kind() {
		case reflect.String:
			v := f.ReflectValueOf(stmt.Context, row)
			if text := v.String(); !storable(text) {
				v.SetString(storableText(text))
			}
		case reflect.Struct, reflect.Pointer:
			v := f.ReflectValueOf(stmt.Context, row)
			switch t := v.Interface().(type) {
			case time.Time:
				v.Set(reflect.ValueOf(moment(t)))
			case *time.Time:
				if t != nil {
					m := moment(*t)
					v.Set(reflect.ValueOf(&m))
				}
			}
		}
	}
}

// tidy is tidyRow for one value.
func tidy(v any) any {
	switch x := v.(type) {
	case time.Time:
		return moment(x)
	case *time.Time:
		if x == nil {
			return nil
		}
		return moment(*x)
	case string:
		return storableText(x)
	}
	return v
}

func storable(s string) bool { return utf8.ValidString(s) && strings.IndexByte(s, 0) < 0 }

// storableText drops what Postgres does not take in a text. Texts from outside
// have passed inventory.Clean; this is for the one that has not.
func storableText(s string) string {
	if storable(s) {
		return s
	}
	return strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\x00", "")
}

// longestKey is the longest text, in bytes, that goes into an index: Postgres
// refuses an index row of more than 2,700 bytes.
const longestKey = 512

// indexed gives a text that fits an index: itself, or its beginning with a digest
// of the whole.
func indexed(s string) string {
	s = storableText(s)
	if len(s) <= longestKey {
		return s
	}
	sum := sha256.Sum256([]byte(s))
	return inventory.CleanTo(s, longestKey-70) + "…" + hex.EncodeToString(sum[:])
}

// nameKey is how a name is compared: whatever the case.
func nameKey(name string) string {
	return indexed(strings.ToLower(strings.Join(strings.Fields(name), " ")))
}

// list gives an empty list for a nil one, so that readers never meet null.
func list[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}

// stamp gives a new row its id and its date where they are missing.
func (s *Store) stamp(id *string, created *time.Time) {
	now := s.now()
	if *id == "" {
		*id = inventory.NewID(now)
	}
	if created.IsZero() {
		*created = now
	}
	*created = moment(*created)
}
