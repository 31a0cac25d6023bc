package main

import (
	"context"
	"net/netip"
	"slices"

	"parc/inventory"
	"parc/inventory/store"
)

// place is a site with its client.
type place struct {
	client inventory.Client
	site   inventory.Site
}

// findOrCreate gives the client and the site of those names, made when they do
// not exist yet.
func findOrCreate(ctx context.Context, s *store.Store, scope inventory.Scope, clientName, siteName string) (place, error) {
	clientName = inventory.CleanTo(clientName, 200)
	if clientName == "" {
		return place{}, inventory.Errorf(inventory.Invalid, "the client needs a name: --client NAME")
	}
	client, err := s.ClientByName(ctx, scope, clientName)
	if inventory.CodeOf(err) == inventory.NotFound {
		client, err = s.CreateClient(ctx, scope, inventory.Client{Name: clientName})
		if inventory.CodeOf(err) == inventory.Conflict { // another process was faster
			client, err = s.ClientByName(ctx, scope, clientName)
		}
	}
	if err != nil {
		return place{}, err
	}
	site, err := findOrCreateSite(ctx, s, scope, client.ID, inventory.CleanTo(siteName, 200))
	return place{client, site}, err
}

// findOrCreateSite gives the named site; without a name the client's only
// site, or a first one.
func findOrCreateSite(ctx context.Context, s *store.Store, scope inventory.Scope, clientID, name string) (inventory.Site, error) {
	sites, err := s.Sites(ctx, scope, clientID)
	if err != nil {
		return inventory.Site{}, err
	}
	if name == "" {
		switch len(sites) {
		case 0:
			name = inventory.FirstSite
		case 1:
			return sites[0], nil
		default:
			return inventory.Site{}, inventory.Errorf(inventory.Invalid, "the client has %d sites: say which with --site", len(sites))
		}
	}
	if site, ok := siteNamed(sites, name); ok {
		return site, nil
	}
	site, err := s.CreateSite(ctx, scope, inventory.Site{ClientID: clientID, Name: name})
	if inventory.CodeOf(err) != inventory.Conflict {
		return site, err
	}
	if sites, again := s.Sites(ctx, scope, clientID); again == nil { // another process was faster
		if site, ok := siteNamed(sites, name); ok {
			return site, nil
		}
	}
	return site, err
}

func siteNamed(sites []inventory.Site, name string) (inventory.Site, bool) {
	i := slices.IndexFunc(sites, func(s inventory.Site) bool { return s.Name == name })
	if i < 0 {
		return inventory.Site{}, false
	}
	return sites[i], true
}

// declared gives the ranges that a scan of the site may touch. A site without
// declared networks takes the targets themselves as its declaration: whoever
// runs an audit on site declares by doing so. Public ranges are refused.
func declared(ctx context.Context, s *store.Store, scope inventory.Scope, site *inventory.Site, targets []netip.Prefix) ([]netip.Prefix, error) {
	if len(site.Networks) == 0 {
		for _, target := range targets {
			network, err := inventory.ParseNetwork(target.String(), false)
			if err != nil {
				return nil, err
			}
			site.Networks = append(site.Networks, network)
		}
		if _, err := s.UpdateSite(ctx, scope, *site); err != nil {
			return nil, err
		}
	}
	return site.Ranges(), nil
}
