import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { importForm } from '@/api/imports';
import { renderApp } from '@/testing/render';
import { list, user } from '@/testing/samples';
import { Refusal, serve } from '@/testing/server';
import { targetsOf } from './ImportFile';

const client = { id: 'c1', name: 'Alpha', created_at: '2026-01-01T00:00:00Z' };
const done = {
  id: 'i1', client_id: 'c1', site_id: 's1', name: 'parc.csv', digest: 'ab', row_count: 3, created: 1, updated: 1, seen: 0, reviewed: 0, refused: 1, coverages: 1, purchases: 0, by: 'u1',
  at: '2026-11-20T10:00:00Z',
};
const preview = {
  columns: [
    { heading: 'N° série', target: 'serial', examples: ['SN1', 'SN2'] },
    { heading: 'Divers', target: '', examples: [] },
  ],
  targets: ['serial', 'hostname', 'location', '-'],
  import: done,
  sites: ['Lyon'],
  rows: [
    { row: 2, name: 'SN1', what: 'create', coverage: true },
    { row: 3, name: 'SN2', what: 'update', field: 'hostname', old: 'pc-1', new: 'pc-2', because: 'serial+vendor', changes: 2 },
    { row: 4, name: 'SN3', what: 'refused', column: 'Achat', value: '30/02/2026', problem: 'day' },
  ],
  left: 7,
};
const table = { 'GET /session': { user: user() }, 'GET /clients/c1': client, 'GET /clients/c1/sites': list({ id: 's1', name: 'Paris' }), 'GET /clients/c1/imports': list() };
const file = new File(['N° série;Divers\nSN1;\n'], 'parc.csv', { type: 'text/csv' });

async function choose() {
  await userEvent.upload(document.querySelector('input[type=file]') as HTMLInputElement, file);
}

it('shows what a file would do, row by row, and takes it in', async () => {
  const calls = serve({ ...table, 'POST /clients/c1/imports/preview': preview, 'POST /clients/c1/imports': { import: done, sites: [], rows: [] } });
  renderApp('/clients/c1/imports');
  await screen.findByText('Import a spreadsheet');
  await choose();
  expect(await screen.findByText('SN1 · SN2')).toBeVisible();
  const rows = await screen.findByRole('table', { name: 'What each row would do' });
  expect(within(rows).getByText('a warranty')).toBeVisible();
  expect(within(rows).getByText(/^Name: "pc-1" becomes "pc-2" \(.+\) · 2 changes in all$/)).toBeVisible();
  expect(within(rows).getByText('column "Achat": "30/02/2026" is no day: write it as 31/12/2025')).toBeVisible();
  expect(screen.getByText('7 more rows are not shown.')).toBeVisible();
  expect(screen.getByText('New sites: Lyon')).toBeVisible();
  const take = screen.getByRole('button', { name: 'Import 3 rows' });
  expect(take).toBeDisabled();
  await userEvent.click(screen.getByRole('checkbox', { name: 'Leave the refused row out' }));
  await userEvent.click(take);
  expect(await screen.findByText('2 assets added or changed')).toBeVisible();
  expect(calls.some((c) => c.method === 'POST' && c.path === '/api/v1/clients/c1/imports')).toBe(true);
  expect(screen.queryByText('SN1 · SN2')).toBeNull();
});

it('looks again when a column is named', async () => {
  const calls = serve({ ...table, 'POST /clients/c1/imports/preview': { ...preview, problem: 'no-headings', rows: [] } });
  renderApp('/clients/c1/imports');
  await screen.findByText('Import a spreadsheet');
  await choose();
  expect(await screen.findByText(/No row of headings is understood/)).toBeVisible();
  expect(screen.queryByRole('button', { name: /^Import \d/ })).toBeNull();
  await userEvent.click(screen.getByRole('combobox', { name: 'Divers' }));
  await userEvent.click(await screen.findByRole('option', { name: 'Location' }));
  await waitFor(() => {
    expect(calls.filter((c) => c.path.endsWith('/preview'))).toHaveLength(2);
  });
});

it('sends the file with what was said of it', () => {
  expect(targetsOf([...preview.columns, { heading: '', target: 'ip' }])).toEqual({ 'N° série': 'serial', Divers: '-' });
  const form = importForm({ file, mapping: { Divers: '-' }, siteId: 's1', skipBad: true });
  expect([...form.keys()].sort()).toEqual(['file', 'mapping', 'site_id', 'skip_bad']);
  expect(form.get('mapping')).toBe('{"Divers":"-"}');
  expect([...importForm({ file }).keys()]).toEqual(['file']);
});

it('takes an import back, and says what it did and what stays', async () => {
  const undone = {
    removed: 1, restored: 0, coverages: 1, purchases: 0, sites: 0, decisions: 0, reviews: 0,
    left: [{ kind: 'asset', name: 'pc-2', why: 'pinned' }, { kind: 'purchase', count: 2, why: 'changed' }],
  };
  const calls = serve({ ...table, 'GET /clients/c1/imports': list(done), 'POST /imports/i1/undo': { ...done, undone_at: '2026-11-21T10:00:00Z', undone_by: 'u1', undone } });
  renderApp('/clients/c1/imports');
  await userEvent.click(await screen.findByRole('button', { name: 'Undo the import of parc.csv' }));
  await userEvent.click(await screen.findByRole('button', { name: 'Undo' }));
  const dialog = await screen.findByRole('dialog', { name: 'Import undone: parc.csv' });
  expect(within(dialog).getByText('1 asset removed')).toBeVisible();
  expect(within(dialog).getByText('asset pc-2: a person has set a value since')).toBeVisible();
  expect(within(dialog).getByText('purchase 2: a person has changed or removed it since')).toBeVisible();
  expect(calls.some((c) => c.path === '/api/v1/imports/i1/undo')).toBe(true);
});

it('lets a reader look, and no more; says why a file is refused', async () => {
  serve({ ...table, 'GET /session': { user: user({ role: 'client' }) }, 'GET /clients/c1/imports': list(done) });
  renderApp('/clients/c1/imports');
  expect(await screen.findByText('parc.csv')).toBeVisible();
  expect(screen.queryByRole('button', { name: /Undo/ })).toBeNull();
  expect(screen.queryByText('Import a spreadsheet')).toBeNull();
});

it('says what is wrong with a file that is none', async () => {
  serve({ ...table, 'POST /clients/c1/imports/preview': new Refusal(422, { status: 422, code: 'invalid', detail: 'file: no readable XLSX' }) });
  renderApp('/clients/c1/imports');
  await screen.findByText('Import a spreadsheet');
  await choose();
  expect(await screen.findByText(/no readable XLSX/)).toBeVisible();
});
