import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { renderApp } from '@/testing/render';
import { list, listed, user } from '@/testing/samples';
import { Refusal, serve } from '@/testing/server';

const euros = (minor: number) => ({ minor, currency: 'EUR' });
const none = { minor: 0, currency: '' };
const lease = {
  id: 'f1', client_id: 'c1', kind: 'lease', lessor: 'Grenke', reference: '4711', start: '2026-03-01', months: 36, period_months: 3, price: none, instalment: euros(41_750), residual: none,
  return_cost: none, deposit: euros(50_000), exit_permille: 1_100, vat_permille: 200, asset_ids: ['a1'], amendments: null, created_at: '2026-03-01T00:00:00Z',
};
const table = {
  'GET /session': { user: user() },
  'GET /clients/c1': { id: 'c1', name: 'Alpha', created_at: '2026-01-01T00:00:00Z' },
  'GET /clients/c1/assets': list(listed({ hostname: 'pc-1' }), listed({ id: 'a2', hostname: 'pc-2' })),
  'GET /clients/c1/contracts': list(), 'GET /clients/c1/licences': list(), 'GET /clients/c1/coverages': list(), 'GET /clients/c1/financings': list(lease),
};
const page = '/clients/c1/lifecycle?kind=financing';

it('asks for the terms of a lease only of a lease', async () => {
  const calls = serve({ ...table, 'POST /clients/c1/financings': lease });
  renderApp(page);
  await userEvent.click(await screen.findByRole('button', { name: 'Purchase or lease' }));
  const dialog = within(await screen.findByRole('dialog'));
  expect(dialog.queryByRole('textbox', { name: 'Deposit' })).toBeNull();
  expect(dialog.queryByRole('group', { name: 'Amendments' })).toBeNull();
  await userEvent.click(dialog.getByRole('combobox', { name: 'Kind' }));
  await userEvent.click(await screen.findByRole('option', { name: 'Lease' }));
  await userEvent.type(dialog.getByLabelText('Date of invoice or start', { exact: false }), '2026-03-01');
  await userEvent.type(dialog.getByRole('textbox', { name: 'Term (months)' }), '36');
  await userEvent.type(dialog.getByRole('textbox', { name: 'Raised first rent excl. VAT' }), '1 200');
  await userEvent.type(dialog.getByRole('textbox', { name: 'Yearly rise of the rent (%)' }), '2,5');
  await userEvent.click(dialog.getByRole('checkbox', { name: 'The client has to insure the equipment' }));
  await userEvent.click(dialog.getByRole('button', { name: 'Add' }));
  await waitFor(() => {
    expect(calls.find((c) => c.method === 'POST')?.body).toMatchObject({
      kind: 'lease', start: '2026-03-01', months: 36, first_instalment: euros(120_000), index_bps: 250, must_insure: true,
    });
  });
});

it('amends a lease, and shows what the server refuses on the field of that amendment', async () => {
  let refused = false;
  const calls = serve({
    ...table,
    'PATCH /financings/f1': () => {
      if (refused) return lease;
      refused = true;
      return new Refusal(422, { status: 422, code: 'invalid', detail: 'amendments[0].day: too late', errors: [{ location: 'body.amendments[0].day', message: 'after the end of the lease' }] });
    },
  });
  renderApp(page);
  await userEvent.click(await screen.findByRole('button', { name: 'Edit: Grenke' }));
  const dialog = within(await screen.findByRole('dialog'));
  expect(dialog.getByRole('textbox', { name: 'Deposit' })).toHaveValue('500.00');
  expect(dialog.getByRole('textbox', { name: 'Early exit (% of the rents left)' })).toHaveValue('110');
  await userEvent.click(dialog.getByRole('button', { name: 'Amendment' }));
  const row = within(dialog.getByRole('group', { name: 'Amendments' }));
  await userEvent.click(dialog.getByRole('button', { name: 'Save' }));
  expect(await row.findByText('Please fill in')).toBeVisible();
  await userEvent.type(row.getByLabelText('Holds since', { exact: false }), '2026-09-16');
  await userEvent.click(row.getByRole('combobox', { name: 'Term' }));
  await userEvent.click(await screen.findByRole('option', { name: 'the lease runs anew' }));
  await userEvent.type(row.getByRole('textbox', { name: 'Months from that day' }), '24');
  await userEvent.type(row.getByRole('textbox', { name: 'Whole rent from then on excl. VAT' }), '500');
  await userEvent.click(row.getByRole('combobox', { name: 'Comes in' }));
  await userEvent.click(await screen.findByRole('option', { name: /pc-2/ }));
  await userEvent.click(dialog.getByRole('button', { name: 'Save' }));
  expect(await row.findByText('after the end of the lease')).toBeVisible();
  expect(row.getByLabelText('Holds since', { exact: false })).toBeInvalid();
  await userEvent.click(dialog.getByRole('button', { name: 'Save' }));
  await waitFor(() => {
    expect(calls.filter((c) => c.method === 'PATCH')).toHaveLength(2);
  });
  expect(calls.find((c) => c.method === 'PATCH')?.body).toMatchObject({
    deposit: euros(50_000), exit_permille: 1_100, asset_ids: ['a1'],
    amendments: [{ day: '2026-09-16', term: 'restart', months: 24, instalment: euros(50_000), assets_in: ['a2'], assets_out: [] }],
  });
});

it('offers a reader no change', async () => {
  serve({ ...table, 'GET /session': { user: user({ role: 'client' }) } });
  renderApp(page);
  expect(await screen.findByText('Grenke')).toBeVisible();
  expect(screen.queryByRole('button', { name: 'Edit: Grenke' })).toBeNull();
});
