package api

import (
	"context"
	"crypto/rand"

	"parc/inventory"
)

func (s *Server) listEnrolments(ctx context.Context, in *ByID) (*listOutput[inventory.Enrolment], error) {
	return whole(s.Store.Enrolments(ctx, scopeOf(ctx), in.ID))
}

type addEnrolmentInput struct {
	ByID
	Body struct {
		Name   string `json:"name" minLength:"1" maxLength:"200" doc:"What it is for, as people call it"`
		SiteID string `json:"site_id" doc:"The site whose machines report in with it"`

		Network bool `json:"network,omitempty" doc:"Its agents may be asked, once a day, to look at the site's declared networks, for which they are given its SNMP credentials; over TLS only. For a token that one machine has"`
	}
}

// newEnrolment is an enrolment with its token, which is told only once.
type newEnrolment struct {
	inventory.Enrolment
	Token string `json:"token" doc:"The secret; it is not kept and cannot be shown again"`
	Path  string `json:"path" doc:"Where agents report in: the path behind the server's own address"`
}

func (s *Server) addEnrolment(ctx context.Context, in *addEnrolmentInput) (*oneOutput[newEnrolment], error) {
	e, token := NewEnrolment(in.ID, in.Body.SiteID, in.Body.Name)
	e.Network = in.Body.Network
	e, err := s.Store.CreateEnrolment(ctx, scopeOf(ctx), e)
	return one(newEnrolment{e, token, AgentPath(token)}, err)
}

// NewEnrolment makes an enrolment, not yet kept, and its token.
func NewEnrolment(clientID, siteID, name string) (inventory.Enrolment, string) {
	token := rand.Text()
	return inventory.Enrolment{ClientID: clientID, SiteID: siteID, Name: inventory.CleanTo(name, 200), TokenHash: hashToken(token)}, token
}

// AgentPath gives the path at which agents with that token report in.
func AgentPath(token string) string { return agentPath + "/" + token }

func (s *Server) revokeEnrolment(ctx context.Context, in *ByID) (*struct{}, error) {
	return none(s.Store.RevokeEnrolment(ctx, scopeOf(ctx), in.ID))
}

func (s *Server) listAgents(ctx context.Context, in *ByID) (*listOutput[inventory.Agent], error) {
	return whole(s.Store.Agents(ctx, scopeOf(ctx), in.ID))
}
