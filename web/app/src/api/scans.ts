import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { api, bodyOf, calls } from './client';
import type { Scan } from './types';
import { spoken, watchScan } from './watch';

const lookAgain = 15_000;

export type Depth = 'identity' | 'full';

export const scansQuery = (clientId: string) =>
  api.queryOptions(
    'get',
    '/api/v1/clients/{id}/scans',
    { params: { path: { id: clientId }, query: { limit: 100, lang: spoken() } } },
    // A schedule or somebody else may have started one.
    { refetchInterval: lookAgain },
  );

/** Tells that a scan will not change any more. */
export function hasEnded(scan: Pick<Scan, 'state'>): boolean {
  return ['done', 'failed', 'cancelled'].includes(scan.state);
}

export function useStartScan(clientId: string) {
  return useMutation({
    mutationFn: async (body: { site_id: string; targets: string[]; depth: Depth }) =>
      bodyOf(await calls.POST('/api/v1/clients/{id}/scans', { params: { path: { id: clientId } }, body })),
  });
}

export function useCancelScan() {
  return useMutation({
    mutationFn: (id: string) => calls.POST('/api/v1/scans/{id}/cancel', { params: { path: { id } } }),
  });
}

/**
 * A scan as it is now: the one given, followed live until it ends. lost tells
 * that the live news have stopped for the moment.
 */
export function useLiveScan(scan: Scan): { scan: Scan; lost: boolean } {
  const client = useQueryClient();
  const [live, setLive] = useState<Scan>();
  const [lost, setLost] = useState(false);
  const ended = hasEnded(scan);
  useEffect(() => {
    if (ended) return undefined;
    let shown = -1;
    return watchScan(scan.id, {
      progress: (now) => {
        setLive(now);
        // The lists fill while the scan goes.
        if (now.progress.assets !== shown) void client.invalidateQueries({ predicate: (query) => grows(query.queryKey) });
        shown = now.progress.assets;
      },
      lost: setLost,
      // Assets, findings and counts have changed with it.
      end: () => void client.invalidateQueries(),
    });
  }, [scan.id, ended, client]);
  return { scan: ended || live?.id !== scan.id ? scan : live, lost: lost && !ended };
}

/** Tells whether an answer changes with every asset that a scan finds. */
function grows(key: readonly unknown[]): boolean {
  return ['/api/v1/clients/{id}/assets', '/api/v1/clients/{id}/asset-counts'].includes(String(key[1]));
}

export const schedulesQuery = (clientId: string) =>
  api.queryOptions('get', '/api/v1/clients/{id}/schedules', { params: { path: { id: clientId } } });

export interface ScheduleInput {
  site_id: string;
  name: string;
  targets: string[];
  depth: Depth;
  spec: string;
  time_zone: string;
}

export function useCreateSchedule(clientId: string) {
  return useMutation({
    mutationFn: (body: ScheduleInput) => calls.POST('/api/v1/clients/{id}/schedules', { params: { path: { id: clientId } }, body }),
  });
}

export function useUpdateSchedule() {
  return useMutation({
    mutationFn: ({ id, ...body }: Partial<Omit<ScheduleInput, 'site_id'>> & { id: string; enabled?: boolean }) =>
      calls.PATCH('/api/v1/schedules/{id}', { params: { path: { id } }, body }),
  });
}

export function useDeleteSchedule() {
  return useMutation({ mutationFn: (id: string) => calls.DELETE('/api/v1/schedules/{id}', { params: { path: { id } } }) });
}
