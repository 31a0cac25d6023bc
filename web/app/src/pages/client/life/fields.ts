import type { HoldingKind } from '@/api/holdings';

/** One field of a form for something that a client holds. */
export interface Field {
  name: string;
  label: Label;
  type: 'text' | 'day' | 'number' | 'money' | 'choice' | 'vat' | 'check' | 'asset' | 'assets';
  required?: boolean;
  /** The codes of a choice and the list of words that names them. */
  choices?: { words: 'financing' | 'coverageKind' | 'contractKind' | 'licenceKind' | 'metric'; codes: readonly string[] };
  initial?: string | boolean;
  wide?: boolean;
}

type Label =
  | 'kind' | 'party' | 'supplier' | 'lessor' | 'reference' | 'start' | 'invoiceDate' | 'months' | 'end' | 'period' | 'price'
  | 'instalment' | 'residual' | 'notice' | 'assets' | 'asset' | 'notes' | 'publisher' | 'product' | 'edition' | 'metric' | 'quantity'
  | 'unitPrice' | 'perMonths' | 'renews' | 'title' | 'tacit' | 'priceMonths' | 'level' | 'vat';

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
    { name: 'lessor', label: 'lessor', type: 'text' },
    { name: 'months', label: 'months', type: 'number' },
    { name: 'period', label: 'period', type: 'number', initial: '1' },
    { name: 'instalment', label: 'instalment', type: 'money' },
    { name: 'residual', label: 'residual', type: 'money' },
    { name: 'notice', label: 'notice', type: 'number' },
    { name: 'vat', label: 'vat', type: 'vat', initial: '200' },
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
export type Values = Record<string, string | boolean | string[]>;

/** The form as it opens. */
export function initialValues(fields: readonly Field[]): Values {
  return Object.fromEntries(fields.map((f) => [f.name, f.initial ?? (f.type === 'assets' ? [] : f.type === 'check' ? false : '')]));
}
