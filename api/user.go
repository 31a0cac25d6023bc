package api

import (
	"context"

	"parc/inventory"
)

func (s *Server) listUsers(ctx context.Context, _ *struct{}) (*listOutput[inventory.User], error) {
	return whole(s.Store.Users(ctx))
}

// NewPassword is a user with the one-time password it was given; nobody can
// read the password again.
type NewPassword struct {
	User     inventory.User `json:"user"`
	Password string         `json:"password,omitempty" doc:"Good for one sign-in, told once."`
}

type addUserInput struct {
	Body struct {
		Login   string   `json:"login" minLength:"1" maxLength:"200"`
		Name    string   `json:"name,omitempty" maxLength:"200"`
		Role    string   `json:"role" enum:"admin,technician,manager,client"`
		Clients []string `json:"clients,omitempty" maxItems:"10000" doc:"Whom the user may see; without meaning for administrators."`
	}
}

func (s *Server) addUser(ctx context.Context, in *addUserInput) (*oneOutput[NewPassword], error) {
	user := inventory.User{
		Login: inventory.Clean(in.Body.Login), Name: inventory.Clean(in.Body.Name), Role: inventory.Role(in.Body.Role),
		Clients: in.Body.Clients, MustChange: true,
	}
	if user.Login == "" {
		return nil, inventory.Errorf(inventory.Invalid, "a user needs a login")
	}
	if err := s.existing(ctx, user.Clients); err != nil {
		return nil, err
	}
	password := OneTimePassword()
	var err error
	if user.PasswordHash, err = s.hashPassword(ctx, password); err != nil {
		return nil, err
	}
	user, err = s.Store.CreateUser(ctx, user)
	return one(NewPassword{user, password}, err)
}

// existing refuses clients that are not there.
func (s *Server) existing(ctx context.Context, clients []string) error {
	for _, id := range clients {
		if err := s.seesClient(ctx, id); err != nil {
			return err
		}
	}
	return nil
}

type patchUserInput struct {
	ByID
	Body struct {
		Name          *string   `json:"name,omitempty" maxLength:"200"`
		Role          *string   `json:"role,omitempty" enum:"admin,technician,manager,client"`
		Clients       *[]string `json:"clients,omitempty" maxItems:"10000"`
		Disabled      *bool     `json:"disabled,omitempty"`
		ResetPassword bool      `json:"reset_password,omitempty" doc:"Give a new one-time password."`
	}
}

// patchUser ends the user's sessions: what it may do has changed.
func (s *Server) patchUser(ctx context.Context, in *patchUserInput) (*oneOutput[NewPassword], error) {
	user, err := s.Store.User(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	b := &in.Body
	if b.Name != nil {
		user.Name = inventory.Clean(*b.Name)
	}
	if b.Clients != nil {
		if err := s.existing(ctx, *b.Clients); err != nil {
			return nil, err
		}
		user.Clients = *b.Clients
	}
	give(&user.Disabled, b.Disabled)
	if b.Role != nil {
		user.Role = inventory.Role(*b.Role)
	}
	if user.ID == who(ctx).user.ID && (user.Disabled || user.Role != inventory.RoleAdmin) {
		return nil, inventory.Errorf(inventory.Conflict, "you would lock yourself out: let another administrator do this")
	}
	password := ""
	if b.ResetPassword {
		password = OneTimePassword()
		if user.PasswordHash, err = s.hashPassword(ctx, password); err != nil {
			return nil, err
		}
		user.MustChange = true
	}
	if user, err = s.Store.UpdateUser(ctx, user); err != nil {
		return nil, err
	}
	if user.ID != who(ctx).user.ID || b.ResetPassword {
		if err := s.Store.DeleteUserSessions(ctx, user.ID); err != nil {
			return nil, err
		}
	}
	return one(NewPassword{user, password}, nil)
}
