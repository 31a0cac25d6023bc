package catalogue

import (
	"fmt"
	"regexp"
	"strings"

	"parc/inventory"
	"parc/lifecycle"
)

// Titles gives what the catalogue knows of the software that is installed on an
// asset, of its databases and of the services it offers; what no rule knows is
// left out.
func (c *Catalogue) Titles(a inventory.Asset) []lifecycle.Title {
	var found []lifecycle.Title
	host := system(a)
	add := func(t lifecycle.Title, publisher, banner, origin string) {
		text := fmt.Sprintf("name: %s; version: %s; publisher: %s; banner: %s; kind: %s;",
			unlist(t.Name), unlist(t.Version), unlist(publisher), unlist(banner), t.Kind)
		for i := range c.titles {
			r := &c.titles[i]
			if !r.applies(text) {
				continue
			}
			t.Match = c.match(r, text)
			if r.Kept && (packaged.MatchString(origin) || unixLike.MatchString(host)) {
				t.Match = lifecycle.Match{Label: r.Label, Kept: true, Version: t.Match.Version, Source: t.Match.Source, AsOf: t.Match.AsOf}
			}
			found = append(found, t)
			return
		}
	}
	for _, s := range a.Details.Software {
		add(lifecycle.Title{Kind: lifecycle.KindSoftware, Name: s.Name, Version: s.Version}, s.Publisher, "", s.Origin)
	}
	for _, d := range a.Details.Databases {
		add(lifecycle.Title{Kind: lifecycle.KindDatabase, Name: strings.TrimSpace(d.Kind + " " + d.Name), Version: d.Version}, "", "", "")
	}
	for _, s := range a.Details.Services {
		t := lifecycle.Title{Kind: lifecycle.KindService, Name: s.Product, Version: s.Version, Port: s.Port}
		add(t, "", strings.Join([]string{s.Banner, s.Scripts["http-server-header"], s.Scripts["http-generator"]}, " "), "")
	}
	return found
}

var (
	// packaged is how agents name what a distribution's own packages keep.
	packaged = regexp.MustCompile(`(?i)^(deb|dpkg|rpm|apk|pacman|portage|pkg)$`)
	unixLike = regexp.MustCompile(`(?i)\b(linux|debian|ubuntu|centos|rhel|fedora|suse|freebsd|synology|dsm|qts|raspbian)\b`)
)

// unlist takes out what separates the cells of a line.
func unlist(s string) string { return strings.ReplaceAll(s, ";", ",") }

// Hardware gives the line of equipment that an asset is of, where its maker has
// said until when it is looked after.
func (c *Catalogue) Hardware(a inventory.Asset) (lifecycle.Match, bool) {
	if a.Model == "" {
		return lifecycle.Match{}, false
	}
	text := describe(a)
	for i := range c.hardware {
		if r := &c.hardware[i]; r.applies(text) {
			m := c.match(r, text)
			m.Version = "" // a model has none
			return m, len(m.Cycles) > 0
		}
	}
	return lifecycle.Match{}, false
}
