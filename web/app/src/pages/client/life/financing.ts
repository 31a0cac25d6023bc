import type { HoldingInputs } from '@/api/holdings';
import type { Financing } from '@/api/types';
import { writeMoney } from '@/format/money';
import { amendmentValues } from './amendments';
import { forms, initialValues, type Values } from './fields';
import { inputOf } from './inputs';

type Input = HoldingInputs['financing'];

/** The form of a financing that is there already. */
export function financingValues(f: Financing, language: string): Values {
  const number = (n: number | undefined, by = 1) => (n ? new Intl.NumberFormat(language, { useGrouping: false }).format(n / by) : '');
  const money = (amount: Financing['price'] | undefined) => (amount?.minor ? writeMoney(amount, language) : '');
  return {
    ...initialValues(forms.financing),
    kind: f.kind,
    supplier: f.supplier ?? '',
    reference: f.reference ?? '',
    start: f.start,
    signedOn: f.signed_on ?? '',
    price: money(f.price),
    lessor: f.lessor ?? '',
    months: number(f.months),
    period: number(f.period_months) || '1',
    instalment: money(f.instalment),
    arrears: f.arrears ?? false,
    rate: number(f.rate_bps, 100),
    residual: money(f.residual),
    tacit: number(f.tacit_months),
    notice: number(f.notice_months),
    noticeDays: number(f.notice_days),
    vat: String(f.vat_permille),
    firstInstalment: money(f.first_instalment),
    deposit: money(f.deposit),
    premium: money(f.premium),
    index: number(f.index_bps, 100),
    exit: number(f.exit_permille, 10),
    mustInsure: f.must_insure ?? false,
    insuredUntil: f.insured_until ?? '',
    optionFrom: f.option_from ?? '',
    optionUntil: f.option_until ?? '',
    returnCost: money(f.return_cost),
    returnTerms: f.return_terms ?? '',
    assets: f.asset_ids ?? [],
    notes: f.notes ?? '',
    amendments: (f.amendments ?? []).map((a) => amendmentValues(a, language)),
    currency: [f.price, f.instalment, f.deposit, f.residual].find((m) => m?.currency)?.currency ?? 'EUR',
  };
}

/** What is sent of a changed financing: what the form left empty is taken away. */
export function financingPatch(values: Values): Input {
  const none = { minor: 0, currency: typeof values.currency === 'string' ? values.currency : 'EUR' };
  const empty: Partial<Input> = {
    supplier: '', reference: '', signed_on: '', price: none, lessor: '', months: 0, period_months: 0, instalment: none, arrears: false, rate_bps: 0, residual: none,
    tacit_months: 0, notice_months: 0, notice_days: 0, first_instalment: none, deposit: none, premium: none, index_bps: 0, exit_permille: 0, must_insure: false,
    insured_until: '', option_from: '', option_until: '', return_cost: none, return_terms: '', asset_ids: [], notes: '', amendments: [],
  };
  const given = Object.entries(inputOf.financing(values)).filter(([, value]) => value !== undefined);
  return { ...empty, ...Object.fromEntries(given) } as Input;
}
