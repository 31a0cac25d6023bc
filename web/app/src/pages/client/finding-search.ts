import { severities, type Severity } from '@/lifecycle/findings';

/** What stands in the address of the page of findings. */
export interface FindingSearch {
  severity?: Severity;
  /** The group that is open. */
  open?: string;
}

/** Reads from a page's address which findings are shown. */
export function readFindingSearch(raw: Record<string, unknown>): FindingSearch {
  const severity = severities.find((s) => s === raw.severity);
  const open = typeof raw.open === 'string' ? raw.open.slice(0, 300) : undefined;
  return { ...(severity && { severity }), ...(open && { open }) };
}
