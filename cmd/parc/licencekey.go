package main

import (
	"fmt"
	"os"
	"os/user"
	"strings"
	"text/tabwriter"

	"parc/inventory"
	"parc/inventory/store"
)

// LicenceKeysCmd lists the keys found on a client's machines.
type LicenceKeysCmd struct {
	Client string `required:"" help:"Whose." placeholder:"NAME"`
}

// Run prints a line for each licence found with a key, without the key.
func (c *LicenceKeysCmd) Run(app *App) error {
	return app.withClient(c.Client, func(s *store.Store, scope inventory.Scope, client inventory.Client) error {
		kept, err := s.LicenceKeys(app.ctx, scope, client.ID)
		if err != nil {
			return err
		}
		toldAt := map[string]string{}
		for _, k := range kept {
			toldAt[k.ID] = minute(&k.ToldAt)
		}
		t := tabwriter.NewWriter(app.Out, 0, 4, 2, ' ', 0)
		fmt.Fprintln(t, "KEY\tENDS IN\tLICENCE\tASSET\tHOSTNAME\tLAST TOLD")
		err = s.AssetsFull(app.ctx, scope, inventory.AssetFilter{ClientID: client.ID}, func(a inventory.Asset) error {
			for _, l := range a.Details.Licences {
				if told, is := toldAt[l.KeyID]; is {
					fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\t%s\n", l.KeyID, l.Tail, l.Name, a.ID, a.Hostname, told)
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
		return t.Flush()
	})
}

// LicenceKeyCmd reads one key.
type LicenceKeyCmd struct {
	ID     string `arg:"" help:"The key's id, as parc licences keys lists it."`
	Client string `required:"" help:"Whose." placeholder:"NAME"`
}

// Run prints the key; the history of the assets that have it tells who read it.
func (c *LicenceKeyCmd) Run(app *App) error {
	return app.withClient(c.Client, func(s *store.Store, _ inventory.Scope, client inventory.Client) error {
		key, err := s.ReadLicenceKey(app.ctx, app.reader(), client.ID, c.ID)
		if err != nil {
			return err
		}
		fmt.Fprintln(app.Out, key.Reveal())
		app.say("The history of the assets that have this licence tells that %s has read its key.", app.reader().Actor())
		return nil
	})
}

// reader is the command line's scope where who sits at it counts: their name on
// this machine goes into history, before sudo where it was used.
func (a *App) reader() inventory.Scope {
	name := os.Getenv("SUDO_USER")
	if u, err := user.Current(); name == "" && err == nil {
		name = u.Username
	}
	return inventory.ScopeAll(strings.TrimSuffix("cli:"+inventory.CleanTo(name, 60), ":"))
}
