package api

import (
	"context"
	"fmt"
	"io"
	"mime"
	"net/http"
	"strconv"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humaecho"

	"parc/inventory"
)

// Attachments is the part of the store that keeps the files that people attach.
type Attachments interface {
	Attachments(ctx context.Context, scope inventory.Scope, f inventory.AttachmentFilter) ([]inventory.Attachment, string, error)
	Attachment(ctx context.Context, scope inventory.Scope, id string) (inventory.Attachment, error)
	AddAttachment(ctx context.Context, scope inventory.Scope, a inventory.Attachment, content io.ReadSeeker) (inventory.Attachment, error)
	ReadAttachment(ctx context.Context, scope inventory.Scope, id string, w io.Writer) error
	UpdateAttachment(ctx context.Context, scope inventory.Scope, id string, patch inventory.AttachmentPatch) (inventory.Attachment, error)
	DeleteAttachment(ctx context.Context, scope inventory.Scope, id string) error
}

// attachTo is what files are attached to, and who may: as for the thing itself.
var attachTo = []struct {
	path  string
	owner inventory.AttachmentOwner
	needs right
	what  string
}{
	{"/assets", inventory.OwnerAsset, change, "an asset"},
	{"/contracts", inventory.OwnerContract, money, "a contract"},
	{"/financings", inventory.OwnerFinancing, money, "a purchase or a lease"},
	{"/licences", inventory.OwnerLicence, money, "a licence"},
	{"/interventions", inventory.OwnerIntervention, change, "an intervention"},
	{"/clients", inventory.OwnerClient, change, "the client itself"},
}

// attachmentRoutes are about files that hang on what a client has.
func (s *Server) attachmentRoutes() {
	for _, a := range attachTo {
		path := a.path + "/{id}/attachments"
		if a.owner == inventory.OwnerClient {
			route(s, "GET", path, read, "Files attached to anything of a client, latest first", s.listClientAttachments)
		} else {
			route(s, "GET", path, read, "Files attached to "+a.what+", latest first", func(ctx context.Context, in *byIDPaged) (*listOutput[inventory.Attachment], error) {
				return part(s.Store.Attachments(ctx, scopeOf(ctx), inventory.AttachmentFilter{Owner: a.owner, OwnerID: in.ID, Page: in.page()}))
			})
		}
		upload(s, path, a.needs, "Attach a file to "+a.what, func(ctx context.Context, in *attachInput) (*oneOutput[inventory.Attachment], error) {
			return s.attach(ctx, a.owner, in)
		})
	}
	download(s, "/attachments/{id}", read, "An attached file", "application/octet-stream", s.sendAttachment)
	// These need the right to change what the file hangs on, which only its row tells.
	route(s, "PATCH", "/attachments/{id}", read, "Change what is said of an attached file", s.patchAttachment)
	route(s, "DELETE", "/attachments/{id}", read, "Remove an attached file", s.deleteAttachment)
}

type byIDPaged struct {
	ByID
	Paging
}

type clientAttachmentsInput struct {
	ByID
	Paging
	Own bool `query:"own" doc:"Only what hangs on the client itself."`
}

func (s *Server) listClientAttachments(ctx context.Context, in *clientAttachmentsInput) (*listOutput[inventory.Attachment], error) {
	f := inventory.AttachmentFilter{ClientID: in.ID, Page: in.page()}
	if in.Own {
		f.Owner, f.OwnerID = inventory.OwnerClient, in.ID
	}
	return part(s.Store.Attachments(ctx, scopeOf(ctx), f))
}

type attachForm struct {
	File  huma.FormFile `form:"file" required:"true" doc:"The file, of 50 MiB at most."`
	Title string        `form:"title" required:"false" maxLength:"300"`
	Kind  string        `form:"kind" required:"false" enum:"invoice,contract,certificate,photo,manual,other"`
}

type attachInput struct {
	ByID
	RawBody huma.MultipartFormFiles[attachForm]
}

func (s *Server) attach(ctx context.Context, owner inventory.AttachmentOwner, in *attachInput) (*oneOutput[inventory.Attachment], error) {
	form := in.RawBody.Data()
	defer form.File.Close()
	if form.File.Size > inventory.MostAttachment {
		return nil, problem(http.StatusRequestEntityTooLarge, inventory.LimitReached, fmt.Sprintf("file: larger than %d MiB", inventory.MostAttachment>>20))
	}
	a := inventory.Attachment{Name: form.File.Filename, Title: inventory.Clean(form.Title), Kind: inventory.AttachmentKind(form.Kind)}
	a.HangOn(owner, in.ID)
	if owner == inventory.OwnerClient {
		a.ClientID = in.ID
	}
	return one(s.Store.AddAttachment(ctx, scopeOf(ctx), a, form.File))
}

func (s *Server) sendAttachment(ctx context.Context, in *ByID) (*huma.StreamResponse, error) {
	a, err := s.Store.Attachment(ctx, scopeOf(ctx), in.ID)
	if err != nil {
		return nil, err
	}
	return s.streamed(fileHeaders{a.ServedType(), a.Name, a.Size}, func(w io.Writer) error {
		return s.Store.ReadAttachment(ctx, scopeOf(ctx), a.ID, w)
	}), nil
}

type patchAttachmentInput struct {
	ByID
	Body struct {
		Title *string `json:"title,omitempty" maxLength:"300"`
		Kind  *string `json:"kind,omitempty" enum:"invoice,contract,certificate,photo,manual,other"`
	}
}

func (s *Server) patchAttachment(ctx context.Context, in *patchAttachmentInput) (*oneOutput[inventory.Attachment], error) {
	if err := s.mayChangeAttachment(ctx, in.ID); err != nil {
		return nil, err
	}
	var patch inventory.AttachmentPatch
	if in.Body.Title != nil {
		title := inventory.Clean(*in.Body.Title)
		patch.Title = &title
	}
	if in.Body.Kind != nil {
		kind := inventory.AttachmentKind(*in.Body.Kind)
		patch.Kind = &kind
	}
	return one(s.Store.UpdateAttachment(ctx, scopeOf(ctx), in.ID, patch))
}

func (s *Server) deleteAttachment(ctx context.Context, in *ByID) (*struct{}, error) {
	if err := s.mayChangeAttachment(ctx, in.ID); err != nil {
		return nil, err
	}
	return none(s.Store.DeleteAttachment(ctx, scopeOf(ctx), in.ID))
}

// mayChangeAttachment refuses who may not change what the file hangs on.
func (s *Server) mayChangeAttachment(ctx context.Context, id string) error {
	a, err := s.Store.Attachment(ctx, scopeOf(ctx), id)
	if err != nil {
		return err
	}
	owner, _ := a.Owner()
	for _, to := range attachTo {
		if to.owner == owner {
			return allowed(who(ctx).user, to.needs)
		}
	}
	return inventory.Errorf(inventory.Forbidden, "nobody may change what hangs on a %s", owner)
}

// The limits of files that come and go.
const (
	maxUpload       = inventory.MostAttachment + 1<<20 // with what the form says beside the file
	uploadTimeout   = 15 * time.Minute                 // a phone's photo over a poor line
	parallelUploads = 8                                // received at a time: each takes its size on disk until it is stored
	parallelExports = 2
	slowest         = time.Minute // for a single write to a caller that reads slowly
)

// upload registers an operation whose body is a form with a file.
func upload[I, O any](s *Server, path string, needs right, summary string, handler func(context.Context, *I) (*O, error)) {
	op := s.operation(http.MethodPost, path, needs, summary)
	op.MaxBodyBytes, op.BodyReadTimeout = maxUpload, uploadTimeout
	op.Middlewares = append(op.Middlewares, s.receiveUpload)
	register(s, op, handler)
}

// receiveUpload bounds how many files are received at once, and removes what the
// form has left in the folder for temporary files: the HTTP server does so only
// for a request that nobody has put another context into.
func (s *Server) receiveUpload(c huma.Context, next func(huma.Context)) {
	leave, err := enter(c.Context(), s.uploading)
	if err != nil {
		s.refuse(c, s.translate(c.Context(), err))
		return
	}
	defer leave()
	request := humaecho.Unwrap(c).Request()
	defer func() {
		if request.MultipartForm != nil {
			if err := request.MultipartForm.RemoveAll(); err != nil {
				s.Log.Warn("an uploaded file stays in the folder for temporary files", "err", err)
			}
		}
	}()
	next(c)
}

// download registers an operation that answers with a file of one media type.
func download[I any](s *Server, path string, needs right, summary, mediaType string, handler func(context.Context, *I) (*huma.StreamResponse, error)) {
	op := s.operation(http.MethodGet, path, needs, summary)
	op.Responses = map[string]*huma.Response{"200": {
		Description: "The file", Content: map[string]*huma.MediaType{mediaType: {Schema: &huma.Schema{Type: "string", Format: "binary"}}},
	}}
	register(s, op, handler)
}

// fileHeaders says of a file how it leaves: to be saved, never to be shown.
type fileHeaders struct {
	mediaType, name string
	size            int64 // 0: not known before its end
}

// streamed answers with a file while it is read. An error in the midst of it
// breaks the connection off, so that no half a file is taken for a whole one.
func (s *Server) streamed(h fileHeaders, write func(io.Writer) error) *huma.StreamResponse {
	return &huma.StreamResponse{Body: func(c huma.Context) {
		c.SetHeader("Content-Type", h.mediaType)
		c.SetHeader("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": h.name}))
		if h.size > 0 {
			c.SetHeader("Content-Length", strconv.FormatInt(h.size, 10))
		}
		c.SetStatus(http.StatusOK)
		response := humaecho.Unwrap(c).Response()
		if err := write(&patient{response, http.NewResponseController(response)}); err != nil {
			s.Log.WarnContext(c.Context(), "file broken off", "trace", traceOf(c.Context()), "err", err)
			panic(http.ErrAbortHandler)
		}
	}}
}

// patient writes for as long as the caller reads: the time that there is begins
// anew with every write.
type patient struct {
	io.Writer
	control *http.ResponseController
}

// Write writes.
func (p *patient) Write(b []byte) (int, error) {
	_ = p.control.SetWriteDeadline(time.Now().Add(slowest)) // one that cannot keeps the server's own
	return p.Writer.Write(b)
}
