package inventory

import "time"

// AlertPlan says who is written to of what ends for a client.
type AlertPlan struct {
	ClientID   string    `json:"client_id" gorm:"primaryKey"`
	Recipients []string  `json:"recipients" gorm:"serializer:json"` // mail addresses; nobody is nobody
	Lang       string    `json:"lang"`                              // fr or en
	UpdatedAt  time.Time `json:"updated_at"`
}

// mostAlerted bounds how many people are written to of one client.
const mostAlerted = 50

// Check says what is impossible in a plan of alerts.
func (p AlertPlan) Check() error {
	if p.Lang == "" {
		return Errorf(Invalid, "lang: fr or en?")
	}
	if len(p.Recipients) > mostAlerted {
		return Errorf(Invalid, "recipients: %d are too many: %d at most", len(p.Recipients), mostAlerted)
	}
	return checkOneOf("lang", p.Lang, "fr", "en")
}

// Deadline is what became of the alerts of one event: whether somebody has taken
// note of it, and when it was last written of. It holds for the event's Day only:
// when that moves, alerts begin anew.
type Deadline struct {
	ClientID     string     `json:"client_id" gorm:"primaryKey"`
	Event        string     `json:"event" gorm:"primaryKey"` // the key of the event
	Day          Day        `json:"day"`
	Acknowledged bool       `json:"acknowledged"`
	SnoozedUntil Day        `json:"snoozed_until,omitempty"` // nothing is sent before that day
	SentOn       Day        `json:"sent_on,omitempty"`
	SaidBy       string     `json:"said_by,omitempty"`
	SaidAt       *time.Time `json:"said_at,omitempty"`
}

// Check says what is impossible in what is said of an event.
func (d Deadline) Check() error {
	switch {
	case d.Event == "" || len(d.Event) > longestName:
		return Errorf(Invalid, "event: which one?")
	case d.Day.IsZero():
		return Errorf(Invalid, "day: which day is the event's?")
	case d.SnoozedUntil > d.Day:
		return Errorf(Invalid, "snoozed_until: %s is after the day itself, %s", d.SnoozedUntil, d.Day)
	}
	return checks(checkDay("day", d.Day), checkDay("snoozed_until", d.SnoozedUntil), checkDay("sent_on", d.SentOn))
}
