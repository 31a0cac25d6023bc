package store

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"

	"github.com/gabriel-vasile/mimetype"
	"gorm.io/gorm"

	"parc/inventory"
)

// attachmentRow is an attachment without its content.
type attachmentRow struct {
	inventory.Attachment

	// In the place of the noun's fields of the same names: NULL when there is none.
	AssetID        optional
	ContractID     optional
	FinancingID    optional
	LicenceID      optional
	InterventionID optional
}

// TableName says where attachments are kept.
func (attachmentRow) TableName() string { return "attachments" }

func newAttachmentRow(a inventory.Attachment) attachmentRow {
	return attachmentRow{
		a, optional(a.AssetID), optional(a.ContractID), optional(a.FinancingID), optional(a.LicenceID), optional(a.InterventionID),
	}
}

func (r attachmentRow) noun() inventory.Attachment {
	a := r.Attachment
	a.AssetID, a.ContractID, a.FinancingID = string(r.AssetID), string(r.ContractID), string(r.FinancingID)
	a.LicenceID, a.InterventionID = string(r.LicenceID), string(r.InterventionID)
	return a
}

// fileRow is a content that attachments of a client have, kept once.
type fileRow struct {
	ClientID string
	SHA256   string
	Size     int64
}

// TableName says where contents are named.
func (fileRow) TableName() string { return filesTable }

// partRow is a part of a content.
type partRow struct {
	ClientID string
	SHA256   string
	Number   int
	Content  []byte
}

// TableName says where contents are kept.
func (partRow) TableName() string { return partsTable }

const (
	filesTable = "attachment_files"
	partsTable = "attachment_parts"
	partSize   = 1 << 20
)

// owned says in which table and by which column an owner of attachments is found.
var owned = map[inventory.AttachmentOwner]struct{ table, column string }{
	inventory.OwnerAsset:        {"assets", "asset_id"},
	inventory.OwnerContract:     {"contracts", "contract_id"},
	inventory.OwnerFinancing:    {"financings", "financing_id"},
	inventory.OwnerLicence:      {"licences", "licence_id"},
	inventory.OwnerIntervention: {"interventions", "intervention_id"},
}

// ownerClient gives the client of what an attachment hangs on, or NotFound.
func (s *Store) ownerClient(db *gorm.DB, scope inventory.Scope, owner inventory.AttachmentOwner, id string) (string, error) {
	if owner == inventory.OwnerClient {
		return id, s.seeClient(db, scope, id)
	}
	at, known := owned[owner]
	if !known {
		return "", inventory.Errorf(inventory.Invalid, "nothing is attached to a %q", inventory.CleanTo(string(owner), 40))
	}
	if !storable(id) {
		return "", noSuch(string(owner), id)
	}
	var client string
	if err := byHand(db).Raw("SELECT client_id FROM "+at.table+" WHERE id = ?", id).Scan(&client).Error; err != nil {
		return "", s.explain(err, "look for "+string(owner)+" "+id)
	}
	if !scope.Sees(client) {
		return "", noSuch(string(owner), id)
	}
	return client, nil
}

// ofOwner narrows a query to what hangs on one thing.
func ofOwner(q *gorm.DB, owner inventory.AttachmentOwner, id string) *gorm.DB {
	if owner != inventory.OwnerClient {
		return q.Where(owned[owner].column+" = ?", id)
	}
	for _, at := range owned {
		q = q.Where(at.column + " IS NULL")
	}
	return q
}

// Attachments lists what is attached to one thing, or to anything of a client, the
// latest first, in pages, without the contents.
func (s *Store) Attachments(ctx context.Context, scope inventory.Scope, f inventory.AttachmentFilter) ([]inventory.Attachment, string, error) {
	at, id, begun, err := timedPlace("attachment", f.Page.After)
	if err != nil {
		return nil, "", err
	}
	db := s.as(ctx, scope)
	owner, ownerID := f.Owner, f.OwnerID
	if owner == "" {
		owner, ownerID = inventory.OwnerClient, f.ClientID
	}
	client, err := s.ownerClient(db, scope, owner, ownerID)
	if err != nil {
		return nil, "", err
	}
	q := db.Where("client_id = ?", client)
	if f.Owner != "" {
		q = ofOwner(q, f.Owner, f.OwnerID)
	}
	if begun {
		q = q.Where("(uploaded_at, id) < (?, ?)", at, id)
	}
	var rows []attachmentRow
	if err := q.Order("uploaded_at DESC, id DESC").Limit(f.Page.Size() + 1).Find(&rows).Error; err != nil {
		return nil, "", s.explain(err, "list the attachments of client "+client)
	}
	rows, last := page(rows, f.Page.Size())
	next := ""
	if last != nil {
		next = timedCursor("attachment", last.UploadedAt, last.ID)
	}
	attachments := make([]inventory.Attachment, len(rows))
	for i := range rows {
		attachments[i] = rows[i].noun()
	}
	return attachments, next, nil
}

// Attachment gives one attachment, without its content.
func (s *Store) Attachment(ctx context.Context, scope inventory.Scope, id string) (inventory.Attachment, error) {
	var row attachmentRow
	err := s.take(s.as(ctx, scope), &row, "attachment", id)
	return row.noun(), err
}

// AddAttachment keeps a file: its content is read twice, to sum it up and to store
// it, and its media type, size and digest are what the content tells. A thing that
// is not there is NotFound, an empty file Invalid, too large a file or one too many
// on a thing LimitReached, a content that hangs on the same thing already Conflict.
func (s *Store) AddAttachment(ctx context.Context, scope inventory.Scope, a inventory.Attachment, content io.ReadSeeker) (inventory.Attachment, error) {
	a.Name = inventory.FileName(a.Name)
	if a.Kind == "" {
		a.Kind = inventory.OtherAttachment
	}
	if err := a.Check(); err != nil {
		return a, err
	}
	owner, id := a.Owner()
	client, err := s.ownerClient(s.as(ctx, scope), scope, owner, id)
	if err != nil {
		return a, err
	}
	if a.ClientID != "" && a.ClientID != client {
		return a, noSuch(string(owner), id)
	}
	a.ClientID, a.UploadedBy = client, scope.Actor()
	if err := describe(&a, content); err != nil {
		return a, err
	}
	s.stamp(&a.ID, &a.UploadedAt)
	err = s.write(ctx, scope, func(tx *gorm.DB) error {
		if err := s.lockClient(tx, scope, client); err != nil {
			return err
		}
		if err := s.roomFor(tx, scope, a); err != nil {
			return err
		}
		if err := keepFile(tx, fileRow{client, a.SHA256, a.Size}, content); err != nil {
			return err
		}
		row := newAttachmentRow(a)
		if err := tx.Create(&row).Error; err != nil {
			return err
		}
		return s.tellAttached(tx, scope, a, inventory.Change{New: a.Name})
	})
	return a, s.explain(err, "attach "+a.Name+" to "+string(owner)+" "+id)
}

// describe tells of the content how large it is, what it is and its digest, and
// leaves it at its beginning.
func describe(a *inventory.Attachment, content io.ReadSeeker) error {
	sum := sha256.New()
	size, err := io.Copy(sum, io.LimitReader(content, inventory.MostAttachment+1))
	if err != nil {
		return fmt.Errorf("read %s: %w", a.Name, err)
	}
	switch {
	case size == 0:
		return inventory.Errorf(inventory.Invalid, "file: %s is empty", a.Name)
	case size > inventory.MostAttachment:
		return inventory.Errorf(inventory.LimitReached, "file: %s is larger than %d MiB", a.Name, inventory.MostAttachment>>20)
	}
	if _, err := content.Seek(0, io.SeekStart); err != nil {
		return fmt.Errorf("read %s again: %w", a.Name, err)
	}
	kind, err := mimetype.DetectReader(content)
	if err != nil {
		return fmt.Errorf("read %s: %w", a.Name, err)
	}
	if _, err := content.Seek(0, io.SeekStart); err != nil {
		return fmt.Errorf("read %s again: %w", a.Name, err)
	}
	a.Size, a.SHA256, a.MediaType = size, hex.EncodeToString(sum.Sum(nil)), kind.String()
	return nil
}

// roomFor refuses what hangs there already, what is one too many, and a thing that
// is gone meanwhile.
func (s *Store) roomFor(tx *gorm.DB, scope inventory.Scope, a inventory.Attachment) error {
	owner, id := a.Owner()
	if _, err := s.ownerClient(tx, scope, owner, id); err != nil {
		return err
	}
	var there []attachmentRow
	q := ofOwner(tx.Where("client_id = ?", a.ClientID), owner, id)
	if err := q.Limit(inventory.MostAttachments).Find(&there).Error; err != nil {
		return err
	}
	if len(there) == inventory.MostAttachments {
		return inventory.Errorf(inventory.LimitReached, "%s %s has %d attachments, the most there may be", owner, id, inventory.MostAttachments)
	}
	for _, row := range there {
		if row.SHA256 == a.SHA256 {
			return inventory.Errorf(inventory.Conflict, "file: %s is attached already, as %s", a.Name, row.Name)
		}
	}
	return nil
}

// keepFile keeps a content where the client has none like it. What does not come
// out as it was named is Invalid.
func keepFile(tx *gorm.DB, file fileRow, content io.Reader) error {
	var there int64
	if err := tx.Model(&fileRow{}).Where("client_id = ? AND sha256 = ?", file.ClientID, file.SHA256).Count(&there).Error; err != nil || there > 0 {
		return err
	}
	if err := tx.Create(&file).Error; err != nil {
		return err
	}
	return keepParts(tx, file, content)
}

func keepParts(tx *gorm.DB, file fileRow, content io.Reader) error {
	sum, size, part := sha256.New(), int64(0), make([]byte, partSize)
	content = io.LimitReader(content, file.Size+1)
	for number := 0; ; number++ {
		n, err := io.ReadFull(content, part)
		if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
			return err
		}
		if n == 0 {
			break
		}
		_, _ = sum.Write(part[:n]) // a hash never fails
		size += int64(n)
		row := partRow{file.ClientID, file.SHA256, number, bytes.Clone(part[:n])}
		if err := tx.Create(&row).Error; err != nil {
			return err
		}
	}
	if size != file.Size || hex.EncodeToString(sum.Sum(nil)) != file.SHA256 {
		return inventory.Errorf(inventory.Invalid, "the content of attachment %s is not what its SHA-256 and its size tell", file.SHA256)
	}
	return nil
}

// tellAttached writes into the history of an asset what came to hang on it, or went.
func (s *Store) tellAttached(tx *gorm.DB, scope inventory.Scope, a inventory.Attachment, c inventory.Change) error {
	if a.AssetID == "" {
		return nil
	}
	c.AssetID, c.Field, c.Because = a.AssetID, inventory.FieldAttachment, inventory.ByHand
	return s.newApplication(tx, a.ClientID, scope.Actor(), s.now(), inventory.Known{}).history(inventory.Plan{Changes: []inventory.Change{c}})
}

// ReadAttachment writes the content of an attachment, part by part.
func (s *Store) ReadAttachment(ctx context.Context, scope inventory.Scope, id string, w io.Writer) error {
	a, err := s.Attachment(ctx, scope, id)
	if err != nil {
		return err
	}
	_, err = io.Copy(w, &content{db: s.as(ctx, scope), file: fileRow{a.ClientID, a.SHA256, a.Size}})
	return s.explain(err, "read attachment "+id)
}

// content reads what was kept; it asks for one part at a time, so that who reads
// slowly holds up nobody.
type content struct {
	db     *gorm.DB
	file   fileRow
	number int
	part   []byte
	given  int64
}

// Read gives the next bytes.
func (c *content) Read(b []byte) (int, error) {
	if len(c.part) == 0 {
		if c.given == c.file.Size {
			return 0, io.EOF
		}
		var row partRow
		err := c.db.Where("client_id = ? AND sha256 = ? AND number = ?", c.file.ClientID, c.file.SHA256, c.number).Limit(1).Find(&row).Error
		if err != nil {
			return 0, err
		}
		if len(row.Content) == 0 {
			return 0, inventory.Errorf(inventory.NotFound, "the content %s was removed while it was read", c.file.SHA256)
		}
		c.part = row.Content
		c.number++
	}
	n := copy(b, c.part)
	c.part, c.given = c.part[n:], c.given+int64(n)
	return n, nil
}

// UpdateAttachment changes what a person says of an attachment.
func (s *Store) UpdateAttachment(ctx context.Context, scope inventory.Scope, id string, patch inventory.AttachmentPatch) (inventory.Attachment, error) {
	var a inventory.Attachment
	err := s.write(ctx, scope, func(tx *gorm.DB) error {
		var row attachmentRow
		if err := s.take(tx, &row, "attachment", id); err != nil {
			return err
		}
		a = row.noun()
		if patch.Title != nil {
			a.Title = *patch.Title
		}
		if patch.Kind != nil {
			a.Kind = *patch.Kind
		}
		if err := a.Check(); err != nil {
			return err
		}
		return update(tx, &attachmentRow{}, "attachment", id, map[string]any{"title": a.Title, "kind": a.Kind})
	})
	return a, s.explain(err, "change attachment "+id)
}

// DeleteAttachment forgets an attachment, and its content when nothing else of the
// client has it.
func (s *Store) DeleteAttachment(ctx context.Context, scope inventory.Scope, id string) error {
	err := s.write(ctx, scope, func(tx *gorm.DB) error {
		var row attachmentRow
		if err := s.take(tx, &row, "attachment", id); err != nil {
			return err
		}
		if err := s.removeOwner(tx, scope, &attachmentRow{}, "attachment", id); err != nil {
			return err
		}
		return s.tellAttached(tx, scope, row.noun(), inventory.Change{Old: row.Name})
	})
	return s.explain(err, "delete attachment "+id)
}

// removeOwner deletes a row with what is attached to it, and the contents that
// nothing of its client has any more.
func (s *Store) removeOwner(tx *gorm.DB, scope inventory.Scope, model any, noun, id string) error {
	if !storable(id) {
		return noSuch(noun, id)
	}
	var clients []string
	if err := tx.Model(model).Where("id = ?", id).Pluck("client_id", &clients).Error; err != nil {
		return err
	}
	if len(clients) == 0 {
		return noSuch(noun, id)
	}
	// An upload of the same content waits, or it would count on what is about to go.
	if err := s.lockClient(tx, scope, clients[0]); err != nil {
		return err
	}
	if err := remove(tx, model, noun, id); err != nil {
		return err
	}
	return byHand(tx).Exec(`DELETE FROM attachment_files WHERE client_id = ? AND NOT EXISTS
		(SELECT 1 FROM attachments a WHERE a.client_id = attachment_files.client_id AND a.sha256 = attachment_files.sha256)`, clients[0]).Error
}
