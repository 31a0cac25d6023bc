import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { api, bodyOf, calls } from './client';
import type { User } from './types';

/** Who is signed in; a Problem "unauthorised" when nobody is. */
export const sessionQuery = () => ({ ...api.queryOptions('get', '/api/v1/session'), staleTime: Infinity, retry: false });

/** The signed-in user, on pages that have one. */
export function useUser(): User {
  return useSuspenseQuery(sessionQuery()).data.user;
}

/** What people may do; the server has the last word, this hides what it would refuse. */
export type Right = 'change' | 'scan' | 'money' | 'admin';

const rights: Record<string, readonly Right[]> = {
  admin: ['change', 'scan', 'money', 'admin'],
  technician: ['change', 'scan', 'money'],
  manager: ['money'],
};

export function may(user: Pick<User, 'role'>, right: Right): boolean {
  return rights[user.role]?.includes(right) ?? false;
}

/** Tells whether the signed-in user may do something. */
export function useMay(right: Right): boolean {
  return may(useUser(), right);
}

export function useSignIn() {
  const client = useQueryClient();
  return useMutation({
    meta: { quiet: true },
    mutationFn: async (body: { login: string; password: string }) => bodyOf(await calls.POST('/api/v1/session', { body })),
    onSuccess: (session) => {
      // Nothing of an earlier user stays in the cache.
      client.clear();
      client.setQueryData(sessionQuery().queryKey, session);
    },
  });
}

export function useSignOut() {
  const client = useQueryClient();
  const router = useRouter();
  return useMutation({
    meta: { quiet: true }, // nothing can be asked for any more
    mutationFn: () => calls.DELETE('/api/v1/session'),
    onSuccess: async () => {
      await router.navigate({ to: '/sign-in' });
      client.clear();
    },
  });
}

export function useChangePassword() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { current: string; new: string }) => calls.POST('/api/v1/session/password', { body }),
    onSuccess: () => client.fetchQuery({ ...sessionQuery(), staleTime: 0 }),
  });
}
