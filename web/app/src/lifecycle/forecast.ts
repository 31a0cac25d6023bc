import type { Forecast, ForecastTotal } from '@/api/money';
import { addMonths } from '@/format/date';

/** The kinds of lines that are money, then those that are only ends, as the server names them. */
export const forecastKinds = [
  'purchase', 'loan', 'rent', 'subscription', 'contract', 'deposit', 'refresh', 'backlog',
  'lease-end', 'lease-return', 'licence-end', 'maintenance-end', 'contract-end', 'insurance-end', 'coverage-end', 'support-end',
] as const;

/** The most months that a chart shows one by one. */
export const mostMonths = 240;

/** One month of one currency; no total where nothing is paid. */
export interface ForecastMonth {
  month: string;
  total?: ForecastTotal;
}

/** Every month of a forecast's period, those without money too, in one currency. */
export function monthsOf(forecast: Pick<Forecast, 'from' | 'to' | 'groups'>, currency: string): ForecastMonth[] {
  const first = `${forecast.from.slice(0, 7)}-01`;
  const last = forecast.to.slice(0, 7);
  const totals = new Map(forecast.groups.map((g) => [g.key, g.totals.find((t) => t.net.currency === currency)]));
  const months: ForecastMonth[] = [];
  for (let i = 0; i < mostMonths; i++) {
    const month = addMonths(first, i).slice(0, 7);
    if (!month || month > last) break;
    months.push({ month, total: totals.get(month) });
  }
  return months;
}
