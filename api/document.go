package api

import (
	"bytes"
	"context"
	"fmt"
	"io"

	"parc/inventory"
)

// ReportRequest says which report of which client.
type ReportRequest struct {
	ClientID      string
	Kind          string // audit, difference, renewals …
	Format        string // html, pdf, xlsx, json
	Lang          string // fr, en
	Day           inventory.Day
	From, To      inventory.Day
	Before, After string // ids of kept audits, of a difference
	Stock         string // of labels
	Skip          int    // places of the first sheet that are used up
}

// Documents makes, keeps and sends reports; package lifecycle/report knows how.
type Documents interface {
	// Write makes a report and writes it whole.
	Write(ctx context.Context, scope inventory.Scope, r ReportRequest, w io.Writer) error
	// Keep makes a report and keeps it, frozen.
	Keep(ctx context.Context, scope inventory.Scope, r ReportRequest) (inventory.Report, error)
	// WriteKept writes a kept report again.
	WriteKept(ctx context.Context, scope inventory.Scope, id, format, lang string, w io.Writer) error
	// CheckSaved refuses a saved report that could not be made or sent, and works
	// out when it is due.
	CheckSaved(r inventory.SavedReport) (inventory.SavedReport, error)
	// Send makes a saved report now and mails it.
	Send(ctx context.Context, scope inventory.Scope, id string) (inventory.SavedReport, error)
	// CheckProvider refuses what no document can bear, and gives the logo cleaned.
	CheckProvider(p inventory.Provider) (inventory.Provider, error)
	// CheckMail refuses a mail server that cannot be used.
	CheckMail(m inventory.MailServer) error
	// CheckRecipients reads mail addresses; Invalid names what is none.
	CheckRecipients(all []string) ([]string, error)
	// TestMail sends a short message by the mail server that is set.
	TestMail(ctx context.Context, scope inventory.Scope, to string) error
}

// Filed is embedded by inputs of routes that answer with a report's file.
type Filed struct {
	Spoken
	Format string `query:"format" enum:"pdf,html,xlsx,json" default:"pdf"`
}

type fileOutput struct {
	ContentType string `header:"Content-Type"`
	Disposition string `header:"Content-Disposition"`
	Body        []byte
}

var mediaType = map[string]string{
	"html": "text/html; charset=utf-8",
	"json": "application/json",
	"pdf":  "application/pdf",
	"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

// file makes a report whole before the first byte leaves, so that an error is a
// problem and not half a file.
func file(kind, format string, day inventory.Day, write func(io.Writer) error) (*fileOutput, error) {
	var body bytes.Buffer
	if err := write(&body); err != nil {
		return nil, err
	}
	return &fileOutput{
		ContentType: mediaType[format], Body: body.Bytes(),
		Disposition: fmt.Sprintf(`attachment; filename="%s-%s.%s"`, kind, day, format),
	}, nil
}

type auditInput struct {
	ByID
	Spoken
	Format string `query:"format" enum:"html,json,pdf,xlsx" default:"html"`
}

func (s *Server) writeAudit(ctx context.Context, in *auditInput) (*fileOutput, error) {
	return s.writeNew(ctx, ReportRequest{ClientID: in.ID, Kind: "audit", Format: in.Format, Lang: in.Lang})
}

type reportInput struct {
	ByID
	Filed
	Kind   string        `path:"kind" maxLength:"40" doc:"audit, difference, renewals, refresh, licences, register, returns, labels or service."`
	Day    inventory.Day `query:"day" maxLength:"10" doc:"The day that the report speaks of; today."`
	From   inventory.Day `query:"from" maxLength:"10" doc:"First day of the period; the kind's usual one."`
	To     inventory.Day `query:"to" maxLength:"10"`
	Before string        `query:"before" maxLength:"64" doc:"A difference: the earlier kept audit; the last but one."`
	After  string        `query:"after" maxLength:"64" doc:"A difference: the later kept audit; the last."`
	Stock  string        `query:"stock" maxLength:"40" doc:"Labels: what they are printed on, as avery-l7160 or 62x29."`
	Skip   int           `query:"skip" minimum:"0" maximum:"1000" doc:"Labels: places of the first sheet that are used up."`
}

func (s *Server) writeReport(ctx context.Context, in *reportInput) (*fileOutput, error) {
	return s.writeNew(ctx, ReportRequest{
		ClientID: in.ID, Kind: in.Kind, Format: in.Format, Lang: in.Lang, Day: in.Day, From: in.From, To: in.To,
		Before: in.Before, After: in.After, Stock: in.Stock, Skip: in.Skip,
	})
}

func (s *Server) writeNew(ctx context.Context, r ReportRequest) (*fileOutput, error) {
	if err := s.seesClient(ctx, r.ClientID); err != nil {
		return nil, err
	}
	if err := s.dated(&r); err != nil {
		return nil, err
	}
	return file(r.Kind, r.Format, r.Day, func(w io.Writer) error { return s.Documents.Write(ctx, scopeOf(ctx), r, w) })
}

// dated checks the days of a request; without one it speaks of today.
func (s *Server) dated(r *ReportRequest) error {
	if err := days(&r.Day, &r.From, &r.To); err != nil {
		return err
	}
	if r.Day.IsZero() {
		r.Day = s.today()
	}
	return nil
}

type keepInput struct {
	ByID
	Body struct {
		Kind   string        `json:"kind" minLength:"1" maxLength:"40"`
		Day    inventory.Day `json:"day,omitempty"`
		From   inventory.Day `json:"from,omitempty"`
		To     inventory.Day `json:"to,omitempty"`
		Before string        `json:"before,omitempty" maxLength:"64"`
		After  string        `json:"after,omitempty" maxLength:"64"`
	}
}

func (s *Server) keepReport(ctx context.Context, in *keepInput) (*oneOutput[inventory.Report], error) {
	if err := s.seesClient(ctx, in.ID); err != nil {
		return nil, err
	}
	b := &in.Body
	r := ReportRequest{ClientID: in.ID, Kind: b.Kind, Day: b.Day, From: b.From, To: b.To, Before: b.Before, After: b.After}
	if err := s.dated(&r); err != nil {
		return nil, err
	}
	return one(s.Documents.Keep(ctx, scopeOf(ctx), r))
}

type listReportsInput struct {
	ByID
	Kind string `query:"kind" maxLength:"40" doc:"Only those of a kind."`
}

func (s *Server) listReports(ctx context.Context, in *listReportsInput) (*listOutput[inventory.Report], error) {
	if err := s.seesClient(ctx, in.ID); err != nil {
		return nil, err
	}
	return whole(s.Store.Reports(ctx, scopeOf(ctx), in.ID, in.Kind))
}

type keptInput struct {
	ByID
	Filed
}

func (s *Server) writeKept(ctx context.Context, in *keptInput) (*fileOutput, error) {
	r, err := s.Store.Report(ctx, scopeOf(ctx), in.ID)
	if err != nil {
		return nil, err
	}
	return file(r.Kind, in.Format, r.Day, func(w io.Writer) error {
		return s.Documents.WriteKept(ctx, scopeOf(ctx), in.ID, in.Format, in.Lang, w)
	})
}

func (s *Server) deleteReport(ctx context.Context, in *ByID) (*struct{}, error) {
	return none(s.Store.DeleteReport(ctx, scopeOf(ctx), in.ID))
}
