import { useMutation } from '@tanstack/react-query';
import { api, bodyOf, calls } from './client';

export const calendarsQuery = () => api.queryOptions('get', '/api/v1/calendars');

/** What a calendar is made for. */
export interface CalendarInput {
  client_id?: string;
  lang: 'fr' | 'en';
  name?: string;
}

/** Makes a calendar; only this answer holds its address. */
export function useCreateCalendar() {
  return useMutation({ mutationFn: async (body: CalendarInput) => bodyOf(await calls.POST('/api/v1/calendars', { body })) });
}

export function useDeleteCalendar() {
  return useMutation({ mutationFn: (id: string) => calls.DELETE('/api/v1/calendars/{id}', { params: { path: { id } } }) });
}
