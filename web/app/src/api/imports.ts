import { useMutation } from '@tanstack/react-query';
import { api, bodyOf, calls } from './client';

export const importsQuery = (clientId: string) => api.queryOptions('get', '/api/v1/clients/{id}/imports', { params: { path: { id: clientId } } });

export interface GivenFile {
  file: File;
  /** Heading → where the column goes; without it the server proposes. */
  mapping?: Record<string, string>;
  siteId?: string;
  skipBad?: boolean;
}

/** The form in which a spreadsheet is sent. */
export function importForm({ file, mapping, siteId, skipBad }: GivenFile): FormData {
  const form = new FormData();
  form.set('file', file, file.name);
  if (mapping) form.set('mapping', JSON.stringify(mapping));
  if (siteId) form.set('site_id', siteId);
  if (skipBad) form.set('skip_bad', 'true');
  return form;
}

const sent = (given: GivenFile) => ({ body: { file: given.file.name }, bodySerializer: () => importForm(given) });

export function usePreviewImport(clientId: string) {
  return useMutation({
    mutationFn: async (given: GivenFile) =>
      bodyOf(await calls.POST('/api/v1/clients/{id}/imports/preview', { params: { path: { id: clientId } }, ...sent(given) })),
    // Nothing is stored: no list is stale.
    meta: { quiet: true },
  });
}

export function useImport(clientId: string) {
  return useMutation({
    mutationFn: async (given: GivenFile) => bodyOf(await calls.POST('/api/v1/clients/{id}/imports', { params: { path: { id: clientId } }, ...sent(given) })),
  });
}

export function useUndoImport() {
  return useMutation({ mutationFn: async (id: string) => bodyOf(await calls.POST('/api/v1/imports/{id}/undo', { params: { path: { id } } })) });
}
