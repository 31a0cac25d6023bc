import { formatDay, formatInstant } from './date';
import { formatMegabytes } from './size';

/** The fields of an asset in the order in which people read them. */
export const identityFields = [
  'class',
  'vendor',
  'model',
  'serial',
  'hostname',
  'version',
  'os.name',
  'os.version',
  'os.build',
  'ip',
  'mac',
  'domain',
  'user',
  'location',
  'contact',
  'asset-tag',
  'part-number',
  'processor',
  'memory',
  'page-count',
  'battery',
  'battery-date',
  'battery-replace',
  'purchased',
  'end-of-life',
  'first-installed',
  'last-boot',
  'bios-date',
  'management-url',
  'description',
  'uuid',
  'engine-id',
  'agent-id',
  'object-id',
  'profile',
] as const;

const observed = ['mac', 'ip', 'engine-id', 'agent-id', 'object-id', 'profile', 'last-boot', 'page-count', 'battery'];

/** Tells whether a person may know the field better than a scan. */
export function isEditable(field: string): boolean {
  return !observed.includes(field);
}

/** Tells whether a field is a code or an address, to be shown letter by letter. */
export function isCode(field: string): boolean {
  return ['serial', 'uuid', 'mac', 'ip', 'engine-id', 'agent-id', 'object-id', 'part-number', 'asset-tag', 'profile'].includes(field);
}

/** The names of an asset's fields, those that people read first in front. */
export function orderedFields(fields: readonly string[]): string[] {
  const place = (f: string) => {
    const i = (identityFields as readonly string[]).indexOf(f);
    return i < 0 ? identityFields.length : i;
  };
  return [...fields].sort((a, b) => place(a) - place(b) || a.localeCompare(b));
}

/** The value of a field as people read it. */
export function formatField(field: string, value: string, language: string): string {
  switch (field) {
    case 'memory':
      return /^\d+$/.test(value) ? formatMegabytes(Number(value), language) : value;
    case 'page-count':
      return /^\d+$/.test(value) ? new Intl.NumberFormat(language).format(Number(value)) : value;
    case 'last-boot':
    case 'first-installed':
    case 'bios-date':
    case 'battery-date':
    case 'battery-replace':
    case 'purchased':
    case 'end-of-life':
      return (value.includes('T') ? formatInstant(value, language) : formatDay(value, language)) || value;
    default:
      return value;
  }
}

/** The address when it may be opened by a click: a device may say "javascript:". */
export function safeLink(value: string): string | undefined {
  try {
    const url = new URL(value);
    return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : undefined;
  } catch {
    return undefined;
  }
}
