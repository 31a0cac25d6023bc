import { useMutation } from '@tanstack/react-query';
import { api, bodyOf, calls } from './client';
import type { components } from './schema.gen';

export const usersQuery = () => api.queryOptions('get', '/api/v1/users');

export type UserInput = components['schemas']['AddUserInputBody'];

export function useCreateUser() {
  return useMutation({ mutationFn: async (body: UserInput) => bodyOf(await calls.POST('/api/v1/users', { body })) });
}

export interface UserPatch {
  id: string;
  name?: string;
  role?: UserInput['role'];
  clients?: string[];
  disabled?: boolean;
  reset_password?: boolean;
}

export function useUpdateUser() {
  return useMutation({
    mutationFn: async ({ id, ...body }: UserPatch) => bodyOf(await calls.PATCH('/api/v1/users/{id}', { params: { path: { id } }, body })),
  });
}
