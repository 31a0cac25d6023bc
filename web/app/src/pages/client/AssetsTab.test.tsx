import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { renderApp } from '@/testing/render';
import { list, listed, site, user } from '@/testing/samples';
import { type Call, serve } from '@/testing/server';

const all = [
  listed({ id: 'a1', hostname: 'sw-1', class: 'switch' }),
  listed({ id: 'a2', hostname: 'Étage-2', class: 'printer', vendor: 'Brother', model: 'MFC' }),
  listed({ id: 'a3', hostname: '<img src=x onerror=alert(1)>', class: 'server', support: { product: 'Windows Server 2012', state: 'ended', end: '2023-10-10' } }),
];

/** Filters as the server does. */
function search({ query }: Call) {
  const classes = query.getAll('class');
  const text = query.get('q')?.toLowerCase() ?? '';
  return list(...all.filter((a) => (classes.length === 0 || classes.includes(a.class)) && (a.hostname ?? '').toLowerCase().includes(text)));
}

const table = {
  'GET /session': { user: user() },
  'GET /clients/c1': { id: 'c1', name: 'Dupont', created_at: '2026-01-01T00:00:00Z' },
  'GET /clients/c1/sites': list(site(), site({ id: 's2', name: 'Entrepôt' })),
  'GET /clients/c1/asset-counts': { switch: 1, printer: 1, server: 1 },
  'GET /clients/c1/assets': search,
};

const names = async () => {
  const rows = within(await screen.findByRole('table', { name: 'Assets' })).getAllByRole('row').slice(1);
  return rows.map((row) => within(row).getByRole('link').textContent);
};

it('narrows by the text in the address', async () => {
  const calls = serve(table);
  renderApp('/clients/c1/assets?q=sw');
  expect(await screen.findByDisplayValue('sw')).toBeVisible();
  expect(await names()).toEqual(['sw-1']);
  expect(calls.find((c) => c.path.endsWith('/assets'))?.query.get('q')).toBe('sw');
});

it('writes what is typed into the address, once', async () => {
  const calls = serve(table);
  const { router } = renderApp('/clients/c1/assets');
  expect(await names()).toHaveLength(3);
  await userEvent.type(screen.getByRole('searchbox'), 'étage');
  await waitFor(() => {
    expect(router.state.location.search).toEqual({ q: 'étage' });
  });
  await waitFor(async () => {
    expect(await names()).toEqual(['Étage-2']);
  });
  // One call for the list and one for what was typed, not one for each key.
  expect(calls.filter((c) => c.path === '/api/v1/clients/c1/assets').map((c) => c.query.get('q'))).toEqual([null, 'étage']);
});

it('narrows by classes, each its own parameter, and offers only those there are', async () => {
  const calls = serve(table);
  const { router } = renderApp('/clients/c1/assets?class=["switch"]');
  expect(await names()).toEqual(['sw-1']);
  await userEvent.click(screen.getByRole('combobox', { name: 'Class' }));
  expect(screen.queryByRole('option', { name: /UPS/ })).toBeNull();
  await userEvent.click(await screen.findByRole('option', { name: /Printer/ }));
  await waitFor(() => {
    expect(router.state.location.search).toEqual({ class: ['switch', 'printer'] });
  });
  await waitFor(() => {
    expect(calls.at(-1)?.query.getAll('class')).toEqual(['switch', 'printer']);
  });
});

it('clears all filters at once', async () => {
  serve(table);
  const { router } = renderApp('/clients/c1/assets?q=nothing&state=["retired"]');
  expect(await screen.findByText('No asset matches')).toBeVisible();
  await userEvent.click(screen.getByRole('button', { name: 'Clear the filters' }));
  expect(await names()).toHaveLength(3);
  expect(router.state.location.search).toEqual({});
});

it('shows what devices call themselves as text', async () => {
  serve(table);
  renderApp('/clients/c1/assets');
  expect(await names()).toContain('<img src=x onerror=alert(1)>');
  expect(document.querySelector('img')).toBeNull();
  expect(screen.getByText('Past its end')).toBeVisible();
});

it('loads the next part by the cursor, and sorts only when all are here', async () => {
  const pages = (call: Call) => (call.query.get('after') === 'c2' ? list(all[2]) : { ...list(all[0], all[1]), next: 'c2' });
  serve({ ...table, 'GET /clients/c1/assets': pages });
  renderApp('/clients/c1/assets');
  expect(await names()).toHaveLength(2);
  expect(screen.queryByRole('button', { name: 'Sort by Name' })).toBeNull();
  await userEvent.click(screen.getByRole('button', { name: 'Show more' }));
  await waitFor(async () => {
    expect(await names()).toHaveLength(3);
  });
  await userEvent.click(screen.getByRole('button', { name: 'Sort by Name' }));
  expect((await names())[0]).toBe('<img src=x onerror=alert(1)>');
  expect(screen.getByRole('columnheader', { name: /Name/ })).toHaveAttribute('aria-sort', 'ascending');
});

it('says in plain words that the server does not answer', async () => {
  serve({ ...table, 'GET /clients/c1/assets': undefined });
  renderApp('/clients/c1/assets');
  expect(await screen.findByText('Not found, or not yours to see')).toBeVisible();
});
