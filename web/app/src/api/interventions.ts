import { infiniteQueryOptions, useMutation } from '@tanstack/react-query';
import { api, calls } from './client';
import type { components } from './schema.gen';

type Schemas = components['schemas'];

export type Intervention = Schemas['HeldService'];
export type InterventionInput = Schemas['AddInterventionInputBody'];

export const interventionKinds = ['failure', 'request', 'maintenance', 'installation'] as const;
export const supportLevels = [1, 2, 3] as const;

/** What a list of interventions is narrowed to. */
export interface InterventionSearch {
  asset?: string;
  contract?: string;
  from?: string;
  to?: string;
}

const of = (id: string) => ({ params: { path: { id } } });

/** The interventions of a client, the latest first, page after page. */
export function interventionsQuery(clientId: string, search: InterventionSearch) {
  return infiniteQueryOptions({
    queryKey: ['get', '/api/v1/clients/{id}/interventions', clientId, search],
    queryFn: async ({ pageParam, signal }) => {
      const query = { ...search, after: pageParam || undefined, limit: 100 };
      const answer = await calls.GET('/api/v1/clients/{id}/interventions', { params: { path: { id: clientId }, query }, signal });
      return { items: answer.data?.items ?? [], next: answer.data?.next };
    },
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
  });
}

/** What was done under a contract beside what it promises. */
export const serviceQuery = (contractId: string, from?: string, to?: string) =>
  api.queryOptions('get', '/api/v1/contracts/{id}/service', { params: { path: { id: contractId }, query: { from, to } } });

export function useAddIntervention(clientId: string) {
  return useMutation({ mutationFn: (body: InterventionInput) => calls.POST('/api/v1/clients/{id}/interventions', { ...of(clientId), body }) });
}

export function useUpdateIntervention() {
  return useMutation({
    mutationFn: ({ id, ...body }: InterventionInput & { id: string }) => calls.PATCH('/api/v1/interventions/{id}', { ...of(id), body }),
  });
}

export function useDeleteIntervention() {
  return useMutation({ mutationFn: (id: string) => calls.DELETE('/api/v1/interventions/{id}', of(id)) });
}
