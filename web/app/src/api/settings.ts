import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, bodyOf, calls } from './client';
import type { components } from './schema.gen';

export type Provider = components['schemas']['Provider'];
export type ProviderPatch = components['schemas']['ProviderInputBody'];
export type MailServer = components['schemas']['MailServer'];
export type MailServerInput = components['schemas']['MailServerInputBody'];

export const providerQuery = () => api.queryOptions('get', '/api/v1/settings/provider');
export const mailServerQuery = () => api.queryOptions('get', '/api/v1/settings/mail');

export function useSetProvider() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (body: ProviderPatch) => bodyOf(await calls.PATCH('/api/v1/settings/provider', { body })),
    onSuccess: () => client.invalidateQueries({ queryKey: providerQuery().queryKey }),
  });
}

export function useSetMailServer() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (body: MailServerInput) => bodyOf(await calls.PUT('/api/v1/settings/mail', { body })),
    onSuccess: () => client.invalidateQueries({ queryKey: mailServerQuery().queryKey }),
  });
}

export function useTestMail() {
  return useMutation({ mutationFn: (to: string) => calls.POST('/api/v1/settings/mail/test', { body: { to } }) });
}
