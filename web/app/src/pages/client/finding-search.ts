import { severities, type Severity } from '@/components/badges';

/** Reads from a page's address which severity the findings are narrowed to. */
export function readFindingSearch(raw: Record<string, unknown>): { severity?: Severity } {
  const severity = severities.find((s) => s === raw.severity);
  return severity ? { severity } : {};
}
