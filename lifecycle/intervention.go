package lifecycle

import "parc/inventory"

// CheckLevel says what is impossible in a service level.
func CheckLevel(l inventory.ServiceLevel) error {
	if l.Level < inventory.KnowledgeBase || l.Level > inventory.OnSite {
		return inventory.Errorf(inventory.Invalid, "level: %d is no level of support: 1, 2 or 3", l.Level)
	}
	if l.ResponseMinutes < 0 || l.ResolutionMinutes < 0 {
		return inventory.Errorf(inventory.Invalid, "response_minutes: a promise may not be negative")
	}
	_, err := ParseHours(l.Hours, l.TimeZone)
	return err
}

// CheckIntervention says what is impossible in an intervention; each error is
// Invalid and names the field.
func CheckIntervention(v inventory.Intervention) error {
	switch {
	case v.OpenedAt.IsZero():
		return inventory.Errorf(inventory.Invalid, "opened_at: when was it asked for?")
	case v.RespondedAt != nil && v.RespondedAt.Before(v.OpenedAt):
		return inventory.Errorf(inventory.Invalid, "responded_at: before it was opened")
	case v.ResolvedAt != nil && v.ResolvedAt.Before(v.OpenedAt):
		return inventory.Errorf(inventory.Invalid, "resolved_at: before it was opened")
	case v.RespondedAt != nil && v.ResolvedAt != nil && v.ResolvedAt.Before(*v.RespondedAt):
		return inventory.Errorf(inventory.Invalid, "resolved_at: before anybody responded")
	case v.Level < inventory.KnowledgeBase || v.Level > inventory.OnSite:
		return inventory.Errorf(inventory.Invalid, "level: %d is no level of support: 1, 2 or 3", v.Level)
	case v.PausedMinutes < 0 || v.WorkMinutes < 0:
		return inventory.Errorf(inventory.Invalid, "paused_minutes: minutes may not be negative")
	}
	return checkMoney("cost", v.Cost)
}
