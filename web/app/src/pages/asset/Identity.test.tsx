import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import type { Asset } from '@/api/types';
import { renderAlone } from '@/testing/render';
import { asset, user } from '@/testing/samples';
import { Refusal, serve } from '@/testing/server';
import { Identity } from './Identity';

const at = '2026-11-23T08:00:00Z';
const values: Asset['values'] = {
  class: { value: 'switch', source: 'snmp', from: 'snmp:hpe:sysObjectID', confidence: 90, at },
  model: { value: 'J9776A', source: 'snmp', from: 'snmp:hpe:entPhysicalModelName.1', confidence: 90, at },
  serial: { value: 'CN58FP5123', source: 'hand', confidence: 100, at, pinned: true },
  mac: { value: '94:57:a5:1c:60:42', source: 'snmp', at },
  location: { value: '<script>alert(1)</script>', source: 'snmp', at },
  'management-url': { value: 'javascript:alert(1)', source: 'nmap', at },
  site: { value: 's1', source: 'hand', at, pinned: true },
};

const show = () => {
  renderAlone(<Identity asset={asset({ values })} />);
};

const row = async (name: string) => {
  const head = await screen.findByRole('rowheader', { name });
  const found = head.closest('tr');
  if (!found) throw new Error(`${name} stands in no row`);
  return within(found);
};

it('tells where each value comes from and which are pinned', async () => {
  serve({ 'GET /session': { user: user() } });
  show();
  expect((await row('Model')).getByText(/SNMP · 90 %/)).toBeVisible();
  expect((await row('Serial number')).getByRole('img', { name: 'Pinned by a person' })).toBeVisible();
  expect((await row('Class')).getByText('Switch')).toBeVisible();
  await userEvent.hover((await row('Model')).getByText(/SNMP/));
  expect(await screen.findByText('Source: snmp:hpe:entPhysicalModelName.1')).toBeInTheDocument();
  // The place has a control of its own.
  expect(screen.queryByRole('rowheader', { name: 'Site' })).toBeNull();
});

it('shows what devices say as text, and opens no address that runs', async () => {
  serve({ 'GET /session': { user: user() } });
  show();
  expect((await row('Location')).getByText('<script>alert(1)</script>')).toBeVisible();
  expect((await row('Management page')).queryByRole('link')).toBeNull();
});

it('pins a value that a person gives', async () => {
  const calls = serve({ 'GET /session': { user: user() }, 'PATCH /assets/a1': asset() });
  show();
  await userEvent.click((await row('Model')).getByRole('button', { name: 'Edit and pin: Model' }));
  const field = await screen.findByRole('textbox', { name: 'Value' });
  expect(field).toHaveValue('J9776A');
  await userEvent.clear(field);
  await userEvent.type(field, '  2530-24G ');
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  await waitFor(() => {
    expect(calls.find((c) => c.method === 'PATCH')?.body).toEqual({ values: { model: '2530-24G' } });
  });
  expect(await screen.findByText('Value pinned')).toBeVisible();
  await waitFor(() => {
    expect(screen.queryByRole('dialog')).toBeNull();
  });
});

it('gives a pinned value back to scans', async () => {
  const calls = serve({ 'GET /session': { user: user() }, 'PATCH /assets/a1': asset() });
  show();
  await userEvent.click((await row('Serial number')).getByRole('button'));
  await userEvent.click(await screen.findByRole('button', { name: 'Give back to scans' }));
  await waitFor(() => {
    expect(calls.find((c) => c.method === 'PATCH')?.body).toEqual({ values: { serial: '' } });
  });
});

it('does not pin nothing, and offers to give back only what is pinned', async () => {
  const calls = serve({ 'GET /session': { user: user() }, 'PATCH /assets/a1': asset() });
  show();
  await userEvent.click((await row('Model')).getByRole('button'));
  await userEvent.clear(await screen.findByRole('textbox', { name: 'Value' }));
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  expect(await screen.findByText('Please fill in')).toBeVisible();
  expect(screen.queryByRole('button', { name: 'Give back to scans' })).toBeNull();
  expect(calls.filter((c) => c.method === 'PATCH')).toEqual([]);
});

it('keeps the dialog open and says why a value was refused', async () => {
  const refusal = new Refusal(422, { status: 422, code: 'invalid', detail: '"toaster" is no asset class' });
  serve({ 'GET /session': { user: user() }, 'PATCH /assets/a1': refusal });
  show();
  await userEvent.click((await row('Model')).getByRole('button'));
  await userEvent.click(await screen.findByRole('button', { name: 'Save' }));
  expect(await screen.findByText('"toaster" is no asset class')).toBeVisible();
  expect(screen.getByRole('dialog')).toBeVisible();
});

it('lets those who only read change nothing', async () => {
  serve({ 'GET /session': { user: user({ role: 'client' }) } });
  show();
  expect((await row('Model')).queryByRole('button')).toBeNull();
  expect(screen.queryByRole('button', { name: 'Add a value' })).toBeNull();
});

it('lets nobody edit what only the device knows', async () => {
  serve({ 'GET /session': { user: user() } });
  show();
  expect((await row('MAC address')).queryByRole('button')).toBeNull();
});
