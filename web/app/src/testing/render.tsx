import { MantineProvider } from '@mantine/core';
import { ModalsProvider } from '@mantine/modals';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { createMemoryHistory, createRootRoute, createRoute, createRouter, RouterProvider } from '@tanstack/react-router';
import { render } from '@testing-library/react';
import type { ReactNode } from 'react';
import { makeQueryClient } from '@/api/query-client';
import { makeRouter } from '@/router';
import { theme } from '@/theme';

function Frame({ children, queries }: { children: ReactNode; queries: ReturnType<typeof makeQueryClient> }) {
  return (
    <QueryClientProvider client={queries}>
      <MantineProvider theme={theme} env="test">
        <ModalsProvider>
          <Notifications />
          {children}
        </ModalsProvider>
      </MantineProvider>
    </QueryClientProvider>
  );
}

/** Shows one component as a page would, with links that lead nowhere. */
export function renderAlone(children: ReactNode) {
  const queries = makeQueryClient(() => {});
  const root = createRootRoute();
  const only = createRoute({ getParentRoute: () => root, path: '/', component: () => children });
  const router = createRouter({ routeTree: root.addChildren([only]), history: createMemoryHistory({ initialEntries: ['/'] }) });
  render(
    <Frame queries={queries}>
      {/* The type of the real router is registered; this one only carries links. */}
      <RouterProvider router={router as never} />
    </Frame>,
  );
  return { queries };
}

/** Shows the whole interface at an address. */
export function renderApp(path: string) {
  const queries = makeQueryClient(() => {});
  const router = makeRouter(queries, createMemoryHistory({ initialEntries: [path] }));
  render(
    <Frame queries={queries}>
      <RouterProvider router={router} />
    </Frame>,
  );
  return { queries, router };
}
