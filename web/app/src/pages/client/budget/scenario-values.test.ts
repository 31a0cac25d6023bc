import { describe, expect, it } from 'vitest';
import { checkScenario, scenarioInput, scenarioValues, yearsOf } from './scenario-values';

const euros = (minor: number) => ({ minor, currency: 'EUR' });
const body = {
  name: 'Serré', from: 2027, years: 3, caps: { '0': euros(1_500_000), '2028': euros(2_000_050) }, first: ['server'],
  lease: ['laptop'], lease_months: 48, lease_bps: 275, life_months: { laptop: 72 }, pinned: { a1: 2028, a2: 0 }, lots: { 'ProBook 450': 5 }, notes: 'x',
};
const saved = { ...body, id: 'n1', client_id: 'c1', created_at: '2026-11-01T00:00:00Z' };
const fresh = () => scenarioValues(undefined, '2026-12-01', 'fr');

describe('a scenario', () => {
  it('comes back from its form as it was', () => {
    for (const language of ['fr', 'en']) {
      expect(scenarioInput(scenarioValues(saved, '2026-12-01', language))).toEqual(body);
    }
  });

  it('begins next year, without bounds', () => {
    expect(scenarioInput({ ...fresh(), name: ' Libre ' })).toMatchObject({ name: 'Libre', from: 2027, years: 5, caps: {}, lease_months: 0, lease_bps: 0 });
  });

  it('leaves out the caps of years that it does not look at any more', () => {
    const values = { ...scenarioValues(saved, '2026-12-01', 'fr'), years: '1' };
    expect(scenarioInput(values).caps).toEqual({ '0': euros(1_500_000) });
  });
});

describe('checkScenario', () => {
  it('says which field is wrong', () => {
    expect(
      checkScenario({
        ...fresh(), from: '12', years: '31', cap: 'beaucoup', lease: ['laptop'], leaseMonths: '', leasePercent: '0',
        lives: [{ class: '', months: '-1' }], pinned: [{ asset: 'a1', year: '2027' }, { asset: 'a1', year: '0' }], lots: [{ model: ' ', least: '3' }],
      }),
    ).toEqual({
      name: 'required', from: 'positive', years: 'positive', cap: 'badAmount', leaseMonths: 'positive', leasePercent: 'positive',
      'lives.0.class': 'required', 'lives.0.months': 'positive', 'pinned.1.asset': 'twice', 'lots.0.model': 'required',
    });
    expect(checkScenario({ ...fresh(), name: 'x', caps: { 2028: 'x', 2040: 'not looked at' } })).toEqual({ 'caps.2028': 'badAmount' });
    expect(checkScenario({ ...fresh(), name: 'x' })).toEqual({});
  });
});

describe('yearsOf', () => {
  it('gives none while the numbers are none', () => {
    expect(yearsOf({ from: '2027', years: '2' })).toEqual(['2027', '2028']);
    for (const [from, years] of [['', '2'], ['20', '2'], ['2027', '0'], ['2027', '99'], ['2027.5', '2']] as const) expect(yearsOf({ from, years })).toEqual([]);
  });
});
