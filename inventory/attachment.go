package inventory

import (
	"mime"
	"slices"
	"strings"
	"time"
)

// Attachment is a file that a person hung on something of a client: a signed
// contract, an invoice, a photo, a certificate that a disk was wiped.
type Attachment struct {
	ID             string         `json:"id" gorm:"primaryKey"`
	ClientID       string         `json:"client_id"`
	AssetID        string         `json:"asset_id,omitempty"` // at most one of these; none: it hangs on the client itself
	ContractID     string         `json:"contract_id,omitempty"`
	FinancingID    string         `json:"financing_id,omitempty"`
	LicenceID      string         `json:"licence_id,omitempty"`
	InterventionID string         `json:"intervention_id,omitempty"`
	Name           string         `json:"name"` // of the file; never a path
	Title          string         `json:"title,omitempty"`
	Kind           AttachmentKind `json:"kind"`
	MediaType      string         `json:"media_type"` // as its content looks, whatever its name says
	Size           int64          `json:"size"`       // bytes
	SHA256         string         `json:"sha256"`     // of the content, in hexadecimal
	UploadedBy     string         `json:"uploaded_by"`
	UploadedAt     time.Time      `json:"uploaded_at"`
}

// AttachmentKind says what an attached file is for.
type AttachmentKind string

// AttachmentKinds are the kinds of attachments.
var AttachmentKinds = []AttachmentKind{"invoice", "contract", "certificate", "photo", "manual", OtherAttachment}

// OtherAttachment is the kind of what is none of the others.
const OtherAttachment AttachmentKind = "other"

// The limits of attachments.
const (
	MostAttachment  = 50 << 20 // bytes of one file
	MostAttachments = 200      // files on one thing
)

// AttachmentOwner says what an attachment hangs on.
type AttachmentOwner string

// The owners of attachments.
const (
	OwnerClient       AttachmentOwner = "client"
	OwnerAsset        AttachmentOwner = "asset"
	OwnerContract     AttachmentOwner = "contract"
	OwnerFinancing    AttachmentOwner = "financing"
	OwnerLicence      AttachmentOwner = "licence"
	OwnerIntervention AttachmentOwner = "intervention"
)

// Owner tells what the attachment hangs on, and its id.
func (a Attachment) Owner() (AttachmentOwner, string) {
	for _, o := range a.owners() {
		if *o.id != "" {
			return o.owner, *o.id
		}
	}
	return OwnerClient, a.ClientID
}

// HangOn hangs the attachment on another thing of its client.
func (a *Attachment) HangOn(owner AttachmentOwner, id string) {
	for _, o := range a.owners() {
		*o.id = ""
		if o.owner == owner {
			*o.id = id
		}
	}
}

type attachmentOwner struct {
	owner AttachmentOwner
	id    *string
}

func (a *Attachment) owners() []attachmentOwner {
	return []attachmentOwner{
		{OwnerAsset, &a.AssetID},
		{OwnerContract, &a.ContractID},
		{OwnerFinancing, &a.FinancingID},
		{OwnerLicence, &a.LicenceID},
		{OwnerIntervention, &a.InterventionID},
	}
}

// longestFileName is the longest name, in bytes, that common file systems take.
const longestFileName = 255

// FileName gives the last part of a name from outside, cleaned, so that it is
// never a path, nor hidden, nor a name that Windows keeps for itself; "" when
// nothing is left.
func FileName(name string) string {
	if i := strings.LastIndexAny(name, `/\`); i >= 0 {
		name = name[i+1:]
	}
	name = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`<>:"|?*`, r) {
			return '_'
		}
		return r
	}, Clean(name))
	name = strings.TrimRight(strings.TrimLeft(name, ". "), ". ")
	base, _, _ := strings.Cut(name, ".")
	if reserved(strings.TrimRight(strings.ToUpper(base), " ")) {
		name = "_" + name
	}
	return shorten(name, longestFileName)
}

// reserved tells the names that Windows keeps for devices.
func reserved(base string) bool {
	if len(base) == 4 && (strings.HasPrefix(base, "COM") || strings.HasPrefix(base, "LPT")) {
		return base[3] >= '0' && base[3] <= '9'
	}
	return slices.Contains([]string{"CON", "PRN", "AUX", "NUL"}, base)
}

// shorten cuts a file's name to so many bytes and keeps its ending.
func shorten(name string, most int) string {
	if len(name) <= most {
		return name
	}
	ending := ""
	if i := strings.LastIndexByte(name, '.'); i >= 0 && len(name)-i <= 20 {
		ending = name[i:]
	}
	return strings.TrimRight(CleanTo(strings.TrimSuffix(name, ending), most-len(ending)), ". ") + ending
}

// Check says what is impossible in what a person says of an attachment.
func (a Attachment) Check() error {
	owners := 0
	for _, o := range a.owners() {
		if *o.id != "" {
			owners++
		}
	}
	switch {
	case owners > 1:
		return Errorf(Invalid, "an attachment hangs on one thing, not on %d", owners)
	case a.Name == "" || a.Name != FileName(a.Name):
		return Errorf(Invalid, "name: %q is no name of a file", CleanTo(a.Name, 80))
	case len(a.Title) > longestName:
		return Errorf(Invalid, "title: longer than %d bytes", longestName)
	case !slices.Contains(AttachmentKinds, a.Kind):
		return Errorf(Invalid, "kind: %q is none of %s", CleanTo(string(a.Kind), 40), kindsText())
	}
	return nil
}

func kindsText() string {
	var names []string
	for _, k := range AttachmentKinds {
		names = append(names, string(k))
	}
	return strings.Join(names, ", ")
}

// ServedType gives the media type under which the content may leave: what is
// none becomes that of bytes without meaning.
func (a Attachment) ServedType() string {
	kind, params, err := mime.ParseMediaType(a.MediaType)
	if err != nil || !strings.Contains(kind, "/") {
		return "application/octet-stream"
	}
	return mime.FormatMediaType(kind, params)
}

// AttachmentFilter says which attachments to list, the latest first: those of one
// thing, or with Owner "" all of a client, whatever they hang on.
type AttachmentFilter struct {
	ClientID string
	Owner    AttachmentOwner
	OwnerID  string
	Page     Page
}

// FieldAttachment is what history says where a file was attached or removed.
const FieldAttachment = "attachment"

// AttachmentPatch changes what a person says of an attachment; nil leaves it.
type AttachmentPatch struct {
	Title *string
	Kind  *AttachmentKind
}
