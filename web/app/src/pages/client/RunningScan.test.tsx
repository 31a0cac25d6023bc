import { act, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it, vi } from 'vitest';
import { sessionQuery } from '@/api/session';
import { renderAlone } from '@/testing/render';
import { list, scan, site, user } from '@/testing/samples';
import { serve } from '@/testing/server';
import { FakeStream } from '@/testing/stream';
import { RunningScan } from './RunningScan';

beforeEach(() => {
  vi.stubGlobal('EventSource', FakeStream);
});

const table = { 'GET /session': { user: user() }, 'GET /clients/c1/sites': list(site()) };

const at = (percent: number, found: number, current = '') =>
  scan({ progress: { ...scan().progress, phase: 'probe', percent, found, done: 100, assets: found - 1, created: 2, current } });

it('shows how far a scan is, live, and what is lost on the way', async () => {
  serve(table);
  renderAlone(<RunningScan scan={scan()} />);
  expect(await screen.findByText('Looking for devices')).toBeVisible();
  expect(screen.getByRole('progressbar')).toHaveAttribute('aria-valuenow', '5');

  act(() => {
    FakeStream.last().emit('progress', JSON.stringify(at(42, 17, '<img src=x onerror=alert(1)>')));
  });
  expect(screen.getByRole('progressbar')).toHaveAttribute('aria-valuenow', '42');
  expect(screen.getByText('Asking devices')).toBeVisible();
  expect(screen.getByText('17')).toBeVisible();
  expect(screen.getByText('100 of 256')).toBeVisible();
  // What a device calls itself is text.
  expect(screen.getByText('<img src=x onerror=alert(1)>')).toBeVisible();
  expect(document.querySelector('img')).toBeNull();

  act(() => {
    FakeStream.last().fail();
  });
  expect(screen.getByText(/Live news interrupted/)).toBeVisible();
  act(() => {
    FakeStream.last().emit('open', '');
  });
  expect(screen.queryByText(/Live news interrupted/)).toBeNull();
});

it('keeps the bar between nothing and all', async () => {
  serve(table);
  renderAlone(<RunningScan scan={scan({ progress: { ...scan().progress, percent: 250 } })} />);
  expect(await screen.findByRole('progressbar')).toHaveAttribute('aria-valuenow', '100');
});

it('asks the lists again as assets come and when the scan ends', async () => {
  serve(table);
  const { queries } = renderAlone(<RunningScan scan={scan()} />);
  await screen.findByRole('progressbar');
  const again = vi.spyOn(queries, 'invalidateQueries');
  act(() => {
    FakeStream.last().emit('progress', JSON.stringify(at(42, 17)));
    FakeStream.last().emit('progress', JSON.stringify(at(43, 17)));
  });
  expect(again).toHaveBeenCalledTimes(1);
  act(() => {
    FakeStream.last().emit('end', '{"state":"done"}');
  });
  expect(again).toHaveBeenCalledTimes(2);
  expect(FakeStream.last().closed).toBe(true);
});

it('stops a scan on request', async () => {
  const calls = serve({ ...table, 'POST /scans/x1/cancel': scan({ state: 'cancelled' }) });
  renderAlone(<RunningScan scan={scan()} />);
  await userEvent.click(await screen.findByRole('button', { name: 'Stop' }));
  await waitFor(() => {
    expect(calls.filter((c) => c.method === 'POST').map((c) => c.path)).toEqual(['/api/v1/scans/x1/cancel']);
  });
});

it('offers no stop to those who may only read', async () => {
  serve({ ...table, 'GET /session': { user: user({ role: 'client' }) } });
  const { queries } = renderAlone(<RunningScan scan={scan()} />);
  await waitFor(() => {
    expect(queries.getQueryData(sessionQuery().queryKey)).toBeTruthy();
  });
  expect(await screen.findByRole('progressbar')).toBeVisible();
  expect(screen.queryByRole('button', { name: 'Stop' })).toBeNull();
});
