package api

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"strings"
	"time"

	"golang.org/x/crypto/argon2"

	"parc/inventory"
)

// The costs of argon2id as OWASP advises: 19 MiB, two passes.
const (
	argonMemory = 19 * 1024
	argonTime   = 2
	argonLanes  = 1
	argonKey    = 32
)

// HashPassword gives the argon2id hash of a password in the usual form
// ($argon2id$v=19$m=…), with a salt of its own.
func HashPassword(password string) string {
	var salt [16]byte
	_, _ = rand.Read(salt[:]) // never fails (Go 1.24)
	key := argon2.IDKey([]byte(password), salt[:], argonTime, argonMemory, argonLanes, argonKey)
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, argonMemory, argonTime, argonLanes,
		base64.RawStdEncoding.EncodeToString(salt[:]), base64.RawStdEncoding.EncodeToString(key))
}

// verify compares a password with a hash that HashPassword made. A hash of
// another form takes the same time and never matches.
func verify(hash, password string) bool {
	parts := strings.Split(hash, "$")
	salt, key := make([]byte, 16), make([]byte, argonKey)
	sound := len(parts) == 6 && parts[1] == "argon2id" && parts[2] == fmt.Sprintf("v=%d", argon2.Version) &&
		parts[3] == fmt.Sprintf("m=%d,t=%d,p=%d", argonMemory, argonTime, argonLanes)
	if sound {
		var err1, err2 error
		salt, err1 = base64.RawStdEncoding.DecodeString(parts[4])
		key, err2 = base64.RawStdEncoding.DecodeString(parts[5])
		sound = err1 == nil && err2 == nil && len(key) == argonKey
	}
	got := argon2.IDKey([]byte(password), salt, argonTime, argonMemory, argonLanes, argonKey)
	return subtle.ConstantTimeCompare(got, key) == 1 && sound
}

func (s *Server) checkPassword(ctx context.Context, hash, password string) (bool, error) {
	release, err := s.hashingTurn(ctx)
	if err != nil {
		return false, err
	}
	defer release()
	return verify(hash, password), nil
}

func (s *Server) hashPassword(ctx context.Context, password string) (string, error) {
	release, err := s.hashingTurn(ctx)
	if err != nil {
		return "", err
	}
	defer release()
	return HashPassword(password), nil
}

func (s *Server) hashingTurn(ctx context.Context) (release func(), err error) {
	select {
	case s.hashing <- struct{}{}:
		return func() { <-s.hashing }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// OneTimePassword makes a password that is good for one sign-in.
func OneTimePassword() string {
	var b strings.Builder
	var octet [1]byte
	for b.Len() < 19 {
		if b.Len()%5 == 4 {
			b.WriteByte('-')
			continue
		}
		_, _ = rand.Read(octet[:]) // never fails (Go 1.24)
		// Octets past the last whole multiple would favour the first letters.
		if int(octet[0]) < 256/len(oneTimeLetter)*len(oneTimeLetter) {
			b.WriteByte(oneTimeLetter[int(octet[0])%len(oneTimeLetter)])
		}
	}
	return b.String()
}

// FirstAdmin creates the user "admin" with a one-time password when there is no
// user yet; created tells whether it did.
func FirstAdmin(ctx context.Context, users Users, now time.Time) (password string, created bool, err error) {
	n, err := users.CountUsers(ctx)
	if err != nil || n > 0 {
		return "", false, err
	}
	password = OneTimePassword()
	_, err = users.CreateUser(ctx, inventory.User{
		Login: "admin", Name: "Administrator", Role: inventory.RoleAdmin, PasswordHash: HashPassword(password), MustChange: true, CreatedAt: now,
	})
	if inventory.CodeOf(err) == inventory.Conflict {
		return "", false, nil // another server was faster
	}
	return password, err == nil, err
}
