package lifecycle

import (
	"time"

	"parc/inventory"
)

// PublicHoliday gives the French name of the public holiday that falls on the
// day, "" when it is none. The list is that of article L3133-1 of the Code du
// travail, for the whole country; the two of Alsace and Moselle are not in it.
func PublicHoliday(day inventory.Day) string {
	if day.IsZero() {
		return ""
	}
	t := day.Time()
	if name, ok := fixedHolidays[t.Format("01-02")]; ok {
		return name
	}
	switch inventory.DayOf(easter(t.Year())).Until(day) {
	case 1:
		return "lundi de Pâques"
	case 39:
		return "Ascension"
	case 50:
		return "lundi de Pentecôte"
	}
	return ""
}

var fixedHolidays = map[string]string{
	"01-01": "jour de l'An", "05-01": "fête du Travail", "05-08": "victoire de 1945", "07-14": "fête nationale",
	"08-15": "Assomption", "11-01": "Toussaint", "11-11": "armistice de 1918", "12-25": "Noël",
}

// easter gives Easter Sunday of a year of the Gregorian calendar (the anonymous
// algorithm, Nature 1876).
func easter(year int) time.Time {
	a, b, c := year%19, year/100, year%100
	d, e := b/4, b%4
	g := (8*b + 13) / 25
	h := (19*a + b - d - g + 15) % 30
	i, k := c/4, c%4
	l := (32 + 2*e + 2*i - h - k) % 7
	m := (a + 11*h + 22*l) / 451
	month := (h + l - 7*m + 114) / 31
	return time.Date(year, time.Month(month), (h+l-7*m+114)%31+1, 0, 0, 0, 0, time.UTC)
}

// NotWorking says why nobody works on the day: "Saturday", "Sunday" or the
// public holiday's name; "" for a working day.
func NotWorking(day inventory.Day) string {
	if weekday := day.Time().Weekday(); weekday == time.Saturday || weekday == time.Sunday {
		return weekday.String()
	}
	return PublicHoliday(day)
}

// WorkingDay gives the day itself when it is worked, else the last working day
// before it, and why it had to move.
func WorkingDay(day inventory.Day) (worked inventory.Day, why string) {
	if day.IsZero() {
		return "", ""
	}
	why = NotWorking(day)
	for NotWorking(day) != "" {
		day = day.AddDays(-1)
	}
	return day, why
}

// WorkingDaysBefore gives the working day that lies n working days before a day.
func WorkingDaysBefore(day inventory.Day, n int) inventory.Day {
	if day.IsZero() {
		return ""
	}
	for ; n > 0; n-- {
		day, _ = WorkingDay(day.AddDays(-1))
	}
	return day
}
