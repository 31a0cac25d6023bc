import type { InterventionSearch } from '@/api/interventions';

const isDay = (raw: unknown): raw is string => typeof raw === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(raw) && !Number.isNaN(Date.parse(raw));

/** Reads what narrows a list of interventions from a page's address. */
export function readInterventionSearch(raw: Record<string, unknown>): InterventionSearch {
  const search: InterventionSearch = {};
  for (const key of ['asset', 'contract'] as const) {
    const id = raw[key];
    if (typeof id === 'string' && id) search[key] = id.slice(0, 64);
  }
  if (isDay(raw.from)) search.from = raw.from;
  if (isDay(raw.to)) search.to = raw.to;
  return search;
}
