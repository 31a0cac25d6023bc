import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { renderApp } from '@/testing/render';
import { user } from '@/testing/samples';
import { Refusal, serve } from '@/testing/server';

const provider = { name: 'Infogérance de l’Ouest', legal: 'SARL', accent: '#1d4e89', link: '' };
const mail = { host: 'smtp.example.com', port: 587, security: 'starttls', user: 'parc', from: 'parc@example.com', has_password: true };
const table = { 'GET /session': { user: user() }, 'GET /settings/provider': provider, 'GET /settings/mail': mail };

it('changes how the provider shows itself, with a logo', async () => {
  const calls = serve({ ...table, 'PATCH /settings/provider': provider });
  renderApp('/settings');
  const name = await screen.findByRole('textbox', { name: 'Name' });
  expect(name).toHaveValue(provider.name);
  await userEvent.clear(name);
  await userEvent.type(name, 'Autre');
  await userEvent.upload(document.querySelector('input[type="file"]') as HTMLInputElement, new File(['logo'], 'l.png', { type: 'image/png' }));
  await userEvent.click(screen.getAllByRole('button', { name: 'Save' })[0] as HTMLElement);
  await waitFor(() => {
    expect(calls.find((c) => c.method === 'PATCH')?.body).toEqual({ name: 'Autre', legal: 'SARL', accent: '#1d4e89', link: '', logo: btoa('logo') });
  });
});

it('keeps the mail server without showing its password, and tries it', async () => {
  const calls = serve({ ...table, 'PUT /settings/mail': mail, 'POST /settings/mail/test': new Refusal(422, { code: 'invalid', detail: 'the server did not answer' }) });
  renderApp('/settings');
  const host = await screen.findByRole('textbox', { name: 'Server' });
  await userEvent.clear(host);
  await userEvent.click(screen.getAllByRole('button', { name: 'Save' })[1] as HTMLElement);
  expect(calls.some((c) => c.method === 'PUT')).toBe(false);
  await userEvent.type(host, 'mail.example.com');
  await userEvent.click(screen.getAllByRole('button', { name: 'Save' })[1] as HTMLElement);
  await waitFor(() => {
    expect(calls.find((c) => c.method === 'PUT')?.body).toEqual({ host: 'mail.example.com', port: 587, security: 'starttls', user: 'parc', from: 'parc@example.com' });
  });
  await userEvent.type(screen.getByRole('textbox', { name: 'Send a test to' }), 'me@example.com');
  await userEvent.click(screen.getByRole('button', { name: 'Send the test' }));
  expect(await screen.findByText(/did not answer/)).toBeVisible();
});

it('is for administrators', async () => {
  serve({ ...table, 'GET /session': { user: { ...user(), role: 'technician' } }, 'GET /overview': { clients: [] } });
  renderApp('/settings');
  await waitFor(() => {
    expect(screen.queryByRole('textbox', { name: 'Server' })).toBeNull();
  });
});
