import createFetchClient from 'openapi-fetch';
import createClient from 'openapi-react-query';
import { readProblem } from './problem';
import type { paths } from './schema.gen';

/** The typed calls of the API; a call that does not succeed throws a Problem. */
export const calls = createFetchClient<paths>({ baseUrl: '/', credentials: 'same-origin' });

calls.use({
  onResponse: async ({ response }) => {
    if (!response.ok) throw await readProblem(response);
    return undefined;
  },
});

/** The same calls as queries and mutations of TanStack Query. */
export const api = createClient(calls);
