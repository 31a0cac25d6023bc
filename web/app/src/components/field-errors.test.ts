import { expect, it } from 'vitest';
import { Problem } from '@/api/problem';
import { fieldErrors } from './field-errors';

it('puts what the server refused on the field that it speaks of', () => {
  const problem = new Problem(422, 'invalid', 'validation failed', [
    { location: 'body.caps', message: '2040 is not in 2027 to 2029' },
    { location: 'body.amendments[0].day', message: 'is before the start' },
    { location: 'body.amendments[1].day', message: 'is too late' },
    { location: 'query.to', message: 'no field of a form' },
    { location: 'body.constructor', message: 'no field either' },
  ]);
  expect(fieldErrors(problem, { caps: 'cap', amendments: 'amendments' })).toEqual({
    cap: '2040 is not in 2027 to 2029',
    amendments: 'is before the start',
  });
  expect(fieldErrors(problem, { amendments: 'amendments', 'amendments[].day': 'changes.#.since' })).toEqual({
    'changes.0.since': 'is before the start',
    'changes.1.since': 'is too late',
  });
  expect(fieldErrors(new TypeError('offline'), { caps: 'cap' })).toEqual({});
});
