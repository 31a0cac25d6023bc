package store_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"parc/inventory"
	"parc/inventory/store"
)

// noise is a content that no part of repeats.
func noise(n int) []byte {
	b, r := make([]byte, n), rand.NewChaCha8([32]byte{byte(n)})
	_, _ = r.Read(b)
	return b
}

func attach(t *testing.T, w *world, a inventory.Attachment, content []byte) inventory.Attachment {
	t.Helper()
	return must(w.AddAttachment(t.Context(), admin, a, bytes.NewReader(content)))(t)
}

func contentOf(t *testing.T, w *world, id string) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := w.ReadAttachment(t.Context(), admin, id, &out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// TestAttachments: whatever hangs on whatever, it comes back as it was, and is in
// the list of its owner and in no other.
func TestAttachments(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		owners := func(x side) map[inventory.AttachmentOwner]string {
			return map[inventory.AttachmentOwner]string{
				inventory.OwnerClient: x.client.ID, inventory.OwnerAsset: x.asset.ID, inventory.OwnerContract: x.contract.ID,
				inventory.OwnerFinancing: x.financing.ID, inventory.OwnerLicence: x.licence.ID, inventory.OwnerIntervention: x.intervention.ID,
			}
		}
		sizes := []int{1, 100, 1<<20 - 1, 1 << 20, 1<<20 + 1, 3<<20 + 7}
		i := 0
		for owner, id := range owners(w.a) {
			content := noise(sizes[i%len(sizes)])
			i++
			a := inventory.Attachment{Name: `C:\Users\me\` + string(owner) + ".bin", Title: "Facture n° 7", Kind: "invoice"}
			a.HangOn(owner, id)
			if owner == inventory.OwnerClient {
				a.ClientID = id
			}
			a = attach(t, w, a, content)
			sum := sha256.Sum256(content)
			if a.SHA256 != hex.EncodeToString(sum[:]) || a.Size != int64(len(content)) || a.Name != string(owner)+".bin" || a.ClientID != w.a.client.ID {
				t.Errorf("%s: kept as %+v", owner, a)
			}
			if got := contentOf(t, w, a.ID); !bytes.Equal(got, content) {
				t.Errorf("%s: content of %d bytes came back as %d others", owner, len(content), len(got))
			}
		}
		for _, x := range []side{w.a, w.b} {
			for owner, id := range owners(x) {
				list := all(t, 1, func(p inventory.Page) ([]inventory.Attachment, string, error) {
					return w.Attachments(t.Context(), x.scope, inventory.AttachmentFilter{Owner: owner, OwnerID: id, Page: p})
				})
				want := 1
				switch {
				case x.client.ID == w.b.client.ID && owner != inventory.OwnerContract:
					want = 0
				case x.client.ID == w.a.client.ID && owner == inventory.OwnerContract:
					want = 2 // with the one that the world has
				}
				if len(list) != want {
					t.Errorf("%s of %s: %d attachments, want %d", owner, x.client.Name, len(list), want)
				}
				for _, a := range list {
					if o, i := a.Owner(); o != owner || i != id {
						t.Errorf("in the list of %s %s: one of %s %s", owner, id, o, i)
					}
				}
			}
		}
		whole := all(t, 2, func(p inventory.Page) ([]inventory.Attachment, string, error) {
			return w.Attachments(t.Context(), w.a.scope, inventory.AttachmentFilter{ClientID: w.a.client.ID, Page: p})
		})
		if len(whole) != 7 {
			t.Errorf("%d attachments of the client, want 7", len(whole))
		}
	})
}

// TestAttachmentContentOnce: the same content is kept once for a client, as long
// as anything has it, and each client has its own.
func TestAttachmentContentOnce(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		content := []byte("the same invoice")
		kept := func() int {
			return len(rowsOf(t, w.Store, "SELECT sha256 FROM attachment_parts WHERE content = '"+string(content)+"' OR content = CAST('"+string(content)+"' AS "+bytesType(w)+")"))
		}
		asset := attach(t, w, inventory.Attachment{AssetID: w.a.asset.ID, Name: "a.txt"}, content)
		contract := attach(t, w, inventory.Attachment{ContractID: w.a.contract.ID, Name: "b.txt"}, content)
		attach(t, w, inventory.Attachment{AssetID: w.b.asset.ID, Name: "a.txt"}, content)
		if n := kept(); n != 2 {
			t.Errorf("kept %d times, want once for each client", n)
		}
		if err := w.DeleteAttachment(t.Context(), admin, asset.ID); err != nil {
			t.Fatal(err)
		}
		if got := contentOf(t, w, contract.ID); !bytes.Equal(got, content) {
			t.Errorf("the other's content is %q", got)
		}
		if err := w.DeleteContract(t.Context(), admin, w.a.contract.ID); err != nil {
			t.Fatal(err)
		}
		if n := kept(); n != 1 {
			t.Errorf("kept %d times after its owners are gone, want the other client's", n)
		}
		_, err := w.Attachment(t.Context(), admin, contract.ID)
		code(t, err, inventory.NotFound, "went with its contract")
		var fields []string
		changes, _, err := w.History(t.Context(), admin, w.a.asset.ID, inventory.Page{})
		for _, c := range changes {
			if c.Field == inventory.FieldAttachment {
				fields = append(fields, c.Old+">"+c.New)
			}
		}
		if err != nil || !slices.Contains(fields, ">a.txt") || !slices.Contains(fields, "a.txt>") {
			t.Errorf("history tells %v, %v", fields, err)
		}
	})
}

func bytesType(w *world) string {
	if w.Dialect() == store.Postgres {
		return "BYTEA"
	}
	return "BLOB"
}

// TestAttachmentRefused: what cannot be kept leaves nothing behind.
func TestAttachmentRefused(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		before := allRows(t, w.Store)
		for name, tc := range map[string]struct {
			a       inventory.Attachment
			content io.ReadSeeker
			want    inventory.Code
		}{
			"empty":                  {inventory.Attachment{AssetID: w.a.asset.ID, Name: "a"}, strings.NewReader(""), inventory.Invalid},
			"too large":              {inventory.Attachment{AssetID: w.a.asset.ID, Name: "a"}, bytes.NewReader(make([]byte, inventory.MostAttachment+1)), inventory.LimitReached},
			"no name":                {inventory.Attachment{AssetID: w.a.asset.ID, Name: "../.."}, strings.NewReader("x"), inventory.Invalid},
			"two owners":             {inventory.Attachment{AssetID: w.a.asset.ID, ContractID: w.a.contract.ID, Name: "a"}, strings.NewReader("x"), inventory.Invalid},
			"another kind":           {inventory.Attachment{AssetID: w.a.asset.ID, Name: "a", Kind: "poem"}, strings.NewReader("x"), inventory.Invalid},
			"long title":             {inventory.Attachment{AssetID: w.a.asset.ID, Name: "a", Title: strings.Repeat("x", 301)}, strings.NewReader("x"), inventory.Invalid},
			"nobody":                 {inventory.Attachment{Name: "a"}, strings.NewReader("x"), inventory.NotFound},
			"no such asset":          {inventory.Attachment{AssetID: "none", Name: "a"}, strings.NewReader("x"), inventory.NotFound},
			"zero byte":              {inventory.Attachment{AssetID: "\x00", Name: "a"}, strings.NewReader("x"), inventory.NotFound},
			"asset of another":       {inventory.Attachment{ClientID: w.a.client.ID, AssetID: w.b.asset.ID, Name: "a"}, strings.NewReader("x"), inventory.NotFound},
			"the same on one":        {inventory.Attachment{ContractID: w.a.contract.ID, Name: "again.txt"}, strings.NewReader("signed by Dupont SARL"), inventory.Conflict},
			"changes while read":     {inventory.Attachment{AssetID: w.a.asset.ID, Name: "a"}, &shifty{}, inventory.Invalid},
			"a source that breaks":   {inventory.Attachment{AssetID: w.a.asset.ID, Name: "a"}, broken{}, inventory.Internal},
			"an intervention's none": {inventory.Attachment{InterventionID: w.a.contract.ID, Name: "a"}, strings.NewReader("x"), inventory.NotFound},
		} {
			_, err := w.AddAttachment(ctx, admin, tc.a, tc.content)
			code(t, err, tc.want, name)
		}
		if after := allRows(t, w.Store); fmt.Sprint(after) != fmt.Sprint(before) {
			t.Error("something was stored")
		}
	})
}

// TestMostAttachments: the next one after the most is refused.
func TestMostAttachments(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		for i := range inventory.MostAttachments {
			attach(t, w, inventory.Attachment{LicenceID: w.a.licence.ID, Name: "a.txt"}, fmt.Append(nil, "content ", i))
		}
		_, err := w.AddAttachment(t.Context(), admin, inventory.Attachment{LicenceID: w.a.licence.ID, Name: "a.txt"}, strings.NewReader("one more"))
		code(t, err, inventory.LimitReached, "one too many")
	})
}

// shifty is another content whenever it is read again.
type shifty struct{ read, seeks int }

func (s *shifty) Read(b []byte) (int, error) {
	if s.read == 10 {
		return 0, io.EOF
	}
	b[0] = byte('a' + s.seeks)
	s.read++
	return 1, nil
}

func (s *shifty) Seek(int64, int) (int64, error) {
	s.read = 0
	s.seeks++
	return 0, nil
}

type broken struct{}

func (broken) Read([]byte) (int, error)       { return 0, errors.New("torn cable") }
func (broken) Seek(int64, int) (int64, error) { return 0, nil }

// TestUndoImportKeepsWhatFilesHangOn: a purchase and an asset to which somebody has
// attached a file stay when the import that brought them is taken back.
func TestUndoImportKeepsWhatFilesHangOn(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ctx, x := t.Context(), w.a
		rows := []inventory.ImportRow{
			imported("1", "serial", "5CG0000001", "vendor", "HP", "hostname", "pc-1", "class", "laptop"),
			imported("2", "serial", "5CG0000002", "vendor", "HP", "hostname", "pc-2", "class", "laptop"),
			imported("3", "serial", "5CG0000003", "vendor", "HP", "hostname", "pc-3", "class", "laptop"),
		}
		rows[0].Purchase = inventory.Financing{Kind: inventory.Purchase, Start: "2026-01-15", Price: inventory.EUR(89900), VATPermille: 200}
		imp, err := w.Import(ctx, x.scope, fileOf(x.client.ID, x.site.ID, rows))
		if err != nil {
			t.Fatal(err)
		}
		placed := placedOf(imp)
		var bought string
		for _, f := range must(w.Financings(ctx, x.scope, x.client.ID))(t) {
			if slices.Contains(f.AssetIDs, placed[0]) {
				bought = f.ID
			}
		}
		attach(t, w, inventory.Attachment{FinancingID: bought, Name: "facture.txt"}, []byte("an invoice"))
		attach(t, w, inventory.Attachment{AssetID: placed[1], Name: "photo.txt"}, []byte("a photo"))
		u := must(w.UndoImport(ctx, x.scope, imp.Import.ID))(t).Undone
		if u.Removed != 1 || u.Purchases != 0 || len(u.Left) != 3 || u.Left[0].Why != inventory.LeftHangs {
			t.Errorf("undone: %+v", u)
		}
		if f := must(w.Financing(ctx, x.scope, bought))(t); !slices.Equal(f.AssetIDs, placed[:1]) {
			t.Errorf("the purchase is of %v, want %v", f.AssetIDs, placed[:1])
		}
	})
}

// TestAttachmentsFollowTheAsset: a merge brings the files of the other, its undoing
// gives each its own again, and a split leaves them with the asset.
func TestAttachmentsFollowTheAsset(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ctx, x := t.Context(), w.a
		other := must(w.Record(ctx, x.scope, x.client.ID, x.site.ID, machines(7, 1)))(t).AssetIDs[0]
		attach(t, w, inventory.Attachment{AssetID: x.asset.ID, Name: "mine.txt"}, []byte("mine"))
		attach(t, w, inventory.Attachment{AssetID: x.asset.ID, Name: "both.txt"}, []byte("both"))
		attach(t, w, inventory.Attachment{AssetID: other, Name: "theirs.txt"}, []byte("theirs"))
		attach(t, w, inventory.Attachment{AssetID: other, Name: "both.txt"}, []byte("both"))
		names := func(id string) string {
			list, _, err := w.Attachments(ctx, x.scope, inventory.AttachmentFilter{Owner: inventory.OwnerAsset, OwnerID: id})
			if err != nil {
				t.Fatal(err)
			}
			var names []string
			for _, a := range list {
				names = append(names, a.Name)
			}
			slices.Sort(names)
			return strings.Join(names, " ")
		}
		must(w.MergeAssets(ctx, x.scope, x.asset.ID, other))(t)
		if got := names(x.asset.ID); got != "both.txt both.txt mine.txt theirs.txt" {
			t.Errorf("merged: %s", got)
		}
		attach(t, w, inventory.Attachment{AssetID: x.asset.ID, Name: "since.txt"}, []byte("since"))
		decisions, _, err := w.Decisions(ctx, x.scope, x.client.ID, inventory.Page{Limit: 1})
		if err != nil {
			t.Fatal(err)
		}
		must(w.UndoDecision(ctx, x.scope, decisions[0].ID))(t)
		if got := names(x.asset.ID) + " | " + names(other); got != "both.txt mine.txt since.txt | both.txt theirs.txt" {
			t.Errorf("undone: %s", got)
		}
		row := imported("77", "serial", "7XK0001Q", "vendor", "Dell").Observation
		must(w.Record(ctx, x.scope, x.client.ID, x.site.ID, []inventory.Observation{row}))(t)
		part := must(w.SplitAsset(ctx, x.scope, x.asset.ID, []inventory.Sighting{{Source: inventory.FromCSV, Ref: "77"}}))(t)
		if got := names(x.asset.ID) + " | " + names(part.ID); got != "both.txt mine.txt since.txt | " {
			t.Errorf("split: %s", got)
		}
	})
}
