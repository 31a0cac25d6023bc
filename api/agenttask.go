package api

import (
	"context"
	"net/http"
	"net/netip"
	"slices"

	"parc/inventory"
	"parc/scanner/agent"
)

// networkTasks gives what an agent is asked to do on the networks of its site: on
// each day at most one agent of an enrolment that allows it, by an answer that
// nobody else reads, within what the site has declared.
func (s *Server) networkTasks(r *http.Request, e inventory.Enrolment) ([]agent.Option, error) {
	tasks, err := s.possibleTasks(r, e)
	if err != nil || tasks == nil {
		return nil, err
	}
	ctx, scope := r.Context(), e.Scope()
	if tasks.Found, err = s.Store.NetworkFinds(ctx, scope, e.ID); err != nil {
		return nil, err
	}
	options, left := tasks.Options()
	if len(options) == 0 {
		return nil, nil
	}
	if left > 0 {
		s.Log.Warn("networks too large for an agent to look at are left out", "client", e.ClientID, "enrolment", e.ID, "addresses", left)
	}
	ids := make([]string, len(tasks.Credentials))
	for i, c := range tasks.Credentials {
		ids[i] = c.ID
	}
	asked, err := s.Store.AskNetwork(ctx, scope, e.ID, ids)
	if err != nil || !asked {
		return nil, err
	}
	return options, nil
}

// possibleTasks gives what an agent of the enrolment could be asked now; nil for
// nothing.
func (s *Server) possibleTasks(r *http.Request, e inventory.Enrolment) (*agent.Tasks, error) {
	if !e.MayAsk(s.Now()) {
		return nil, nil
	}
	if !s.confidential(r) {
		s.Log.Warn("an agent is not given SNMP credentials over plain HTTP: let it come by https", "client", e.ClientID, "enrolment", e.ID)
		return nil, nil
	}
	ctx, scope := r.Context(), e.Scope()
	site, err := s.Store.Site(ctx, scope, e.SiteID)
	if err != nil {
		return nil, err
	}
	credentials, err := s.Store.Credentials(ctx, scope, e.ClientID)
	if err != nil {
		return nil, err
	}
	credentials = slices.DeleteFunc(agent.Usable(credentials), func(c inventory.Credential) bool { return c.SiteID != "" && c.SiteID != e.SiteID })
	if len(credentials) == 0 || len(site.Networks) == 0 {
		return nil, nil
	}
	return &agent.Tasks{Ranges: site.Ranges(), Credentials: credentials, Port: s.SNMPPort}, nil
}

// confidential tells that nobody on the way reads the answer: the request came
// by TLS, to us or to a named proxy, or from this very machine.
func (s *Server) confidential(r *http.Request) bool {
	if r.TLS != nil {
		return true
	}
	from, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return false
	}
	peer := from.Addr().Unmap()
	if slices.ContainsFunc(s.TrustedProxies, func(p netip.Prefix) bool { return p.Contains(peer) }) {
		return r.Header.Get("X-Forwarded-Proto") == "https"
	}
	// Who forwards without being named may have had it in clear.
	for _, header := range []string{"Forwarded", "X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "X-Real-Ip", "Via"} {
		if r.Header.Get(header) != "" {
			return false
		}
	}
	return peer.IsLoopback()
}

// keepFinds notes which devices a discovery has found to answer by SNMP, by the
// credentials that its agent was given. What cannot be kept is not asked more the
// next day: the message itself has been taken in.
func (s *Server) keepFinds(ctx context.Context, e inventory.Enrolment, m *agent.Message) {
	if !e.Network {
		return
	}
	var finds []inventory.NetworkFind
	for _, f := range m.Finds() {
		if f.Credential <= len(e.AskedWith) {
			finds = append(finds, inventory.NetworkFind{Address: f.Address, Port: f.Port, CredentialID: e.AskedWith[f.Credential-1]})
		}
	}
	if len(finds) == 0 {
		return
	}
	if err := s.Store.KeepNetworkFinds(ctx, e.Scope(), e.ID, finds); err != nil {
		s.Log.Warn("what an agent found is not kept", "client", e.ClientID, "enrolment", e.ID, "err", err)
	}
}
