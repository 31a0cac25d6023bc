package catalogue

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"parc/inventory"
	"parc/lifecycle"
)

// Titles gives what the catalogue knows of the software that is installed on an
// asset, of its databases and of the services it offers; what no rule knows is
// left out.
func (c *Catalogue) Titles(a inventory.Asset) []lifecycle.Title {
	var all []lifecycle.Title
	host := system(a)
	add := func(t lifecycle.Title, publisher, banner, origin string) {
		text := fmt.Sprintf("name: %s; version: %s; publisher: %s; banner: %s; kind: %s;",
			unlist(t.Name), unlist(t.Version), unlist(publisher), unlist(banner), t.Kind)
		f := c.memos.titles.of(text, func() found { return c.first(c.titles, text) })
		if !f.ok {
			return
		}
		t.Match = f.match
		t.Match.Cycles = slices.Clone(f.match.Cycles)
		if t.Match.Mended && (packaged.MatchString(origin) || unixLike.MatchString(host)) {
			t.Match.Kept, t.Match.Cycles = true, nil
		}
		all = append(all, t)
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
	return all
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
	f := c.memos.hardware.of(looksOf(&a), func() found { return c.first(c.hardware, describe(a)) })
	if len(f.match.Cycles) == 0 {
		return lifecycle.Match{}, false
	}
	f.match.Version = "" // a model has none
	f.match.Cycles = slices.Clone(f.match.Cycles)
	return f.match, true
}
