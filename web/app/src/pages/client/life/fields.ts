import type { HoldingKind } from '@/api/holdings';
import type { AmendmentValues } from './amendments';

/** One field of a form for something that a client holds. */
export interface Field {
  name: string;
  label: Label;
  type: 'text' | 'day' | 'number' | 'percent' | 'money' | 'choice' | 'vat' | 'check' | 'asset' | 'assets';
  required?: boolean;
  /** The codes of a choice and the list of words that names them. */
  choices?: { words: 'financing' | 'coverageKind' | 'contractKind' | 'licenceKind' | 'metric'; codes: readonly string[] };
  initial?: string | boolean;
  wide?: boolean;
  /** Only asked for where the form's kind is one of these. */
  kinds?: readonly string[];
  /** Stands apart from the rest, under its own title. */
  group?: 'lease';
}

/** The kinds of financings with a term, those that are rented, and those that are leases. */
const lease = ['lease', 'credit-bail', 'evolving'];
const rented = [...lease, 'subscription'];
const termed = [...rented, 'loan'];

/** Tells whether a financing of the kind can be amended. */
export const evolves = (kind: unknown) => typeof kind === 'string' && lease.includes(kind);

type Label =
  | 'kind' | 'party' | 'supplier' | 'lessor' | 'reference' | 'start' | 'invoiceDate' | 'months' | 'end' | 'period' | 'price'
  | 'instalment' | 'residual' | 'notice' | 'assets' | 'asset' | 'notes' | 'publisher' | 'product' | 'edition' | 'metric' | 'quantity'
  | 'unitPrice' | 'perMonths' | 'renews' | 'title' | 'tacit' | 'priceMonths' | 'level' | 'vat' | 'signedOn' | 'arrears' | 'rate' | 'noticeDays'
  | 'firstInstalment' | 'deposit' | 'premium' | 'index' | 'exit' | 'mustInsure' | 'insuredUntil' | 'optionFrom' | 'optionUntil' | 'returnCost'
  | 'returnTerms';

/** The forms: what is asked for each kind, in the order in which people know it. */
export const forms: Record<HoldingKind, readonly Field[]> = {
  financing: [
    {
      name: 'kind',
      label: 'kind',
      type: 'choice',
      choices: { words: 'financing', codes: ['purchase', 'lease', 'credit-bail', 'evolving', 'loan', 'subscription'] },
      initial: 'purchase',
    },
    { name: 'supplier', label: 'supplier', type: 'text' },
    { name: 'reference', label: 'reference', type: 'text' },
    { name: 'start', label: 'invoiceDate', type: 'day', required: true },
    { name: 'price', label: 'price', type: 'money' },
    { name: 'lessor', label: 'lessor', type: 'text', kinds: termed },
    { name: 'signedOn', label: 'signedOn', type: 'day', kinds: termed },
    { name: 'months', label: 'months', type: 'number', kinds: termed },
    { name: 'period', label: 'period', type: 'number', initial: '1', kinds: termed },
    { name: 'instalment', label: 'instalment', type: 'money', kinds: rented },
    { name: 'rate', label: 'rate', type: 'percent', kinds: ['loan'] },
    { name: 'residual', label: 'residual', type: 'money', kinds: [...lease, 'loan'] },
    { name: 'tacit', label: 'tacit', type: 'number', kinds: rented },
    { name: 'notice', label: 'notice', type: 'number', kinds: rented },
    { name: 'noticeDays', label: 'noticeDays', type: 'number', kinds: rented },
    { name: 'vat', label: 'vat', type: 'vat', initial: '200' },
    { name: 'arrears', label: 'arrears', type: 'check', kinds: rented, wide: true },
    { name: 'firstInstalment', label: 'firstInstalment', type: 'money', kinds: lease, group: 'lease' },
    { name: 'deposit', label: 'deposit', type: 'money', kinds: lease, group: 'lease' },
    { name: 'index', label: 'index', type: 'percent', kinds: lease, group: 'lease' },
    { name: 'exit', label: 'exit', type: 'percent', kinds: lease, group: 'lease' },
    { name: 'premium', label: 'premium', type: 'money', kinds: lease, group: 'lease' },
    { name: 'insuredUntil', label: 'insuredUntil', type: 'day', kinds: lease, group: 'lease' },
    { name: 'mustInsure', label: 'mustInsure', type: 'check', kinds: lease, group: 'lease', wide: true },
    { name: 'optionFrom', label: 'optionFrom', type: 'day', kinds: lease, group: 'lease' },
    { name: 'optionUntil', label: 'optionUntil', type: 'day', kinds: lease, group: 'lease' },
    { name: 'returnCost', label: 'returnCost', type: 'money', kinds: lease, group: 'lease' },
    { name: 'returnTerms', label: 'returnTerms', type: 'text', kinds: lease, group: 'lease' },
    { name: 'assets', label: 'assets', type: 'assets', wide: true },
    { name: 'notes', label: 'notes', type: 'text', wide: true },
  ],
  licence: [
    { name: 'publisher', label: 'publisher', type: 'text', required: true },
    { name: 'product', label: 'product', type: 'text', required: true },
    { name: 'edition', label: 'edition', type: 'text' },
    {
      name: 'kind',
      label: 'kind',
      type: 'choice',
      choices: { words: 'licenceKind', codes: ['subscription', 'perpetual', 'oem'] },
      initial: 'subscription',
    },
    { name: 'quantity', label: 'quantity', type: 'number', required: true, initial: '1' },
    {
      name: 'metric',
      label: 'metric',
      type: 'choice',
      choices: { words: 'metric', codes: ['user', 'device', 'concurrent', 'core', 'cal', 'server'] },
      initial: 'user',
    },
    { name: 'start', label: 'start', type: 'day' },
    { name: 'end', label: 'end', type: 'day' },
    { name: 'unitPrice', label: 'unitPrice', type: 'money' },
    { name: 'perMonths', label: 'perMonths', type: 'number', initial: '12' },
    { name: 'supplier', label: 'supplier', type: 'text' },
    { name: 'reference', label: 'reference', type: 'text' },
    { name: 'renews', label: 'renews', type: 'check', wide: true },
    { name: 'assets', label: 'assets', type: 'assets', wide: true },
  ],
  contract: [
    {
      name: 'kind',
      label: 'kind',
      type: 'choice',
      choices: { words: 'contractKind', codes: ['managed-service', 'maintenance', 'telecom', 'insurance'] },
      initial: 'managed-service',
    },
    { name: 'title', label: 'title', type: 'text', required: true },
    { name: 'party', label: 'party', type: 'text', required: true },
    { name: 'reference', label: 'reference', type: 'text' },
    { name: 'start', label: 'start', type: 'day', required: true },
    { name: 'months', label: 'months', type: 'number', required: true, initial: '12' },
    { name: 'tacit', label: 'tacit', type: 'number', initial: '12' },
    { name: 'notice', label: 'notice', type: 'number', initial: '3' },
    { name: 'price', label: 'price', type: 'money' },
    { name: 'priceMonths', label: 'priceMonths', type: 'number', initial: '1' },
    { name: 'assets', label: 'assets', type: 'assets', wide: true },
    { name: 'notes', label: 'notes', type: 'text', wide: true },
  ],
  coverage: [
    { name: 'asset', label: 'asset', type: 'asset', required: true, wide: true },
    {
      name: 'kind',
      label: 'kind',
      type: 'choice',
      choices: { words: 'coverageKind', codes: ['manufacturer', 'extension', 'care-pack', 'on-site', 'support'] },
      initial: 'manufacturer',
    },
    { name: 'level', label: 'level', type: 'text' },
    { name: 'start', label: 'start', type: 'day' },
    { name: 'end', label: 'end', type: 'day', required: true },
  ],
};

/** What a form holds while it is filled in. */
export type Values = Record<string, string | boolean | string[] | AmendmentValues[]>;

/** The fields that are asked for as the form is now: some are of certain kinds only. */
export function askedFields(fields: readonly Field[], values: Values): Field[] {
  return fields.filter((f) => !f.kinds || (typeof values.kind === 'string' && f.kinds.includes(values.kind)));
}

/** The form without what it does not ask for any more: what was typed before its kind changed. */
export function askedValues(fields: readonly Field[], values: Values): Values {
  const asked = askedFields(fields, values);
  const empty = fields.filter((f) => !asked.includes(f)).map((f) => [f.name, f.type === 'assets' ? [] : f.type === 'check' ? false : '']);
  return { ...values, ...Object.fromEntries(empty), ...(values.amendments && !evolves(values.kind) && { amendments: [] }) };
}

/** The form as it opens. */
export function initialValues(fields: readonly Field[]): Values {
  return {
    ...(fields === forms.financing && { amendments: [] }),
    ...Object.fromEntries(fields.map((f) => [f.name, f.initial ?? (f.type === 'assets' ? [] : f.type === 'check' ? false : '')])),
  };
}
