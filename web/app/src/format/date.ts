/**
 * Days are civil dates ("2026-11-23") and have no time zone: they are read and
 * shown in UTC so that nobody west of Greenwich sees the day before. Instants
 * (RFC 3339) are shown in the reader's own zone.
 */

const dayMs = 86_400_000;

/** 23 nov. 2026; "" when unknown or no day. */
export function formatDay(day: string | undefined, language: string): string {
  const time = dayTime(day);
  return time === undefined
    ? ''
    : new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }).format(time);
}

/** 23 nov. 2026, 21:04 in the reader's zone; "" when unknown. */
export function formatInstant(instant: string | undefined, language: string, timeZone?: string): string {
  const time = instantTime(instant);
  return time === undefined
    ? ''
    : new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(time);
}

/** How long ago, or in how long: "il y a 5 minutes", "in 2 days". */
export function formatAgo(instant: string | undefined, now: number, language: string): string {
  const time = instantTime(instant);
  if (time === undefined) return '';
  const seconds = Math.round((time - now) / 1000);
  for (const [unit, size] of steps) {
    if (Math.abs(seconds) >= size) return relative(Math.trunc(seconds / size), unit, language);
  }
  return relative(0, 'second', language);
}

const steps: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 5],
];

/** How far a day is: "dans 3 mois", "12 days ago". */
export function formatDistance(day: string | undefined, today: string, language: string): string {
  const days = daysUntil(day, today);
  if (days === undefined) return '';
  if (Math.abs(days) >= 730) return relative(Math.trunc(days / 365), 'year', language);
  if (Math.abs(days) >= 60) return relative(Math.round(days / 30.44), 'month', language);
  return relative(days, 'day', language);
}

// "yesterday" and "now" say what they mean; "next month" may be two days away.
function relative(n: number, unit: Intl.RelativeTimeFormatUnit, language: string): string {
  const numeric = unit === 'day' || unit === 'second' ? 'auto' : 'always';
  return new Intl.RelativeTimeFormat(language, { numeric }).format(n, unit);
}

/** Days from today to that day, negative when it has passed; undefined when unknown. */
export function daysUntil(day: string | undefined, today: string): number | undefined {
  const a = dayTime(today);
  const b = dayTime(day);
  return a === undefined || b === undefined ? undefined : Math.round((b - a) / dayMs);
}

/** The civil date of a moment where the reader is. */
export function dayOf(now: Date): string {
  const two = (n: number) => String(n).padStart(2, '0');
  return `${String(now.getFullYear())}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/** The same day n months later, or that month's last day when it is shorter. */
export function addMonths(day: string, months: number): string {
  const time = dayTime(day);
  if (time === undefined) return '';
  const start = new Date(time);
  const last = new Date(Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + months + 1, 0));
  last.setUTCDate(Math.min(start.getUTCDate(), last.getUTCDate()));
  return last.toISOString().slice(0, 10);
}

/** The day so many days later. */
export function addDays(day: string, days: number): string {
  const time = dayTime(day);
  return time === undefined ? '' : new Date(time + days * dayMs).toISOString().slice(0, 10);
}

function dayTime(day: string | undefined): number | undefined {
  if (!day || !/^\d{4}-\d{2}-\d{2}$/.test(day)) return undefined;
  const time = Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(time) ? undefined : time;
}

// The zero instant of Go means unknown.
function instantTime(instant: string | undefined): number | undefined {
  if (!instant || instant.startsWith('0001-')) return undefined;
  const time = Date.parse(instant);
  return Number.isNaN(time) ? undefined : time;
}

/** How long something took, given in milliseconds: "45 s", "3 min 20 s", "1 h 5 min". */
export function formatDuration(ms: number, language: string): string {
  if (!Number.isFinite(ms) || ms < 0) return '';
  const seconds = Math.round(ms / 1000);
  const unit = (n: number, name: 'hour' | 'minute' | 'second') =>
    new Intl.NumberFormat(language, { style: 'unit', unit: name, unitDisplay: 'short' }).format(n);
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60), seconds % 60];
  if (h > 0) return m > 0 ? `${unit(h, 'hour')} ${unit(m, 'minute')}` : unit(h, 'hour');
  if (m > 0) return s > 0 ? `${unit(m, 'minute')} ${unit(s, 'second')}` : unit(m, 'minute');
  return unit(s, 'second');
}
