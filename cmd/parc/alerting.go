package main

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"parc/inventory"
	"parc/inventory/store"
	"parc/inventory/store/queue"
	"parc/lifecycle"
	"parc/lifecycle/calendar"
	"parc/lifecycle/mail"
)

// CheckRecipients reads mail addresses; Invalid names what is none.
func (d *documents) CheckRecipients(all []string) ([]string, error) {
	read := make([]string, 0, len(all))
	for _, one := range all {
		address, err := mail.Address(one)
		if err != nil {
			return nil, inventory.Errorf(inventory.Invalid, "recipients: %w", err)
		}
		if !slices.Contains(read, address) {
			read = append(read, address)
		}
	}
	return read, nil
}

// alerting writes to people of what ends soon, one message a day to each.
type alerting struct {
	app       *App
	store     *store.Store
	catalogue lifecycle.Catalogue
	send      func(ctx context.Context, m mail.Message) error // nil: by the mail server that is set
}

// task starts it every hour: what was written of today is not written of again.
func (a *alerting) task() queue.Task {
	return queue.Task{Name: "alerts", Every: time.Hour, Timeout: 30 * time.Minute, Run: a.run}
}

// reader is one person, in one language.
type reader struct{ address, lang string }

// due is what is to be written of one client.
type due struct {
	client inventory.Client
	plan   inventory.AlertPlan
	alerts []lifecycle.Alert
}

// run writes of what is due, and notes it for the clients of which somebody was
// written to. A message that cannot be sent does not keep the others.
func (a *alerting) run(ctx context.Context) error {
	scope, day := inventory.ScopeAll("alerts"), inventory.DayOf(a.app.now())
	send, err := a.sender(ctx)
	if err != nil || send == nil {
		return err
	}
	all, err := a.due(ctx, scope, day)
	if err != nil {
		return err
	}
	letters := map[reader][]calendar.Near{}
	for _, d := range all {
		for _, to := range d.plan.Recipients {
			r := reader{to, d.plan.Lang}
			letters[r] = append(letters[r], calendar.Near{Client: d.client.Name, Alerts: d.alerts})
		}
	}
	readers := make([]reader, 0, len(letters))
	for r := range letters {
		readers = append(readers, r)
	}
	slices.SortFunc(readers, func(x, y reader) int { return strings.Compare(x.address+x.lang, y.address+y.lang) })
	written := map[reader]bool{}
	var failed []error
	for _, r := range readers {
		subject, text, err := calendar.Digest(r.lang, day, letters[r])
		if err == nil {
			err = send(ctx, mail.Message{To: []string{r.address}, Subject: subject, Text: text})
		}
		if written[r] = err == nil; err != nil {
			a.app.log.Warn("alerts were not sent", "to", r.address, "error", err)
			failed = append(failed, err)
		}
	}
	for _, d := range all {
		if slices.ContainsFunc(d.plan.Recipients, func(to string) bool { return written[reader{to, d.plan.Lang}] }) {
			failed = append(failed, a.note(ctx, scope, d, day))
		}
	}
	return errors.Join(failed...)
}

// sender gives how messages go out; nil while no mail server is set.
func (a *alerting) sender(ctx context.Context) (func(context.Context, mail.Message) error, error) {
	if a.send != nil {
		return a.send, nil
	}
	server, err := a.store.MailServer(ctx, inventory.ScopeAll("mail"))
	if err != nil || server.Host == "" {
		return nil, err
	}
	return func(ctx context.Context, m mail.Message) error { return mail.Send(ctx, server, m) }, mail.Check(server)
}

// due lists the clients of which somebody is to be written to.
func (a *alerting) due(ctx context.Context, scope inventory.Scope, day inventory.Day) ([]due, error) {
	var all []due
	f := inventory.ClientFilter{Page: inventory.Page{Limit: 500}}
	for {
		clients, next, err := a.store.Clients(ctx, scope, f)
		if err != nil {
			return nil, err
		}
		for _, client := range clients {
			d, err := a.dueOf(ctx, scope, client, day)
			if err != nil {
				return nil, err
			}
			if len(d.alerts) > 0 {
				all = append(all, d)
			}
		}
		if next == "" {
			return all, nil
		}
		f.Page.After = next
	}
}

func (a *alerting) dueOf(ctx context.Context, scope inventory.Scope, client inventory.Client, day inventory.Day) (due, error) {
	plan, err := a.store.AlertPlan(ctx, scope, client.ID)
	if err != nil || len(plan.Recipients) == 0 {
		return due{}, err
	}
	o, err := estateOf(ctx, a.store, scope, client, day)
	if err != nil {
		return due{}, err
	}
	said, err := a.store.Deadlines(ctx, scope, client.ID)
	if err != nil {
		return due{}, err
	}
	alerts := lifecycle.Alerts(o.input.Estate, a.catalogue, said, day)
	return due{client, plan, slices.DeleteFunc(alerts, func(a lifecycle.Alert) bool { return !a.Due })}, nil
}

func (a *alerting) note(ctx context.Context, scope inventory.Scope, d due, day inventory.Day) error {
	said := make([]inventory.Deadline, len(d.alerts))
	for i, alert := range d.alerts {
		said[i] = alert.Deadline
		said[i].Event, said[i].Day, said[i].SentOn = alert.Key, alert.Day, day
	}
	return a.store.SayDeadlines(context.WithoutCancel(ctx), scope, d.client.ID, said)
}
