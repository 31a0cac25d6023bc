package main

import (
	"fmt"
	"os"
	"strings"

	"parc/inventory"
	"parc/inventory/store"
	"parc/lifecycle/mail"
	"parc/lifecycle/report"
	"parc/lifecycle/report/paper"
)

// BrandFlags say under whose name a document is made, in the place of what the
// database holds.
type BrandFlags struct {
	Provider string `help:"Name of the provider on the document." placeholder:"NAME"`
	Legal    string `help:"Small print at the foot of every page." placeholder:"TEXT"`
	Accent   string `help:"Color of headings, as #1d4e89." placeholder:"COLOR"`
	Logo     string `help:"Logo, PNG or JPEG up to 512 kB." type:"path" placeholder:"FILE"`
}

// brand checks the flags; the zero Provider when none is given.
func (f BrandFlags) brand() (inventory.Provider, error) {
	p := inventory.Provider{Name: f.Provider, Legal: f.Legal, Accent: f.Accent}
	if f.Logo != "" {
		info, err := os.Stat(f.Logo)
		if err != nil || info.IsDir() {
			return p, inventory.Errorf(inventory.Invalid, "cannot read the logo %s: give a PNG or JPEG file", f.Logo)
		}
		if info.Size() > paper.MaxLogoBytes {
			return p, inventory.Errorf(inventory.LimitReached, "the logo %s has %d kB: at most %d kB are taken", f.Logo, info.Size()>>10, paper.MaxLogoBytes>>10)
		}
		if p.Logo, err = os.ReadFile(f.Logo); err != nil {
			return p, inventory.Errorf(inventory.Invalid, "cannot read the logo %s: %w", f.Logo, err)
		}
	}
	return report.CheckProvider(p)
}

// over lays the flags over what the database holds; nil when no flag is given.
func (f BrandFlags) over(app *App, s *store.Store, given inventory.Provider) (*inventory.Provider, error) {
	if f == (BrandFlags{}) {
		return nil, nil
	}
	p, err := s.Provider(app.ctx)
	if err != nil {
		return nil, err
	}
	for to, from := range map[*string]string{&p.Name: given.Name, &p.Legal: given.Legal, &p.Accent: given.Accent} {
		if from != "" {
			*to = from
		}
	}
	if given.Logo != nil {
		p.Logo = given.Logo
	}
	return &p, nil
}

// ProviderCmd shows and changes how the provider shows itself on documents.
type ProviderCmd struct {
	Name   *string `help:"The provider's name." env:"-" placeholder:"NAME"`
	Legal  *string `help:"Small print at the foot of every page." env:"-" placeholder:"TEXT"`
	Accent *string `help:"Color of headings, as #1d4e89." env:"-" placeholder:"COLOR"`
	Logo   *string `help:"Logo, PNG or JPEG up to 512 kB; an empty one takes it away." env:"-" placeholder:"FILE"`
	Link   *string `help:"Where people reach this installation, as https://parc.example; labels lead there." env:"-" placeholder:"URL"`
}

// Run changes what is given, then shows all.
func (c *ProviderCmd) Run(app *App) error {
	s, err := app.openStore(app.ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	p, err := s.Provider(app.ctx)
	if err != nil {
		return err
	}
	changed := false
	for to, from := range map[*string]*string{&p.Name: c.Name, &p.Legal: c.Legal, &p.Accent: c.Accent, &p.Link: c.Link} {
		if from != nil {
			*to, changed = *from, true
		}
	}
	if c.Logo != nil {
		changed = true
		logo, err := BrandFlags{Logo: *c.Logo}.brand()
		if err != nil {
			return err
		}
		p.Logo = logo.Logo
	}
	if changed {
		if p, err = report.CheckProvider(p); err != nil {
			return err
		}
		if p, err = s.SetProvider(app.ctx, inventory.ScopeAll("cli"), p); err != nil {
			return err
		}
	}
	logo := "none"
	if l := report.BrandOf(p).Logo; l != nil {
		logo = fmt.Sprintf("%d × %d pixels", l.Width, l.Height)
	}
	fmt.Fprintf(app.Out, "name    %s\nlegal   %s\naccent  %s\nlink    %s\nlogo    %s\n", p.Name, p.Legal, p.Accent, p.Link, logo)
	return nil
}

// MailServerCmd shows and changes the mail server, and tries it.
type MailServerCmd struct {
	Host         *string `help:"The mail server's name." env:"-" placeholder:"NAME"`
	Port         int     `help:"Its port (default: the usual one)." env:"-" placeholder:"PORT"`
	Security     string  `help:"${enum}." enum:"starttls,tls,plain" default:"starttls" env:"-"`
	User         string  `help:"Who signs in." env:"-" placeholder:"NAME"`
	PasswordFile string  `help:"File whose first line is the password; - is the input." env:"-" placeholder:"FILE"`
	From         string  `help:"The sender's address." env:"-" placeholder:"ADDRESS"`
	Test         string  `help:"Send a test message to this address." env:"-" placeholder:"ADDRESS"`
}

// Run changes the mail server when a host is given, tries it when asked to, and
// shows it without its password.
func (c *MailServerCmd) Run(app *App) error {
	s, err := app.openStore(app.ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	scope := inventory.ScopeAll("cli")
	if c.Host != nil {
		password, err := c.password(app)
		if err != nil {
			return err
		}
		m := inventory.MailServer{Host: *c.Host, Port: c.Port, Security: c.Security, User: c.User, Password: password, From: c.From}
		if err := mail.Check(m); err != nil {
			return err
		}
		if _, err := s.SetMailServer(app.ctx, scope, m); err != nil {
			return err
		}
	}
	m, err := s.MailServer(app.ctx, scope)
	if err != nil {
		return err
	}
	fmt.Fprintf(app.Out, "host      %s\nport      %d\nsecurity  %s\nuser      %s\npassword  %s\nfrom      %s\n", m.Host, m.Port, m.Security, m.User, m.Password, m.From)
	if c.Test == "" {
		return nil
	}
	d := &documents{store: s, now: app.now, log: app.log}
	if err := d.TestMail(app.ctx, scope, c.Test); err != nil {
		return err
	}
	app.say("sent a test message to %s", c.Test)
	return nil
}

func (c *MailServerCmd) password(app *App) (inventory.Secret, error) {
	switch c.PasswordFile {
	case "":
		return inventory.Secret{}, nil
	case "-":
		var line string
		_, err := fmt.Fscanln(app.In, &line)
		return inventory.NewSecret(line), err
	}
	text, err := os.ReadFile(c.PasswordFile)
	if err != nil {
		return inventory.Secret{}, inventory.Errorf(inventory.Invalid, "cannot read the password from %s: %w", c.PasswordFile, err)
	}
	line, _, _ := strings.Cut(string(text), "\n")
	return inventory.NewSecret(strings.TrimRight(line, "\r")), nil
}
