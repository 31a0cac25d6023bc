package report

import (
	"net/url"
	"strings"

	"parc/inventory"
	"parc/lifecycle/report/paper"
)

// CheckProvider refuses what no document can bear: a name or small print that is
// too long, a color that is none, a link that is no web address, a logo that is
// no image. It gives the logo drawn anew, as PNG.
func CheckProvider(p inventory.Provider) (inventory.Provider, error) {
	p.Name, p.Legal = inventory.CleanTo(p.Name, 200), inventory.CleanTo(p.Legal, 600)
	if _, err := paper.ParseColor(p.Accent); err != nil {
		return p, err
	}
	if p.Link != "" {
		u, err := url.Parse(p.Link)
		if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.RawQuery != "" || u.Fragment != "" || len(p.Link) > 300 {
			return p, inventory.Errorf(inventory.Invalid, "%q is no address of this installation: write it as https://parc.example", inventory.CleanTo(p.Link, 80))
		}
		p.Link = strings.TrimRight(p.Link, "/")
	}
	if len(p.Logo) == 0 {
		p.Logo = nil
		return p, nil
	}
	logo, err := paper.ReadLogo(p.Logo)
	if err != nil {
		return p, err
	}
	p.Logo = logo.PNG
	return p, nil
}

// BrandOf gives how a checked provider shows itself; what cannot be read is left out.
func BrandOf(p inventory.Provider) paper.Brand {
	b := paper.Brand{Name: p.Name, Legal: p.Legal, Accent: paper.DefaultAccent}
	if c, err := paper.ParseColor(p.Accent); err == nil {
		b.Accent = c
	}
	if len(p.Logo) > 0 {
		if logo, err := paper.ReadLogo(p.Logo); err == nil {
			b.Logo = logo
		}
	}
	return b
}

// LabelLink gives what the codes of labels begin with.
func LabelLink(p inventory.Provider) string {
	if p.Link == "" {
		return ""
	}
	return p.Link + "/assets/"
}

// Covering gives the subject and the text of the message that carries a report.
func Covering(c Content, lang, provider string) (subject, text string, err error) {
	s, err := newScribe(lang)
	if err != nil {
		return "", "", err
	}
	h, l := c.head(), c.lay(s)
	subject = l.title + " – " + h.Client
	text = s.t("mail.text", l.title, h.Client, l.subtitle)
	if provider != "" {
		text += "\n\n" + provider
	}
	return subject, text + "\n", nil
}

// HeadOf gives what a report begins with.
func HeadOf(c Content) Head { return c.head() }
