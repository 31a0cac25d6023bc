import { describe, expect, it } from 'vitest';
import type { Contract, Coverage, Financing, Licence } from '@/api/types';
import { contractEnd, endsByMonth, endsWithin, financingEnd, type Holdings, licenceTitle, noticeDay } from './ends';

const today = '2026-11-23';

describe('a contract', () => {
  it.each([
    // [start, months, tacit, end]
    ['2026-01-01', 12, 0, '2027-01-01'],
    ['2020-01-01', 12, 0, '2021-01-01'],
    ['2020-01-01', 36, 12, '2027-01-01'],
    ['2020-11-23', 12, 12, '2026-11-23'], // today is not past
    ['2020-11-22', 12, 12, '2027-11-22'],
    ['2024-02-29', 12, 12, '2027-02-28'],
    ['', 12, 12, ''],
    ['2026-01-01', 0, 0, ''],
  ])('that began on %s for %d months, renewed by %d, ends on %s', (start, months, tacit_months, want) => {
    expect(contractEnd({ start, months, tacit_months }, today)).toBe(want);
  });

  it('has a last day of notice only when it renews by itself', () => {
    const contract = { start: '2024-03-31', months: 36, notice_months: 1 };
    expect(noticeDay({ ...contract, tacit_months: 12 }, today)).toBe('2027-02-28');
    expect(noticeDay(contract, today)).toBe('');
  });
});

it('a lease ends after its months, a purchase never', () => {
  expect(financingEnd({ start: '2023-12-15', months: 36 })).toBe('2026-12-15');
  expect(financingEnd({ start: '2023-12-15' })).toBe('');
});

it('a licence does not say its publisher twice', () => {
  expect(licenceTitle({ publisher: 'Microsoft', product: 'Microsoft 365', edition: 'Business' })).toBe('Microsoft 365 Business');
  expect(licenceTitle({ publisher: 'Microsoft', product: 'Windows Server CAL' })).toBe('Microsoft Windows Server CAL');
});

const none = { minor: 0, currency: '' };
const eur = (minor: number) => ({ minor, currency: 'EUR' });
const common = { client_id: 'c', created_at: '2026-01-01T00:00:00Z', asset_ids: [] };
const coverage = (id: string, asset_id: string, end?: string): Coverage => ({
  id, client_id: 'c', asset_id, kind: 'manufacturer', end, source: 'hand', fetched_at: '2026-01-01T00:00:00Z',
});
const holdings: Holdings = {
  coverages: [coverage('w1', 'a1', '2027-01-22'), coverage('w2', 'a2', '2027-01-22'), coverage('w3', 'a3', '2026-11-22'), coverage('w4', 'a4')],
  financings: [
    { ...common, id: 'f1', kind: 'purchase', start: '2024-01-01', months: 36, price: eur(1), instalment: none, residual: none, return_cost: none, vat_permille: 200 },
    { ...common, id: 'f2', kind: 'lease', lessor: 'Grenke', start: '2023-12-01', months: 36, price: none, instalment: eur(41_700), residual: none, return_cost: none, vat_permille: 200 },
  ] satisfies Financing[],
  licences: [
    { ...common, id: 'l1', publisher: 'ESET', product: 'PROTECT', metric: 'device', quantity: 2, kind: 'subscription', end: '2026-12-23', renews: false, unit_price: eur(2_900), vat_permille: 200 },
  ] satisfies Licence[],
  contracts: [
    { ...common, id: 'k1', kind: 'telecom', party: 'Opérateur', title: 'Fibre', start: '2024-02-28', months: 36, tacit_months: 12, notice_months: 3, price: eur(29_000), vat_permille: 200, insured_up_to: none },
  ] satisfies Contract[],
};

describe('endsWithin', () => {
  it('gives what ends from today on, the nearest first, warranties of one day together', () => {
    const ends = endsWithin(holdings, today, 100);
    expect(ends.map((e) => [e.day, e.kind, e.id, e.assetIds.length])).toEqual([
      ['2026-11-28', 'notice', 'k1', 0],
      ['2026-12-01', 'financing', 'f2', 0],
      ['2026-12-23', 'licence', 'l1', 0],
      ['2027-01-22', 'coverage', 'w1', 2],
      ['2027-02-28', 'contract', 'k1', 0],
    ]);
  });

  it('counts today and the last day in', () => {
    expect(endsWithin(holdings, '2026-12-23', 0).map((e) => e.id)).toEqual(['l1']);
    expect(endsWithin(holdings, today, 4)).toEqual([]);
    expect(endsWithin(holdings, today, 5)).toHaveLength(1);
  });
});

it('endsByMonth counts each kind in its month', () => {
  const months = endsByMonth(endsWithin(holdings, today, 365), today, 4);
  expect(months.map((m) => m.month)).toEqual(['2026-11', '2026-12', '2027-01', '2027-02']);
  expect(months[1]?.counts).toEqual({ coverage: 0, financing: 1, licence: 1, contract: 0, notice: 0 });
});
