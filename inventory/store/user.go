package store

import (
	"context"
	"time"

	"gorm.io/gorm"

	"parc/inventory"
)

type userRow struct {
	inventory.User
	LoginKey string
}

// TableName says where users are kept.
func (userRow) TableName() string { return "users" }

func (r userRow) noun() inventory.User {
	r.Clients = list(r.Clients)
	return r.User
}

// nobody is the scope of sign-in, which comes before there is a scope: it sees
// no client.
var nobody = inventory.Scope{}

// Users lists the users by login. Users and sessions belong to no client: these
// methods are for sign-in and for administrators, and ask for no scope.
func (s *Store) Users(ctx context.Context) ([]inventory.User, error) {
	var rows []userRow
	if err := s.as(ctx, nobody).Order("login_key").Find(&rows).Error; err != nil {
		return nil, s.explain(err, "list the users")
	}
	users := make([]inventory.User, len(rows))
	for i, row := range rows {
		users[i] = row.noun()
	}
	return users, nil
}

// User gives one user.
func (s *Store) User(ctx context.Context, id string) (inventory.User, error) {
	var row userRow
	err := s.take(s.as(ctx, nobody), &row, "user", id)
	return row.noun(), err
}

// UserByLogin gives the user of that login, whatever the case.
func (s *Store) UserByLogin(ctx context.Context, login string) (inventory.User, error) {
	unknown := inventory.Errorf(inventory.NotFound, "there is no user with the login %q", inventory.CleanTo(login, longestName))
	if !storable(login) {
		return inventory.User{}, unknown
	}
	var row userRow
	found := s.as(ctx, nobody).Where("login_key = ?", nameKey(login)).Limit(1).Find(&row)
	if found.Error != nil {
		return inventory.User{}, s.explain(found.Error, "look for a user")
	}
	if found.RowsAffected == 0 {
		return inventory.User{}, unknown
	}
	return row.noun(), nil
}

// CountUsers counts the users.
func (s *Store) CountUsers(ctx context.Context) (int, error) {
	var n int64
	err := s.as(ctx, nobody).Model(&userRow{}).Count(&n).Error
	return int(n), s.explain(err, "count the users")
}

// CreateUser keeps a new user. A login that is taken, whatever the case, is a
// Conflict.
func (s *Store) CreateUser(ctx context.Context, u inventory.User) (inventory.User, error) {
	if err := checkUser(&u); err != nil {
		return inventory.User{}, err
	}
	s.stamp(&u.ID, &u.CreatedAt)
	row := userRow{User: u, LoginKey: nameKey(u.Login)}
	err := s.write(ctx, nobody, func(tx *gorm.DB) error { return tx.Create(&row).Error })
	if s.isDuplicate(err) {
		return inventory.User{}, inventory.Errorf(inventory.Conflict, "there is a user with the login %q already", u.Login)
	}
	return row.noun(), s.explain(err, "add user "+u.Login)
}

// UpdateUser changes all but the date of creation. A user who is disabled is
// signed out everywhere. The last administrator stays one: anything else is a
// Conflict.
func (s *Store) UpdateUser(ctx context.Context, u inventory.User) (inventory.User, error) {
	if err := checkUser(&u); err != nil {
		return inventory.User{}, err
	}
	var row userRow
	err := s.write(ctx, nobody, func(tx *gorm.DB) error {
		if err := s.take(tx, &row, "user", u.ID); err != nil {
			return err
		}
		before := row.User
		u.CreatedAt = before.CreatedAt
		row = userRow{User: u, LoginKey: nameKey(u.Login)}
		if err := tx.Model(&row).Select("login", "login_key", "name", "role", "clients", "password_hash", "must_change", "disabled").Updates(&row).Error; err != nil {
			return err
		}
		if isAdmin(before) && !isAdmin(u) {
			if err := keepAdmin(tx); err != nil {
				return err
			}
		}
		if !u.Disabled {
			return nil
		}
		return tx.Where("user_id = ?", u.ID).Delete(&sessionRow{}).Error
	})
	if s.isDuplicate(err) {
		return inventory.User{}, inventory.Errorf(inventory.Conflict, "there is a user with the login %q already", u.Login)
	}
	if err != nil {
		return inventory.User{}, s.explain(err, "change user "+u.ID)
	}
	return row.noun(), nil
}

func isAdmin(u inventory.User) bool { return u.Role == inventory.RoleAdmin && !u.Disabled }

func keepAdmin(tx *gorm.DB) error {
	var n int64
	err := tx.Model(&userRow{}).Where("role = ? AND NOT disabled", inventory.RoleAdmin).Count(&n).Error
	if err == nil && n == 0 {
		return inventory.Errorf(inventory.Conflict, "this is the last administrator: make another one first")
	}
	return err
}

func checkUser(u *inventory.User) error {
	login, err := named("user", u.Login)
	if err != nil {
		return err
	}
	u.Login, u.Clients = login, list(u.Clients)
	switch u.Role {
	case inventory.RoleAdmin, inventory.RoleTechnician, inventory.RoleManager, inventory.RoleClient:
		return nil
	}
	return inventory.Errorf(inventory.Invalid, "%q is no role: admin, technician, manager or client", inventory.CleanTo(string(u.Role), 40))
}

type sessionRow struct{ inventory.Session }

// TableName says where sessions are kept.
func (sessionRow) TableName() string { return "sessions" }

// CreateSession keeps a session, and forgets those that are over.
func (s *Store) CreateSession(ctx context.Context, session inventory.Session) error {
	err := s.write(ctx, nobody, func(tx *gorm.DB) error {
		if err := tx.Where("expires_at <= ?", s.now()).Delete(&sessionRow{}).Error; err != nil {
			return err
		}
		return tx.Create(&sessionRow{session}).Error
	})
	return s.explain(err, "sign in")
}

// SessionUser gives the user of a session that is not over at now. Unauthorised
// says that there is no such session, that it is over, or that the user is disabled.
func (s *Store) SessionUser(ctx context.Context, tokenHash string, now time.Time) (inventory.User, error) {
	unknown := inventory.Errorf(inventory.Unauthorised, "not signed in, or no longer: sign in")
	if !storable(tokenHash) {
		return inventory.User{}, unknown
	}
	var row userRow
	found := s.as(ctx, nobody).
		Where("NOT disabled AND id IN (?)",
			s.as(ctx, nobody).Model(&sessionRow{}).Select("user_id").Where("token_hash = ? AND expires_at > ?", tokenHash, moment(now))).
		Limit(1).Find(&row)
	if found.Error != nil {
		return inventory.User{}, s.explain(found.Error, "look for a session")
	}
	if found.RowsAffected == 0 {
		return inventory.User{}, unknown
	}
	return row.noun(), nil
}

// DeleteSession signs a session out; one that is not there is fine.
func (s *Store) DeleteSession(ctx context.Context, tokenHash string) error {
	err := s.write(ctx, nobody, func(tx *gorm.DB) error {
		return tx.Where("token_hash = ?", storableText(tokenHash)).Delete(&sessionRow{}).Error
	})
	return s.explain(err, "sign out")
}

// DeleteUserSessions signs a user out everywhere.
func (s *Store) DeleteUserSessions(ctx context.Context, userID string) error {
	err := s.write(ctx, nobody, func(tx *gorm.DB) error {
		return tx.Where("user_id = ?", storableText(userID)).Delete(&sessionRow{}).Error
	})
	return s.explain(err, "sign a user out")
}
