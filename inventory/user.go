package inventory

import "time"

// Role says what a user may do.
type Role string

// The roles.
const (
	RoleAdmin      Role = "admin"      // everything, and the users
	RoleTechnician Role = "technician" // reads and changes its clients, scans
	RoleManager    Role = "manager"    // reads and changes money and contracts of its clients
	RoleClient     Role = "client"     // reads its own company only
)

// User is a person who signs in. PasswordHash never leaves the store and api.
type User struct {
	ID           string    `json:"id" gorm:"primaryKey"`
	Login        string    `json:"login"`
	Name         string    `json:"name"`
	Role         Role      `json:"role"`
	Clients      []string  `json:"clients" gorm:"serializer:json"` // ids; ignored for administrators
	PasswordHash string    `json:"-"`
	MustChange   bool      `json:"must_change"` // a one-time password: to be changed at first sign-in
	Disabled     bool      `json:"disabled"`
	CreatedAt    time.Time `json:"created_at"`
}

// Scope gives what the user may see.
func (u User) Scope() Scope {
	if u.Disabled {
		return Scope{}
	}
	if u.Role == RoleAdmin {
		return ScopeAll(u.ID)
	}
	return ScopeClients(u.ID, u.Clients...)
}

// Session is a signed-in browser. Only a hash of its token is stored.
type Session struct {
	TokenHash string `gorm:"primaryKey"`
	UserID    string
	CreatedAt time.Time
	ExpiresAt time.Time
}
