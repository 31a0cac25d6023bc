import { describe, expect, it } from 'vitest';
import { addDays, addMonths, dayOf, daysUntil, formatAgo, formatDay, formatDistance, formatDuration, formatInstant } from './date';

describe('days', () => {
  it('are the same day everywhere', () => {
    expect(formatDay('2026-11-01', 'fr')).toBe('1 nov. 2026');
    expect(formatDay('2026-11-01', 'en')).toBe('Nov 1, 2026');
  });

  it.each([undefined, '', '2026-13-01', 'soon', '2026-11-23T10:00:00Z'])('%s is unknown', (day) => {
    expect(formatDay(day, 'fr')).toBe('');
    expect(daysUntil(day, '2026-11-23')).toBeUndefined();
  });

  it('are counted across the change of hour', () => {
    expect(daysUntil('2027-04-01', '2027-03-01')).toBe(31);
    expect(daysUntil('2026-11-20', '2026-11-23')).toBe(-3);
    expect(daysUntil('2028-03-01', '2028-02-28')).toBe(2);
  });

  it.each([
    ['2026-01-31', 1, '2026-02-28'],
    ['2028-01-31', 1, '2028-02-29'],
    ['2026-11-23', 36, '2029-11-23'],
    ['2026-03-31', -1, '2026-02-28'],
    ['', 12, ''],
  ])('%s plus %d months is %s', (day, months, want) => {
    expect(addMonths(day, months)).toBe(want);
  });

  it.each([
    ['2026-11-24', 'en', 'tomorrow'],
    ['2026-12-23', 'fr', 'dans 30 jours'],
    ['2027-05-23', 'en', 'in 6 months'],
    ['2027-01-22', 'fr', 'dans 2 mois'],
    ['2026-08-01', 'fr', 'il y a 4 mois'],
    ['2029-11-23', 'en', 'in 3 years'],
    ['', 'en', ''],
  ])('%s in %s is %s', (day, language, want) => {
    expect(formatDistance(day, '2026-11-23', language)).toBe(want);
  });

  it('begin at midnight where the reader is', () => {
    expect(dayOf(new Date(2026, 10, 3, 0, 1))).toBe('2026-11-03');
    expect(dayOf(new Date(2026, 10, 3, 23, 59))).toBe('2026-11-03');
  });
});

describe('instants', () => {
  const now = Date.parse('2026-11-23T12:00:00Z');

  it.each([
    ['2026-11-23T11:59:58Z', 'en', 'now'],
    ['2026-11-23T11:55:00Z', 'fr', 'il y a 5 minutes'],
    ['2026-11-23T09:01:00Z', 'en', '2 hours ago'],
    ['2026-11-25T12:00:01Z', 'fr', 'après-demain'],
    ['2024-11-20T00:00:00Z', 'en', '2 years ago'],
    ['2026-10-20T00:00:00Z', 'en', '1 month ago'],
    ['0001-01-01T00:00:00Z', 'en', ''],
    ['nonsense', 'en', ''],
  ])('%s in %s is %s', (instant, language, want) => {
    expect(formatAgo(instant, now, language)).toBe(want);
  });

  it.each([
    [45_400, 'en', '45 sec'],
    [200_000, 'en', '3 min 20 sec'],
    [3_600_000, 'fr', '1 h'],
    [3_900_000, 'fr', '1 h 5 min'],
    [Number.NaN, 'fr', ''],
    [-5, 'fr', ''],
  ])('%d ms in %s last %s', (ms, language, want) => {
    expect(formatDuration(ms, language).replace(/[\u00a0\u202f]/g, ' ')).toBe(want);
  });

  it('are shown in the zone of the reader', () => {
    expect(formatInstant('2026-11-23T23:30:00Z', 'fr', 'Europe/Paris').replace(/[\u00a0\u202f]/g, ' ')).toBe('24 nov. 2026, 00:30');
    expect(formatInstant('0001-01-01T00:00:00Z', 'fr')).toBe('');
  });
});

describe('addDays', () => {
  it.each([
    ['2026-12-28', 7, '2027-01-04'],
    ['2028-03-01', -1, '2028-02-29'],
    ['nonsense', 1, ''],
  ])('%s and %i days is %s', (day, days, want) => {
    expect(addDays(day, days)).toBe(want);
  });
});
