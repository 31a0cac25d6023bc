/** Where the audit report of a client is downloaded from. */
export function auditPath(clientId: string, format: 'html' | 'json' | 'pdf' | 'xlsx', language: string): string {
  const query = new URLSearchParams({ format, lang: language });
  return `/api/v1/clients/${encodeURIComponent(clientId)}/audit?${query.toString()}`;
}
