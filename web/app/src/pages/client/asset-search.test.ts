import { describe, expect, it } from 'vitest';
import { isNarrowed, readAssetSearch } from './asset-search';

describe('readAssetSearch', () => {
  it.each([
    [{}, {}],
    [{ q: '  hp  ' }, { q: 'hp' }],
    [{ q: 2530 }, { q: '2530' }], // an address bar makes a number of it
    [{ q: { $gt: '' } }, {}],
    [{ q: 'x'.repeat(300) }, { q: 'x'.repeat(200) }],
    [{ class: 'printer' }, { class: ['printer'] }],
    [{ class: ['switch', 'toaster', 'server', 'switch'] }, { class: ['server', 'switch'] }],
    [{ class: 'toaster' }, {}],
    [{ state: ['retired'], site: 's1' }, { state: ['retired'], site: 's1' }],
    [{ site: ['s1'] }, {}],
    [{ page: 3 }, {}],
  ])('%j means %j', (raw, want) => {
    expect(readAssetSearch(raw)).toEqual(want);
  });
});

it('isNarrowed tells whether anything narrows', () => {
  expect(isNarrowed({})).toBe(false);
  expect(isNarrowed({ q: undefined, class: [] })).toBe(false);
  expect(isNarrowed({ class: ['nas'] })).toBe(true);
});
