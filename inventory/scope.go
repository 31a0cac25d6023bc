package inventory

import "slices"

// Scope is the set of clients that a caller may see. Only sign-in and the
// command line make one; every store call takes one; the zero Scope sees
// nothing.
type Scope struct {
	all     bool
	clients []string
	actor   string
}

// ScopeAll sees every client: the provider's administrators and the command line.
func ScopeAll(actor string) Scope { return Scope{all: true, actor: actor} }

// ScopeClients sees the named clients only; none means nothing.
func ScopeClients(actor string, ids ...string) Scope {
	return Scope{clients: slices.Clone(ids), actor: actor}
}

// All tells that the scope has no bounds.
func (s Scope) All() bool { return s.all }

// Clients lists the ids that a bounded scope sees.
func (s Scope) Clients() []string { return slices.Clone(s.clients) }

// Sees tells whether the client is in the scope.
func (s Scope) Sees(clientID string) bool {
	return clientID != "" && (s.all || slices.Contains(s.clients, clientID))
}

// Actor names who acts, for history: a user's id, "cli", "schedule:…".
func (s Scope) Actor() string { return s.actor }
