package store

import (
	"context"
	"time"

	"gorm.io/gorm"

	"parc/inventory"
)

type calendarRow struct {
	inventory.Calendar
	ClientID optional // in the place of the noun's: a reference that may be absent
}

// TableName says where calendars are kept.
func (calendarRow) TableName() string { return "calendars" }

func (r calendarRow) noun() inventory.Calendar {
	r.Calendar.ClientID = string(r.ClientID)
	return r.Calendar
}

// mostCalendars bounds how many one user has.
const mostCalendars = 50

// Calendars lists a user's calendars, the oldest first. Like sessions they belong
// to their user: a calendar of another's is not there.
func (s *Store) Calendars(ctx context.Context, userID string) ([]inventory.Calendar, error) {
	var rows []calendarRow
	err := s.as(ctx, nobody).Where("user_id = ?", storableText(userID)).Order("created_at, id").Find(&rows).Error
	if err != nil {
		return nil, s.explain(err, "list the calendars of a user")
	}
	all := make([]inventory.Calendar, len(rows))
	for i, row := range rows {
		all[i] = row.noun()
	}
	return all, nil
}

// CreateCalendar keeps a user's calendar of one client in scope, or of all that
// the user may see. LimitReached says that the user has too many.
func (s *Store) CreateCalendar(ctx context.Context, scope inventory.Scope, c inventory.Calendar) (inventory.Calendar, error) {
	if err := c.Check(); err != nil {
		return inventory.Calendar{}, err
	}
	s.stamp(&c.ID, &c.CreatedAt)
	err := s.write(ctx, scope, func(tx *gorm.DB) error {
		if c.ClientID != "" {
			if err := s.seeClient(tx, scope, c.ClientID); err != nil {
				return err
			}
		}
		var n int64
		if err := tx.Model(&calendarRow{}).Where("user_id = ?", c.UserID).Count(&n).Error; err != nil {
			return err
		}
		if n >= mostCalendars {
			return inventory.Errorf(inventory.LimitReached, "%d calendars are enough: remove one first", n)
		}
		return tx.Create(&calendarRow{c, optional(c.ClientID)}).Error
	})
	return c, s.explain(err, "add a calendar")
}

// DeleteCalendar makes the address of a user's calendar worthless.
func (s *Store) DeleteCalendar(ctx context.Context, userID, id string) error {
	if !storable(id) {
		return noSuch("calendar", id)
	}
	err := s.write(ctx, nobody, func(tx *gorm.DB) error {
		done := tx.Where("id = ? AND user_id = ?", id, storableText(userID)).Delete(&calendarRow{})
		if done.Error == nil && done.RowsAffected == 0 {
			return noSuch("calendar", id)
		}
		return done.Error
	})
	return s.explain(err, "delete calendar "+id)
}

// usedEvery is how often it is noted that a calendar is read.
const usedEvery = time.Hour

// CalendarByToken gives the calendar whose token has that hash, and its user.
// NotFound says that there is none, or that its user is disabled or has yet to
// choose a password: which, nobody is told.
func (s *Store) CalendarByToken(ctx context.Context, tokenHash string, now time.Time) (inventory.Calendar, inventory.User, error) {
	none := inventory.Errorf(inventory.NotFound, "there is no such calendar, or no longer")
	if !storable(tokenHash) {
		return inventory.Calendar{}, inventory.User{}, none
	}
	var row calendarRow
	db := s.as(ctx, nobody)
	found := db.Where("token_hash = ?", tokenHash).Limit(1).Find(&row)
	if found.Error != nil {
		return inventory.Calendar{}, inventory.User{}, s.explain(found.Error, "look for a calendar")
	}
	if found.RowsAffected == 0 {
		return inventory.Calendar{}, inventory.User{}, none
	}
	user, err := s.User(ctx, row.UserID)
	switch {
	case inventory.CodeOf(err) == inventory.NotFound, err == nil && (user.Disabled || user.MustChange):
		return inventory.Calendar{}, inventory.User{}, none
	case err != nil:
		return inventory.Calendar{}, inventory.User{}, err
	}
	if row.LastUsedAt == nil || now.Sub(*row.LastUsedAt) >= usedEvery {
		used := moment(now)
		err = s.write(ctx, nobody, func(tx *gorm.DB) error {
			return tx.Model(&calendarRow{}).Where("id = ?", row.ID).Updates(map[string]any{"last_used_at": used}).Error
		})
		row.LastUsedAt = &used
	}
	return row.noun(), user, s.explain(err, "note that a calendar is read")
}
