/** A declared range and what people call it. */
export interface Range {
  prefix: string;
  label?: string;
}

/**
 * Reads ranges, one a line, each with an optional label after a space. What is no
 * range comes back in bad; the server checks the rest (host bits, public ranges).
 */
export function parseRanges(text: string): { ranges: Range[]; bad: string[] } {
  const ranges: Range[] = [];
  const bad: string[] = [];
  for (const line of text.split(/[\n;]/)) {
    const [first = '', ...words] = line.trim().split(/\s+/);
    const prefix = first.replace(/,$/, '');
    if (!prefix) continue;
    if (!isRange(prefix)) bad.push(prefix);
    else ranges.push({ prefix, label: words.join(' ') || undefined });
  }
  return { ranges, bad };
}

/** Writes ranges as parseRanges reads them. */
export function formatRanges(ranges: readonly Range[]): string {
  return ranges.map((r) => [r.prefix, r.label].filter(Boolean).join(' ')).join('\n');
}

/** Splits a list of targets typed by a person: spaces, commas and lines separate. */
export function parseTargets(text: string): string[] {
  return text.split(/[\s,;]+/).filter(Boolean);
}

function isRange(text: string): boolean {
  const [address = '', bits, extra] = text.split('/');
  if (extra !== undefined) return false;
  if (address.includes(':')) return /^[0-9a-f:.]+$/i.test(address) && inside(bits, 128);
  const parts = address.split('.');
  return parts.length === 4 && parts.every((p) => /^\d{1,3}$/.test(p) && Number(p) < 256) && inside(bits, 32);
}

function inside(bits: string | undefined, most: number): boolean {
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= most);
}
