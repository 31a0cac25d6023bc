import type { components } from '@/api/schema.gen';
import { parseMoney, writeMoney } from '@/format/money';

type Amendment = components['schemas']['Amendment'];
export type AmendmentInput = components['schemas']['AmendmentInput'];

/** An amendment of a lease while it is filled in. */
export interface AmendmentValues {
  /** "" for one that is new. */
  id: string;
  day: string;
  signedOn: string;
  term: AmendmentInput['term'];
  months: string;
  /** The whole rent from the day on; "" leaves it as it is. */
  instalment: string;
  assetsIn: string[];
  assetsOut: string[];
  notes: string;
}

export const amendmentTerms = ['co-terminous', 'restart', 'own'] as const;

export const newAmendment = (): AmendmentValues => ({
  id: '', day: '', signedOn: '', term: 'co-terminous', months: '', instalment: '', assetsIn: [], assetsOut: [], notes: '',
});

export function amendmentValues(a: Amendment, language: string): AmendmentValues {
  return {
    id: a.id,
    day: a.day,
    signedOn: a.signed_on ?? '',
    term: amendmentTerms.find((term) => term === a.term) ?? 'co-terminous',
    months: a.months ? String(a.months) : '',
    instalment: writeMoney(a.instalment, language),
    assetsIn: a.assets_in ?? [],
    assetsOut: a.assets_out ?? [],
    notes: a.notes ?? '',
  };
}

/** What is wrong with amendments, by field: "amendments.0.day". The server checks them against each other. */
export function checkAmendments(all: readonly AmendmentValues[], start: string, currency: string): Record<string, 'required' | 'badAmount' | 'positive' | 'badStart'> {
  const wrong: ReturnType<typeof checkAmendments> = {};
  all.forEach((a, i) => {
    const at = `amendments.${String(i)}`;
    if (!a.day) wrong[`${at}.day`] = 'required';
    else if (start && a.day <= start) wrong[`${at}.day`] = 'badStart';
    if (a.term !== 'co-terminous' && !/^[1-9]\d{0,2}$/.test(a.months.trim())) wrong[`${at}.months`] = 'positive';
    if (a.instalment.trim() && !parseMoney(a.instalment, currency)) wrong[`${at}.instalment`] = 'badAmount';
  });
  return wrong;
}

export function amendmentInput(a: AmendmentValues, currency: string): AmendmentInput {
  return {
    id: a.id || undefined,
    day: a.day,
    signed_on: a.signedOn || undefined,
    term: a.term,
    months: a.term === 'co-terminous' ? 0 : Number(a.months),
    instalment: a.instalment.trim() ? parseMoney(a.instalment, currency) : undefined,
    assets_in: a.assetsIn,
    assets_out: a.assetsOut,
    notes: a.notes.trim(),
  };
}
