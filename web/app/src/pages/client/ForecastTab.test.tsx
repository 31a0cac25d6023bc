import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { renderApp } from '@/testing/render';
import { list, listed, site, user } from '@/testing/samples';
import { type Call, Refusal, serve } from '@/testing/server';

const money = (minor: number, currency = 'EUR') => ({ minor, currency });
const total = (net: number, certain: number, currency = 'EUR') => ({
  net: money(net, currency), vat: money(net / 5, currency), gross: money(net * 1.2, currency), certain: money(certain, currency), lines: 2,
});
const line = (given: object) => ({
  client_id: 'c1', certain: true, cash_out: true, net: money(0), vat: money(0), gross: money(0), what: '', ...given,
});

const answer = (given: object = {}) => ({
  day: '2026-12-01', from: '2026-12-01', to: '2027-11-30', by: 'month', conventions: ['rents and contracts are certain until the end of the term that binds, estimates after it'],
  totals: [total(50_000, 50_000, 'CHF'), total(120_000, 100_000)],
  groups: [
    { key: '2026-12', lines: 2, totals: [total(120_000, 100_000)] },
    { key: '2027-03', lines: 2, totals: [total(50_000, 50_000, 'CHF')] },
  ],
  lines: [], ...given,
});

const lines = [
  line({ day: '2026-12-05', kind: 'rent', what: 'Grenke 4711', class: 'laptop', site_id: 's1', asset_ids: ['a1', 'a2'], net: money(10_000), vat: money(2_000), gross: money(12_000), why: 'rent' }),
  line({ day: '2027-02-01', kind: 'coverage-end', what: 'sw-1', asset_ids: ['a1'], cash_out: false, why: 'manufacturer' }),
  line({ day: '2027-03-01', kind: 'contract', certain: false, what: 'Fibre', net: money(5_000, 'CHF'), gross: money(6_000, 'CHF'), notice: '2026-12-31', why: 'price of the contract, unless notice is given' }),
];

const table = {
  'GET /session': { user: user() },
  'GET /clients/c1': { id: 'c1', name: 'Alpha', created_at: '2026-01-01T00:00:00Z' },
  'GET /clients/c1/sites': list(site(), site({ id: 's2', name: 'Atelier' })),
  'GET /clients/c1/assets': list(listed()),
};
const forecast = ({ query }: Call) => answer({ lines: query.get('lines') === 'false' ? [] : lines });

it('tells each currency apart, net and gross, and counts only money in the sums', async () => {
  const calls = serve({ ...table, 'GET /clients/c1/forecast': forecast });
  renderApp('/clients/c1/forecast');
  const euros = within(await screen.findByRole('region', { name: 'Money in EUR' }));
  expect(euros.getByText('€1,200.00')).toBeVisible();
  expect(euros.getByText('€1,000.00')).toBeVisible();
  expect(euros.getByText('€1,440.00')).toBeVisible();
  expect(euros.getByText('€200.00 are estimates')).toBeVisible();
  expect(within(screen.getByRole('region', { name: 'Money in CHF' })).getByText(/CHF.600\.00/)).toBeVisible();
  await userEvent.click(euros.getByRole('radio', { name: 'Table' }));
  expect(euros.getByRole('row', { name: /December 2026 €1,000.00 €1,200.00/ })).toBeVisible();
  expect(euros.getByRole('row', { name: /^March 2027/ })).not.toHaveTextContent('€');
  const asked = calls.filter((c) => c.path.endsWith('/forecast')).map((c) => [c.query.get('cash_out'), c.query.get('lines')]);
  expect(asked).toContainEqual(['true', 'false']);
  expect(asked).toContainEqual([null, null]);
  expect(screen.getByText('As of Dec 1, 2026.')).toBeVisible();
  expect(screen.getByText('Rents and contracts are signed until the end of the term that binds, estimates after it.')).toBeVisible();
});

it('lists payments and ends, each with the way to what it is about', async () => {
  serve({ ...table, 'GET /clients/c1/forecast': forecast });
  renderApp('/clients/c1/forecast');
  const rows = within(await screen.findByRole('table', { name: 'What ends or must be paid' }));
  const rent = rows.getByRole('row', { name: /Rent.*Signed.*Grenke 4711.*2 assets.*Laptop/ });
  expect(rent).toHaveTextContent('€120.00');
  expect(within(rent).getByRole('link')).toHaveAttribute('href', '/clients/c1/lifecycle?kind=financing');
  const warranty = rows.getByRole('row', { name: /End of warranty/ });
  expect(warranty).toHaveTextContent('Manufacturer');
  expect(await within(warranty).findByRole('link', { name: 'sw-1' })).toHaveAttribute('href', '/assets/a1');
  expect(rows.getByRole('row', { name: /notice by Dec 31, 2026.*Contract.*Estimate/ })).toBeVisible();
});

it('keeps the period and the filters in the address, and asks the server for them', async () => {
  const calls = serve({ ...table, 'GET /clients/c1/forecast': forecast });
  const { router } = renderApp('/clients/c1/forecast?from=2027-01-01&to=2027-12-31&kind=%5B%22rent%22%2C%22nonsense%22%5D');
  await screen.findByRole('table', { name: 'What ends or must be paid' });
  expect(screen.getByLabelText('From')).toHaveValue('2027-01-01');
  for (const c of calls.filter((x) => x.path.endsWith('/forecast'))) {
    expect([c.query.get('from'), c.query.get('to'), c.query.getAll('kind')]).toEqual(['2027-01-01', '2027-12-31', ['rent']]);
  }
  await userEvent.click(screen.getByRole('switch', { name: 'Only money that leaves' }));
  await waitFor(() => {
    expect(calls.at(-1)?.query.get('cash_out')).toBe('true');
  });
  await userEvent.click(screen.getByRole('button', { name: 'Clear the filters' }));
  await waitFor(() => {
    expect(router.state.location.search).toEqual({});
  });
});

it('says what is wrong with a period that the server refuses', async () => {
  serve({
    ...table,
    'GET /clients/c1/forecast': new Refusal(422, {
      status: 422, code: 'invalid', detail: 'to: 2026-01-01 is before from', errors: [{ location: 'query.to', message: '2026-01-01 is before from' }],
    }),
  });
  renderApp('/clients/c1/forecast?from=2027-01-01&to=2026-01-01');
  expect(await screen.findAllByText(/2026-01-01 is before from/)).toHaveLength(1);
  expect(screen.getByLabelText('To')).toBeInvalid();
});

it('says so when nothing is to be paid', async () => {
  serve({ ...table, 'GET /clients/c1/forecast': answer({ totals: [], groups: [] }) });
  renderApp('/clients/c1/forecast');
  expect(await screen.findByText('Nothing to pay')).toBeVisible();
  expect(await screen.findByText('Nothing ends and nothing is to be paid')).toBeVisible();
});
