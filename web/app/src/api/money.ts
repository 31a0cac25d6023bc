import { keepPreviousData } from '@tanstack/react-query';
import { api } from './client';
import type { components } from './schema.gen';

type Schemas = components['schemas'];

export type Forecast = Schemas['ForecastAnswer'];
export type ForecastLine = Schemas['ForecastLine'];
export type ForecastTotal = Schemas['ForecastTotal'];

/** What a forecast is narrowed to; it stands in the page's address. */
export interface ForecastSearch {
  from?: string;
  to?: string;
  kind?: string[];
  site?: string;
  class?: string[];
  cash?: boolean;
}

/** Every line of a period, the ends too. */
export const forecastLinesQuery = (clientId: string, { cash, ...search }: ForecastSearch) =>
  api.queryOptions(
    'get',
    '/api/v1/clients/{id}/forecast',
    { params: { path: { id: clientId }, query: { ...search, cash_out: cash } } },
    { placeholderData: keepPreviousData },
  );

/** What the lines that are money add up to, by month. */
export const forecastSumsQuery = (clientId: string, { from, to, kind, site, class: of }: ForecastSearch) =>
  api.queryOptions(
    'get',
    '/api/v1/clients/{id}/forecast',
    { params: { path: { id: clientId }, query: { from, to, kind, site, class: of, by: 'month', cash_out: true, lines: false } } },
    { placeholderData: keepPreviousData },
  );
