/** Tells whether text contains what was searched, whatever the case and the accents. */
export function matches(text: string, search: string): boolean {
  return fold(text).includes(fold(search.trim()));
}

function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase();
}

/** Addresses apart by commas, semicolons, spaces or lines. */
export function splitAddresses(text: string): string[] {
  return text.split(/[\s,;]+/).filter(Boolean);
}
