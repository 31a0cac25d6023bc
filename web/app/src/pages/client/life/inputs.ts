import type { HoldingInputs, HoldingKind } from '@/api/holdings';
import { type Money, parseMoney } from '@/format/money';
import { type AmendmentInput, amendmentInput, type AmendmentValues, checkAmendments } from './amendments';
import { askedFields, askedValues, evolves, type Field, forms, type Values } from './fields';

const text = (v: Values, name: string) => (typeof v[name] === 'string' ? v[name].trim() : '');
const given = (v: Values, name: string) => text(v, name) || undefined;
const count = (v: Values, name: string) => (text(v, name) ? Number(text(v, name)) : undefined);
const list = (v: Values, name: string) => (Array.isArray(v[name]) ? (v[name] as string[]) : []);
const amendments = (v: Values) => (Array.isArray(v.amendments) && evolves(v.kind) ? (v.amendments as AmendmentValues[]) : []);
const percentPattern = /^-?\d{1,4}(?:[.,]\d{1,2})?$/;
/** A share in per cent, in as many parts of one per cent. */
const share = (v: Values, name: string, parts: number) => (text(v, name) ? Math.round(Number(text(v, name).replace(',', '.')) * parts) : undefined);
const yes = (v: Values, name: string) => v[name] === true || undefined;
const amount = (v: Values, name: string): Money | undefined => parseMoney(text(v, name), text(v, 'currency'));

type Wrong = 'required' | 'badAmount' | 'positive' | 'badEnd' | 'badPercent' | 'badStart';

/**
 * What is wrong with a filled-in form, by field: the name of a text under "life".
 * The server checks again; this spares a person the way there.
 */
export function check(fields: readonly Field[], values: Values): Record<string, Wrong> {
  const wrong: ReturnType<typeof check> = {};
  for (const { name, type, required } of askedFields(fields, values)) {
    const value = text(values, name);
    if (required && !value) wrong[name] = 'required';
    else if (value && type === 'money' && !amount(values, name)) wrong[name] = 'badAmount';
    else if (value && type === 'number' && !/^\d{1,6}$/.test(value)) wrong[name] = 'positive';
    else if (value && type === 'percent' && !percentPattern.test(value)) wrong[name] = 'badPercent';
  }
  const start = text(values, 'start');
  const end = text(values, 'end');
  if (!wrong.end && start && end && end < start) wrong.end = 'badEnd';
  return { ...wrong, ...checkAmendments(amendments(values), start, text(values, 'currency')) };
}

/** What is sent to the server for a filled-in form. */
export const inputOf: { [K in HoldingKind]: (values: Values) => HoldingInputs[K] } = {
  financing: (all) => financing(askedValues(forms.financing, all)),
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

function financing(v: Values): HoldingInputs['financing'] {
  return {
    kind: text(v, 'kind') as HoldingInputs['financing']['kind'],
    supplier: given(v, 'supplier'),
    lessor: given(v, 'lessor'),
    reference: given(v, 'reference'),
    start: text(v, 'start'),
    signed_on: given(v, 'signedOn'),
    months: count(v, 'months'),
    period_months: count(v, 'months') ? count(v, 'period') : undefined,
    arrears: yes(v, 'arrears'),
    price: amount(v, 'price'),
    instalment: amount(v, 'instalment'),
    rate_bps: share(v, 'rate', 100),
    residual: amount(v, 'residual'),
    tacit_months: count(v, 'tacit'),
    notice_months: count(v, 'notice'),
    notice_days: count(v, 'noticeDays'),
    vat_permille: count(v, 'vat') ?? 200,
    first_instalment: amount(v, 'firstInstalment'),
    deposit: amount(v, 'deposit'),
    premium: amount(v, 'premium'),
    index_bps: share(v, 'index', 100),
    exit_permille: share(v, 'exit', 10),
    must_insure: yes(v, 'mustInsure'),
    insured_until: given(v, 'insuredUntil'),
    option_from: given(v, 'optionFrom'),
    option_until: given(v, 'optionUntil'),
    return_cost: amount(v, 'returnCost'),
    return_terms: given(v, 'returnTerms'),
    asset_ids: list(v, 'assets'),
    notes: given(v, 'notes'),
    amendments: changes(v),
  };
}

function changes(v: Values): AmendmentInput[] | undefined {
  const all = amendments(v);
  return all.length > 0 ? all.map((a) => amendmentInput(a, text(v, 'currency'))) : undefined;
}

/** The names of the API beside those of the forms, where the two differ. */
const otherNames: Record<string, string> = {
  notice_months: 'notice', notice_days: 'noticeDays', tacit_months: 'tacit', period_months: 'period', per_months: 'perMonths', price_months: 'priceMonths',
  unit_price: 'unitPrice', vat_permille: 'vat', asset_ids: 'assets', asset_id: 'asset', signed_on: 'signedOn', rate_bps: 'rate', first_instalment: 'firstInstalment',
  index_bps: 'index', exit_permille: 'exit', must_insure: 'mustInsure', insured_until: 'insuredUntil', option_from: 'optionFrom', option_until: 'optionUntil',
  return_cost: 'returnCost', return_terms: 'returnTerms',
};

/** The names of the API beside those of a form. */
export function apiNames(fields: readonly Field[]): Record<string, string> {
  const own = fields.map((f) => [f.name, f.name]);
  const other = Object.entries(otherNames).filter(([, name]) => fields.some((f) => f.name === name));
  const parts = ['day', 'term', 'months', 'instalment', 'notes'].map((part) => [`amendments[].${part}`, `amendments.#.${part}`]);
  return {
    ...Object.fromEntries([...own, ...other, ...parts]),
    'amendments[].signed_on': 'amendments.#.signedOn',
    'amendments[].assets_in': 'amendments.#.assetsIn',
    'amendments[].assets_out': 'amendments.#.assetsOut',
    amendments: 'amendments',
  };
}
