package store_test

import (
	"bytes"
	"net/netip"
	"os"
	"reflect"
	"strings"
	"testing"

	"parc/inventory"
	"parc/inventory/store"
	"parc/inventory/store/storetest"
)

func TestCredentials(t *testing.T) {
	t.Parallel()
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		s := storetest.Open(t, dsn)
		x := newSide(t, s, "Dupont")
		given := inventory.Credential{
			ClientID: x.client.ID, Name: "v3", Version: "3", User: "parc", Auth: "SHA256", AuthKey: inventory.NewSecret("auth-hunter2"),
			Privacy: "AES", PrivKey: inventory.NewSecret("priv-hunter2"), Ranges: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("fd00::/8")},
		}
		made := must(s.CreateCredential(t.Context(), x.scope, given))(t)
		if !made.AuthKey.IsZero() || !made.PrivKey.IsZero() || made.ID == "" {
			t.Errorf("made %+v", made)
		}
		given.ID = made.ID
		list := must(s.Credentials(t.Context(), x.scope, x.client.ID))(t)
		if len(list) != 2 || list[0].Secret.Reveal() != "s3cret of Dupont" || list[0].SiteID != x.site.ID || !reflect.DeepEqual(list[1], given) {
			t.Errorf("read %+v", list)
		}
		// The key of another installation opens nothing, and says so.
		foreign := storetest.OpenWith(t, store.Options{DSN: dsn, Key: bytes.Repeat([]byte{9}, 32)})
		for _, c := range must(foreign.Credentials(t.Context(), x.scope, x.client.ID))(t) {
			if !c.Unreadable || !c.Secret.IsZero() || !c.AuthKey.IsZero() || c.Name == "" {
				t.Errorf("with another key: %+v", c)
			}
		}
		keyless := storetest.OpenWith(t, store.Options{DSN: dsn})
		_, err := keyless.CreateCredential(t.Context(), x.scope, given)
		code(t, err, inventory.Unavailable, "create without a key")
		// A sealed secret that is moved to another row does not open there.
		if _, err := s.DB().ExecContext(t.Context(), "UPDATE credentials SET sealed = (SELECT sealed FROM credentials WHERE id = $1) WHERE id = $2", list[0].ID, list[1].ID); err != nil {
			t.Fatal(err)
		}
		if moved := must(s.Credentials(t.Context(), x.scope, x.client.ID))(t); !moved[1].Unreadable || moved[0].Unreadable {
			t.Errorf("moved: %+v", moved)
		}
		if err := s.DeleteCredential(t.Context(), x.scope, made.ID); err != nil {
			t.Error(err)
		}
		code(t, s.DeleteCredential(t.Context(), x.scope, made.ID), inventory.NotFound, "delete twice")
	})
}

// TestNoSecretInTheFile looks for the text of secrets in all that SQLite writes.
func TestNoSecretInTheFile(t *testing.T) {
	t.Parallel()
	dsn := storetest.SQLite(t)
	s := storetest.Open(t, dsn)
	newSide(t, s, "Dupont")
	for _, suffix := range []string{"", "-wal"} {
		text := must(os.ReadFile(dsn + suffix))(t)
		if bytes.Contains(text, []byte("s3cret")) {
			t.Errorf("the secret stands in %s", dsn+suffix)
		}
		if suffix == "-wal" && !strings.Contains(string(text), "public") {
			t.Error("the test looks in the wrong place: the credential's name is not there either")
		}
	}
}
