import createFetchClient from 'openapi-fetch';
import createClient from 'openapi-react-query';
import { Problem, readProblem } from './problem';
import type { paths } from './schema.gen';

/** The typed calls of the API; a call that does not succeed throws a Problem. */
export const calls = createFetchClient<paths>({
  baseUrl: window.location.origin,
  credentials: 'same-origin',
  fetch: (request) => globalThis.fetch(request),
});

calls.use({
  onResponse: async ({ response }) => {
    if (!response.ok) throw await readProblem(response);
    return undefined;
  },
});

/** The same calls as queries and mutations of TanStack Query. */
export const api = createClient(calls);

/** The body of an answer that has one: without success a Problem was thrown before. */
export function bodyOf<T>(answer: { data?: T }): T {
  if (answer.data === undefined) throw new Problem(0, 'internal', '');
  return answer.data;
}
