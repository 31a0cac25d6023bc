package api

import (
	"context"

	"parc/inventory"
)

func (s *Server) showProvider(ctx context.Context, _ *struct{}) (*oneOutput[inventory.Provider], error) {
	return one(s.Store.Provider(ctx))
}

type providerInput struct {
	Body struct {
		Name   *string `json:"name,omitempty" maxLength:"200"`
		Legal  *string `json:"legal,omitempty" maxLength:"600" doc:"Small print at the foot of every page."`
		Accent *string `json:"accent,omitempty" maxLength:"7" doc:"Color of headings, as #1d4e89."`
		Link   *string `json:"link,omitempty" maxLength:"300" doc:"Where people reach this installation; labels lead there."`
		Logo   *[]byte `json:"logo,omitempty" doc:"PNG or JPEG up to 512 kB, in base64; empty takes it away."`
	}
}

func (s *Server) patchProvider(ctx context.Context, in *providerInput) (*oneOutput[inventory.Provider], error) {
	p, err := s.Store.Provider(ctx)
	if err != nil {
		return nil, err
	}
	b := &in.Body
	give(&p.Name, b.Name)
	give(&p.Legal, b.Legal)
	give(&p.Accent, b.Accent)
	give(&p.Link, b.Link)
	give(&p.Logo, b.Logo)
	if p, err = s.Documents.CheckProvider(p); err != nil {
		return nil, err
	}
	return one(s.Store.SetProvider(ctx, scopeOf(ctx), p))
}

// mailServer is a mail server as the API shows it: without its password.
type mailServer struct {
	inventory.MailServer
	HasPassword bool `json:"has_password"`
}

func (s *Server) showMailServer(ctx context.Context, _ *struct{}) (*oneOutput[mailServer], error) {
	m, err := s.Store.MailServer(ctx, scopeOf(ctx))
	return one(hidden(m), err)
}

func hidden(m inventory.MailServer) mailServer {
	out := mailServer{MailServer: m, HasPassword: !m.Password.IsZero()}
	out.Password = inventory.Secret{}
	return out
}

type mailServerInput struct {
	Body struct {
		Host     string `json:"host" maxLength:"253"`
		Port     int    `json:"port,omitempty" minimum:"0" maximum:"65535" doc:"0: the usual one."`
		Security string `json:"security" enum:"starttls,tls,plain"`
		User     string `json:"user,omitempty" maxLength:"200"`
		Password string `json:"password,omitempty" maxLength:"500" doc:"Written, never read back; none: the one that is kept stays, for the same host and user."`
		From     string `json:"from" maxLength:"200" doc:"The sender's address."`
	}
}

func (s *Server) putMailServer(ctx context.Context, in *mailServerInput) (*oneOutput[mailServer], error) {
	b := &in.Body
	m := inventory.MailServer{
		Host: b.Host, Port: b.Port, Security: b.Security, User: b.User, Password: inventory.NewSecret(b.Password), From: b.From,
	}
	if err := s.Documents.CheckMail(m); err != nil {
		return nil, err
	}
	if _, err := s.Store.SetMailServer(ctx, scopeOf(ctx), m); err != nil {
		return nil, err
	}
	m, err := s.Store.MailServer(ctx, scopeOf(ctx))
	return one(hidden(m), err)
}

type testMailInput struct {
	Body struct {
		To string `json:"to" minLength:"3" maxLength:"200"`
	}
}

func (s *Server) testMail(ctx context.Context, in *testMailInput) (*struct{}, error) {
	return none(s.Documents.TestMail(ctx, scopeOf(ctx), in.Body.To))
}
