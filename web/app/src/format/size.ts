/** A size given in MiB as people read it: "512 Mo", "16 GB", "1.8 TB". */
export function formatMegabytes(size: number | undefined, language: string): string {
  return formatSize(size, ['M', 'G', 'T', 'P'], language);
}

/** A size given in bytes as people read it: "900 B", "12 ko", "1.8 MB". */
export function formatBytes(size: number | undefined, language: string): string {
  return formatSize(size, ['', 'k', 'M', 'G'], language);
}

function formatSize(size: number | undefined, units: readonly string[], language: string): string {
  if (!size || size <= 0) return '';
  const letter = language.startsWith('fr') ? 'o' : 'B';
  let value = size;
  let unit = units[0];
  for (const next of units.slice(1)) {
    if (value < 1000) break;
    value /= 1024;
    unit = next;
  }
  const digits = value < 10 && unit !== units[0] ? 1 : 0;
  return `${new Intl.NumberFormat(language, { maximumFractionDigits: digits }).format(value)}\u00a0${unit}${letter}`;
}

/** A speed given in Mbit/s: "100 Mb/s", "2.5 Gb/s". */
export function formatSpeed(mbps: number | undefined, language: string): string {
  if (!mbps || mbps <= 0) return '';
  const [value, unit] = mbps >= 1000 ? [mbps / 1000, 'Gb/s'] : [mbps, 'Mb/s'];
  return `${new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(value)}\u00a0${unit}`;
}
