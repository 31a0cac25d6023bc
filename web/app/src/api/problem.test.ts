import { describe, expect, it } from 'vitest';
import { problemText } from '@/components/problem-text';
import { fr } from '@/i18n/fr';
import { Problem, problemOf, readProblem } from './problem';

const answer = (status: number, body: string, type = 'application/problem+json') =>
  new Response(body, { status, headers: { 'Content-Type': type } });

describe('readProblem', () => {
  it('reads what the server tells', async () => {
    const body = { status: 422, code: 'out-of-range', detail: '8.8.8.8 is outside 192.168.1.0/24', errors: null };
    expect(await readProblem(answer(422, JSON.stringify(body)))).toMatchObject({
      status: 422, code: 'out-of-range', detail: '8.8.8.8 is outside 192.168.1.0/24', fields: [],
    });
  });

  it('reads which inputs were refused', async () => {
    const body = { code: 'invalid', detail: 'validation failed', errors: [{ location: 'body.name', message: 'expected length >= 1', value: '' }, 'noise'] };
    expect((await readProblem(answer(422, JSON.stringify(body)))).fields).toEqual([{ location: 'body.name', message: 'expected length >= 1' }]);
  });

  it.each([
    [502, '<html>Bad gateway</html>', 'unavailable'],
    [413, '', 'limit-reached'],
    [401, '"text"', 'unauthorised'],
    [500, '[]', 'internal'],
    [404, '{"code": 7}', 'not-found'],
  ])('makes sense of %d %s', async (status, body, code) => {
    expect(await readProblem(answer(status, body, 'text/html'))).toMatchObject({ status, code, detail: '' });
  });
});

describe('problemOf', () => {
  it('tells that no answer came', () => {
    expect(problemOf(new TypeError('Failed to fetch')).code).toBe('offline');
  });

  it('keeps a problem as it is', () => {
    const problem = new Problem(409, 'conflict', 'exists');
    expect(problemOf(problem)).toBe(problem);
  });

  it('calls anything else internal', () => {
    expect(problemOf('boom').code).toBe('internal');
  });
});

describe('problemText', () => {
  const words = fr as unknown as Record<string, Record<string, string>>;
  const name = (list: string, code: string) => words[list]?.[code] ?? code;

  it('says the title in the language and keeps what the server names', () => {
    expect(problemText(new Problem(422, 'out-of-range', '8.8.8.8 is outside'), name)).toEqual({
      title: 'Cible hors des réseaux déclarés',
      detail: '8.8.8.8 is outside',
      help: 'Ajoutez la plage dans l’onglet Réseaux si elle appartient au client.',
    });
  });

  it('names the inputs that were refused', () => {
    const fields = [{ location: 'body.networks[0].prefix', message: 'too long' }, { location: '', message: 'odd' }];
    expect(problemText(new Problem(422, 'invalid', 'validation failed', fields), name).detail).toBe('networks[0].prefix: too long · odd');
  });

  it('does not show a reader what only the server understands', () => {
    const text = problemText(new Problem(500, 'internal', 'sql: no rows'), name);
    expect(text.detail).toBe('');
    expect(text.title).toBe('Une erreur est survenue dans parc');
  });

  it('takes a code of a newer server for trouble inside', () => {
    expect(problemText(new Problem(418, 'teapot', 'short and stout'), name)).toMatchObject({ title: 'Une erreur est survenue dans parc', detail: '' });
  });
});
