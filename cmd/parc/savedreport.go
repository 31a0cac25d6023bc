package main

import (
	"fmt"
	"strings"
	"text/tabwriter"

	"parc/inventory"
	"parc/inventory/store"
)

// SavedReportCmd keeps the reports that parc serve makes on a schedule and mails.
type SavedReportCmd struct {
	List   SavedListCmd   `cmd:"" help:"List the reports that are made on a schedule and mailed."`
	Add    SavedAddCmd    `cmd:"" help:"Make a report on a schedule and mail it, as long as parc serve runs."`
	Send   SavedSendCmd   `cmd:"" help:"Make one now and mail it."`
	Pause  SavedPauseCmd  `cmd:"" help:"Stop sending one for now."`
	Resume SavedResumeCmd `cmd:"" help:"Send one again as it was planned."`
	Remove SavedRemoveCmd `cmd:"" help:"Stop sending one for good; the reports that it made stay."`
}

// withDocuments opens the database for what makes and sends documents.
func withDocuments(app *App, do func(s *store.Store, d *documents, scope inventory.Scope) error) error {
	s, err := app.openStore(app.ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	judge, err := newJudge(app.ctx, s)
	if err != nil {
		return err
	}
	return do(s, &documents{store: s, judge: judge, now: app.now, log: app.log}, inventory.ScopeAll("cli"))
}

// SavedListCmd lists a client's saved reports.
type SavedListCmd struct {
	Client string `required:"" help:"Whose." placeholder:"NAME"`
	Format string `help:"${enum}." enum:"table,jsonl" default:"table"`
}

// Run prints them, the oldest first.
func (c *SavedListCmd) Run(app *App) error {
	return withDocuments(app, func(s *store.Store, _ *documents, scope inventory.Scope) error {
		client, err := s.ClientByName(app.ctx, scope, c.Client)
		if err != nil {
			return err
		}
		saved, err := s.SavedReports(app.ctx, scope, client.ID)
		if err != nil {
			return err
		}
		if c.Format == "jsonl" {
			return writeLines(app.Out, saved)
		}
		w := tabwriter.NewWriter(app.Out, 0, 0, 2, ' ', 0)
		fmt.Fprintln(w, "ID\tNAME\tKIND\tFORMAT\tSCHEDULE\tNEXT\tTO\tLAST")
		for _, r := range saved {
			next, last := "paused", "never"
			if r.NextAt != nil {
				next = r.NextAt.Local().Format("2006-01-02 15:04")
			}
			if r.LastAt != nil {
				last = r.LastAt.Local().Format("2006-01-02 15:04")
			}
			if r.LastError != "" {
				last = "failed: " + r.LastError
			}
			fmt.Fprintf(w, "%s\t%s\t%s\t%s, %s\t%s (%s)\t%s\t%s\t%s\n", r.ID, r.Name, r.Kind, r.Format, r.Lang, r.Spec, r.TimeZone, next, strings.Join(r.Recipients, ", "), last)
		}
		return w.Flush()
	})
}

// SavedAddCmd saves a report.
type SavedAddCmd struct {
	Kind     string   `arg:"" help:"audit, renewals, refresh, licences, register, returns or service."`
	Client   string   `required:"" help:"Whose." placeholder:"NAME"`
	To       []string `required:"" help:"Mail addresses that it is sent to." placeholder:"ADDRESS"`
	Schedule string   `required:"" help:"Five cron fields, or @monthly and such: '0 7 1 * *' is the first of each month at seven." placeholder:"SPEC"`
	TimeZone string   `help:"Time zone of the schedule." default:"Europe/Paris" placeholder:"ZONE"`
	Name     string   `help:"What it is called (default: its kind)." placeholder:"TEXT"`
	Lang     string   `help:"Language: ${enum}." enum:"fr,en" default:"fr"`
	Format   string   `help:"${enum}." enum:"pdf,html,xlsx,json" default:"pdf"`
}

// Run checks and keeps it.
func (c *SavedAddCmd) Run(app *App) error {
	return withDocuments(app, func(s *store.Store, d *documents, scope inventory.Scope) error {
		client, err := s.ClientByName(app.ctx, scope, c.Client)
		if err != nil {
			return err
		}
		name := inventory.Clean(c.Name)
		if name == "" {
			name = c.Kind
		}
		saved, err := d.CheckSaved(inventory.SavedReport{
			ClientID: client.ID, Name: name, Kind: c.Kind, Lang: c.Lang, Format: c.Format, Recipients: c.To, Spec: c.Schedule, TimeZone: c.TimeZone, Enabled: true,
		})
		if err != nil {
			return err
		}
		if saved, err = s.CreateSavedReport(app.ctx, scope, saved); err != nil {
			return err
		}
		fmt.Fprintln(app.Out, saved.ID)
		app.say("%s of %s goes to %s, next on %s, as long as parc serve runs", saved.Kind, client.Name, strings.Join(saved.Recipients, ", "), saved.NextAt.Local().Format("2006-01-02 15:04"))
		return nil
	})
}

// SavedSendCmd sends one now.
type SavedSendCmd struct {
	ID string `arg:"" help:"The saved report's id."`
}

// Run makes it, keeps it and mails it.
func (c *SavedSendCmd) Run(app *App) error {
	return withDocuments(app, func(_ *store.Store, d *documents, scope inventory.Scope) error {
		saved, err := d.Send(app.ctx, scope, c.ID)
		if err != nil {
			return err
		}
		app.say("%s sent to %s", saved.Name, strings.Join(saved.Recipients, ", "))
		return nil
	})
}

// SavedPauseCmd stops sending one for now.
type SavedPauseCmd struct {
	ID string `arg:"" help:"The saved report's id."`
}

// Run pauses it.
func (c *SavedPauseCmd) Run(app *App) error { return enableSaved(app, c.ID, false) }

// SavedResumeCmd sends one again.
type SavedResumeCmd struct {
	ID string `arg:"" help:"The saved report's id."`
}

// Run resumes it.
func (c *SavedResumeCmd) Run(app *App) error { return enableSaved(app, c.ID, true) }

func enableSaved(app *App, id string, enabled bool) error {
	return withDocuments(app, func(s *store.Store, d *documents, scope inventory.Scope) error {
		saved, err := s.SavedReport(app.ctx, scope, id)
		if err != nil {
			return err
		}
		saved.Enabled = enabled
		if saved, err = d.CheckSaved(saved); err != nil {
			return err
		}
		if _, err = s.UpdateSavedReport(app.ctx, scope, saved); err != nil {
			return err
		}
		app.say("%s is %s", saved.Name, map[bool]string{true: "sent as planned", false: "paused"}[enabled])
		return nil
	})
}

// SavedRemoveCmd forgets one.
type SavedRemoveCmd struct {
	ID string `arg:"" help:"The saved report's id."`
}

// Run removes it.
func (c *SavedRemoveCmd) Run(app *App) error {
	return withDocuments(app, func(s *store.Store, _ *documents, scope inventory.Scope) error {
		if err := s.DeleteSavedReport(app.ctx, scope, c.ID); err != nil {
			return err
		}
		app.say("it is sent no more")
		return nil
	})
}
