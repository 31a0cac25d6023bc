import { infiniteQueryOptions, useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import type { Language } from '@/i18n';
import { api, bodyOf, calls } from './client';
import type { ListedAsset } from './types';

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

/** Every asset of a client by its id, part after part until all are here. */
export function useAllAssets(clientId: string): Map<string, ListedAsset> {
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(assetsQuery(clientId, {}));
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  return useMemo(() => new Map(data?.pages.flatMap((page) => page.items.map((a) => [a.id, a] as const))), [data]);
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
    mutationFn: async (body: AssetPatch) => bodyOf(await calls.PATCH('/api/v1/assets/{id}', { params: { path: { id } }, body })),
  });
}
