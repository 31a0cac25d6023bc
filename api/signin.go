package api

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"parc/inventory"
)

const (
	cookieName    = "parc_session"
	sessionTime   = 12 * time.Hour
	shortest      = 12 // characters of a password
	longest       = 200
	oneTimeLetter = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789" // none that is taken for another
)

type caller struct {
	user  inventory.User
	token string // its hash
}

type callerKey struct{}

// who gives the signed-in caller; admit has put it there.
func who(ctx context.Context) caller {
	c, _ := ctx.Value(callerKey{}).(caller)
	return c
}

// scopeOf gives what the caller may see. Without a caller it is nothing.
func scopeOf(ctx context.Context) inventory.Scope { return who(ctx).user.Scope() }

// admit lets a call through when its caller has the right.
func (s *Server) admit(needs right) func(huma.Context, func(huma.Context)) {
	return func(c huma.Context, next func(huma.Context)) {
		if needs == anyone {
			next(c)
			return
		}
		caller, err := s.caller(c)
		if err == nil {
			err = allowed(caller.user, needs)
		}
		if err != nil {
			s.refuse(c, s.translate(c.Context(), err))
			return
		}
		next(huma.WithValue(c, callerKey{}, caller))
	}
}

func (s *Server) caller(c huma.Context) (caller, error) {
	notSignedIn := inventory.Errorf(inventory.Unauthorised, "sign in first")
	cookie, err := huma.ReadCookie(c, cookieName)
	if err != nil || cookie.Value == "" {
		return caller{}, notSignedIn
	}
	token := hashToken(cookie.Value)
	user, err := s.Store.SessionUser(c.Context(), token, s.Now())
	switch {
	case inventory.CodeOf(err) == inventory.NotFound, inventory.CodeOf(err) == inventory.Unauthorised, err == nil && user.Disabled:
		return caller{}, notSignedIn
	case err != nil:
		return caller{}, err
	}
	return caller{user, token}, nil
}

func allowed(u inventory.User, needs right) error {
	if u.MustChange && needs != session {
		return inventory.Errorf(inventory.Forbidden, "change the one-time password first")
	}
	if !rightsOf[u.Role][needs] {
		return inventory.Errorf(inventory.Forbidden, "your role, %s, does not allow this", u.Role)
	}
	return nil
}

// refuse answers a problem from a middleware.
func (s *Server) refuse(c huma.Context, err error) {
	p, ok := err.(*Problem) //nolint:errorlint // translate gives a Problem or what huma made of one
	if !ok {
		p = problem(http.StatusInternalServerError, inventory.Internal, "")
	}
	c.SetHeader("Content-Type", "application/problem+json")
	c.SetStatus(p.Status)
	if err := s.api.Marshal(c.BodyWriter(), "application/json", p); err != nil {
		s.Log.Debug("answer not sent", "err", err)
	}
}

type signInInput struct {
	Body struct {
		Login    string `json:"login" minLength:"1" maxLength:"200"`
		Password string `json:"password" minLength:"1" maxLength:"200"`
	}
}

type sessionOutput struct {
	SetCookie http.Cookie `header:"Set-Cookie"`
	Body      struct {
		User inventory.User `json:"user"`
	}
}

// signIn answers the same, after the same work, whether the user is not there,
// is disabled, or gave a wrong password.
func (s *Server) signIn(ctx context.Context, in *signInInput) (*sessionOutput, error) {
	if err := s.logins.allow(in.Body.Login, addressOf(ctx)); err != nil {
		return nil, err
	}
	user, err := s.Store.UserByLogin(ctx, in.Body.Login)
	if err != nil && inventory.CodeOf(err) != inventory.NotFound {
		return nil, err
	}
	matches, err := s.checkPassword(ctx, user.PasswordHash, in.Body.Password)
	if err != nil {
		return nil, err
	}
	if user.ID == "" || user.Disabled || !matches {
		s.logins.failed(in.Body.Login, addressOf(ctx))
		s.Log.WarnContext(ctx, "sign-in refused", "login", inventory.CleanTo(in.Body.Login, 80), "addr", addressOf(ctx))
		return nil, inventory.Errorf(inventory.Unauthorised, "unknown user or wrong password")
	}
	s.logins.succeeded(in.Body.Login)
	return s.openSession(ctx, user)
}

func (s *Server) openSession(ctx context.Context, user inventory.User) (*sessionOutput, error) {
	var random [32]byte
	_, _ = rand.Read(random[:]) // never fails (Go 1.24)
	token := base64.RawURLEncoding.EncodeToString(random[:])
	now := s.Now()
	err := s.Store.CreateSession(ctx, inventory.Session{
		TokenHash: hashToken(token), UserID: user.ID, CreatedAt: now, ExpiresAt: now.Add(sessionTime),
	})
	if err != nil {
		return nil, err
	}
	out := &sessionOutput{SetCookie: s.cookie(token, int(sessionTime.Seconds()))}
	out.Body.User = user
	return out, nil
}

func (s *Server) cookie(value string, maxAge int) http.Cookie {
	return http.Cookie{
		Name: cookieName, Value: value, Path: "/", MaxAge: maxAge,
		HttpOnly: true, Secure: s.SecureCookie, SameSite: http.SameSiteStrictMode,
	}
}

func hashToken(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

type userOutput struct {
	Body struct {
		User inventory.User `json:"user"`
	}
}

func (s *Server) whoAmI(ctx context.Context, _ *struct{}) (*userOutput, error) {
	out := &userOutput{}
	out.Body.User = who(ctx).user
	return out, nil
}

type signOutOutput struct {
	SetCookie http.Cookie `header:"Set-Cookie"`
}

func (s *Server) signOut(ctx context.Context, _ *struct{}) (*signOutOutput, error) {
	if err := s.Store.DeleteSession(ctx, who(ctx).token); err != nil && inventory.CodeOf(err) != inventory.NotFound {
		return nil, err
	}
	return &signOutOutput{s.cookie("", -1)}, nil
}

type passwordInput struct {
	Body struct {
		Current string `json:"current" minLength:"1" maxLength:"200"`
		New     string `json:"new" minLength:"1" maxLength:"200"`
	}
}

// changePassword ends every other session of the user and opens a new one here.
func (s *Server) changePassword(ctx context.Context, in *passwordInput) (*sessionOutput, error) {
	user := who(ctx).user
	if err := s.logins.allow(user.Login, addressOf(ctx)); err != nil {
		return nil, err
	}
	matches, err := s.checkPassword(ctx, user.PasswordHash, in.Body.Current)
	if err != nil {
		return nil, err
	}
	if !matches {
		s.logins.failed(user.Login, addressOf(ctx))
		return nil, inventory.Errorf(inventory.Forbidden, "the current password is wrong")
	}
	if err := checkNewPassword(in.Body.New, in.Body.Current, user.Login); err != nil {
		return nil, err
	}
	if user.PasswordHash, err = s.hashPassword(ctx, in.Body.New); err != nil {
		return nil, err
	}
	user.MustChange = false
	if user, err = s.Store.UpdateUser(ctx, user); err != nil {
		return nil, err
	}
	if err := s.Store.DeleteUserSessions(ctx, user.ID); err != nil {
		return nil, err
	}
	return s.openSession(ctx, user)
}

func checkNewPassword(password, old, login string) error {
	switch n := len([]rune(password)); {
	case n < shortest:
		return inventory.Errorf(inventory.Invalid, "the new password has %d characters: take at least %d", n, shortest)
	case n > longest:
		return inventory.Errorf(inventory.Invalid, "the new password is longer than %d characters", longest)
	case password == old:
		return inventory.Errorf(inventory.Invalid, "the new password is the old one")
	case password == login:
		return inventory.Errorf(inventory.Invalid, "the new password is the login")
	}
	return nil
}
