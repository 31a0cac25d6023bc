package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"text/tabwriter"

	"parc/inventory"
	"parc/inventory/store"
)

// OwnerFlags say what files hang on; none: the client itself.
type OwnerFlags struct {
	Asset        string `xor:"owner" help:"On this asset." placeholder:"ID"`
	Contract     string `xor:"owner" help:"On this contract." placeholder:"ID"`
	Financing    string `xor:"owner" help:"On this purchase or lease." placeholder:"ID"`
	Licence      string `xor:"owner" help:"On this licence." placeholder:"ID"`
	Intervention string `xor:"owner" help:"On this intervention." placeholder:"ID"`
}

// attachment gives one that hangs on what the flags say.
func (o OwnerFlags) attachment(clientID string) inventory.Attachment {
	return inventory.Attachment{
		ClientID: clientID, AssetID: o.Asset, ContractID: o.Contract, FinancingID: o.Financing, LicenceID: o.Licence, InterventionID: o.Intervention,
	}
}

// AttachCmd attaches files.
type AttachCmd struct {
	Files  []string `arg:"" name:"file" help:"What to attach." placeholder:"FILE"`
	Client string   `required:"" help:"Whose." placeholder:"NAME"`
	OwnerFlags
	Title string `help:"What it is, in a few words."`
	Kind  string `help:"What it is for: ${enum}." enum:"invoice,contract,certificate,photo,manual,other" default:"other"`
}

// Run keeps the files and prints their ids.
func (c *AttachCmd) Run(app *App) error {
	return app.withClient(c.Client, func(s *store.Store, scope inventory.Scope, client inventory.Client) error {
		for _, path := range c.Files {
			a := c.attachment(client.ID)
			a.Name, a.Title, a.Kind = filepath.Base(path), inventory.Clean(c.Title), inventory.AttachmentKind(c.Kind)
			a, err := attach(app, s, scope, path, a)
			if err != nil {
				return err
			}
			fmt.Fprintln(app.Out, a.ID)
			owner, id := a.Owner()
			app.say("%s (%s, %d bytes) is attached to %s %s", a.Name, a.MediaType, a.Size, owner, id)
		}
		return nil
	})
}

func attach(app *App, s *store.Store, scope inventory.Scope, path string, a inventory.Attachment) (inventory.Attachment, error) {
	info, err := os.Stat(path)
	if err == nil && !info.Mode().IsRegular() {
		return a, inventory.Errorf(inventory.Invalid, "%s is no plain file", path)
	}
	f, err := os.Open(path)
	if err != nil {
		return a, unreadable(path, err)
	}
	defer f.Close()
	return s.AddAttachment(app.ctx, scope, a, f)
}

// AttachmentsCmd lists attached files, takes them out and removes them.
type AttachmentsCmd struct {
	List   AttachmentsListCmd   `cmd:"" default:"withargs" help:"List a client's attached files."`
	Get    AttachmentsGetCmd    `cmd:"" help:"Write an attached file."`
	Remove AttachmentsRemoveCmd `cmd:"" help:"Remove an attached file."`
}

// AttachmentsListCmd lists attached files.
type AttachmentsListCmd struct {
	Client string `required:"" help:"Whose." placeholder:"NAME"`
	OwnerFlags
	Format string `help:"${enum}." enum:"table,jsonl" default:"table"`
}

// Run prints the list, the newest first.
func (c *AttachmentsListCmd) Run(app *App) error {
	return app.withClient(c.Client, func(s *store.Store, scope inventory.Scope, client inventory.Client) error {
		f := inventory.AttachmentFilter{ClientID: client.ID}
		if c.OwnerFlags != (OwnerFlags{}) {
			f.Owner, f.OwnerID = c.attachment(client.ID).Owner()
		}
		t := tabwriter.NewWriter(app.Out, 0, 4, 2, ' ', 0)
		out := json.NewEncoder(app.Out)
		if c.Format == "table" {
			fmt.Fprintln(t, "FILE\tWHEN\tKIND\tNAME\tTITLE\tBYTES\tTYPE\tON\tBY")
		}
		err := eachPage(func(p inventory.Page) (string, error) {
			f.Page = p
			list, next, err := s.Attachments(app.ctx, scope, f)
			for _, a := range list {
				switch {
				case a.ClientID != client.ID: // what the flags name is another client's
					return "", inventory.Errorf(inventory.NotFound, "client %s has no %s %s", client.Name, f.Owner, f.OwnerID)
				case c.Format == "jsonl":
					if err := out.Encode(a); err != nil {
						return "", err
					}
				default:
					owner, id := a.Owner()
					fmt.Fprintln(t, strings.Join([]string{
						a.ID, minute(&a.UploadedAt), string(a.Kind), a.Name, a.Title, fmt.Sprint(a.Size), a.MediaType, string(owner) + " " + id, a.UploadedBy,
					}, "\t"))
				}
			}
			return next, err
		})
		if err != nil {
			return err
		}
		return t.Flush()
	})
}

// AttachmentsGetCmd writes an attached file.
type AttachmentsGetCmd struct {
	ID  string `arg:"" help:"The file; parc attachments lists them."`
	Out string `help:"Where to; - is the standard output. Without it: under its own name, here." placeholder:"FILE"`
}

// Run writes it; a file that is there is not written over.
func (c *AttachmentsGetCmd) Run(app *App) error {
	return app.withStore(func(s *store.Store, scope inventory.Scope) error {
		if c.Out == "-" {
			return s.ReadAttachment(app.ctx, scope, c.ID, app.Out)
		}
		a, err := s.Attachment(app.ctx, scope, c.ID)
		if err != nil {
			return err
		}
		path := c.Out
		if path == "" {
			path = inventory.FileName(a.Name) // an import may have brought any name
		}
		f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
		switch {
		case errors.Is(err, os.ErrExist):
			return inventory.Errorf(inventory.Invalid, "%s is there already: name another with --out", path)
		case err != nil:
			return fmt.Errorf("write the file: %w", err)
		}
		if err := errors.Join(s.ReadAttachment(app.ctx, scope, c.ID, f), f.Close()); err != nil {
			return errors.Join(err, os.Remove(path))
		}
		app.say("%s: %d bytes", path, a.Size)
		return nil
	})
}

// AttachmentsRemoveCmd removes an attached file.
type AttachmentsRemoveCmd struct {
	ID string `arg:"" help:"The file; parc attachments lists them."`
}

// Run removes it.
func (c *AttachmentsRemoveCmd) Run(app *App) error {
	return app.withStore(func(s *store.Store, scope inventory.Scope) error {
		return s.DeleteAttachment(app.ctx, scope, c.ID)
	})
}
