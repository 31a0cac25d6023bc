import type { Scenario, ScenarioInput } from '@/api/budget';
import { parseMoney, writeMoney } from '@/format/money';

/** A scenario while it is filled in: numbers and amounts are as a person types them. */
export interface ScenarioValues {
  name: string;
  from: string;
  years: string;
  currency: string;
  /** Of every year that has none of its own. */
  cap: string;
  /** By year. */
  caps: Record<string, string>;
  first: string[];
  lease: string[];
  leaseMonths: string;
  /** A month's rent in per cent of the price. */
  leasePercent: string;
  lives: { class: string; months: string }[];
  pinned: { asset: string; year: string }[];
  lots: { model: string; least: string }[];
  notes: string;
}

/** The names of the API beside those of the form. */
export const scenarioFields = {
  name: 'name', from: 'from', years: 'years', caps: 'cap', first: 'first', lease: 'lease', lease_months: 'leaseMonths', lease_bps: 'leasePercent',
  life_months: 'lives', pinned: 'pinned', lots: 'lots', notes: 'notes',
} as const;

/** The form of a scenario as it opens; a new one begins next year and looks five years ahead. */
export function scenarioValues(scenario: Scenario | undefined, today: string, language: string): ScenarioValues {
  const caps = Object.entries(scenario?.caps ?? {});
  const written = Object.fromEntries(caps.map(([year, amount]) => [year, writeMoney(amount, language)]));
  const { 0: cap = '', ...byYear } = written;
  const number = (n: number | undefined) => (n ? String(n) : '');
  return {
    name: scenario?.name ?? '',
    from: String(scenario?.from ?? Number(today.slice(0, 4)) + 1),
    years: String(scenario?.years ?? 5),
    currency: caps[0]?.[1].currency ?? 'EUR',
    cap,
    caps: byYear,
    first: scenario?.first ?? [],
    lease: scenario?.lease ?? [],
    leaseMonths: number(scenario?.lease_months) || '36',
    leasePercent: new Intl.NumberFormat(language).format((scenario?.lease_bps ?? 0) / 100 || 2.95),
    lives: Object.entries(scenario?.life_months ?? {}).map(([of, months]) => ({ class: of, months: String(months) })),
    pinned: Object.entries(scenario?.pinned ?? {}).map(([asset, year]) => ({ asset, year: String(year) })),
    lots: Object.entries(scenario?.lots ?? {}).map(([model, least]) => ({ model, least: String(least) })),
    notes: scenario?.notes ?? '',
  };
}

/** The years that a scenario looks at; none while its first year or their number is no number. */
export function yearsOf({ from, years }: Pick<ScenarioValues, 'from' | 'years'>): string[] {
  const [first, count] = [Number(from), Number(years)];
  if (!Number.isInteger(first) || first < 2000 || first > 2200 || !Number.isInteger(count) || count < 1 || count > 30) return [];
  return Array.from({ length: count }, (_, i) => String(first + i));
}

type Wrong = 'required' | 'badAmount' | 'positive' | 'twice';

/** What is wrong with a filled-in scenario, by field. */
export function checkScenario(v: ScenarioValues): Record<string, Wrong> {
  const wrong: Record<string, Wrong> = {};
  const amount = (field: string, text: string) => {
    if (text.trim() && !parseMoney(text, v.currency)) wrong[field] = 'badAmount';
  };
  if (!v.name.trim()) wrong.name = 'required';
  if (yearsOf({ from: v.from, years: '1' }).length === 0) wrong.from = 'positive';
  if (yearsOf({ from: '2000', years: v.years }).length === 0) wrong.years = 'positive';
  amount('cap', v.cap);
  for (const year of yearsOf(v)) amount(`caps.${year}`, v.caps[year] ?? '');
  if (v.lease.length > 0) {
    if (!isCount(v.leaseMonths)) wrong.leaseMonths = 'positive';
    if (!(percent(v.leasePercent) > 0)) wrong.leasePercent = 'positive';
  }
  rows(wrong, 'lives', v.lives, (r) => r.class, (r) => r.months);
  rows(wrong, 'pinned', v.pinned, (r) => r.asset, (r) => r.year);
  rows(wrong, 'lots', v.lots, (r) => r.model.trim(), (r) => r.least);
  return wrong;
}

const keys = { lives: ['class', 'months'], pinned: ['asset', 'year'], lots: ['model', 'least'] } as const;

function rows<T>(wrong: Record<string, Wrong>, list: keyof typeof keys, all: T[], key: (row: T) => string, count: (row: T) => string) {
  const seen = new Set<string>();
  const [keyName, countName] = keys[list];
  all.forEach((row, i) => {
    const k = key(row);
    if (!k) wrong[`${list}.${String(i)}.${keyName}`] = 'required';
    else if (seen.has(k)) wrong[`${list}.${String(i)}.${keyName}`] = 'twice';
    if (!isCount(count(row))) wrong[`${list}.${String(i)}.${countName}`] = 'positive';
    seen.add(k);
  });
}

const isCount = (text: string) => /^\d{1,6}$/.test(text.trim());
const percent = (text: string) => Number(text.replace(',', '.'));

/** What is sent to the server. All that the form knows is sent, so that what was taken away goes. */
export function scenarioInput(v: ScenarioValues): ScenarioInput {
  const caps: Record<string, { minor: number; currency: string }> = {};
  const years = yearsOf(v);
  for (const [year, text] of [['0', v.cap], ...years.map((y) => [y, v.caps[y] ?? ''])] as [string, string][]) {
    const amount = text.trim() ? parseMoney(text, v.currency) : undefined;
    if (amount) caps[year] = amount;
  }
  const leases = v.lease.length > 0;
  return {
    name: v.name.trim(),
    from: Number(v.from),
    years: Number(v.years),
    caps,
    first: v.first,
    lease: v.lease,
    lease_months: leases ? Number(v.leaseMonths) : 0,
    lease_bps: leases ? Math.round(percent(v.leasePercent) * 100) : 0,
    life_months: Object.fromEntries(v.lives.map((r) => [r.class, Number(r.months)])),
    pinned: Object.fromEntries(v.pinned.map((r) => [r.asset, Number(r.year)])),
    lots: Object.fromEntries(v.lots.map((r) => [r.model.trim(), Number(r.least)])),
    notes: v.notes.trim(),
  };
}
