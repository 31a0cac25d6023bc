import { screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import type { AssetLifecycle } from '@/api/types';
import { renderAlone } from '@/testing/render';
import { serve } from '@/testing/server';
import { user } from '@/testing/samples';
import { Course } from './Course';

const life: AssetLifecycle = {
  coverages: [],
  financings: [],
  licences: [],
  contracts: [],
  findings: [],
  software: [],
  day: '2026-11-23',
  ends: [],
  values: [],
  purchase: { day: '2013-05-20', from: '2013-05-20', to: '2013-08-24', estimate: true, reason: 'serial', confidence: 90 },
  end_of_life: {
    vendor: [{ kind: 'system', day: '2025-10-14', state: 'ended', what: 'Windows 10 22H2', reason: '', source: 'endoflife.date', seen_on: '2026-08-20' }],
    policy: { kind: 'policy', day: '2017-05-20', reason: '', estimate: true },
    override: { kind: 'override', day: '2027-06-30', reason: '' },
    effective: { kind: 'override', day: '2027-06-30', reason: '' },
  },
  windows_11: { verdict: 'replace', missing: ['processor'] },
};

const row = async (name: string) => {
  const head = await screen.findByRole('rowheader', { name });
  const found = head.closest('tr');
  if (!found) throw new Error(`${name} stands in no row`);
  return within(found);
};

it('keeps the three ends apart and tells which one counts', async () => {
  serve({ 'GET /session': { user: user() } });
  renderAlone(<Course life={life} />);
  expect((await row('Maker: system')).getByText(/Windows 10 22H2 · endoflife.date/)).toBeVisible();
  expect((await row('Our policy')).getByText('estimate')).toBeVisible();
  expect((await row('Set for this asset')).getByText('counts')).toBeVisible();
  expect((await row('Maker: system')).queryByText('counts')).toBeNull();
  expect((await row('Bought (estimate)')).getByText(/serial number/)).toBeVisible();
  expect((await row('Windows 11')).getByText('processor')).toBeVisible();
});

it('says so when nothing is known', async () => {
  serve({ 'GET /session': { user: user() } });
  renderAlone(<Course life={{ ...life, purchase: undefined, windows_11: undefined, end_of_life: { vendor: [] } }} />);
  expect(await screen.findByText(/No end is known/)).toBeVisible();
});
