import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { renderApp } from '@/testing/render';
import { list, user } from '@/testing/samples';
import { Refusal, serve } from '@/testing/server';

const price = (given: object) => ({
  id: 'p1', client_id: 'c1', class: 'laptop', vendor: 'HP', model: 'ProBook', amount: { minor: 94_900, currency: 'EUR' }, day: '2026-09-01', source: 'list', created_at: '2026-09-01T00:00:00Z', ...given,
});
const house = price({ id: 'p2', client_id: undefined, class: 'switch', vendor: undefined, model: undefined, amount: { minor: 40_000, currency: 'CHF' } });
const table = {
  'GET /session': { user: user() },
  'GET /clients/c1': { id: 'c1', name: 'Alpha', created_at: '2026-01-01T00:00:00Z' },
  'GET /clients/c1/prices': list(price({})),
  'GET /prices': list(house),
};
const page = '/clients/c1/budget?view=prices';

it('keeps the client’s prices apart from the provider’s, which an administrator changes', async () => {
  serve({ ...table, 'GET /session': { user: user({ role: 'technician' }) } });
  renderApp(page);
  const own = within(await screen.findByRole('region', { name: 'Prices of this client' }));
  expect(await own.findByRole('row', { name: /Laptop HP ProBook €949.00 Sep 1, 2026 price list/ })).toBeVisible();
  const provider = within(screen.getByRole('region', { name: 'The provider’s prices' }));
  expect(await provider.findByRole('row', { name: /Switch any of the class CHF.400.00/ })).toBeVisible();
  expect(own.getByRole('button', { name: 'Edit: Laptop · ProBook' })).toBeVisible();
  expect(provider.queryByRole('button', { name: /^Edit/ })).toBeNull();
  expect(provider.queryByRole('button', { name: 'Price' })).toBeNull();
});

it('adds a price to the book that it is added in', async () => {
  const calls = serve({ ...table, 'POST /prices': house });
  renderApp(page);
  const provider = within(await screen.findByRole('region', { name: 'The provider’s prices' }));
  await userEvent.click(await provider.findByRole('button', { name: 'Price' }));
  const dialog = within(await screen.findByRole('dialog'));
  await userEvent.click(dialog.getByRole('button', { name: 'Save' }));
  expect(await dialog.findByText('Write an amount such as 1,234.50')).toBeVisible();
  await userEvent.click(dialog.getByRole('combobox', { name: 'Class' }));
  await userEvent.click(await screen.findByRole('option', { name: 'NAS' }));
  await userEvent.type(dialog.getByRole('textbox', { name: 'Price excl. VAT' }), '1 290');
  await userEvent.click(dialog.getByRole('button', { name: 'Save' }));
  await waitFor(() => {
    expect(calls.find((c) => c.method === 'POST')).toMatchObject({
      path: '/api/v1/prices', body: { class: 'nas', model: '', amount: { minor: 129_000, currency: 'EUR' }, source: 'list' },
    });
  });
});

it('shows on its field what the server refused of a change, and deletes after asking', async () => {
  const calls = serve({
    ...table,
    'PATCH /prices/p1': new Refusal(422, { status: 422, code: 'invalid', detail: 'day: too far', errors: [{ location: 'body.day', message: 'too far' }] }),
    'DELETE /prices/p1': null,
  });
  renderApp(page);
  await userEvent.click(await screen.findByRole('button', { name: 'Edit: Laptop · ProBook' }));
  const dialog = within(await screen.findByRole('dialog'));
  expect(dialog.getByRole('textbox', { name: 'Price excl. VAT' })).toHaveValue('949.00');
  await userEvent.click(dialog.getByRole('button', { name: 'Save' }));
  expect(await dialog.findByText('too far')).toBeVisible();
  expect(dialog.getByLabelText('As of', { exact: false })).toBeInvalid();
  await userEvent.click(dialog.getByRole('button', { name: 'Cancel' }));
  await userEvent.click(screen.getByRole('button', { name: /^Delete: .*ProBook/ }));
  await userEvent.click(await screen.findByRole('button', { name: 'Delete' }));
  await waitFor(() => {
    expect(calls.some((c) => c.method === 'DELETE' && c.path === '/api/v1/prices/p1')).toBe(true);
  });
});
