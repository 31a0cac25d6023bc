import { describe, expect, it } from 'vitest';
import { assetClasses, assetStates } from '@/format/asset';
import { identityFields } from '@/format/field';
import { en } from './en';
import { fr } from './fr';
import { firstLanguage } from './index';

type Tree = { [key: string]: string | Tree };

/** Every text by its path: "asset.tabs.overview". */
function flatten(tree: Tree, path = ''): Map<string, string> {
  const all = new Map<string, string>();
  for (const [key, value] of Object.entries(tree)) {
    if (typeof value === 'string') all.set(path + key, value);
    else for (const [k, v] of flatten(value, `${path}${key}.`)) all.set(k, v);
  }
  return all;
}

const french = flatten(fr);
const english = flatten(en);

describe('the two languages', () => {
  it('have the same texts', () => {
    expect([...french.keys()].sort()).toEqual([...english.keys()].sort());
  });

  it('have no empty text', () => {
    expect([...french, ...english].filter(([, text]) => !text.trim()).map(([key]) => key)).toEqual([]);
  });

  it('fill in the same values', () => {
    const slots = (text = '') => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((m) => m[1]).sort();
    for (const [key, text] of french) expect([key, slots(text)]).toEqual([key, slots(english.get(key))]);
  });

  it('have every plural in both forms', () => {
    for (const key of french.keys()) {
      if (key.endsWith('_one')) expect(french.has(key.replace(/_one$/, '_other')), key).toBe(true);
    }
  });

  it('use the typographic apostrophe', () => {
    expect([...french].filter(([, text]) => text.includes("'")).map(([key]) => key)).toEqual([]);
  });

  it.each([
    ['class', assetClasses],
    ['state', assetStates],
    ['field', identityFields],
    ['severity', ['critical', 'high', 'medium', 'low']],
    ['problemTitle', ['internal', 'invalid', 'not-found', 'conflict', 'unauthorised', 'forbidden', 'out-of-range', 'unavailable', 'busy', 'limit-reached']],
  ])('name every %s', (words, codes) => {
    for (const code of codes) {
      expect(french.get(`${words}.${code}`), code).toBeTruthy();
      expect(english.get(`${words}.${code}`), code).toBeTruthy();
    }
  });
});

describe('the first language', () => {
  it.each([
    [null, ['fr-FR', 'en'], 'fr'],
    [null, ['en-GB'], 'en'],
    [null, ['de-DE', 'en-US', 'fr'], 'en'],
    [null, ['de-DE'], 'fr'],
    [null, [], 'fr'],
    ['en', ['fr-FR'], 'en'],
    ['xx', ['en'], 'en'],
  ])('with %s chosen before and a browser in %j is %s', (stored, preferred, want) => {
    expect(firstLanguage(stored, preferred)).toBe(want);
  });
});
