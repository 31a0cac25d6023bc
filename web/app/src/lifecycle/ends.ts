import type { Contract, Coverage, Financing, Licence } from '@/api/types';
import { addMonths, daysUntil } from '@/format/date';
import type { Money } from '@/format/money';

/** What comes to its end, and when. Warranties that end on one day are one. */
export interface End {
  id: string;
  kind: 'coverage' | 'financing' | 'licence' | 'contract' | 'notice';
  day: string;
  /** What it is called; "" for warranties, which are called after their assets. */
  title: string;
  /** What is paid each period until then, where that is known. */
  amount?: Money;
  assetIds: readonly string[];
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

/** "Microsoft 365 Business Standard": the publisher, unless the product says it already. */
export function licenceTitle({ publisher, product, edition }: Pick<Licence, 'publisher' | 'product' | 'edition'>): string {
  const known = product.toLowerCase().startsWith(publisher.toLowerCase());
  return [known ? '' : publisher, product, edition].filter(Boolean).join(' ');
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
    ...coverageEnds(coverages),
    ...financings
      .filter((f) => f.kind !== 'purchase')
      .map((f): End => ({
        id: f.id,
        kind: 'financing',
        day: financingEnd(f),
        title: [f.lessor || f.supplier, f.reference].filter(Boolean).join(' · '),
        amount: f.instalment,
        assetIds: f.asset_ids ?? [],
      })),
    ...licences.map((l): End => ({
      id: l.id,
      kind: 'licence',
      day: l.end ?? '',
      title: licenceTitle(l),
      amount: l.unit_price,
      assetIds: l.asset_ids ?? [],
    })),
    ...contracts.flatMap((c): End[] => {
      const common = { id: c.id, title: c.title || c.party, assetIds: c.asset_ids ?? [] };
      return [
        { ...common, kind: 'contract', day: contractEnd(c, today), amount: c.price },
        { ...common, kind: 'notice', day: noticeDay(c, today) },
      ];
    }),
  ];
}

function coverageEnds(coverages: readonly Coverage[]): End[] {
  const byDay = new Map<string, Coverage[]>();
  for (const c of coverages) {
    const day = c.end ?? '';
    byDay.set(day, [...(byDay.get(day) ?? []), c]);
  }
  return [...byDay].map(([day, list]) => ({
    id: list[0]?.id ?? day,
    kind: 'coverage',
    day,
    title: '',
    assetIds: [...new Set(list.map((c) => c.asset_id))],
  }));
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
