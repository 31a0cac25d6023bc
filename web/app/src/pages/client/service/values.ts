import type { Intervention, InterventionInput } from '@/api/interventions';
import { parseMoney, writeMoney } from '@/format/money';

/** An intervention while it is filled in: moments are as the browser's field has them, in the reader's zone. */
export interface InterventionValues {
  kind: InterventionInput['kind'];
  level: string;
  summary: string;
  asset: string;
  contract: string;
  opened: string;
  responded: string;
  resolved: string;
  paused: string;
  work: string;
  cost: string;
  currency: string;
  by: string;
}

/** The names of the API beside those of the form. */
export const interventionFields = {
  kind: 'kind', level: 'level', summary: 'summary', asset_id: 'asset', contract_id: 'contract', opened_at: 'opened', responded_at: 'responded',
  resolved_at: 'resolved', paused_minutes: 'paused', work_minutes: 'work', cost: 'cost', by: 'by',
} as const;

/** The form as it opens: a new one was asked for now, by nobody else. */
export function interventionValues(given: Partial<Intervention>, now: number, language: string): InterventionValues {
  const count = (n: number | undefined) => (n ? String(n) : '');
  return {
    kind: (given.kind as InterventionInput['kind'] | undefined) ?? 'failure',
    level: String(given.level ?? 2),
    summary: given.summary ?? '',
    asset: given.asset_id ?? '',
    contract: given.contract_id ?? '',
    opened: localMoment(given.opened_at ?? new Date(now).toISOString()),
    responded: localMoment(given.responded_at),
    resolved: localMoment(given.resolved_at),
    paused: count(given.paused_minutes),
    work: count(given.work_minutes),
    cost: given.cost?.minor ? writeMoney(given.cost, language) : '',
    currency: given.cost?.currency || 'EUR',
    by: given.by ?? '',
  };
}

type Wrong = 'required' | 'badAmount' | 'positive' | 'badOrder';

/** What is wrong with a filled-in intervention, by field. */
export function checkIntervention(v: InterventionValues): Record<string, Wrong> {
  const wrong: Record<string, Wrong> = {};
  if (!v.summary.trim()) wrong.summary = 'required';
  if (!v.opened) wrong.opened = 'required';
  if (v.responded && v.responded < v.opened) wrong.responded = 'badOrder';
  if (v.resolved && v.resolved < (v.responded || v.opened)) wrong.resolved = 'badOrder';
  if (v.paused && !/^\d{1,6}$/.test(v.paused.trim())) wrong.paused = 'positive';
  if (v.work && !/^\d{1,6}$/.test(v.work.trim())) wrong.work = 'positive';
  if (v.cost.trim() && !parseMoney(v.cost, v.currency)) wrong.cost = 'badAmount';
  return wrong;
}

// What has no moment: the server takes the zero of its clock for none.
const never = '0001-01-01T00:00:00Z';

/** What is sent to the server. All is sent, so that what was taken away goes. */
export function interventionInput(v: InterventionValues): InterventionInput {
  return {
    kind: v.kind,
    level: Number(v.level),
    summary: v.summary.trim(),
    asset_id: v.asset,
    contract_id: v.contract,
    opened_at: moment(v.opened),
    responded_at: moment(v.responded),
    resolved_at: moment(v.resolved),
    paused_minutes: Number(v.paused || 0),
    work_minutes: Number(v.work || 0),
    cost: parseMoney(v.cost, v.currency) ?? { minor: 0, currency: v.currency },
    by: v.by.trim(),
  };
}

/** "2026-11-23T10:00" in the reader's zone, for a field of the browser; "" for none. */
export function localMoment(instant: string | undefined): string {
  if (!instant || instant.startsWith('0001-')) return '';
  const at = new Date(instant);
  if (Number.isNaN(at.getTime())) return '';
  const two = (n: number) => String(n).padStart(2, '0');
  return `${String(at.getFullYear())}-${two(at.getMonth() + 1)}-${two(at.getDate())}T${two(at.getHours())}:${two(at.getMinutes())}`;
}

function moment(local: string): string {
  return local ? new Date(local).toISOString() : never;
}
