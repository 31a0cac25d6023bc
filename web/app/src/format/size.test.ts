import { describe, expect, it } from 'vitest';
import { formatBytes, formatMegabytes, formatSpeed } from './size';

const seen = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');

describe('sizes and speeds', () => {
  it.each([
    [512, 'fr', '512 Mo'],
    [16_384, 'en', '16 GB'],
    [1_900_000, 'en', '1.8 TB'],
    [1_900_000, 'fr', '1,8 To'],
    [0, 'fr', ''],
    [undefined, 'en', ''],
  ])('%s MiB in %s is %s', (size, language, want) => {
    expect(seen(formatMegabytes(size, language))).toBe(want);
  });

  it.each([
    [900, 'fr', '900 o'],
    [12_345, 'en', '12 kB'],
    [1_900_000, 'fr', '1,8 Mo'],
    [52_428_800, 'en', '50 MB'],
    [0, 'en', ''],
  ])('%s bytes in %s is %s', (size, language, want) => {
    expect(seen(formatBytes(size, language))).toBe(want);
  });

  it.each([
    [100, '100 Mb/s'],
    [2500, '2.5 Gb/s'],
    [0, ''],
  ])('%d is %s', (mbps, want) => {
    expect(seen(formatSpeed(mbps, 'en'))).toBe(want);
  });
});
