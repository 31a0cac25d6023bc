import type { Contract, Coverage, Financing, Licence } from '@/api/types';
import { addMonths, daysUntil } from '@/format/date';
import type { Money } from '@/format/money';

/** What comes to its end, and when. */
export interface End {
  id: string;
  kind: 'coverage' | 'financing' | 'licence' | 'contract' | 'notice';
  day: string;
  title: string;
  /** What is paid each period until then, where that is known. */
  amount?: Money;
  assetId?: string;
}

/** What a client has that may end. */
export interface Holdings {
  coverages: readonly Coverage[];
  financings: readonly Financing[];
  licences: readonly Licence[];
  contracts: readonly Contract[];
}

/** The day a financing ends; "" for what is paid once. */
export function financingEnd(financing: Pick<Financing, 'start' | 'months'>): string {
  return financing.months ? addMonths(financing.start, financing.months) : '';
}

/**
 * The day the running term of a contract ends: with tacit renewal the first end
 * that is not past, else the end of its only term.
 */
export function contractEnd(contract: Pick<Contract, 'start' | 'months' | 'tacit_months'>, today: string): string {
  if (!contract.start || !contract.months) return '';
  const step = contract.tacit_months ?? 0;
  let months = contract.months;
  let end = addMonths(contract.start, months);
  while (step > 0 && end < today && months < 1200) {
    months += step;
    end = addMonths(contract.start, months);
  }
  return end;
}

/** The last day to give notice before the running term ends; "" when there is none. */
export function noticeDay(contract: Pick<Contract, 'start' | 'months' | 'tacit_months' | 'notice_months'>, today: string): string {
  const end = contractEnd(contract, today);
  return end && contract.tacit_months && contract.notice_months ? addMonths(end, -contract.notice_months) : '';
}

/** What ends from today on and within so many days, the nearest first. */
export function endsWithin(holdings: Holdings, today: string, days: number): End[] {
  return allEnds(holdings, today)
    .filter((end) => {
      const left = daysUntil(end.day, today);
      return left !== undefined && left >= 0 && left <= days;
    })
    .sort((a, b) => a.day.localeCompare(b.day) || a.title.localeCompare(b.title));
}

function allEnds({ coverages, financings, licences, contracts }: Holdings, today: string): End[] {
  return [
    ...coverages.map((c): End => ({ id: c.id, kind: 'coverage', day: c.end ?? '', title: c.level || c.kind, assetId: c.asset_id })),
    ...financings
      .filter((f) => f.kind !== 'purchase')
      .map((f): End => ({
        id: f.id,
        kind: 'financing',
        day: financingEnd(f),
        title: [f.lessor || f.supplier, f.reference].filter(Boolean).join(' · '),
        amount: f.instalment,
      })),
    ...licences.map((l): End => ({ id: l.id, kind: 'licence', day: l.end ?? '', title: `${l.publisher} ${l.product}`, amount: l.unit_price })),
    ...contracts.flatMap((c): End[] => [
      { id: c.id, kind: 'contract', day: contractEnd(c, today), title: c.title || c.party, amount: c.price },
      { id: c.id, kind: 'notice', day: noticeDay(c, today), title: c.title || c.party },
    ]),
  ];
}

/** How many ends of each kind fall in each of the next months, this one first. */
export function endsByMonth(ends: readonly End[], today: string, months: number): { month: string; counts: Record<End['kind'], number> }[] {
  const first = `${today.slice(0, 7)}-01`;
  return Array.from({ length: months }, (_, i) => {
    const month = addMonths(first, i).slice(0, 7);
    const counts = { coverage: 0, financing: 0, licence: 0, contract: 0, notice: 0 };
    for (const end of ends) if (end.day.startsWith(month)) counts[end.kind]++;
    return { month, counts };
  });
}
