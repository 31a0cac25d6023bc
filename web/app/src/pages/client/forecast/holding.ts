import type { HoldingKind } from '@/api/holdings';

const holdings: Record<string, HoldingKind> = {
  purchase: 'financing', loan: 'financing', rent: 'financing', deposit: 'financing', 'lease-end': 'financing', 'lease-return': 'financing',
  subscription: 'licence', 'licence-end': 'licence', 'maintenance-end': 'licence',
  contract: 'contract', 'contract-end': 'contract',
};

/** What a line of a forecast comes from; undefined where it is about an asset alone. */
export function holdingOf(kind: string): HoldingKind | undefined {
  return holdings[kind];
}
