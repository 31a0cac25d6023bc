import { describe, expect, it } from 'vitest';
import { checkIntervention, interventionInput, interventionValues, localMoment } from './values';

const now = Date.parse('2026-12-01T10:00:00Z');
const body = {
  kind: 'request' as const, level: 3, summary: 'Toner', asset_id: 'a1', contract_id: 'k1', opened_at: '2026-11-30T08:00:00.000Z', responded_at: '2026-11-30T08:30:00.000Z',
  resolved_at: '2026-11-30T11:00:00.000Z', paused_minutes: 15, work_minutes: 40, cost: { minor: 4_250, currency: 'CHF' }, by: 'Anne',
};
const kept = { ...body, id: 'v1', client_id: 'c1', created_at: body.opened_at, response_minutes: 30, resolution_minutes: 165 };

describe('an intervention', () => {
  it('comes back from its form as it was', () => {
    for (const language of ['fr', 'en']) expect(interventionInput(interventionValues(kept, now, language))).toEqual(body);
  });

  it('takes away what was taken out of its form', () => {
    const values = { ...interventionValues(kept, now, 'fr'), asset: '', contract: '', responded: '', resolved: '', paused: '', work: '', cost: '', by: '' };
    expect(interventionInput(values)).toMatchObject({
      asset_id: '', contract_id: '', responded_at: '0001-01-01T00:00:00Z', resolved_at: '0001-01-01T00:00:00Z', paused_minutes: 0, work_minutes: 0,
      cost: { minor: 0, currency: 'CHF' }, by: '',
    });
  });

  it('is asked for now unless told', () => {
    expect(interventionValues({}, now, 'fr')).toMatchObject({ kind: 'failure', level: '2', opened: localMoment('2026-12-01T10:00:00Z'), responded: '', currency: 'EUR' });
  });
});

describe('checkIntervention', () => {
  it('says which field is wrong', () => {
    const values = { ...interventionValues(kept, now, 'fr'), summary: ' ', paused: '-1', work: '1.5', cost: 'x' };
    expect(checkIntervention(values)).toEqual({ summary: 'required', paused: 'positive', work: 'positive', cost: 'badAmount' });
    expect(checkIntervention({ ...values, summary: 'x', paused: '', work: '', cost: '', responded: '2020-01-01T00:00', resolved: '2019-01-01T00:00' })).toEqual({
      responded: 'badOrder', resolved: 'badOrder',
    });
    expect(checkIntervention(interventionValues(kept, now, 'en'))).toEqual({});
  });
});

it('has no moment for what never was', () => {
  expect([localMoment(undefined), localMoment('0001-01-01T00:00:00Z'), localMoment('nonsense')]).toEqual(['', '', '']);
});
