import { infiniteQueryOptions, useMutation } from '@tanstack/react-query';
import type { Language } from '@/i18n';
import { api, calls } from './client';

/** What a list of assets is narrowed to; it stands in the page's address. */
export interface AssetSearch {
  q?: string;
  class?: string[];
  site?: string;
  state?: string[];
}

const pageSize = 100;

/** The assets of a client, page after page by the server's cursor. */
export function assetsQuery(clientId: string, search: AssetSearch) {
  return infiniteQueryOptions({
    queryKey: ['get', '/api/v1/clients/{id}/assets', clientId, search],
    queryFn: async ({ pageParam, signal }) => {
      const query = { ...search, after: pageParam || undefined, limit: pageSize };
      const answer = await calls.GET('/api/v1/clients/{id}/assets', { params: { path: { id: clientId }, query }, signal });
      return { items: answer.data?.items ?? [], next: answer.data?.next };
    },
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
  });
}

export const assetCountsQuery = (clientId: string) =>
  api.queryOptions('get', '/api/v1/clients/{id}/asset-counts', { params: { path: { id: clientId } } });

export const assetQuery = (id: string) => api.queryOptions('get', '/api/v1/assets/{id}', { params: { path: { id } } });

export const assetLifecycleQuery = (id: string, language: Language) =>
  api.queryOptions('get', '/api/v1/assets/{id}/lifecycle', { params: { path: { id }, query: { lang: language } } });

/** The history of an asset, the latest first, page after page. */
export function historyQuery(assetId: string) {
  return infiniteQueryOptions({
    queryKey: ['get', '/api/v1/assets/{id}/history', assetId],
    queryFn: async ({ pageParam, signal }) => {
      const query = { after: pageParam || undefined, limit: 50 };
      const answer = await calls.GET('/api/v1/assets/{id}/history', { params: { path: { id: assetId }, query }, signal });
      return { items: answer.data?.items ?? [], next: answer.data?.next };
    },
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
  });
}

export interface AssetPatch {
  site_id?: string;
  state?: string;
  /** Each value given is pinned; "" takes the pin away. */
  values?: Record<string, string>;
}

export function usePatchAsset(id: string) {
  return useMutation({
    mutationFn: async (body: AssetPatch) => (await calls.PATCH('/api/v1/assets/{id}', { params: { path: { id } }, body })).data,
  });
}
