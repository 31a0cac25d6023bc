import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { problemOf } from './problem';

/**
 * Makes the cache of what the server said. signedOut is called when any call is
 * told that nobody is signed in: the session ended elsewhere. After every change
 * what is on screen is asked for again: one change may show in many places. A
 * mutation whose meta says quiet leaves that to itself.
 */
export function makeQueryClient(signedOut: () => void): QueryClient {
  const onError = (error: unknown) => {
    if (problemOf(error).code === 'unauthorised') signedOut();
  };
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({
      onError,
      onSuccess: (_data, _input, _context, mutation) => {
        if (!mutation.meta?.quiet) void client.invalidateQueries();
      },
    }),
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        // What the server refused it refuses again; a lost connection may come back.
        retry: (count, error) => count < 2 && ['offline', 'unavailable', 'busy'].includes(problemOf(error).code),
      },
    },
  });
  return client;
}
