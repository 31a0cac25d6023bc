package api

import (
	"context"

	"parc/inventory"
	"parc/lifecycle"
)

// ClientDeadline is something near that ends, or whose last day of notice comes.
type ClientDeadline struct {
	Event        string           `json:"event" doc:"Names it when something is said of it."`
	Day          inventory.Day    `json:"day"`
	Kind         string           `json:"kind"`
	What         string           `json:"what"`
	AssetIDs     []string         `json:"asset_ids" nullable:"false"`
	DaysLeft     int              `json:"days_left"`
	Renews       bool             `json:"renews" doc:"Goes on by itself unless notice is given."`
	Bound        inventory.Day    `json:"bound,omitempty" doc:"Of a notice: until when it binds if nobody gives it."`
	AtStake      *inventory.Money `json:"at_stake,omitempty" doc:"Of a notice: what the renewal costs, net."`
	Acknowledged bool             `json:"acknowledged" doc:"Somebody has taken note: nothing more is sent."`
	SnoozedUntil inventory.Day    `json:"snoozed_until,omitempty"`
	SaidBy       string           `json:"said_by,omitempty"`
	SentOn       inventory.Day    `json:"sent_on,omitempty" doc:"When it was last written of."`
	NextOn       inventory.Day    `json:"next_on,omitempty" doc:"When it will be next; absent when it will not."`
}

func deadlineOf(a lifecycle.Alert) ClientDeadline {
	d := ClientDeadline{
		Event: a.Key, Day: a.Day, Kind: string(a.Kind), What: a.What, AssetIDs: a.AssetIDs, DaysLeft: a.DaysLeft, Renews: a.Renews, Bound: a.Bound,
		Acknowledged: a.Deadline.Acknowledged, SnoozedUntil: a.Deadline.SnoozedUntil, SaidBy: a.Deadline.SaidBy, SentOn: a.Deadline.SentOn, NextOn: a.Next,
	}
	if d.AssetIDs == nil {
		d.AssetIDs = []string{}
	}
	if a.AtStake.Minor > 0 {
		d.AtStake = &a.AtStake
	}
	return d
}

// alerts gives what is near for a client, and what was said of it.
func (s *Server) alerts(ctx context.Context, clientID string) ([]lifecycle.Alert, error) {
	if err := s.seesClient(ctx, clientID); err != nil {
		return nil, err
	}
	estate, err := s.holdings(ctx, scopeOf(ctx), clientID)
	if err != nil {
		return nil, err
	}
	said, err := s.Store.Deadlines(ctx, scopeOf(ctx), clientID)
	return lifecycle.Alerts(estate, s.Products, said, s.today()), err
}

func (s *Server) listDeadlines(ctx context.Context, in *ByID) (*listOutput[ClientDeadline], error) {
	all, err := s.alerts(ctx, in.ID)
	return whole(each(all, deadlineOf), err)
}

type sayDeadlineInput struct {
	ByID
	Body struct {
		Event string `json:"event" minLength:"1" maxLength:"300" doc:"As the list names it."`
		Say   string `json:"say" enum:"acknowledge,snooze,reopen" doc:"acknowledge: nothing more is sent until its day moves; snooze: nothing before until; reopen: as if nothing had been said."`
		Until Date   `json:"until,omitempty" doc:"Of snooze."`
	}
}

func (s *Server) sayDeadline(ctx context.Context, in *sayDeadlineInput) (*oneOutput[ClientDeadline], error) {
	all, err := s.alerts(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	for _, a := range all {
		if a.Key != in.Body.Event {
			continue
		}
		now := s.Now()
		d := inventory.Deadline{Event: a.Key, Day: a.Day, SentOn: a.Deadline.SentOn, SaidBy: who(ctx).user.ID, SaidAt: &now}
		switch in.Body.Say {
		case "acknowledge":
			d.Acknowledged = true
		case "snooze":
			if d.SnoozedUntil = inventory.Day(in.Body.Until); d.SnoozedUntil <= s.today() || d.SnoozedUntil > d.Day {
				return nil, inventory.Errorf(inventory.Invalid, "until: say a day after today, and not after %s", d.Day)
			}
		}
		if err := s.Store.SayDeadlines(ctx, scopeOf(ctx), in.ID, []inventory.Deadline{d}); err != nil {
			return nil, err
		}
		break
	}
	all, err = s.alerts(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	for _, a := range all {
		if a.Key == in.Body.Event {
			return one(deadlineOf(a), nil)
		}
	}
	return nil, inventory.Errorf(inventory.NotFound, "nothing near has this name: its day may have moved")
}

func (s *Server) showAlertPlan(ctx context.Context, in *ByID) (*oneOutput[inventory.AlertPlan], error) {
	return one(s.Store.AlertPlan(ctx, scopeOf(ctx), in.ID))
}

type putAlertPlanInput struct {
	ByID
	Body struct {
		Recipients []string `json:"recipients" maxItems:"50" doc:"Mail addresses; none: nobody is written to."`
		Lang       string   `json:"lang,omitempty" enum:"fr,en" default:"fr"`
	}
}

func (s *Server) putAlertPlan(ctx context.Context, in *putAlertPlanInput) (*oneOutput[inventory.AlertPlan], error) {
	recipients, err := s.Documents.CheckRecipients(in.Body.Recipients)
	if err != nil {
		return nil, err
	}
	return one(s.Store.SetAlertPlan(ctx, scopeOf(ctx), inventory.AlertPlan{ClientID: in.ID, Recipients: recipients, Lang: in.Body.Lang}))
}
