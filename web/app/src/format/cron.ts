/**
 * What a cron expression says, as data that a text can be made of. The server
 * decides what is valid; this only helps a person to see what was written.
 */
export type CronHint =
  | { kind: 'minute' }
  | { kind: 'minutes'; n: number }
  | { kind: 'hour'; minute: number }
  | { kind: 'hours'; n: number; minute: number }
  | { kind: 'day'; time: string }
  | { kind: 'weekdays'; time: string }
  | { kind: 'week'; days: number[]; time: string }
  | { kind: 'month'; day: number; time: string }
  | { kind: 'year'; month: number; day: number; time: string }
  | { kind: 'other' }
  | { kind: 'invalid' };

const descriptors: Record<string, string> = {
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@hourly': '0 * * * *',
};

/** Reads a cron expression of five fields, or one of the @ words. */
export function readCron(spec: string): CronHint {
  const text = spec.trim();
  if (text.startsWith('@every ')) return { kind: 'other' };
  const fields = (descriptors[text.toLowerCase()] ?? text).split(/\s+/);
  if (fields.length !== 5 || fields.some((f) => !/^[\d*,/\-?A-Za-z]+$/.test(f))) return { kind: 'invalid' };
  const [minute = '', hour = '', day = '', month = '', weekday = ''] = fields.map((f) => (f === '?' ? '*' : f));
  if (!inRange(minute, 59) || !inRange(hour, 23) || !inRange(day, 31)) return { kind: 'invalid' };

  const everyDay = day === '*' && month === '*' && weekday === '*';
  if (everyDay && hour === '*') return withinHour(minute);
  const hourStep = step(hour);
  if (everyDay && hourStep && isNumber(minute)) return { kind: 'hours', n: hourStep, minute: Number(minute) };
  if (!isNumber(minute) || !isNumber(hour)) return { kind: 'other' };

  const time = `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`;
  if (everyDay) return { kind: 'day', time };
  if (day === '*' && month === '*') return onWeekdays(weekday, time);
  if (weekday !== '*' || !isNumber(day)) return { kind: 'other' };
  if (month === '*') return { kind: 'month', day: Number(day), time };
  return isNumber(month) && inRange(month, 12) ? { kind: 'year', month: Number(month), day: Number(day), time } : { kind: 'other' };
}

function withinHour(minute: string): CronHint {
  if (minute === '*') return { kind: 'minute' };
  const n = step(minute);
  if (n) return { kind: 'minutes', n };
  return isNumber(minute) ? { kind: 'hour', minute: Number(minute) } : { kind: 'other' };
}

const dayNames = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

function onWeekdays(field: string, time: string): CronHint {
  const days = new Set<number>();
  for (const part of field.toLowerCase().split(',')) {
    const [from = '', to = from] = part.split('-');
    const first = dayNumber(from);
    const last = dayNumber(to);
    if (first === undefined || last === undefined || first > last) return { kind: 'other' };
    for (let d = first; d <= last; d++) days.add(d % 7);
  }
  const list = [...days].sort((a, b) => a - b);
  if (list.join() === '1,2,3,4,5') return { kind: 'weekdays', time };
  return list.length === 7 ? { kind: 'day', time } : { kind: 'week', days: list, time };
}

function dayNumber(text: string): number | undefined {
  if (/^[0-7]$/.test(text)) return Number(text);
  const index = dayNames.indexOf(text);
  return index < 0 ? undefined : index;
}

function step(field: string): number | undefined {
  const match = /^\*\/(\d+)$/.exec(field);
  const n = Number(match?.[1]);
  return match && n > 0 ? n : undefined;
}

const isNumber = (field: string) => /^\d+$/.test(field);

const inRange = (field: string, most: number) => !isNumber(field) || Number(field) <= most;
