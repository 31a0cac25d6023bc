import { useMutation } from '@tanstack/react-query';
import { api, bodyOf, calls } from './client';

/** All clients at a glance; it is asked for again from time to time, for scans go on by themselves. */
export const overviewQuery = () => api.queryOptions('get', '/api/v1/overview', {}, { refetchInterval: 15_000 });

export const clientsQuery = () => api.queryOptions('get', '/api/v1/clients', { params: { query: { limit: 500 } } });

export const clientQuery = (id: string) => api.queryOptions('get', '/api/v1/clients/{id}', { params: { path: { id } } });

export const sitesQuery = (clientId: string) =>
  api.queryOptions('get', '/api/v1/clients/{id}/sites', { params: { path: { id: clientId } } });

export function useCreateClient() {
  return useMutation({
    mutationFn: async (name: string) => bodyOf(await calls.POST('/api/v1/clients', { body: { name } })),
  });
}

export interface SiteInput {
  name: string;
  address?: string;
  networks: { prefix: string; label?: string }[];
}

export function useCreateSite() {
  return useMutation({
    mutationFn: async ({ clientId, ...body }: SiteInput & { clientId: string }) =>
      bodyOf(await calls.POST('/api/v1/clients/{id}/sites', { params: { path: { id: clientId } }, body })),
  });
}

export function useUpdateSite() {
  return useMutation({
    mutationFn: async ({ id, ...body }: SiteInput & { id: string }) =>
      bodyOf(await calls.PATCH('/api/v1/sites/{id}', { params: { path: { id } }, body })),
  });
}
