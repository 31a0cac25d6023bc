package main

import (
	"fmt"
	"text/tabwriter"

	"parc/api"
	"parc/inventory"
)

// UserCmd manages who may sign in.
type UserCmd struct {
	List  UserListCmd  `cmd:"" help:"List the users."`
	Add   UserAddCmd   `cmd:"" help:"Add a user and print the one-time password."`
	Reset UserResetCmd `cmd:"" help:"Give a user a new one-time password, and end the user's sessions."`
}

// UserListCmd lists the users.
type UserListCmd struct{}

// Run prints the list.
func (UserListCmd) Run(app *App) error {
	s, err := app.openStore(app.ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	users, err := s.Users(app.ctx)
	if err != nil {
		return err
	}
	t := tabwriter.NewWriter(app.Out, 0, 4, 2, ' ', 0)
	fmt.Fprintln(t, "LOGIN\tNAME\tROLE\tCLIENTS\tSTATE")
	for _, u := range users {
		state := "active"
		switch {
		case u.Disabled:
			state = "disabled"
		case u.MustChange:
			state = "one-time password"
		}
		clients := fmt.Sprint(len(u.Clients))
		if u.Role == inventory.RoleAdmin {
			clients = "all"
		}
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\n", u.Login, u.Name, u.Role, clients, state)
	}
	return t.Flush()
}

// UserAddCmd adds a user.
type UserAddCmd struct {
	Login   string   `arg:"" help:"What the user signs in with."`
	Name    string   `help:"The user's name." placeholder:"NAME"`
	Role    string   `help:"${enum}." enum:"admin,technician,manager,client" default:"technician"`
	Clients []string `name:"client" help:"A client the user sees, by name; repeatable." placeholder:"NAME"`
}

// Run adds the user.
func (c *UserAddCmd) Run(app *App) error {
	s, err := app.openStore(app.ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	user := inventory.User{Login: inventory.Clean(c.Login), Name: inventory.Clean(c.Name), Role: inventory.Role(c.Role), MustChange: true}
	for _, name := range c.Clients {
		client, err := s.ClientByName(app.ctx, inventory.ScopeAll("cli"), name)
		if err != nil {
			return err
		}
		user.Clients = append(user.Clients, client.ID)
	}
	password := api.OneTimePassword()
	user.PasswordHash = api.HashPassword(password)
	if _, err := s.CreateUser(app.ctx, user); err != nil {
		return err
	}
	fmt.Fprintf(app.Out, "%s  one-time password: %s\n", user.Login, password)
	return nil
}

// UserResetCmd gives a new one-time password.
type UserResetCmd struct {
	Login string `arg:"" help:"Whose password."`
}

// Run resets the password.
func (c *UserResetCmd) Run(app *App) error {
	s, err := app.openStore(app.ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	user, err := s.UserByLogin(app.ctx, c.Login)
	if err != nil {
		return err
	}
	password := api.OneTimePassword()
	user.PasswordHash, user.MustChange = api.HashPassword(password), true
	if _, err := s.UpdateUser(app.ctx, user); err != nil {
		return err
	}
	if err := s.DeleteUserSessions(app.ctx, user.ID); err != nil {
		return err
	}
	fmt.Fprintf(app.Out, "%s  one-time password: %s\n", user.Login, password)
	return nil
}
