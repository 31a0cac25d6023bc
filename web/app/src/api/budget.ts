import { keepPreviousData, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, bodyOf, calls } from './client';
import type { components } from './schema.gen';

type Schemas = components['schemas'];

export type BudgetResult = Schemas['BudgetResult'];
export type BudgetChoice = Schemas['BudgetChoice'];
export type BudgetYear = Schemas['BudgetYear'];
export type PlannedRefresh = Schemas['PlannedRefresh'];
export type Scenario = Schemas['Scenario'];
export type Variance = Schemas['Variance'];
export type ScenarioInput = Schemas['AddScenarioInputBody'];

/** The most scenarios that are compared at once. */
export const mostCompared = 10;

const of = (id: string) => ({ params: { path: { id } } });

export const refreshPlanQuery = (clientId: string) => api.queryOptions('get', '/api/v1/clients/{id}/refresh-plan', of(clientId));

export const scenariosQuery = (clientId: string) => api.queryOptions('get', '/api/v1/clients/{id}/scenarios', of(clientId));

/** The best years under each of the scenarios; without any, of the next five years without bounds. */
export const budgetQuery = (clientId: string, scenario: string[]) =>
  api.queryOptions(
    'get',
    '/api/v1/clients/{id}/budget',
    { params: { path: { id: clientId }, query: { scenario } } },
    { placeholderData: keepPreviousData },
  );

/** What replacements were forecast to cost on the first day, beside the purchases since. */
export const varianceQuery = (clientId: string, query: { from?: string; to?: string; by: 'class' | 'site' | 'month' }) =>
  api.queryOptions('get', '/api/v1/clients/{id}/variance', { params: { path: { id: clientId }, query } }, { placeholderData: keepPreviousData });

export function useAddScenario(clientId: string) {
  return useMutation({
    mutationFn: async (body: ScenarioInput) => bodyOf(await calls.POST('/api/v1/clients/{id}/scenarios', { ...of(clientId), body })),
  });
}

export function useUpdateScenario() {
  return useMutation({
    mutationFn: async ({ id, ...body }: ScenarioInput & { id: string }) => bodyOf(await calls.PATCH('/api/v1/scenarios/{id}', { ...of(id), body })),
  });
}

export function useDeleteScenario() {
  const client = useQueryClient();
  return useMutation({
    // Everything is asked for again but the budgets of what is gone: they would be refused.
    meta: { quiet: true },
    mutationFn: (id: string) => calls.DELETE('/api/v1/scenarios/{id}', of(id)),
    onSuccess: (_answer, id) => client.invalidateQueries({ predicate: ({ queryKey }) => !JSON.stringify(queryKey).includes(id) }),
  });
}
