package main

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"time"

	"parc/api"
	"parc/inventory"
	"parc/inventory/store/queue"
	"parc/lifecycle/mail"
	"parc/lifecycle/report"
)

// How often a saved report that could not be sent is tried again, and when.
const (
	sendAttempts = 3
	sendAgain    = 15 * time.Minute
)

var mediaTypes = map[string]string{
	"html": "text/html", "json": "application/json", "pdf": "application/pdf",
	"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

// CheckMail refuses a mail server that cannot be used.
func (d *documents) CheckMail(m inventory.MailServer) error { return mail.Check(m) }

// TestMail sends a short message by the mail server that is set.
func (d *documents) TestMail(ctx context.Context, _ inventory.Scope, to string) error {
	server, err := d.store.MailServer(ctx, inventory.ScopeAll("mail"))
	if err != nil {
		return err
	}
	return mail.Send(ctx, server, mail.Message{
		To: []string{to}, Subject: "parc: test", Text: "Ce message confirme que parc peut envoyer des documents.\nThis message shows that parc can send documents.\n",
	})
}

// CheckSaved refuses a saved report that could not be made or sent, and works
// out when it is due.
func (d *documents) CheckSaved(r inventory.SavedReport) (inventory.SavedReport, error) {
	kind, err := report.ParseKind(r.Kind)
	if err != nil {
		return r, err
	}
	r.Kind = string(kind)
	if !slices.Contains(report.Formats(), r.Format) {
		return r, inventory.Errorf(inventory.Invalid, "%q is no format of a report: pdf, html, xlsx or json", inventory.CleanTo(r.Format, 20))
	}
	if len(r.Recipients) == 0 {
		return r, inventory.Errorf(inventory.Invalid, "a saved report needs somebody to be sent to: recipients")
	}
	for i, to := range r.Recipients {
		if r.Recipients[i], err = mail.Address(to); err != nil {
			return r, err
		}
	}
	next, err := queue.ParseSchedule(r.Spec, r.TimeZone)
	if err != nil {
		return r, err
	}
	r.NextAt = nil
	if r.Enabled {
		at := next(d.now())
		r.NextAt = &at
	}
	return r, nil
}

// Send makes a saved report now and mails it; when it is due next stays.
func (d *documents) Send(ctx context.Context, scope inventory.Scope, id string) (inventory.SavedReport, error) {
	saved, err := d.store.SavedReport(ctx, scope, id)
	if err != nil {
		return saved, err
	}
	saved.NextAt = nil // leaves it as it is
	if err := d.send(ctx, scope, &saved); err != nil {
		return saved, err
	}
	return d.store.SavedReport(ctx, scope, id)
}

// sendDue makes and mails what is due; one that fails does not keep the others.
func (d *documents) sendDue(ctx context.Context) error {
	scope := inventory.ScopeAll("saved-report")
	for ctx.Err() == nil {
		now := d.now()
		saved, err := d.store.ClaimSavedReport(ctx, scope, now, func(r inventory.SavedReport) time.Time {
			next, err := queue.ParseSchedule(r.Spec, r.TimeZone)
			if err != nil {
				return time.Time{} // cannot be read any more: switched off
			}
			return next(now)
		})
		if err != nil || saved == nil {
			return err
		}
		saved.NextAt = nil
		if err := d.send(ctx, scope, saved); err != nil {
			d.log.Warn("saved report was not sent", "client", saved.ClientID, "report", saved.ID, "attempt", saved.Attempts, "error", err)
		}
	}
	return ctx.Err()
}

// send makes, keeps and mails one saved report and notes what became of it.
func (d *documents) send(ctx context.Context, scope inventory.Scope, saved *inventory.SavedReport) error {
	err := d.mail(ctx, scope, saved)
	now := d.now()
	if err == nil {
		saved.LastAt, saved.LastError, saved.Attempts = &now, "", 0
		return d.store.EndSavedReport(ctx, scope, *saved)
	}
	saved.LastError = err.Error()
	if saved.Attempts++; saved.Attempts < sendAttempts && saved.Enabled {
		again := now.Add(sendAgain)
		saved.NextAt = &again
	} else {
		saved.Attempts = 0 // given up until the next turn
	}
	if noted := d.store.EndSavedReport(context.WithoutCancel(ctx), scope, *saved); noted != nil {
		d.log.Error("the end of a saved report was not noted", "report", saved.ID, "error", noted)
	}
	return err
}

func (d *documents) mail(ctx context.Context, scope inventory.Scope, saved *inventory.SavedReport) error {
	server, err := d.store.MailServer(ctx, inventory.ScopeAll("mail"))
	if err != nil {
		return err
	}
	if err := mail.Check(server); err != nil {
		return err
	}
	day := inventory.DayOf(d.now())
	c, err := d.content(ctx, scope, api.ReportRequest{ClientID: saved.ClientID, Kind: saved.Kind, Day: day})
	if err != nil {
		return err
	}
	brand, err := d.brandNow(ctx)
	if err != nil {
		return err
	}
	var file bytes.Buffer
	if err := report.Write(&file, c, saved.Format, saved.Lang, brand); err != nil {
		return err
	}
	kept, err := d.keep(ctx, scope, saved.ClientID, c)
	if err != nil {
		return err
	}
	saved.LastReportID = kept.ID
	subject, text, err := report.Covering(c, saved.Lang, brand.Name)
	if err != nil {
		return err
	}
	return mail.Send(ctx, server, mail.Message{
		To: saved.Recipients, Subject: subject, Text: text,
		Files: []mail.File{{Name: fmt.Sprintf("%s-%s.%s", saved.Kind, day, saved.Format), Type: mediaTypes[saved.Format], Bytes: file.Bytes()}},
	})
}
