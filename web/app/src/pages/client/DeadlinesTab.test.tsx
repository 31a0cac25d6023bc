import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { addDays, dayOf } from '@/format/date';
import { renderApp } from '@/testing/render';
import { list, listed, user } from '@/testing/samples';
import { Refusal, serve } from '@/testing/server';

const today = dayOf(new Date());
const near = (given: object) => ({
  event: 'contract-notice/k1/0', day: addDays(today, 20), kind: 'contract-notice', what: 'Fibre', asset_ids: [], days_left: 20, renews: true, bound: '2030-03-31',
  at_stake: { minor: 348_000, currency: 'EUR' }, acknowledged: false, next_on: today, ...given,
});
const noted = near({ event: 'coverage-end/x', kind: 'coverage-end', what: 'sw-1', asset_ids: ['a1'], renews: false, bound: undefined, at_stake: undefined, acknowledged: true, said_by: 'u1', next_on: undefined });
const off = near({ event: 'licence-end/l1/0', kind: 'licence-end', what: 'Sage', renews: false, snoozed_until: addDays(today, 5), said_by: 'u2' });
const table = {
  'GET /session': { user: user() },
  'GET /users': list(user(), user({ id: 'u2', name: 'Karim Benali' })),
  'GET /clients/c1': { id: 'c1', name: 'Alpha', created_at: '2026-01-01T00:00:00Z' },
  'GET /clients/c1/assets': list(listed()),
  'GET /clients/c1/deadlines': list(near({}), noted, off),
  'GET /clients/c1/alert-plan': { client_id: 'c1', recipients: [], lang: 'fr', updated_at: '0001-01-01T00:00:00Z' },
  'PUT /clients/c1/deadlines': near({ acknowledged: true }),
};

it('shows what is near, what is at stake, and what was said of it by whom', async () => {
  serve(table);
  renderApp('/clients/c1/deadlines');
  const rows = within(await screen.findByRole('table', { name: 'What is near' }));
  const notice = rows.getByRole('row', { name: /Last day of notice of a contract/ });
  expect(notice).toHaveTextContent('€3,480.00else bound until Mar 31, 2030');
  expect(notice).toHaveTextContent('To deal with');
  expect(rows.getAllByRole('row')).toHaveLength(2);
  await userEvent.click(screen.getByRole('radio', { name: 'All 3' }));
  const warranty = rows.getByRole('row', { name: /End of warranty/ });
  expect(warranty).toHaveTextContent('Notedby Anne Martin');
  expect(await within(warranty).findByRole('link', { name: 'sw-1' })).toHaveAttribute('href', '/assets/a1');
  await waitFor(() => {
    expect(rows.getByRole('row', { name: /End of licence/ })).toHaveTextContent(/Put off until .*by Karim Benali/);
  });
});

it('takes note, and opens again', async () => {
  const calls = serve(table);
  renderApp('/clients/c1/deadlines');
  await userEvent.click(await screen.findByRole('button', { name: /^Take note: .*Fibre/ }));
  await userEvent.click(screen.getByRole('radio', { name: 'All 3' }));
  await userEvent.click(screen.getByRole('button', { name: /^Open again: .*Sage/ }));
  await waitFor(() => {
    expect(calls.filter((c) => c.method === 'PUT').map((c) => c.body)).toEqual([
      { event: 'contract-notice/k1/0', say: 'acknowledge' },
      { event: 'licence-end/l1/0', say: 'reopen' },
    ]);
  });
});

it('puts off until a day, not after its own, and shows on the field what the server refuses', async () => {
  let refused = false;
  const calls = serve({
    ...table,
    'PUT /clients/c1/deadlines': () => {
      if (refused) return near({ snoozed_until: today });
      refused = true;
      return new Refusal(422, { status: 422, code: 'invalid', detail: 'until: no', errors: [{ location: 'body.until', message: 'not that day' }] });
    },
  });
  renderApp('/clients/c1/deadlines');
  await userEvent.click(await screen.findByRole('button', { name: /^Put off: .*Fibre/ }));
  const dialog = within(await screen.findByRole('dialog'));
  const until = dialog.getByLabelText('Until', { exact: false, selector: 'input' });
  await userEvent.clear(until);
  await userEvent.type(until, addDays(today, 21));
  await userEvent.click(dialog.getByRole('button', { name: 'Put off' }));
  expect(await dialog.findByText(/^A day after today, and not after/)).toBeVisible();
  await userEvent.click(dialog.getByRole('button', { name: 'in 14 days' }));
  expect(dialog.queryByRole('button', { name: 'in 30 days' })).toBeNull();
  await userEvent.click(dialog.getByRole('button', { name: 'Put off' }));
  expect(await dialog.findByText('not that day')).toBeVisible();
  await userEvent.click(dialog.getByRole('button', { name: 'Put off' }));
  await waitFor(() => {
    expect(calls.filter((c) => c.method === 'PUT').at(-1)?.body).toEqual({ event: 'contract-notice/k1/0', say: 'snooze', until: addDays(today, 14) });
  });
  await waitFor(() => {
    expect(screen.queryByRole('dialog')).toBeNull();
  });
});

it('says who is written to, in which language', async () => {
  const calls = serve({ ...table, 'PUT /clients/c1/alert-plan': { client_id: 'c1', recipients: [], lang: 'en', updated_at: '2026-12-01T00:00:00Z' } });
  renderApp('/clients/c1/deadlines');
  expect(await screen.findByText('Nobody is written to')).toBeVisible();
  expect(screen.getByRole('row', { name: /Last day of notice of a contract/ })).toHaveTextContent('To deal with—');
  await userEvent.click(screen.getByRole('button', { name: 'Change' }));
  const dialog = within(await screen.findByRole('dialog'));
  const field = dialog.getByRole('textbox', { name: 'Recipients' });
  await userEvent.type(field, 'anne@alpha.fr, nobody');
  await userEvent.click(dialog.getByRole('button', { name: 'Save' }));
  await waitFor(() => {
    expect(field).toBeInvalid();
  });
  await userEvent.clear(field);
  await userEvent.type(field, 'anne@alpha.fr; karim@alpha.fr');
  await userEvent.click(dialog.getByRole('combobox', { name: 'Language' }));
  await userEvent.click(await screen.findByRole('option', { name: 'English' }));
  await userEvent.click(dialog.getByRole('button', { name: 'Save' }));
  await waitFor(() => {
    expect(calls.find((c) => c.method === 'PUT')?.body).toEqual({ recipients: ['anne@alpha.fr', 'karim@alpha.fr'], lang: 'en' });
  });
});

it('lets a reader read, and asks nothing that it may not', async () => {
  const calls = serve({ ...table, 'GET /session': { user: user({ role: 'client' }) } });
  renderApp('/clients/c1/deadlines');
  await screen.findByRole('table', { name: 'What is near' });
  expect(screen.queryByRole('button', { name: /^Take note/ })).toBeNull();
  expect(screen.queryByText('Alerts by mail')).toBeNull();
  expect(calls.filter((c) => c.path.endsWith('/alert-plan') || c.path.endsWith('/users'))).toEqual([]);
});
