import type { HoldingKind } from '@/api/holdings';

/** The kinds of what a client holds, in the order in which they are shown. */
export const holdingKinds = ['contract', 'financing', 'licence', 'coverage'] as const satisfies readonly HoldingKind[];

/** Reads from a page's address which kind is shown. */
export function readLifecycleSearch(raw: Record<string, unknown>): { kind?: HoldingKind } {
  const kind = holdingKinds.find((k) => k === raw.kind);
  return kind && kind !== 'contract' ? { kind } : {};
}
