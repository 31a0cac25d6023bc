import { infiniteQueryOptions } from '@tanstack/react-query';
import type { Language } from '@/i18n';
import { calls } from './client';

export const softwareViews = ['products', 'licensed', 'missing', 'unknown', 'aside'] as const;
export type SoftwareView = (typeof softwareViews)[number];

/** What a list of software is narrowed to; it stands in the page's address. */
export interface SoftwareSearch {
  q?: string;
  view?: SoftwareView;
}

const pageSize = 100;

/** The kinds of titles of each view; none are all products. */
const kinds = {
  products: undefined,
  licensed: ['paid', 'ask'],
  missing: undefined,
  unknown: ['unknown'],
  aside: ['update', 'driver', 'runtime', 'language', 'part'],
} as const;

/** What is installed at a client as products, the commonest first, part after part. */
export function softwareQuery(clientId: string, { q, view = 'products' }: SoftwareSearch, language: Language) {
  return infiniteQueryOptions({
    queryKey: ['get', '/api/v1/clients/{id}/software', clientId, q, view, language],
    queryFn: async ({ pageParam, signal }) => {
      const kind = kinds[view];
      const query = {
        kind: kind && [...kind], text: q, missing: view === 'missing' || undefined, lang: language, after: pageParam || undefined, limit: pageSize,
      };
      const answer = await calls.GET('/api/v1/clients/{id}/software', { params: { path: { id: clientId }, query }, signal });
      return { items: answer.data?.items ?? [], total: answer.data?.total ?? 0, aside: answer.data?.aside ?? [], next: answer.data?.next };
    },
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
  });
}

/** The devices on which a product is installed, part after part. */
export function softwareDevicesQuery(clientId: string, product: string, publisher: string) {
  return infiniteQueryOptions({
    queryKey: ['get', '/api/v1/clients/{id}/software/devices', clientId, product, publisher],
    queryFn: async ({ pageParam, signal }) => {
      const query = { product, publisher: publisher || undefined, after: pageParam || undefined, limit: pageSize };
      const answer = await calls.GET('/api/v1/clients/{id}/software/devices', { params: { path: { id: clientId }, query }, signal });
      return { items: answer.data?.items ?? [], next: answer.data?.next };
    },
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
  });
}
