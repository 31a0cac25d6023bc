import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { renderApp } from '@/testing/render';
import { list, user } from '@/testing/samples';
import { serve } from '@/testing/server';

const client = { id: 'c1', name: 'Alpha', created_at: '2026-01-01T00:00:00Z' };
const made = { id: 'k1', name: 'Alpha', client_id: 'c1', lang: 'en', created_at: '2026-11-20T10:00:00Z' };
const table = {
  'GET /session': { user: user() }, 'GET /clients/c1': client, 'GET /calendars': list(made), 'POST /calendars': { ...made, path: '/api/v1/calendar/SECRET.ics' },
  'GET /clients/c1/contracts': list(), 'GET /clients/c1/financings': list(), 'GET /clients/c1/licences': list(), 'GET /clients/c1/coverages': list(),
  'GET /clients/c1/assets': list(), 'DELETE /calendars/k1': undefined,
};

it('makes the address of a client’s calendar, shows it, and takes it away', async () => {
  const calls = serve(table);
  renderApp('/clients/c1/lifecycle');
  await userEvent.click(await screen.findByRole('button', { name: 'Subscribe' }));
  await userEvent.click(await screen.findByRole('button', { name: 'Make an address' }));
  expect(await screen.findByRole('textbox', { name: 'Address' })).toHaveValue(`${window.location.origin}/api/v1/calendar/SECRET.ics`);
  expect(screen.getByRole('link', { name: 'Open in the calendar program' })).toHaveAttribute('href', expect.stringMatching(/^webcal:.*SECRET\.ics$/));
  expect(calls.find((c) => c.method === 'POST')?.body).toEqual({ client_id: 'c1', lang: 'en', name: 'Alpha' });
  const mine = await screen.findByRole('table', { name: 'My calendars' });
  await userEvent.click(within(mine).getByRole('button', { name: 'Delete: Remove this address' }));
  await userEvent.click(await screen.findByRole('button', { name: 'Delete' }));
  await waitFor(() => {
    expect(calls.some((c) => c.method === 'DELETE' && c.path === '/api/v1/calendars/k1')).toBe(true);
  });
});

it('makes one of every client from the user’s menu', async () => {
  const calls = serve(table);
  renderApp('/clients/c1/lifecycle');
  await userEvent.click(await screen.findByRole('button', { name: 'My account' }));
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Subscribe to the calendar' }));
  await userEvent.click(await screen.findByRole('button', { name: 'Make an address' }));
  await waitFor(() => {
    expect(calls.find((c) => c.method === 'POST')?.body).toEqual({ lang: 'en', name: '' });
  });
});
