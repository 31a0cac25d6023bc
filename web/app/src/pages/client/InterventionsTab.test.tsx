import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { renderApp } from '@/testing/render';
import { asset, list, listed, user } from '@/testing/samples';
import { type Call, Refusal, serve } from '@/testing/server';

const euros = (minor: number) => ({ minor, currency: 'EUR' });
const held = (given: object) => ({
  id: 'v1', client_id: 'c1', asset_id: 'a1', contract_id: 'k1', level: 3, kind: 'failure', summary: 'Fuser replaced', opened_at: '2026-11-18T08:00:00Z',
  responded_at: '2026-11-18T09:00:00Z', resolved_at: '2026-11-20T09:00:00Z', work_minutes: 95, cost: euros(18_900), by: 'Karim', created_at: '2026-11-18T08:00:00Z',
  response_minutes: 60, response_due: '2026-11-18T12:00:00Z', responded: 'kept', resolution_minutes: 1140, resolution_due: '2026-11-19T12:00:00Z', resolved: 'broken', ...given,
});
const open = held({
  id: 'v2', asset_id: undefined, contract_id: undefined, kind: 'request', level: 2, summary: 'New account', responded_at: undefined, resolved_at: undefined, responded: undefined,
  resolved: undefined, response_due: undefined, resolution_due: undefined, cost: { minor: 0, currency: '' }, work_minutes: undefined,
});
const contract = {
  id: 'k1', client_id: 'c1', kind: 'managed-service', party: 'Provider', title: 'Managed', start: '2026-01-01', months: 36, price: euros(0), asset_ids: [], created_at: '2026-01-01T00:00:00Z',
};
const table = {
  'GET /session': { user: user() },
  'GET /clients/c1': { id: 'c1', name: 'Alpha', created_at: '2026-01-01T00:00:00Z' },
  'GET /clients/c1/sites': list(),
  'GET /clients/c1/assets': list(listed({ hostname: 'printer-1', class: 'printer' })),
  'GET /clients/c1/contracts': list(contract),
  'GET /clients/c1/interventions': list(open, held({})),
  'GET /interventions/v1/attachments': list(),
};

it('tells how long each took, and whether the contract was kept', async () => {
  serve(table);
  renderApp('/clients/c1/interventions');
  const rows = within(await screen.findByRole('table', { name: 'Interventions' }));
  const done = rows.getByRole('row', { name: /Fuser replaced/ });
  await waitFor(() => {
    expect(done).toHaveTextContent('Failure · Level 3: on site · Karim · Managed');
  });
  expect(done).toHaveTextContent(/1 hrin timepromised by/);
  expect(done).toHaveTextContent(/19 hrtoo late/);
  expect(done).toHaveTextContent('1 hr 35 min');
  expect(done).toHaveTextContent('€189.00');
  expect(await within(done).findByRole('link', { name: 'printer-1' })).toHaveAttribute('href', '/assets/a1');
  const running = rows.getByRole('row', { name: /New account/ });
  expect(running).toHaveTextContent('1 hr so far');
  expect(running).not.toHaveTextContent('promised');
  await userEvent.click(within(done).getByRole('button', { name: 'Attachments: Fuser replaced' }));
  expect(await screen.findByRole('button', { name: 'Attach a file' })).toBeVisible();
});

it('holds a contract’s interventions against it, in the period of the address', async () => {
  const calls = serve({
    ...table,
    'GET /contracts/k1/service': {
      contract_id: 'k1', day: '2026-12-01', conventions: [], response: { kept: 3, broken: 1, pending: 0 }, resolution: { kept: 0, broken: 0, pending: 2 }, cost: euros(37_900), items: [held({})],
    },
  });
  renderApp('/clients/c1/interventions?contract=k1&from=2026-11-01&to=2026-11-30&asset=%5B1%5D');
  expect(await screen.findByText('75%')).toBeVisible();
  expect(screen.getByText('3 kept, 1 broken, 0 running')).toBeVisible();
  expect(screen.getByText('€379.00')).toBeVisible();
  const asked = (path: string) => calls.filter((c) => c.path.endsWith(path)).map((c) => [c.query.get('contract'), c.query.get('from'), c.query.get('to')]);
  expect(asked('/interventions')).toEqual([['k1', '2026-11-01', '2026-11-30']]);
  expect(asked('/contracts/k1/service')).toEqual([[null, '2026-11-01', '2026-11-30']]);
});

it('logs an intervention on the asset whose page one is on', async () => {
  const calls = serve({ ...table, 'GET /assets/a1': asset(), 'GET /clients/c1/interventions': list(), 'POST /clients/c1/interventions': held({}) });
  renderApp('/assets/a1?tab=interventions');
  await userEvent.click(await screen.findByRole('button', { name: 'Intervention' }));
  const dialog = within(await screen.findByRole('dialog'));
  await userEvent.type(dialog.getByRole('textbox', { name: 'What was done' }), 'Cleaned');
  await userEvent.type(dialog.getByRole('textbox', { name: 'Cost excl. VAT' }), 'dear');
  await userEvent.click(dialog.getByRole('button', { name: 'Save' }));
  expect(await dialog.findByText('Write an amount such as 1,234.50')).toBeVisible();
  await userEvent.clear(dialog.getByRole('textbox', { name: 'Cost excl. VAT' }));
  await userEvent.type(dialog.getByRole('textbox', { name: 'Cost excl. VAT' }), '12,50');
  await userEvent.click(dialog.getByRole('button', { name: 'Save' }));
  await waitFor(() => {
    expect(calls.find((c) => c.method === 'POST')?.body).toMatchObject({
      kind: 'failure', level: 2, summary: 'Cleaned', asset_id: 'a1', contract_id: '', cost: euros(1_250), by: 'Anne Martin', resolved_at: '0001-01-01T00:00:00Z',
    });
  });
  expect(calls.find((c) => c.method === 'GET' && c.path.endsWith('/interventions'))?.query.get('asset')).toBe('a1');
});

it('shows on its field what the server refused of a change, and deletes after asking', async () => {
  const refuse = ({ body }: Call) =>
    new Refusal(422, {
      status: 422, code: 'invalid', detail: 'resolved_at: before it was opened',
      errors: [{ location: (body as { summary: string }).summary ? 'body.resolved_at' : 'body.summary', message: 'before it was opened' }],
    });
  const calls = serve({ ...table, 'PATCH /interventions/v1': refuse, 'DELETE /interventions/v1': null });
  renderApp('/clients/c1/interventions');
  await userEvent.click(await screen.findByRole('button', { name: 'Edit: Fuser replaced' }));
  const dialog = within(await screen.findByRole('dialog'));
  await userEvent.click(dialog.getByRole('button', { name: 'Save' }));
  expect(await dialog.findByText('before it was opened')).toBeVisible();
  expect(dialog.getByLabelText('Resolved')).toBeInvalid();
  await userEvent.click(dialog.getByRole('button', { name: 'Cancel' }));
  await userEvent.click(screen.getByRole('button', { name: /^Delete: .*Fuser replaced/ }));
  await userEvent.click(await screen.findByRole('button', { name: 'Delete' }));
  await waitFor(() => {
    expect(calls.some((c) => c.method === 'DELETE' && c.path === '/api/v1/interventions/v1')).toBe(true);
  });
});

it('offers a reader no change, but the files', async () => {
  serve({ ...table, 'GET /session': { user: user({ role: 'manager' }) } });
  renderApp('/clients/c1/interventions');
  expect(await screen.findByRole('button', { name: 'Attachments: Fuser replaced' })).toBeVisible();
  expect(screen.queryByRole('button', { name: 'Intervention' })).toBeNull();
  expect(screen.queryByRole('button', { name: 'Edit: Fuser replaced' })).toBeNull();
});
