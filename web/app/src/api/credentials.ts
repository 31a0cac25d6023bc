import { useMutation } from '@tanstack/react-query';
import type { components } from './schema.gen';
import { api, calls } from './client';

export const credentialsQuery = (clientId: string) =>
  api.queryOptions('get', '/api/v1/clients/{id}/credentials', { params: { path: { id: clientId } } });

/** A credential as it is written; its secrets are never read back. */
export type CredentialInput = components['schemas']['AddCredentialInputBody'];

export function useCreateCredential(clientId: string) {
  return useMutation({
    mutationFn: (body: CredentialInput) => calls.POST('/api/v1/clients/{id}/credentials', { params: { path: { id: clientId } }, body }),
  });
}

export function useDeleteCredential() {
  return useMutation({ mutationFn: (id: string) => calls.DELETE('/api/v1/credentials/{id}', { params: { path: { id } } }) });
}
