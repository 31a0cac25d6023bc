/** A size given in MiB as people read it: "512 Mo", "16 GB", "1.8 TB". */
export function formatMegabytes(size: number | undefined, language: string): string {
  if (!size || size <= 0) return '';
  const letter = language.startsWith('fr') ? 'o' : 'B';
  let value = size;
  let unit = 'M';
  for (const next of ['G', 'T', 'P']) {
    if (value < 1000) break;
    value /= 1024;
    unit = next;
  }
  const digits = value < 10 && unit !== 'M' ? 1 : 0;
  return `${new Intl.NumberFormat(language, { maximumFractionDigits: digits }).format(value)}\u00a0${unit}${letter}`;
}

/** A speed given in Mbit/s: "100 Mb/s", "2.5 Gb/s". */
export function formatSpeed(mbps: number | undefined, language: string): string {
  if (!mbps || mbps <= 0) return '';
  const [value, unit] = mbps >= 1000 ? [mbps / 1000, 'Gb/s'] : [mbps, 'Mb/s'];
  return `${new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(value)}\u00a0${unit}`;
}
