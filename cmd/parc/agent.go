package main

import (
	"fmt"
	"text/tabwriter"
	"time"

	"parc/api"
	"parc/inventory"
	"parc/inventory/store"
)

// AgentCmd lets inventory agents report in.
type AgentCmd struct {
	Add    AgentAddCmd    `cmd:"" help:"Make a token with which the agents of a site report in, and print it."`
	Tokens AgentTokensCmd `cmd:"" help:"List a client's tokens, without their secrets."`
	Revoke AgentRevokeCmd `cmd:"" help:"Make a token worthless."`
	List   AgentListCmd   `cmd:"" help:"List the agents that report in for a client."`
}

// AgentAddCmd makes a token.
type AgentAddCmd struct {
	Client string `required:"" help:"Whose machines; made when it does not exist yet." placeholder:"NAME"`
	Site   string `help:"Where they are; made when it does not exist yet." placeholder:"NAME"`
	Name   string `help:"What the token is for." default:"agents"`

	Network bool `help:"Once a day, have one of its agents look at the site's declared networks. It is given the site's SNMP credentials, over TLS only: make a token of its own for the one machine that is to do it."`
}

// Run makes the token and prints where agents report in with it.
func (c *AgentAddCmd) Run(app *App) error {
	return app.withStore(func(s *store.Store, scope inventory.Scope) error {
		where, err := findOrCreate(app.ctx, s, scope, c.Client, c.Site)
		if err != nil {
			return err
		}
		e, token := api.NewEnrolment(where.client.ID, where.site.ID, c.Name)
		e.Network = c.Network
		if e, err = s.CreateEnrolment(app.ctx, scope, e); err != nil {
			return err
		}
		fmt.Fprintln(app.Out, api.AgentPath(token))
		app.say("Token %s for %s, %s. Agents report in at this path of parc's address; it is not shown again.", e.ID, where.client.Name, where.site.Name)
		if c.Network && len(where.site.Networks) == 0 {
			app.say("Site %s declares no networks yet: its agents are asked to look at them once it does.", where.site.Name)
		}
		return nil
	})
}

// AgentTokensCmd lists tokens.
type AgentTokensCmd struct {
	Client string `required:"" help:"Whose." placeholder:"NAME"`
}

// Run prints the list.
func (c *AgentTokensCmd) Run(app *App) error {
	return app.withClient(c.Client, func(s *store.Store, scope inventory.Scope, client inventory.Client) error {
		all, err := s.Enrolments(app.ctx, scope, client.ID)
		if err != nil {
			return err
		}
		t := tabwriter.NewWriter(app.Out, 0, 4, 2, ' ', 0)
		fmt.Fprintln(t, "ID\tNAME\tMADE\tLAST USED\tSTATE\tNETWORKS")
		for _, e := range all {
			state := "valid"
			if e.RevokedAt != nil {
				state = "revoked"
			}
			networks := "no"
			if e.Network && e.AskedAt == nil {
				networks = "not asked yet"
			} else if e.Network {
				networks = "asked " + minute(e.AskedAt)
			}
			fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\t%s\n", e.ID, e.Name, minute(&e.CreatedAt), minute(e.LastUsedAt), state, networks)
		}
		return t.Flush()
	})
}

// AgentRevokeCmd makes a token worthless.
type AgentRevokeCmd struct {
	ID string `arg:"" help:"The token's id, as parc agent tokens lists it."`
}

// Run revokes the token.
func (c *AgentRevokeCmd) Run(app *App) error {
	return app.withStore(func(s *store.Store, scope inventory.Scope) error {
		if err := s.RevokeEnrolment(app.ctx, scope, c.ID); err != nil {
			return err
		}
		app.say("Token %s is revoked: agents that use it are refused from now on.", c.ID)
		return nil
	})
}

// AgentListCmd lists agents.
type AgentListCmd struct {
	Client string `required:"" help:"Whose." placeholder:"NAME"`
}

// Run prints the list.
func (c *AgentListCmd) Run(app *App) error {
	return app.withClient(c.Client, func(s *store.Store, scope inventory.Scope, client inventory.Client) error {
		all, err := s.Agents(app.ctx, scope, client.ID)
		if err != nil {
			return err
		}
		t := tabwriter.NewWriter(app.Out, 0, 4, 2, ' ', 0)
		fmt.Fprintln(t, "DEVICE\tPROGRAM\tTAG\tLAST CONTACT\tWHOLE\tCHANGES\tERROR")
		for i := range all {
			a := &all[i]
			fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\t%s\t%s\n", a.Device, a.Program, a.Tag, minute(&a.LastContact), minute(a.LastFull), minute(a.LastPartial), a.LastError)
		}
		return t.Flush()
	})
}

// minute writes an instant to the minute, in the machine's own zone; "-" for none.
func minute(t *time.Time) string {
	if t == nil {
		return "-"
	}
	return t.Local().Format("2006-01-02 15:04")
}
