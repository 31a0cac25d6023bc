import { describe, expect, it } from 'vitest';
import { currencies, formatMoney, parseMoney, sumMoney, writeMoney } from './money';

// Intl separates with non-breaking spaces: tests compare what people see.
const seen = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');

describe('formatMoney', () => {
  it.each([
    [{ minor: 123456, currency: 'EUR' }, 'fr', '1 234,56 €'],
    [{ minor: 123456, currency: 'EUR' }, 'en', '€1,234.56'],
    [{ minor: 5, currency: 'EUR' }, 'fr', '0,05 €'],
    [{ minor: -990, currency: 'CHF' }, 'en', '-CHF 9.90'],
    [{ minor: 1500, currency: 'JPY' }, 'en', '¥1,500'],
    [{ minor: 1500, currency: 'TND' }, 'en', 'TND 1.500'],
    [{ minor: 0, currency: 'EUR' }, 'en', '€0.00'],
    [{ minor: 0, currency: '' }, 'fr', ''],
    [{ minor: 700, currency: '<b>' }, 'fr', '700 <b>'],
    [undefined, 'fr', ''],
  ])('%j in %s is %s', (amount, language, want) => {
    expect(seen(formatMoney(amount, language))).toBe(want);
  });
});

describe('parseMoney', () => {
  it.each([
    ['1234', 123400],
    ['1 234,50', 123450],
    ['1 234,5 €', 123450],
    ['1,234.56', 123456],
    ['1.234,56', 123456],
    ['1.234.567', 123456700],
    ['0,05', 5],
    ['12,', 1200],
    ['1,234', 123400],
  ])('%s is %d cents', (text, minor) => {
    expect(parseMoney(text, 'EUR')).toEqual({ minor, currency: 'EUR' });
  });

  it.each(['', 'abc', '-5', '1,234,5', '12.345,678', '1.2.3', '99999999999999999'])('%s is no amount', (text) => {
    expect(parseMoney(text, 'EUR')).toBeUndefined();
  });

  it('knows currencies without decimals', () => {
    expect(parseMoney('1500', 'JPY')).toEqual({ minor: 1500, currency: 'JPY' });
    expect(parseMoney('1500,5', 'JPY')).toBeUndefined();
  });
});

describe('sumMoney', () => {
  it('keeps currencies apart', () => {
    const total = sumMoney([{ minor: 100, currency: 'EUR' }, { minor: 250, currency: 'CHF' }, undefined, { minor: 1, currency: 'EUR' }]);
    expect(total).toEqual([
      { minor: 101, currency: 'EUR' },
      { minor: 250, currency: 'CHF' },
    ]);
  });
});

describe('writeMoney', () => {
  it.each([...currencies])('writes %s as it is read again', (currency) => {
    for (const minor of [0, 5, 1500, 1234, 123_456, 1_234_567]) {
      for (const language of ['fr', 'en']) expect(parseMoney(writeMoney({ minor, currency }, language), currency)).toEqual({ minor, currency });
    }
  });

  it('writes nothing where there is no amount', () => {
    expect(writeMoney(undefined, 'fr')).toBe('');
    expect(writeMoney({ minor: 0, currency: '' }, 'fr')).toBe('');
  });
});
