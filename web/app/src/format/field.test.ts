import { describe, expect, it } from 'vitest';
import { formatField, isEditable, orderedFields, safeLink } from './field';

describe('fields', () => {
  it('stand in the order in which people read them, the unknown last', () => {
    expect(orderedFields(['uuid', 'zebra', 'serial', 'alpha', 'class'])).toEqual(['class', 'serial', 'uuid', 'alpha', 'zebra']);
  });

  it.each([
    ['memory', '16384', 'fr', '16\u00a0Go'],
    ['memory', 'plenty', 'fr', 'plenty'],
    ['page-count', '4711', 'en', '4,711'],
    ['battery-replace', '2027-03-01', 'en', 'Mar 1, 2027'],
    ['battery-date', 'soon', 'en', 'soon'],
    ['model', '16384', 'en', '16384'],
  ])('%s %s in %s is %s', (field, value, language, want) => {
    expect(formatField(field, value, language)).toBe(want);
  });

  it.each([
    ['https://10.0.0.1/', 'https://10.0.0.1/'],
    ['http://nas.local:8080/x', 'http://nas.local:8080/x'],
    ['javascript:alert(1)', undefined],
    ['JaVaScRiPt:alert(1)', undefined],
    ['data:text/html,<script>', undefined],
    ['10.0.0.1', undefined],
    ['', undefined],
  ])('%s is opened as %s', (value, want) => {
    expect(safeLink(value)).toBe(want);
  });

  it('that only a device knows are not edited', () => {
    expect(isEditable('model')).toBe(true);
    expect(isEditable('mac')).toBe(false);
  });
});
