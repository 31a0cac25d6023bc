import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { renderApp } from '@/testing/render';
import { list, listed, user } from '@/testing/samples';
import { type Call, Refusal, serve } from '@/testing/server';

const euros = (minor: number) => ({ minor, currency: 'EUR' });
const scenario = (given: object) => ({ id: 'n1', client_id: 'c1', name: 'Tight', from: 2027, years: 2, caps: { '0': euros(100_000) }, created_at: '2026-11-01T00:00:00Z', ...given });
const tight = scenario({});
const free = scenario({ id: 'n2', name: 'Open', caps: undefined, lease: ['laptop'], lease_months: 36, lease_bps: 295 });

const planned = (given: object) => ({
  asset_id: 'a1', class: 'server', name: 'srv-1', kind: 'age', day: '2026-03-01', why: 'aged 60 months, bought on 2021-03-01', confidence: 100, hard: false,
  others: [], overdue: true, year: 2026, cost: { known: true, amount: euros(489_000), low: euros(489_000), high: euros(489_000), source: 'invoices' }, ...given,
});
const result = (of: object, given: object = {}) => ({
  scenario: of, feasible: true, exact: true, gap_percent: 0, spend: euros(400_000), risk: euros(0), total: euros(400_000), bound: euros(400_000),
  years: [2027, 2028].map((year) => ({ year, spend: euros(200_000), backlog: euros(0), risk: euros(0), items: 1, purchases: euros(200_000), rents: euros(0) })),
  choices: [{ asset_id: 'a1', name: 'srv-1', class: 'server', reason: 'the lease ends and it goes back', due: 2027, year: 2027, cost: euros(200_000), risk: euros(0), backlog: false, pinned: true }],
  short: [], unpriced: [], foreign: [], kept: [], later: 3, notes: [], ...given,
});

const budget = ({ query }: Call) => ({
  day: '2026-12-01', conventions: [],
  results: query.getAll('scenario').length === 0
    ? [result({ id: '', client_id: 'c1', name: 'query', from: 2027, years: 5, created_at: '0001-01-01T00:00:00Z' })]
    : query.getAll('scenario').map((id) =>
        id === 'n1'
          ? result(tight, { feasible: false, exact: false, gap_percent: 0.42, spend: euros(300_000), short: [{ year: 2028, raise: euros(50_000), asset_ids: ['a1'] }], unpriced: ['beamer'] })
          : result(free)),
});

const table = {
  'GET /session': { user: user() },
  'GET /clients/c1': { id: 'c1', name: 'Alpha', created_at: '2026-01-01T00:00:00Z' },
  'GET /clients/c1/assets': list(listed({ hostname: 'srv-1', class: 'server' })),
  'GET /clients/c1/scenarios': list(tight, free),
  'GET /clients/c1/budget': budget,
};

it('says of each asset why and by when it goes, how sure that is, and at what price', async () => {
  serve({
    ...table,
    'GET /clients/c1/refresh-plan': {
      day: '2026-12-01', conventions: ['the earliest reason counts; a date set by a person beats all others'], unplanned: 4,
      items: [
        planned({ others: [{ kind: 'support-end', day: '2028-01-01', why: 'support of x ends', confidence: 40, hard: true }] }),
        planned({ asset_id: 'a2', name: 'cam-1', class: 'camera', kind: 'lease-end', day: '2027-06-30', why: 'the lease ends and it goes back', year: 2027, overdue: false, hard: true, cost: { known: false, amount: euros(0), low: euros(0), high: euros(0) } }),
      ],
    },
  });
  renderApp('/clients/c1/budget');
  const rows = within(await screen.findByRole('table', { name: 'When to replace what' }));
  const server = rows.getByRole('row', { name: /srv-1/ });
  expect(server).toHaveTextContent('aged 60 months, bought on Mar 1, 2021');
  expect(server).toHaveTextContent('100%');
  expect(server).toHaveTextContent('€4,890.00own invoices');
  expect(within(server).getByRole('link', { name: 'srv-1' })).toHaveAttribute('href', '/assets/a1');
  expect(rows.getByRole('row', { name: /cam-1.*End of lease.*Deadline.*to be priced/ })).toBeVisible();
  await userEvent.click(within(server).getByRole('button', { name: '1 other reason for srv-1' }));
  expect(await screen.findByText('End of hardware support · Jan 1, 2028 · 40%')).toBeVisible();
  await userEvent.keyboard('{Escape}');
  await userEvent.click(screen.getByRole('combobox', { name: 'Reason' }));
  await userEvent.click(await screen.findByRole('option', { name: 'End of lease' }));
  expect(screen.queryByRole('row', { name: /srv-1/ })).toBeNull();
});

it('compares scenarios side by side, and says what does not fit', async () => {
  serve(table);
  const { router } = renderApp('/clients/c1/budget?view=scenarios');
  expect(await screen.findByText(/No scenario is chosen/)).toBeVisible();
  await userEvent.click(await screen.findByRole('checkbox', { name: 'Compare “Open”' }));
  await userEvent.click(screen.getByRole('checkbox', { name: 'Compare “Tight”' }));
  await waitFor(() => {
    expect(router.state.location.search).toMatchObject({ view: 'scenarios', scenario: ['n2', 'n1'] });
  });
  const figures = within(await screen.findByRole('table', { name: 'Side by side' }));
  await figures.findByRole('columnheader', { name: 'Tight' });
  expect(figures.getByRole('row', { name: /Within the caps Everything fits Does not fit/ })).toBeVisible();
  expect(figures.getByRole('row', { name: /Above it by at most none: the least there is 0.4%/ })).toBeVisible();
  await userEvent.click(screen.getByRole('radio', { name: 'Tight' }));
  const alert = within(await screen.findByRole('alert', { name: 'This does not fit within the caps' }));
  expect(alert.getByText(/2028: €500.00 more at least/)).toBeVisible();
  expect(alert.getByRole('link', { name: 'srv-1' })).toHaveAttribute('href', '/assets/a1');
  expect(screen.getByText(/One is due, at no known price.*beamer/)).toBeVisible();
  expect(within(screen.getByRole('table', { name: 'Year of each asset' })).getByText('decided')).toBeVisible();
});

it('saves a scenario with a cap of its own for a year, and a decided year', async () => {
  const calls = serve({ ...table, 'POST /clients/c1/scenarios': tight });
  renderApp('/clients/c1/budget?view=scenarios');
  await userEvent.click(await screen.findByRole('button', { name: 'Scenario' }));
  const dialog = within(await screen.findByRole('dialog'));
  await userEvent.type(dialog.getByRole('textbox', { name: 'Name' }), 'Mine');
  await userEvent.clear(dialog.getByRole('textbox', { name: 'First year' }));
  await userEvent.type(dialog.getByRole('textbox', { name: 'First year' }), '2030');
  await userEvent.clear(dialog.getByRole('textbox', { name: 'Number of years' }));
  await userEvent.type(dialog.getByRole('textbox', { name: 'Number of years' }), '2');
  await userEvent.type(dialog.getByRole('textbox', { name: 'Cap of a year' }), 'a lot');
  await userEvent.type(dialog.getByRole('textbox', { name: 'Cap in 2031' }), '12 000');
  await userEvent.click(dialog.getByRole('button', { name: 'Asset' }));
  await userEvent.click(dialog.getByRole('combobox', { name: 'Asset' }));
  await userEvent.click(await screen.findByRole('option', { name: /srv-1/ }));
  await userEvent.click(dialog.getByRole('button', { name: 'Save' }));
  expect(await dialog.findByText('Write an amount such as 1,234.50')).toBeVisible();
  expect(calls.filter((c) => c.method === 'POST')).toEqual([]);
  await userEvent.clear(dialog.getByRole('textbox', { name: 'Cap of a year' }));
  await userEvent.type(dialog.getByRole('textbox', { name: 'Cap of a year' }), '10000');
  await userEvent.click(dialog.getByRole('button', { name: 'Save' }));
  await waitFor(() => {
    expect(calls.find((c) => c.method === 'POST')?.body).toMatchObject({
      name: 'Mine', from: 2030, years: 2, caps: { '0': euros(1_000_000), '2031': euros(1_200_000) }, pinned: { a1: 2030 },
    });
  });
});

it('shows on its field what the server refused of a change, and deletes after asking', async () => {
  const calls = serve({
    ...table,
    'PATCH /scenarios/n1': new Refusal(422, { status: 422, code: 'invalid', detail: 'caps: too much', errors: [{ location: 'body.caps', message: 'is too much' }] }),
    'DELETE /scenarios/n1': null,
  });
  renderApp('/clients/c1/budget?view=scenarios');
  await userEvent.click(await screen.findByRole('button', { name: 'Edit: Tight' }));
  const dialog = within(await screen.findByRole('dialog'));
  expect(dialog.getByRole('textbox', { name: 'Cap of a year' })).toHaveValue('1000.00');
  await userEvent.click(dialog.getByRole('button', { name: 'Save' }));
  expect(await dialog.findByText('is too much')).toBeVisible();
  expect(dialog.getByRole('textbox', { name: 'Cap of a year' })).toBeInvalid();
  await userEvent.click(dialog.getByRole('button', { name: 'Cancel' }));
  await userEvent.click(screen.getByRole('button', { name: /^Delete: .*Tight/ }));
  await userEvent.click(await screen.findByRole('button', { name: 'Delete' }));
  await waitFor(() => {
    expect(calls.some((c) => c.method === 'DELETE' && c.path === '/api/v1/scenarios/n1')).toBe(true);
  });
});

it('holds what was forecast beside what was bought, in the period that is asked for', async () => {
  const variance = (given: object) => ({ key: 'laptop', forecast: euros(300_000), actual: euros(240_000), difference: euros(-60_000), planned: 3, bought: 2, ...given });
  const calls = serve({
    ...table,
    'GET /clients/c1/sites': list({ id: 's1', client_id: 'c1', name: 'Workshop', networks: [], created_at: '2026-01-01T00:00:00Z' }),
    'GET /clients/c1/variance': ({ query }: Call) => ({
      day: '2026-12-01', from: query.get('from') ?? '2025-12-01', to: '2026-12-01', by: query.get('by'), conventions: [],
      items: query.get('by') === 'site' ? [variance({ key: 's1' }), variance({ key: '' })] : [variance({}), variance({ key: 'nas', forecast: euros(0), actual: euros(90_000), difference: euros(90_000) })],
    }),
  });
  renderApp('/clients/c1/budget?view=actual');
  const rows = within(await screen.findByRole('table', { name: 'Forecast and actual' }));
  expect(rows.getByRole('row', { name: /Laptop €3,000.00 ?3 replacements €2,400.00 ?2 purchases -€600.00/ })).toBeVisible();
  expect(rows.getByRole('row', { name: /NAS.*\+€900.00/ })).toBeVisible();
  await userEvent.click(screen.getByRole('combobox', { name: 'By' }));
  await userEvent.click(await screen.findByRole('option', { name: 'Site' }));
  expect(await screen.findByRole('row', { name: /Workshop/ })).toBeVisible();
  expect(screen.getByRole('row', { name: /Without one/ })).toBeVisible();
  const from = screen.getByLabelText('Forecast on');
  await userEvent.clear(from);
  await userEvent.type(from, '2024-01-01{Enter}');
  await waitFor(() => {
    expect(calls.filter((c) => c.path.endsWith('/variance')).at(-1)?.query.toString()).toBe('by=site&from=2024-01-01');
  });
});

it('offers a reader no change', async () => {
  serve({ ...table, 'GET /session': { user: user({ role: 'client' }) } });
  renderApp('/clients/c1/budget?view=scenarios');
  expect(await screen.findByRole('checkbox', { name: 'Compare “Tight”' })).toBeEnabled();
  expect(screen.queryByRole('button', { name: 'Scenario' })).toBeNull();
  expect(screen.queryByRole('button', { name: 'Edit: Tight' })).toBeNull();
});
