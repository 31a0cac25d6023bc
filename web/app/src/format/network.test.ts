import { describe, expect, it } from 'vitest';
import { formatRanges, parseRanges, parseTargets } from './network';

describe('parseRanges', () => {
  it('reads ranges with labels, one a line', () => {
    const text = '192.168.1.0/24 Bureaux du haut\n\n 10.0.0.1\r\nfd00::/64 IPv6;172.16.0.0/16,';
    expect(parseRanges(text)).toEqual({
      ranges: [
        { prefix: '192.168.1.0/24', label: 'Bureaux du haut' },
        { prefix: '10.0.0.1', label: undefined },
        { prefix: 'fd00::/64', label: 'IPv6' },
        { prefix: '172.16.0.0/16', label: undefined },
      ],
      bad: [],
    });
  });

  it.each(['bureau', '300.1.1.0/24', '10.0.0.0/33', '10.0.0/24', '10.0.0.0/24/8', '-sS', 'fd00::/129', '10.0.0.0/x'])(
    '%s is no range',
    (text) => {
      expect(parseRanges(text)).toEqual({ ranges: [], bad: [text] });
    },
  );

  it('reads what formatRanges wrote', () => {
    const ranges = [{ prefix: '10.0.0.0/8', label: 'Tout le monde' }, { prefix: '192.168.0.0/16', label: undefined }];
    expect(parseRanges(formatRanges(ranges)).ranges).toEqual(ranges);
  });
});

describe('parseTargets', () => {
  it('splits at spaces, commas and lines', () => {
    expect(parseTargets(' 10.0.0.1, 10.0.0.2\n10.0.1.0/24;nas.local ')).toEqual(['10.0.0.1', '10.0.0.2', '10.0.1.0/24', 'nas.local']);
    expect(parseTargets('  ')).toEqual([]);
  });
});
