import type { AssetSearch } from '@/api/assets';
import { assetClasses, assetStates } from '@/format/asset';

/**
 * Reads the filters of a list of assets from a page's address. What means
 * nothing is left out, so that an old or mistyped link still shows a list.
 */
export function readAssetSearch(raw: Record<string, unknown>): AssetSearch {
  const search: AssetSearch = {};
  const q = typeof raw.q === 'string' || typeof raw.q === 'number' ? String(raw.q).trim().slice(0, 200) : '';
  if (q) search.q = q;
  const site = typeof raw.site === 'string' ? raw.site.slice(0, 64) : '';
  if (site) search.site = site;
  const wanted = among(raw.class, assetClasses);
  if (wanted.length > 0) search.class = wanted;
  const states = among(raw.state, assetStates);
  if (states.length > 0) search.state = states;
  return search;
}

/** Tells whether anything narrows the list. */
export function isNarrowed(search: AssetSearch): boolean {
  return Object.values(search).some((v) => (Array.isArray(v) ? v.length > 0 : Boolean(v)));
}

function among(raw: unknown, known: readonly string[]): string[] {
  const list: unknown[] = Array.isArray(raw) ? raw : [raw];
  return known.filter((k) => list.includes(k));
}
