package store_test

import (
	"bytes"
	"context"
	"maps"
	"strings"

	"parc/inventory"
)

func init() { maps.Copy(calls, attachmentCalls) }

// attachmentCalls are the rows of the matrix about attached files.
var attachmentCalls = map[string]call{
	"Attachments": func(c context.Context, w *world, s inventory.Scope, x side) (any, error) {
		return paged(w.Attachments(c, s, inventory.AttachmentFilter{Owner: inventory.OwnerContract, OwnerID: x.contract.ID}))
	},
	"Attachment": func(c context.Context, w *world, s inventory.Scope, x side) (any, error) {
		return w.Attachment(c, s, x.attachment.ID)
	},
	"AddAttachment": func(c context.Context, w *world, s inventory.Scope, x side) (any, error) {
		return w.AddAttachment(c, s, inventory.Attachment{AssetID: x.asset.ID, Name: "invoice.txt"}, strings.NewReader("an invoice"))
	},
	"ReadAttachment": func(c context.Context, w *world, s inventory.Scope, x side) (any, error) {
		var content bytes.Buffer
		err := w.ReadAttachment(c, s, x.attachment.ID, &content)
		return content.String(), err
	},
	"UpdateAttachment": func(c context.Context, w *world, s inventory.Scope, x side) (any, error) {
		title := "taken over"
		return w.UpdateAttachment(c, s, x.attachment.ID, inventory.AttachmentPatch{Title: &title})
	},
	"DeleteAttachment": func(c context.Context, w *world, s inventory.Scope, x side) (any, error) {
		return nothing(w.DeleteAttachment(c, s, x.attachment.ID))
	},
}
