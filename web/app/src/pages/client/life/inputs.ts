import type { HoldingInputs, HoldingKind } from '@/api/holdings';
import { type Money, parseMoney } from '@/format/money';
import type { Field, Values } from './fields';

const text = (v: Values, name: string) => (typeof v[name] === 'string' ? v[name].trim() : '');
const given = (v: Values, name: string) => text(v, name) || undefined;
const count = (v: Values, name: string) => (text(v, name) ? Number(text(v, name)) : undefined);
const list = (v: Values, name: string) => (Array.isArray(v[name]) ? v[name] : []);
const amount = (v: Values, name: string): Money | undefined => parseMoney(text(v, name), text(v, 'currency'));

/**
 * What is wrong with a filled-in form, by field: the name of a text under "life".
 * The server checks again; this spares a person the way there.
 */
export function check(fields: readonly Field[], values: Values): Record<string, 'required' | 'badAmount' | 'positive' | 'badEnd'> {
  const wrong: ReturnType<typeof check> = {};
  for (const { name, type, required } of fields) {
    const value = text(values, name);
    if (required && !value) wrong[name] = 'required';
    else if (value && type === 'money' && !amount(values, name)) wrong[name] = 'badAmount';
    else if (value && type === 'number' && !/^\d{1,6}$/.test(value)) wrong[name] = 'positive';
  }
  const start = text(values, 'start');
  const end = text(values, 'end');
  if (!wrong.end && start && end && end < start) wrong.end = 'badEnd';
  return wrong;
}

/** What is sent to the server for a filled-in form. */
export const inputOf: { [K in HoldingKind]: (values: Values) => HoldingInputs[K] } = {
  financing: (v) => ({
    kind: text(v, 'kind') as HoldingInputs['financing']['kind'],
    supplier: given(v, 'supplier'),
    lessor: given(v, 'lessor'),
    reference: given(v, 'reference'),
    start: text(v, 'start'),
    months: count(v, 'months'),
    period_months: count(v, 'months') ? count(v, 'period') : undefined,
    price: amount(v, 'price'),
    instalment: amount(v, 'instalment'),
    residual: amount(v, 'residual'),
    notice_months: count(v, 'notice'),
    vat_permille: count(v, 'vat') ?? 200,
    asset_ids: list(v, 'assets'),
    notes: given(v, 'notes'),
  }),
  licence: (v) => ({
    publisher: text(v, 'publisher'),
    product: text(v, 'product'),
    edition: given(v, 'edition'),
    kind: text(v, 'kind') as HoldingInputs['licence']['kind'],
    metric: text(v, 'metric') as HoldingInputs['licence']['metric'],
    quantity: count(v, 'quantity') ?? 1,
    start: given(v, 'start'),
    end: given(v, 'end'),
    renews: v.renews === true,
    unit_price: amount(v, 'unitPrice'),
    per_months: count(v, 'perMonths'),
    supplier: given(v, 'supplier'),
    reference: given(v, 'reference'),
    asset_ids: list(v, 'assets'),
  }),
  contract: (v) => ({
    kind: text(v, 'kind') as HoldingInputs['contract']['kind'],
    title: text(v, 'title'),
    party: text(v, 'party'),
    reference: given(v, 'reference'),
    start: text(v, 'start'),
    months: count(v, 'months') ?? 12,
    tacit_months: count(v, 'tacit'),
    notice_months: count(v, 'notice'),
    price: amount(v, 'price'),
    price_months: amount(v, 'price') ? count(v, 'priceMonths') : undefined,
    asset_ids: list(v, 'assets'),
    notes: given(v, 'notes'),
  }),
  coverage: (v) => ({
    asset_id: text(v, 'asset'),
    kind: text(v, 'kind') as HoldingInputs['coverage']['kind'],
    level: given(v, 'level'),
    start: given(v, 'start'),
    end: text(v, 'end'),
  }),
};
