import { type SoftwareSearch, softwareViews } from '@/api/software';

/** Reads from a page's address which software is shown. */
export function readSoftwareSearch(raw: Record<string, unknown>): SoftwareSearch {
  const view = softwareViews.find((v) => v === raw.view && v !== 'products');
  const q = typeof raw.q === 'string' || typeof raw.q === 'number' ? String(raw.q).trim().slice(0, 200) : '';
  return { ...(view && { view }), ...(q && { q }) };
}
