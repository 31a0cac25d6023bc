import type { QueryClient } from '@tanstack/react-query';
import { createRootRouteWithContext, createRoute, createRouter, lazyRouteComponent, Outlet, redirect, type RouterHistory } from '@tanstack/react-router';
import type { Problem } from './api/problem';
import { problemOf } from './api/problem';
import { may, sessionQuery } from './api/session';
import { readAssetTab } from './pages/asset/asset-tab';
import { readAssetSearch } from './pages/client/asset-search';
import { readBudgetSearch } from './pages/client/budget/search';
import { readFindingSearch } from './pages/client/finding-search';
import { readForecastSearch } from './pages/client/forecast/search';
import { readLifecycleSearch } from './pages/client/life/search';
import { readInterventionSearch } from './pages/client/service/search';
import { readSoftwareSearch } from './pages/client/software-search';
import { PageProblem } from './shell/PageProblem';
import { NoPage } from './shell/NoPage';
import { Shell } from './shell/Shell';

interface Context {
  queries: QueryClient;
}

const root = createRootRouteWithContext<Context>()({ component: Outlet, errorComponent: PageProblem, notFoundComponent: NoPage });

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  component: lazyRouteComponent(() => import('./pages/SignIn')),
  validateSearch: (raw: Record<string, unknown>): { next?: string } => ({ next: ownPath(raw.next) }),
});

/** A path of this site, never another one: what stands in a link is not to be trusted. */
export function ownPath(path: unknown): string | undefined {
  return typeof path === 'string' && /^\/(?![/\\])/.test(path) && !path.startsWith('/sign-in') ? path : undefined;
}

/** Asks who is signed in; nobody goes to the door, and comes back afterwards. */
async function signedInUser(queries: QueryClient, href: string) {
  try {
    return (await queries.ensureQueryData(sessionQuery())).user;
  } catch (error) {
    const problem: Problem = problemOf(error);
    if (problem.code !== 'unauthorised') throw problem;
     
    throw redirect({ to: '/sign-in', search: { next: href === '/' ? undefined : href } });
  }
}

const password = createRoute({
  getParentRoute: () => root,
  path: '/password',
  beforeLoad: ({ context, location }) => signedInUser(context.queries, location.href),
  component: lazyRouteComponent(() => import('./pages/Password')),
});

const signedIn = createRoute({
  getParentRoute: () => root,
  id: 'signed-in',
  beforeLoad: async ({ context, location }) => {
    const user = await signedInUser(context.queries, location.href);
     
    if (user.must_change) throw redirect({ to: '/password' });
    return { user };
  },
  component: Shell,
  errorComponent: PageProblem,
});

const overview = createRoute({
  getParentRoute: () => signedIn,
  path: '/',
  component: lazyRouteComponent(() => import('./pages/Overview')),
});

const clients = createRoute({
  getParentRoute: () => signedIn,
  path: '/clients',
  component: lazyRouteComponent(() => import('./pages/clients/Clients')),
});

const client = createRoute({
  getParentRoute: () => signedIn,
  path: '/clients/$clientId',
  component: lazyRouteComponent(() => import('./pages/client/ClientPage')),
});

const clientPages = [
  createRoute({
    getParentRoute: () => client,
    path: '/',
    component: lazyRouteComponent(() => import('./pages/client/ClientOverview')),
  }),
  createRoute({
    getParentRoute: () => client,
    path: 'assets',
    validateSearch: readAssetSearch,
    component: lazyRouteComponent(() => import('./pages/client/AssetsTab')),
  }),
  createRoute({
    getParentRoute: () => client,
    path: 'findings',
    validateSearch: readFindingSearch,
    component: lazyRouteComponent(() => import('./pages/client/FindingsTab')),
  }),
  createRoute({
    getParentRoute: () => client,
    path: 'lifecycle',
    validateSearch: readLifecycleSearch,
    component: lazyRouteComponent(() => import('./pages/client/LifecycleTab')),
  }),
  createRoute({
    getParentRoute: () => client,
    path: 'imports',
    component: lazyRouteComponent(() => import('./pages/client/imports/ImportsPage')),
  }),
  createRoute({
    getParentRoute: () => client,
    path: 'software',
    validateSearch: readSoftwareSearch,
    component: lazyRouteComponent(() => import('./pages/client/SoftwareTab')),
  }),
  createRoute({
    getParentRoute: () => client,
    path: 'deadlines',
    component: lazyRouteComponent(() => import('./pages/client/DeadlinesTab')),
  }),
  createRoute({
    getParentRoute: () => client,
    path: 'forecast',
    validateSearch: readForecastSearch,
    component: lazyRouteComponent(() => import('./pages/client/ForecastTab')),
  }),
  createRoute({
    getParentRoute: () => client,
    path: 'budget',
    validateSearch: readBudgetSearch,
    component: lazyRouteComponent(() => import('./pages/client/BudgetTab')),
  }),
  createRoute({
    getParentRoute: () => client,
    path: 'interventions',
    validateSearch: readInterventionSearch,
    component: lazyRouteComponent(() => import('./pages/client/InterventionsTab')),
  }),
  createRoute({
    getParentRoute: () => client,
    path: 'documents',
    component: lazyRouteComponent(() => import('./pages/client/DocumentsTab')),
  }),
  createRoute({
    getParentRoute: () => client,
    path: 'scans',
    validateSearch: (raw: Record<string, unknown>): { start?: boolean } => (raw.start === true ? { start: true } : {}),
    component: lazyRouteComponent(() => import('./pages/client/ScansTab')),
  }),
  createRoute({
    getParentRoute: () => client,
    path: 'schedules',
    component: lazyRouteComponent(() => import('./pages/client/SchedulesTab')),
  }),
  createRoute({
    getParentRoute: () => client,
    path: 'networks',
    component: lazyRouteComponent(() => import('./pages/client/NetworksTab')),
  }),
] as const;

const asset = createRoute({
  getParentRoute: () => signedIn,
  path: '/assets/$assetId',
  validateSearch: readAssetTab,
  component: lazyRouteComponent(() => import('./pages/asset/AssetPage')),
});

const users = createRoute({
  getParentRoute: () => signedIn,
  path: '/users',
  beforeLoad: ({ context }) => {
     
    if (!may(context.user, 'admin')) throw redirect({ to: '/' });
  },
  component: lazyRouteComponent(() => import('./pages/users/Users')),
});

const settings = createRoute({
  getParentRoute: () => signedIn,
  path: '/settings',
  beforeLoad: ({ context }) => {
    if (!may(context.user, 'admin')) throw redirect({ to: '/' });
  },
  component: lazyRouteComponent(() => import('./pages/settings/Settings')),
});

const tree = root.addChildren([
  signIn,
  password,
  signedIn.addChildren([overview, clients, client.addChildren(clientPages), asset, users, settings]),
]);

/** Makes the map from addresses to pages; the history is the browser's unless another is given. */
export function makeRouter(queries: QueryClient, history?: RouterHistory) {
  return createRouter({
    routeTree: tree,
    history,
    context: { queries },
    defaultPreload: 'intent',
    defaultPreloadStaleTime: 0, // TanStack Query knows what is stale
    scrollRestoration: true,
    defaultErrorComponent: PageProblem,
    defaultNotFoundComponent: NoPage,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
