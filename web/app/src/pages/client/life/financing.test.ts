import { describe, expect, it } from 'vitest';
import { financingPatch, financingValues } from './financing';

const euros = (minor: number) => ({ minor, currency: 'EUR' });
const lease = {
  kind: 'evolving' as const, supplier: 'Dell', lessor: 'Grenke', reference: '4711', start: '2026-03-01', signed_on: '2026-02-10', months: 36, period_months: 3, arrears: true,
  price: euros(1_500_000), instalment: euros(41_750), residual: euros(100), tacit_months: 12, notice_months: 3, vat_permille: 196, first_instalment: euros(120_000),
  deposit: euros(50_000), premium: euros(990), index_bps: 250, exit_permille: 1_105, must_insure: true, insured_until: '2027-03-01', option_from: '2028-09-01',
  option_until: '2028-12-01', return_cost: euros(30_000), return_terms: 'Carton d’origine', asset_ids: ['a1', 'a2'], notes: 'x',
};
const swap = { id: 'm1', day: '2026-09-16', signed_on: '2026-09-01', term: 'co-terminous' as const, months: 0, instalment: euros(0), assets_in: ['a3'], assets_out: ['a1'], notes: 'échange' };
const amendments = [
  swap,
  { id: 'm2', day: '2027-01-01', signed_on: undefined, term: 'own' as const, months: 24, instalment: euros(5_000), assets_in: ['a4'], assets_out: [], notes: '' },
];
const stored = { ...lease, amendments, id: 'f1', client_id: 'c1', created_at: '2026-03-01T00:00:00Z' };

describe('a lease', () => {
  it('comes back from its form as it was', () => {
    for (const language of ['fr', 'en']) expect(financingPatch(financingValues(stored, language))).toMatchObject({ ...lease, amendments });
  });

  it('keeps the rent where an amendment says none, and a rent of nothing where it says nothing is paid', () => {
    const values = financingValues({ ...stored, amendments: [{ ...swap, instalment: { minor: 0, currency: '' } }, swap] }, 'fr');
    expect(financingPatch(values).amendments?.map((a) => a.instalment)).toEqual([undefined, euros(0)]);
  });

  it('loses what was taken out of its form', () => {
    const values = { ...financingValues(stored, 'fr'), deposit: '', index: '', exit: '', arrears: false, mustInsure: false, insuredUntil: '', returnTerms: '', amendments: [] };
    expect(financingPatch(values)).toMatchObject({
      deposit: euros(0), index_bps: 0, exit_permille: 0, arrears: false, must_insure: false, insured_until: '', return_terms: '', amendments: [],
    });
  });

  it('that becomes a purchase keeps nothing of a lease', () => {
    expect(financingPatch({ ...financingValues(stored, 'fr'), kind: 'purchase' })).toMatchObject({
      kind: 'purchase', price: euros(1_500_000), months: 0, period_months: 0, instalment: euros(0), deposit: euros(0), index_bps: 0, must_insure: false, amendments: [],
    });
  });

  it('is in the currency that its amounts are in', () => {
    const francs = { minor: 900, currency: 'CHF' };
    expect(financingValues({ ...stored, price: { minor: 0, currency: '' }, instalment: francs }, 'fr').currency).toBe('CHF');
  });
});
