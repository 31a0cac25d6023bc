import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { attachmentForm, exportPath, mostAttachment } from '@/api/attachments';
import { renderApp } from '@/testing/render';
import { asset, list, user } from '@/testing/samples';
import { Refusal, serve } from '@/testing/server';

const invoice = {
  id: 'f1', client_id: 'c1', contract_id: 'k1', name: 'facture.pdf', title: 'Invoice 7', kind: 'invoice', media_type: 'application/pdf', size: 12_345,
  sha256: 'ab', uploaded_by: 'u1', uploaded_at: '2026-11-20T10:00:00Z',
};
const contract = {
  id: 'k1', client_id: 'c1', kind: 'telecom', party: 'Operator', title: 'Fibre', start: '2026-01-01', months: 36, price: { minor: 0, currency: 'EUR' },
  asset_ids: [], created_at: '2026-01-01T00:00:00Z',
};
const client = { id: 'c1', name: 'Alpha', created_at: '2026-01-01T00:00:00Z' };
const table = {
  'GET /session': { user: user() }, 'GET /clients/c1': client, 'GET /assets/a1': asset(), 'GET /clients/c1/sites': list(),
  'GET /assets/a1/attachments': list(), 'GET /clients/c1/contracts': list(contract), 'GET /contracts/k1/attachments': list(invoice),
  'GET /clients/c1/assets': list(), 'GET /clients/c1/financings': list(), 'GET /clients/c1/licences': list(), 'GET /clients/c1/coverages': list(),
};

it('sends a file with what is said of it', () => {
  const file = new File(['un'], 'facture.pdf');
  const form = attachmentForm({ file, title: 'Invoice 7', kind: 'invoice' });
  expect([form.get('kind'), form.get('title'), (form.get('file') as File).name]).toEqual(['invoice', 'Invoice 7', 'facture.pdf']);
  expect(attachmentForm({ file, title: '', kind: 'other' }).has('title')).toBe(false);
});

it('attaches a file to an asset, and no file that is too large', async () => {
  const calls = serve({ ...table, 'POST /assets/a1/attachments': invoice });
  renderApp('/assets/a1?tab=files');
  expect(await screen.findByText('No file attached')).toBeVisible();
  await userEvent.click(screen.getByRole('button', { name: 'Attach a file' }));
  const dialog = within(await screen.findByRole('dialog'));
  await userEvent.click(dialog.getByRole('button', { name: 'Add' }));
  expect(await dialog.findByText('Choose a file', { selector: 'p' })).toBeVisible();
  const input = document.querySelector('input[type=file]');
  if (!(input instanceof HTMLInputElement)) throw new Error('no place for a file');
  const large = new File(['x'], 'film.mp4');
  Object.defineProperty(large, 'size', { value: mostAttachment + 1 });
  await userEvent.upload(input, large);
  await userEvent.click(dialog.getByRole('button', { name: 'Add' }));
  expect(await dialog.findByText('This file is larger than 50 MB')).toBeVisible();
  await userEvent.upload(input, new File(['photo'], 'photo.jpg'));
  await userEvent.click(dialog.getByRole('button', { name: 'Add' }));
  await waitFor(() => {
    expect(calls.filter((c) => c.method === 'POST').map((c) => [c.path, c.body])).toEqual([['/api/v1/assets/a1/attachments', 'a form']]);
  });
});

it('says why a file was refused', async () => {
  serve({ ...table, 'POST /assets/a1/attachments': new Refusal(409, { status: 409, code: 'conflict', detail: 'photo.jpg is attached already' }) });
  renderApp('/assets/a1?tab=files');
  await userEvent.click(await screen.findByRole('button', { name: 'Attach a file' }));
  const dialog = within(await screen.findByRole('dialog'));
  const input = document.querySelector('input[type=file]');
  if (!(input instanceof HTMLInputElement)) throw new Error('no place for a file');
  await userEvent.upload(input, new File(['photo'], 'photo.jpg'));
  await userEvent.click(dialog.getByRole('button', { name: 'Add' }));
  expect(await dialog.findByText(/photo.jpg is attached already/)).toBeVisible();
});

it('has the files of a contract behind its row, for a reader without the right to change them', async () => {
  serve({ ...table, 'GET /session': { user: user({ role: 'client' }) } });
  renderApp('/clients/c1/lifecycle');
  await userEvent.click(await screen.findByRole('button', { name: 'Attachments: Fibre' }));
  const link = await screen.findByRole('link', { name: 'Invoice 7' });
  expect(link).toHaveAttribute('href', '/api/v1/attachments/f1');
  expect(link).toHaveAttribute('download', 'facture.pdf');
  expect(screen.getByText('12 kB')).toBeVisible();
  expect(screen.queryByRole('button', { name: 'Attach a file' })).toBeNull();
  expect(screen.queryByRole('link', { name: 'Export everything' })).toBeNull();
  expect(screen.queryByRole('button', { name: 'Export everything' })).toBeNull();
});

it('removes a file after asking', async () => {
  const calls = serve({ ...table, 'DELETE /attachments/f1': null });
  renderApp('/clients/c1/lifecycle');
  await userEvent.click(await screen.findByRole('button', { name: 'Attachments: Fibre' }));
  await userEvent.click(await screen.findByRole('button', { name: /^Delete: Remove “Invoice 7”/ }));
  await userEvent.click(await screen.findByRole('button', { name: 'Delete' }));
  await waitFor(() => {
    expect(calls.some((c) => c.method === 'DELETE' && c.path === '/api/v1/attachments/f1')).toBe(true);
  });
});

it('lets a client go with all that is its own', async () => {
  serve(table);
  renderApp('/clients/c1/lifecycle');
  await userEvent.click(await screen.findByRole('button', { name: 'Export everything' }));
  expect(await screen.findByText(/reversibility/)).toBeVisible();
  expect(screen.getByRole('menuitem', { name: 'Download (ZIP)' })).toHaveAttribute('href', exportPath('c1'));
});
