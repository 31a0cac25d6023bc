import { useMutation } from '@tanstack/react-query';
import { api, calls } from './client';
import type { components } from './schema.gen';

type Schemas = components['schemas'];

export type Deadline = Schemas['ClientDeadline'];
export type AlertPlan = Schemas['AlertPlan'];
export type AlertPlanInput = Schemas['PutAlertPlanInputBody'];
export type SayDeadline = Schemas['SayDeadlineInputBody'];

const of = (id: string) => ({ params: { path: { id } } });

export const deadlinesQuery = (clientId: string) => api.queryOptions('get', '/api/v1/clients/{id}/deadlines', of(clientId));

export const alertPlanQuery = (clientId: string) => api.queryOptions('get', '/api/v1/clients/{id}/alert-plan', of(clientId));

/** Takes note of a deadline, puts it off, or opens it again. */
export function useSayDeadline(clientId: string) {
  return useMutation({ mutationFn: (body: SayDeadline) => calls.PUT('/api/v1/clients/{id}/deadlines', { ...of(clientId), body }) });
}

export function useSetAlertPlan(clientId: string) {
  return useMutation({ mutationFn: (body: AlertPlanInput) => calls.PUT('/api/v1/clients/{id}/alert-plan', { ...of(clientId), body }) });
}
