import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { keptPath, reportPath } from '@/api/documents';
import { renderApp } from '@/testing/render';
import { list, user } from '@/testing/samples';
import { Refusal, serve } from '@/testing/server';

const client = { id: 'c1', name: 'Alpha', created_at: '2026-01-01T00:00:00Z' };
const kept = {
  id: 'r1', client_id: 'c1', kind: 'audit', day: '2026-11-20', digest: 'ab12cd34ef56ab12', size: 900, created_by: 'u1', created_at: '2026-11-20T10:00:00Z',
};
const saved = {
  id: 's1', client_id: 'c1', name: 'Renewals of the month', kind: 'renewals', lang: 'en', format: 'pdf', recipients: ['boss@example.com'],
  spec: '0 7 1 * *', time_zone: 'Europe/Paris', enabled: true, last_error: 'the mail server did not answer', created_at: '2026-11-20T10:00:00Z',
};
const table = {
  'GET /session': { user: user() }, 'GET /clients/c1': client, 'GET /clients/c1/reports': list(kept), 'GET /clients/c1/saved-reports': list(saved),
};

it('says where reports are had from', () => {
  expect(reportPath('c/1', { kind: 'renewals', format: 'pdf', lang: 'fr', from: '2027-01-01', to: '' })).toBe('/api/v1/clients/c%2F1/reports/renewals?format=pdf&lang=fr&from=2027-01-01');
  expect(reportPath('c1', { kind: 'audit', format: 'xlsx', lang: 'en', from: '2027-01-01', stock: '62x29' })).toBe('/api/v1/clients/c1/reports/audit?format=xlsx&lang=en');
  expect(reportPath('c1', { kind: 'labels', format: 'pdf', lang: 'en', stock: '62x29' })).toContain('stock=62x29');
  expect(keptPath('r1', 'html', 'fr')).toBe('/api/v1/reports/r1?format=html&lang=fr');
});

it('offers a report as a file, keeps it, and has kept ones again', async () => {
  const calls = serve({ ...table, 'POST /clients/c1/reports': kept });
  renderApp('/clients/c1/documents');
  expect(await screen.findByRole('link', { name: 'Download' })).toHaveAttribute('href', '/api/v1/clients/c1/reports/audit?format=pdf&lang=en');
  expect(await screen.findByText('ab12cd34ef56')).toBeVisible();
  expect(screen.getByRole('link', { name: 'XLSX' })).toHaveAttribute('href', '/api/v1/reports/r1?format=xlsx&lang=en');
  await userEvent.click(screen.getByRole('button', { name: 'Keep' }));
  await waitFor(() => {
    expect(calls.find((c) => c.method === 'POST')?.body).toEqual({ kind: 'audit' });
  });
});

it('sends a saved report, says why the last one failed, and adds another', async () => {
  const calls = serve({ ...table, 'POST /saved-reports/s1/send': saved, 'POST /clients/c1/saved-reports': saved });
  renderApp('/clients/c1/documents');
  expect(await screen.findByText('the mail server did not answer')).toBeVisible();
  await userEvent.click(screen.getByRole('button', { name: 'Send now: Renewals of the month' }));
  await waitFor(() => {
    expect(calls.some((c) => c.path === '/api/v1/saved-reports/s1/send')).toBe(true);
  });
  await userEvent.click(screen.getByRole('button', { name: 'New' }));
  await userEvent.type(await screen.findByRole('textbox', { name: 'Name' }), 'Audit');
  await userEvent.type(screen.getByRole('textbox', { name: 'Recipients' }), 'nobody');
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  expect(await screen.findByText(/One mail address at least/)).toBeVisible();
  await userEvent.clear(screen.getByRole('textbox', { name: 'Recipients' }));
  await userEvent.type(screen.getByRole('textbox', { name: 'Recipients' }), 'a@example.com, b@example.com');
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  await waitFor(() => {
    expect(calls.find((c) => c.path.endsWith('/clients/c1/saved-reports') && c.method === 'POST')?.body).toMatchObject({
      name: 'Audit', kind: 'renewals', format: 'pdf', recipients: ['a@example.com', 'b@example.com'], spec: '0 7 1 * *',
    });
  });
});

it('shows a reader what there is and nothing to change', async () => {
  serve({ ...table, 'GET /session': { user: user({ role: 'client' }) }, 'GET /clients/c1/saved-reports': new Refusal(403, { status: 403, code: 'forbidden' }) });
  renderApp('/clients/c1/documents');
  expect(await screen.findByText('ab12cd34ef56')).toBeVisible();
  expect(screen.queryByRole('button', { name: 'Keep' })).toBeNull();
  expect(screen.queryByText('Sent regularly')).toBeNull();
});
