import { describe, expect, it } from 'vitest';
import { newAmendment } from './amendments';
import { forms, initialValues, type Values } from './fields';
import { apiNames, check, inputOf } from './inputs';

const filled = (kind: keyof typeof forms, given: Values): Values => ({
  ...initialValues(forms[kind]),
  currency: 'EUR',
  ...given,
});

describe('check', () => {
  it('asks for what is needed', () => {
    expect(check(forms.contract, filled('contract', {}))).toEqual({ title: 'required', party: 'required', start: 'required' });
  });

  it('refuses amounts, numbers and shares that are none', () => {
    const values = filled('financing', { kind: 'lease', start: '2026-01-01', price: 'douze', months: '-3', instalment: '41,75', index: 'x', exit: '110' });
    expect(check(forms.financing, values)).toEqual({ price: 'badAmount', months: 'positive', index: 'badPercent' });
  });

  it('leaves alone what is not asked for', () => {
    expect(check(forms.financing, filled('financing', { kind: 'purchase', start: '2026-01-01', months: '-3', index: 'x' }))).toEqual({});
  });

  it('names the amendment that is wrong', () => {
    const amendments = [newAmendment(), { ...newAmendment(), day: '2026-01-01', term: 'own' as const, instalment: 'x' }];
    expect(check(forms.financing, filled('financing', { kind: 'lease', start: '2026-01-01', amendments }))).toEqual({
      'amendments.0.day': 'required', 'amendments.1.day': 'badStart', 'amendments.1.months': 'positive', 'amendments.1.instalment': 'badAmount',
    });
  });

  it('refuses an end before the start', () => {
    const values = filled('coverage', { asset: 'a1', start: '2026-05-01', end: '2026-04-30' });
    expect(check(forms.coverage, values)).toEqual({ end: 'badEnd' });
    expect(check(forms.coverage, { ...values, end: '2026-05-01' })).toEqual({});
  });
});

describe('inputOf', () => {
  it('makes a lease in cents, with its VAT', () => {
    const values = filled('financing', {
      kind: 'lease', lessor: ' Grenke ', start: '2026-01-01', months: '36', period: '3', instalment: '417,00', assets: ['a1', 'a2'], vat: '200',
    });
    expect(inputOf.financing(values)).toMatchObject({
      kind: 'lease', lessor: 'Grenke', supplier: undefined, months: 36, period_months: 3, price: undefined,
      instalment: { minor: 41_700, currency: 'EUR' }, vat_permille: 200, asset_ids: ['a1', 'a2'],
    });
  });

  it('gives a purchase no period', () => {
    expect(inputOf.financing(filled('financing', { start: '2026-01-01', price: '4 890' }))).toMatchObject({
      kind: 'purchase', months: undefined, period_months: undefined, price: { minor: 489_000, currency: 'EUR' },
    });
  });

  it('keeps the currency that was chosen', () => {
    const values = filled('licence', { publisher: 'Sage', product: 'Compta', unitPrice: '65', currency: 'CHF', renews: true });
    expect(inputOf.licence(values)).toMatchObject({ unit_price: { minor: 6_500, currency: 'CHF' }, renews: true, quantity: 1, end: undefined });
  });
});

describe('apiNames', () => {
  it('stand for a field of the form, or of its amendments', () => {
    for (const [kind, fields] of Object.entries(forms)) {
      for (const [api, name] of Object.entries(apiNames(fields))) {
        expect(fields.some((f) => f.name === name) || api.startsWith('amendments'), `${kind}.${api}`).toBe(true);
      }
    }
    expect(apiNames(forms.financing)).toMatchObject({ notice_days: 'noticeDays', months: 'months', 'amendments[].assets_out': 'amendments.#.assetsOut' });
  });
});
