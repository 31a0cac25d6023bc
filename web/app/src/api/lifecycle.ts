import { useQueries } from '@tanstack/react-query';
import type { Language } from '@/i18n';
import type { Holdings } from '@/lifecycle/ends';
import { api } from './client';
import type { Contract, Coverage, Financing, Licence } from './types';

const of = (clientId: string) => ({ params: { path: { id: clientId } } });

export const coveragesQuery = (clientId: string) => api.queryOptions('get', '/api/v1/clients/{id}/coverages', of(clientId));
export const financingsQuery = (clientId: string) => api.queryOptions('get', '/api/v1/clients/{id}/financings', of(clientId));
export const licencesQuery = (clientId: string) => api.queryOptions('get', '/api/v1/clients/{id}/licences', of(clientId));
export const contractsQuery = (clientId: string) => api.queryOptions('get', '/api/v1/clients/{id}/contracts', of(clientId));

export const findingsQuery = (clientId: string, language: Language) =>
  api.queryOptions('get', '/api/v1/clients/{id}/findings', { params: { path: { id: clientId }, query: { lang: language } } });

interface Result<T> {
  data: { items: T[] } | undefined;
  isError: boolean;
  error: unknown;
  refetch: () => unknown;
}

/**
 * What each of the clients holds and that may end, by the client's id; undefined
 * until every list is here. The first problem, if any, comes beside it.
 */
export function useHoldings(clientIds: readonly string[]) {
  const coverages = useQueries({ queries: clientIds.map(coveragesQuery), combine: (all: Result<Coverage>[]) => gather(all) });
  const financings = useQueries({ queries: clientIds.map(financingsQuery), combine: (all: Result<Financing>[]) => gather(all) });
  const licences = useQueries({ queries: clientIds.map(licencesQuery), combine: (all: Result<Licence>[]) => gather(all) });
  const contracts = useQueries({ queries: clientIds.map(contractsQuery), combine: (all: Result<Contract>[]) => gather(all) });
  const lists = [coverages, financings, licences, contracts];
  return {
    holdings: lists.every((l) => l.complete)
      ? new Map<string, Holdings>(
          clientIds.map((id, i) => [
            id,
            {
              coverages: coverages.items[i] ?? [],
              financings: financings.items[i] ?? [],
              licences: licences.items[i] ?? [],
              contracts: contracts.items[i] ?? [],
            },
          ]),
        )
      : undefined,
    error: lists.find((l) => l.error)?.error,
    retry: () => {
      for (const l of lists) l.retry();
    },
  };
}

function gather<T>(all: Result<T>[]) {
  return {
    complete: all.every((q) => q.data !== undefined),
    items: all.map((q) => q.data?.items ?? []),
    error: all.find((q) => q.isError)?.error,
    retry: () => {
      for (const q of all) if (q.isError) void q.refetch();
    },
  };
}
