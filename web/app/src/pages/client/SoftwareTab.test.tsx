import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { renderApp } from '@/testing/render';
import { list, user } from '@/testing/samples';
import { serve } from '@/testing/server';
import { versionsText } from './software-columns';
import { readSoftwareSearch } from './software-search';

const client = { id: 'c1', name: 'Alpha', created_at: '2026-01-01T00:00:00Z' };
const autocad = {
  product: 'AutoCAD', publisher: 'Autodesk', kind: 'paid', metric: 'user', editions: [], versions: ['24.1', '24.2', '25.0'], devices: 2,
  positions: [
    { metric: 'user', entitled: 1, used: 3, counted: true, gap: -2, why: ['at least: of 1 device no user is known'] },
    { metric: 'concurrent', entitled: 4, used: 0, counted: false, gap: 0, why: [] },
  ],
};
const acrobat = { product: 'Adobe Acrobat', publisher: 'Adobe', kind: 'ask', editions: [], versions: [], devices: 1, positions: [], why: 'the installer is the same' };
const answer = { day: '2026-12-01', items: [autocad, acrobat], total: 2, aside: [{ kind: 'update', titles: 41 }, { kind: 'driver', titles: 1 }] };
const table = { 'GET /session': { user: user() }, 'GET /clients/c1': client, 'GET /clients/c1/software': answer };

it('lists products with their licences, and tells what is set aside', async () => {
  serve(table);
  renderApp('/clients/c1/software');
  const row = await screen.findByRole('row', { name: /AutoCAD/ });
  expect(within(row).getByText('2 short')).toBeVisible();
  expect(within(row).getByText(/1 right · 3 used/)).toBeVisible();
  expect(within(row).getByText('at least: of 1 device no user is known')).toBeVisible();
  expect(within(row).getByText('to be confirmed')).toBeVisible();
  expect(within(row).getByText('24.1, 24.2 and 1 more')).toBeVisible();
  expect(screen.getByText('the installer is the same')).toBeVisible();
  expect(screen.getByText(/^42 titles set aside/)).toBeVisible();
});

it('asks for what is looked for, and keeps it in the address', async () => {
  const calls = serve(table);
  const { router } = renderApp('/clients/c1/software');
  await userEvent.click(await screen.findByRole('radio', { name: 'Set aside' }));
  await waitFor(() => {
    expect(calls.at(-1)?.query.getAll('kind')).toEqual(['update', 'driver', 'runtime', 'language', 'part']);
  });
  expect(router.state.location.search).toEqual({ view: 'aside' });
  await userEvent.click(screen.getByRole('radio', { name: 'Licences missing' }));
  await userEvent.type(screen.getByRole('searchbox', { name: 'Find a product or a publisher' }), 'auto');
  await waitFor(() => {
    expect(calls.at(-1)?.query.get('text')).toBe('auto');
  });
  expect(calls.at(-1)?.query.get('missing')).toBe('true');
});

it('shows on which devices a product is', async () => {
  const calls = serve({ ...table, 'GET /clients/c1/software/devices': list({ asset_id: 'a1', name: 'pc-compta', class: 'laptop', user: 'marie' }) });
  renderApp('/clients/c1/software');
  await userEvent.click(await screen.findByRole('button', { name: 'Where AutoCAD is installed' }));
  const dialog = await screen.findByRole('dialog', { name: 'Where AutoCAD is installed' });
  expect(await within(dialog).findByRole('link', { name: 'pc-compta' })).toHaveAttribute('href', '/assets/a1');
  expect(within(dialog).getByText('marie')).toBeVisible();
  expect(calls.at(-1)?.query.get('product')).toBe('AutoCAD');
  expect(calls.at(-1)?.query.get('publisher')).toBe('Autodesk');
});

it('reads addresses that mean nothing as the whole list', () => {
  expect(readSoftwareSearch({ view: 'dear', q: 5 })).toEqual({ q: '5' });
  expect(readSoftwareSearch({ view: 'products', q: '  ' })).toEqual({});
  expect(readSoftwareSearch({ view: 'missing' })).toEqual({ view: 'missing' });
  expect(versionsText(['1', '2'], String)).toBe('1, 2');
  expect(versionsText([], String)).toBe('');
});
