import { useMutation } from '@tanstack/react-query';
import { api, calls } from './client';
import type { AttachmentKind } from './types';

/** What files hang on. */
export type AttachmentOwner = 'asset' | 'contract' | 'financing' | 'licence' | 'intervention' | 'client';

export const attachmentKinds: readonly AttachmentKind[] = ['invoice', 'contract', 'certificate', 'photo', 'manual', 'other'];

/** The largest file that the server takes, in bytes. */
export const mostAttachment = 50 * 1024 * 1024;

// All these answer alike.
const paths = {
  asset: '/api/v1/assets/{id}/attachments',
  contract: '/api/v1/contracts/{id}/attachments' as '/api/v1/assets/{id}/attachments',
  financing: '/api/v1/financings/{id}/attachments' as '/api/v1/assets/{id}/attachments',
  licence: '/api/v1/licences/{id}/attachments' as '/api/v1/assets/{id}/attachments',
  intervention: '/api/v1/interventions/{id}/attachments' as '/api/v1/assets/{id}/attachments',
  client: '/api/v1/clients/{id}/attachments' as '/api/v1/assets/{id}/attachments',
} as const;

/** The files on one thing: of a client, those that hang on nothing that it has. */
export const attachmentsQuery = (owner: AttachmentOwner, id: string) =>
  api.queryOptions('get', paths[owner], { params: { path: { id }, query: { limit: 200, ...(owner === 'client' && { own: true }) } } });

/** Where a file is downloaded from. */
export const attachmentPath = (id: string) => `/api/v1/attachments/${encodeURIComponent(id)}`;

export interface NewAttachment {
  file: File;
  title: string;
  kind: AttachmentKind;
}

/** The form in which a file is sent. */
export function attachmentForm({ file, title, kind }: NewAttachment): FormData {
  const form = new FormData();
  form.set('file', file, file.name);
  form.set('kind', kind);
  if (title) form.set('title', title);
  return form;
}

export function useAttach(owner: AttachmentOwner, id: string) {
  return useMutation({
    mutationFn: (given: NewAttachment) =>
      calls.POST(paths[owner], { params: { path: { id } }, body: { file: given.file.name }, bodySerializer: () => attachmentForm(given) }),
  });
}

export function useDeleteAttachment() {
  return useMutation({ mutationFn: (id: string) => calls.DELETE('/api/v1/attachments/{id}', { params: { path: { id } } }) });
}

/** Where a client whole is downloaded from. */
export const exportPath = (clientId: string) => `/api/v1/clients/${encodeURIComponent(clientId)}/export`;
