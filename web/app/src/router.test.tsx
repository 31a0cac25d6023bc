import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { ownPath } from './router';
import { renderApp } from './testing/render';
import { user } from './testing/samples';
import { Refusal, serve } from './testing/server';

const nobody = new Refusal(401, { status: 401, code: 'unauthorised', detail: 'sign in first' });

describe('signing in', () => {
  it('leads back to the page that was asked for', async () => {
    let signedIn = false;
    const calls = serve({
      'GET /session': () => (signedIn ? { user: user() } : nobody),
      'POST /session': () => {
        signedIn = true;
        return { user: user() };
      },
      'GET /overview': { clients: [] },
      'GET /users': { items: [user()] },
      'GET /clients': { items: [] },
    });
    const { router } = renderApp('/users');
    await userEvent.type(await screen.findByRole('textbox', { name: 'Login' }), 'anne');
    await userEvent.type(screen.getByLabelText('Password', { exact: false, selector: 'input' }), 'secret phrase');
    await userEvent.click(screen.getByRole('button', { name: 'Sign in' }));
    await waitFor(() => {
      expect(router.state.location.pathname).toBe('/users');
    });
    expect(calls.find((c) => c.method === 'POST')?.body).toEqual({ login: 'anne', password: 'secret phrase' });
  });

  it('says that login or password are wrong, not which', async () => {
    serve({ 'GET /session': nobody, 'POST /session': nobody });
    renderApp('/');
    await userEvent.type(await screen.findByRole('textbox', { name: 'Login' }), 'anne');
    await userEvent.type(screen.getByLabelText('Password', { exact: false, selector: 'input' }), 'wrong');
    await userEvent.click(screen.getByRole('button', { name: 'Sign in' }));
    expect(await screen.findByText('Wrong login or password.')).toBeVisible();
    expect(screen.getByLabelText('Password', { exact: false, selector: 'input' })).toHaveValue('');
  });

  it('with a one-time password leads nowhere but to its change', async () => {
    serve({ 'GET /session': { user: user({ must_change: true }) } });
    const { router } = renderApp('/clients');
    expect(await screen.findByRole('heading', { name: 'Choose your password' })).toBeVisible();
    expect(router.state.location.pathname).toBe('/password');
    expect(screen.queryByRole('button', { name: 'Cancel' })).toBeNull();
  });
});

describe('changing the password', () => {
  const fill = async (current: string, next: string, repeat: string) => {
    await userEvent.type(await screen.findByLabelText('Current password', { selector: 'input' }), current);
    await userEvent.type(screen.getByLabelText('New password', { selector: 'input' }), next);
    await userEvent.type(screen.getByLabelText('Repeat the new password', { selector: 'input' }), repeat);
    await userEvent.click(screen.getByRole('button', { name: 'Save the password' }));
  };

  it.each([
    ['too short', 'elevenchars', 'elevenchars', 'At least 12 characters are needed.'],
    ['as it was', 'one-time-password', 'one-time-password', 'Choose a password that differs from the current one.'],
    ['written in two ways', 'a long sentence', 'a long sentance', 'The two entries differ.'],
  ])('is refused when it is %s', async (_, next, repeat, message) => {
    const calls = serve({ 'GET /session': { user: user({ must_change: true }) } });
    renderApp('/password');
    await fill('one-time-password', next, repeat);
    expect(await screen.findByText(message)).toBeVisible();
    expect(calls.filter((c) => c.method === 'POST')).toEqual([]);
  });

  it('opens the rest', async () => {
    let changed = false;
    const calls = serve({
      'GET /session': () => ({ user: user({ must_change: !changed }) }),
      'POST /session/password': () => {
        changed = true;
        return { user: user() };
      },
      'GET /overview': { clients: [] },
    });
    renderApp('/');
    await fill('one-time-password', 'a long sentence', 'a long sentence');
    expect(await screen.findByText('No clients yet')).toBeVisible();
    expect(calls.find((c) => c.method === 'POST')?.body).toEqual({ current: 'one-time-password', new: 'a long sentence' });
  });
});

it('the page of users is for administrators', async () => {
  serve({ 'GET /session': { user: user({ role: 'technician' }) }, 'GET /overview': { clients: [] } });
  const { router } = renderApp('/users');
  expect(await screen.findByText('No clients yet')).toBeVisible();
  expect(router.state.location.pathname).toBe('/');
  expect(screen.queryByRole('link', { name: 'Users' })).toBeNull();
});

describe('ownPath', () => {
  it.each([
    ['/clients?x=1', '/clients?x=1'],
    ['//evil.example', undefined],
    ['/\\evil.example', undefined],
    ['https://evil.example', undefined],
    ['javascript:alert(1)', undefined],
    ['/sign-in?next=/', undefined],
    [7, undefined],
  ])('%s leads to %s', (path, want) => {
    expect(ownPath(path)).toBe(want);
  });
});
