import { useMutation } from '@tanstack/react-query';
import { calls } from './client';
import type { components } from './schema.gen';

type Schemas = components['schemas'];

/** What can be added to a client's lifecycle, by its kind. */
export interface HoldingInputs {
  financing: Schemas['AddFinancingInputBody'];
  licence: Schemas['AddLicenceInputBody'];
  contract: Schemas['AddContractInputBody'];
  coverage: Schemas['AddCoverageInputBody'];
}

export type HoldingKind = keyof HoldingInputs;

type Add = { [K in HoldingKind]: (clientId: string, body: HoldingInputs[K]) => Promise<unknown> };

const at = (id: string) => ({ params: { path: { id } } });

const add: Add = {
  financing: (id, body) => calls.POST('/api/v1/clients/{id}/financings', { ...at(id), body }),
  licence: (id, body) => calls.POST('/api/v1/clients/{id}/licences', { ...at(id), body }),
  contract: (id, body) => calls.POST('/api/v1/clients/{id}/contracts', { ...at(id), body }),
  coverage: (id, body) => calls.POST('/api/v1/clients/{id}/coverages', { ...at(id), body }),
};

const remove: Record<HoldingKind, (id: string) => Promise<unknown>> = {
  financing: (id) => calls.DELETE('/api/v1/financings/{id}', at(id)),
  licence: (id) => calls.DELETE('/api/v1/licences/{id}', at(id)),
  contract: (id) => calls.DELETE('/api/v1/contracts/{id}', at(id)),
  coverage: (id) => calls.DELETE('/api/v1/coverages/{id}', at(id)),
};

export function useAddHolding<K extends HoldingKind>(kind: K, clientId: string) {
  return useMutation({ mutationFn: (body: HoldingInputs[K]) => add[kind](clientId, body) });
}

/** Changes a purchase or a lease; amendments that are given replace those that were there. */
export function useUpdateFinancing() {
  return useMutation({
    mutationFn: ({ id, ...body }: HoldingInputs['financing'] & { id: string }) => calls.PATCH('/api/v1/financings/{id}', { ...at(id), body }),
  });
}

export function useDeleteHolding(kind: HoldingKind) {
  return useMutation({ mutationFn: remove[kind] });
}
