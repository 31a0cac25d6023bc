package inventory

import "time"

// Calendar is an address at which a person's calendar program reads what ends,
// without signing in. It shows what its user may see at that moment. Only a hash
// of its token is stored.
type Calendar struct {
	ID         string     `json:"id" gorm:"primaryKey"`
	UserID     string     `json:"-"`
	ClientID   string     `json:"client_id,omitempty"` // "" is every client that the user may see
	Name       string     `json:"name"`
	Lang       string     `json:"lang"` // fr or en
	TokenHash  string     `json:"-"`
	CreatedAt  time.Time  `json:"created_at"`
	LastUsedAt *time.Time `json:"last_used_at,omitempty"`
}

// Check says what is impossible in a calendar.
func (c Calendar) Check() error {
	return checks(checkOneOf("lang", c.Lang, "fr", "en"), checkText("name", c.Name, longestName))
}

// Scope gives what the calendar of a user shows: at most what the user may see.
// A user who is disabled, or has yet to choose a password, sees nothing.
func (c Calendar) Scope(u User) Scope {
	switch scope := u.Scope(); {
	case u.ID != c.UserID || u.MustChange:
		return Scope{}
	case c.ClientID == "":
		return scope
	case scope.Sees(c.ClientID):
		return ScopeClients(u.ID, c.ClientID)
	}
	return Scope{}
}
