package main

import (
	"context"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"time"

	"parc/inventory"
	"parc/inventory/store"
	"parc/inventory/store/queue"
	"parc/lifecycle"
	"parc/lifecycle/warranty"
)

// WarrantyCmd looks warranties up at manufacturers.
type WarrantyCmd struct {
	Keys   WarrantyKeysCmd   `cmd:"" help:"List which manufacturers can be asked."`
	Set    WarrantySetCmd    `cmd:"" help:"Keep the key of a manufacturer's service."`
	Unset  WarrantyUnsetCmd  `cmd:"" help:"Forget the key of a manufacturer's service."`
	Import WarrantyImportCmd `cmd:"" help:"Take in a table of warranties (CSV, XLSX), for manufacturers that cannot be asked."`
	Fetch  WarrantyFetchCmd  `cmd:"" help:"Ask the manufacturers now about every machine that is due."`
}

// everything is the scope of the command line, and of work that parc does by itself.
var everything = inventory.ScopeAll("cli")

// WarrantyKeysCmd lists the keys.
type WarrantyKeysCmd struct{}

// Run prints the list, without secrets.
func (WarrantyKeysCmd) Run(app *App) error {
	s, err := app.openStore(app.ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	keys, err := s.MakerKeys(app.ctx, everything)
	if err != nil {
		return err
	}
	t := tabwriter.NewWriter(app.Out, 0, 4, 2, ' ', 0)
	fmt.Fprintln(t, "MAKER\tCLIENT ID\tSECRET\tSINCE")
	for _, k := range keys {
		secret := k.Secret.String()
		if k.Unreadable {
			secret = "does not open with this key file: set it again"
		}
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\n", k.Maker, k.Login, secret, inventory.DayOf(k.UpdatedAt))
	}
	return t.Flush()
}

// WarrantySetCmd keeps a key.
type WarrantySetCmd struct {
	Maker  string           `arg:"" enum:"dell,lenovo" help:"${enum}."`
	ID     string           `name:"id" help:"Client id, where the manufacturer gives one (Dell)." placeholder:"ID"`
	Secret inventory.Secret `help:"Client secret, or Lenovo's ClientID; better given as PARC_WARRANTY_SECRET or on standard input." placeholder:"SECRET" env:"PARC_WARRANTY_SECRET"`
}

// Run checks the key's form and keeps it.
func (c *WarrantySetCmd) Run(app *App) error {
	secret := c.Secret.Reveal()
	if secret == "" {
		text, err := io.ReadAll(io.LimitReader(app.In, 4096))
		if err != nil {
			return fmt.Errorf("read the secret from standard input: %w", err)
		}
		secret = strings.TrimSpace(string(text))
	}
	key := inventory.MakerKey{Maker: c.Maker, Login: inventory.Clean(c.ID), Secret: inventory.NewSecret(secret)}
	if _, err := warranty.New(warrantyKey(key), warranty.Options{}); err != nil {
		return err
	}
	s, err := app.openStore(app.ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	if err := s.SetMakerKey(app.ctx, everything, key); err != nil {
		return err
	}
	app.say("%s can be asked from now on: try it with parc warranty fetch", c.Maker)
	return nil
}

// WarrantyUnsetCmd forgets a key.
type WarrantyUnsetCmd struct {
	Maker string `arg:"" enum:"dell,lenovo" help:"${enum}."`
}

// Run forgets the key.
func (c *WarrantyUnsetCmd) Run(app *App) error {
	s, err := app.openStore(app.ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	return s.DeleteMakerKey(app.ctx, everything, c.Maker)
}

// WarrantyFetchCmd asks the manufacturers.
type WarrantyFetchCmd struct {
	Client string `help:"Only this client's machines." placeholder:"NAME"`
}

// Run asks about every machine that is due and says what came of it.
func (c *WarrantyFetchCmd) Run(app *App) error {
	s, err := app.openStore(app.ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	books := &warrantyBooks{store: s}
	if c.Client != "" {
		client, err := s.ClientByName(app.ctx, everything, c.Client)
		if err != nil {
			return err
		}
		books.only = client.ID
	}
	makers, err := warrantyMakers(app.ctx, s)
	if err != nil {
		return err
	}
	if len(makers) == 0 {
		return inventory.Errorf(inventory.Invalid, "no manufacturer can be asked: give the key of one with parc warranty set (%s)", strings.Join(warranty.Names(), ", "))
	}
	result, err := warranty.Refresh(app.ctx, books, makers, app.now, app.log)
	app.say("%s asked about: %d covered, %d unknown to the manufacturer, %d without an answer",
		count(result.Asked, "machine"), result.Covered, result.Unknown, result.Silent)
	return err
}

func warrantyKey(k inventory.MakerKey) warranty.Key {
	return warranty.Key{Maker: k.Maker, ID: k.Login, Secret: k.Secret}
}

// warrantyMakers gives the makers whose keys are kept and can be read.
func warrantyMakers(ctx context.Context, s *store.Store) ([]warranty.Maker, error) {
	keys, err := s.MakerKeys(ctx, everything)
	if err != nil {
		return nil, err
	}
	var makers []warranty.Maker
	for _, k := range keys {
		if k.Unreadable {
			continue // said where keys are listed
		}
		m, err := warranty.New(warrantyKey(k), warranty.Options{})
		if err != nil {
			return nil, err
		}
		makers = append(makers, m)
	}
	return makers, nil
}

// warrantyTask asks the manufacturers every night, as long as a key is kept.
func warrantyTask(app *App, s *store.Store) queue.Task {
	return queue.Task{Name: "warranty", Every: 24 * time.Hour, Timeout: 6 * time.Hour, Run: func(ctx context.Context) error {
		makers, err := warrantyMakers(ctx, s)
		if err != nil || len(makers) == 0 {
			return err
		}
		_, err = warranty.Refresh(ctx, &warrantyBooks{store: s}, makers, app.now, app.log)
		return err
	}}
}

// warrantyBooks keep in the store what manufacturers tell.
type warrantyBooks struct {
	store *store.Store
	only  string // a client's id; "" is every client
}

// Machines implements warranty.Books.
func (b *warrantyBooks) Machines(ctx context.Context, yield func(warranty.Machine) error) error {
	filter := inventory.ClientFilter{}
	for {
		clients, next, err := b.store.Clients(ctx, everything, filter)
		if err != nil {
			return err
		}
		for _, c := range clients {
			if b.only != "" && b.only != c.ID {
				continue
			}
			if err := b.client(ctx, c.ID, yield); err != nil {
				return err
			}
		}
		if next == "" {
			return nil
		}
		filter.Page.After = next
	}
}

func (b *warrantyBooks) client(ctx context.Context, id string, yield func(warranty.Machine) error) error {
	lookups, err := b.store.WarrantyLookups(ctx, everything, id)
	if err != nil {
		return err
	}
	coverages, err := b.store.Coverages(ctx, everything, id)
	if err != nil {
		return err
	}
	last := make(map[string]inventory.WarrantyLookup, len(lookups))
	for _, l := range lookups {
		if l.AskedAt.After(last[l.AssetID].AskedAt) {
			last[l.AssetID] = l
		}
	}
	of := map[string][]inventory.Coverage{}
	for _, c := range coverages {
		of[c.AssetID] = append(of[c.AssetID], c)
	}
	filter := inventory.AssetFilter{ClientID: id}
	for {
		assets, next, err := b.store.Assets(ctx, everything, filter)
		if err != nil {
			return err
		}
		for _, a := range assets {
			if err := yield(warranty.Machine{Asset: a, Lookup: last[a.ID], End: lifecycle.CoverageEnd(a.ID, of[a.ID])}); err != nil {
				return err
			}
		}
		if next == "" {
			return nil
		}
		filter.Page.After = next
	}
}

// Keep implements warranty.Books.
func (b *warrantyBooks) Keep(ctx context.Context, l inventory.WarrantyLookup, coverages []inventory.Coverage) error {
	return b.store.KeepWarranty(ctx, everything, l, coverages)
}
