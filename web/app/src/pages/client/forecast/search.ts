import type { ForecastSearch } from '@/api/money';
import { assetClasses } from '@/format/asset';
import { forecastKinds } from '@/lifecycle/forecast';

/** Reads the filters of a forecast from a page's address; what means nothing is left out. */
export function readForecastSearch(raw: Record<string, unknown>): ForecastSearch {
  const search: ForecastSearch = {};
  const from = dayOf(raw.from);
  const to = dayOf(raw.to);
  if (from) search.from = from;
  if (to) search.to = to;
  const kind = among(raw.kind, forecastKinds);
  if (kind.length > 0) search.kind = kind;
  const of = among(raw.class, assetClasses);
  if (of.length > 0) search.class = of;
  if (typeof raw.site === 'string' && raw.site) search.site = raw.site.slice(0, 64);
  if (raw.cash === true) search.cash = true;
  return search;
}

function dayOf(raw: unknown): string | undefined {
  return typeof raw === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(raw) && !Number.isNaN(Date.parse(raw)) ? raw : undefined;
}

function among(raw: unknown, known: readonly string[]): string[] {
  const list: unknown[] = Array.isArray(raw) ? raw : [raw];
  return known.filter((k) => list.includes(k));
}
