import { describe, expect, it } from 'vitest';
import { monthsOf } from './forecast';

const total = (minor: number, currency: string) => {
  const money = { minor, currency };
  return { net: money, vat: { ...money, minor: 0 }, gross: money, certain: money, lines: 1 };
};

describe('monthsOf', () => {
  const forecast = {
    from: '2026-11-30',
    to: '2027-02-28',
    groups: [
      { key: '2026-12', lines: 2, totals: [total(100, 'CHF'), total(200, 'EUR')] },
      { key: '2027-02', lines: 1, totals: [total(300, 'EUR')] },
    ],
  };

  it('has every month of the period, each currency apart', () => {
    const of = (currency: string) => monthsOf(forecast, currency).map((m) => [m.month, m.total?.net.minor]);
    expect(of('EUR')).toEqual([['2026-11', undefined], ['2026-12', 200], ['2027-01', undefined], ['2027-02', 300]]);
    expect(of('CHF')).toEqual([['2026-11', undefined], ['2026-12', 100], ['2027-01', undefined], ['2027-02', undefined]]);
  });

  it('ends, whatever the period', () => {
    expect(monthsOf({ from: '2026-01-01', to: '9999-12-31', groups: [] }, 'EUR')).toHaveLength(240);
    expect(monthsOf({ from: '2026-02-01', to: '2026-01-01', groups: [] }, 'EUR')).toEqual([]);
  });
});
