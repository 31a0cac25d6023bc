import { useMutation } from '@tanstack/react-query';
import { api, calls } from './client';
import type { components } from './schema.gen';

export type Price = components['schemas']['Price'];
export type PriceInput = components['schemas']['PriceBody'];

const of = (id: string) => ({ params: { path: { id } } });

/** What things cost a client, as far as people have written it down. */
export const pricesQuery = (clientId: string) => api.queryOptions('get', '/api/v1/clients/{id}/prices', of(clientId));

/** The provider's own list, for every client. */
export const housePricesQuery = () => api.queryOptions('get', '/api/v1/prices');

/** Adds a price to a client's book, or without a client to the provider's. */
export function useAddPrice(clientId?: string) {
  return useMutation({
    mutationFn: async (body: PriceInput): Promise<unknown> =>
      clientId ? calls.POST('/api/v1/clients/{id}/prices', { ...of(clientId), body }) : calls.POST('/api/v1/prices', { body }),
  });
}

export function useUpdatePrice() {
  return useMutation({ mutationFn: ({ id, ...body }: PriceInput & { id: string }) => calls.PATCH('/api/v1/prices/{id}', { ...of(id), body }) });
}

export function useDeletePrice() {
  return useMutation({ mutationFn: (id: string) => calls.DELETE('/api/v1/prices/{id}', of(id)) });
}
