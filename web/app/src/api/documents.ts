import { useMutation } from '@tanstack/react-query';
import { api, calls } from './client';

export const reportKinds = ['audit', 'difference', 'renewals', 'refresh', 'licences', 'register', 'returns', 'labels', 'service'] as const;
export type ReportKind = (typeof reportKinds)[number];

export const reportFormats = ['pdf', 'xlsx', 'html', 'json'] as const;
export type ReportFormat = (typeof reportFormats)[number];

/** The kinds that speak of a period. */
export const periodKinds: readonly ReportKind[] = ['difference', 'renewals', 'returns', 'service'];

export const labelStocks = ['avery-l7160', 'avery-l7159', 'avery-l7651', '62x29', '54x25'] as const;

export interface ReportChoice {
  kind: ReportKind;
  format: ReportFormat;
  lang: string;
  from?: string;
  to?: string;
  stock?: string;
}

/** Where a report made now is downloaded from. */
export function reportPath(clientId: string, { kind, format, lang, from, to, stock }: ReportChoice): string {
  const query = new URLSearchParams({ format, lang });
  if (periodKinds.includes(kind) && from) query.set('from', from);
  if (periodKinds.includes(kind) && to) query.set('to', to);
  if (kind === 'labels' && stock) query.set('stock', stock);
  return `/api/v1/clients/${encodeURIComponent(clientId)}/reports/${kind}?${query.toString()}`;
}

/** Where a kept report is downloaded from. */
export function keptPath(id: string, format: ReportFormat, lang: string): string {
  return `/api/v1/reports/${encodeURIComponent(id)}?${new URLSearchParams({ format, lang }).toString()}`;
}

export const keptQuery = (clientId: string) => api.queryOptions('get', '/api/v1/clients/{id}/reports', { params: { path: { id: clientId } } });

export function useKeepReport(clientId: string) {
  return useMutation({
    mutationFn: (body: { kind: ReportKind; from?: string; to?: string }) =>
      calls.POST('/api/v1/clients/{id}/reports', { params: { path: { id: clientId } }, body }),
  });
}

export function useDeleteReport() {
  return useMutation({ mutationFn: (id: string) => calls.DELETE('/api/v1/reports/{id}', { params: { path: { id } } }) });
}

export const savedReportsQuery = (clientId: string) =>
  api.queryOptions('get', '/api/v1/clients/{id}/saved-reports', { params: { path: { id: clientId } } });

export interface SavedReportInput {
  name: string;
  kind: ReportKind;
  lang: 'fr' | 'en';
  format: ReportFormat;
  recipients: string[];
  spec: string;
  time_zone: string;
}

export function useCreateSavedReport(clientId: string) {
  return useMutation({
    mutationFn: (body: SavedReportInput) => calls.POST('/api/v1/clients/{id}/saved-reports', { params: { path: { id: clientId } }, body }),
  });
}

export function useDeleteSavedReport() {
  return useMutation({ mutationFn: (id: string) => calls.DELETE('/api/v1/saved-reports/{id}', { params: { path: { id } } }) });
}

export function useSendReport() {
  return useMutation({ mutationFn: (id: string) => calls.POST('/api/v1/saved-reports/{id}/send', { params: { path: { id } } }) });
}
