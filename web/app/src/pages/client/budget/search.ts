/** The parts of a refresh budget's page. */
export const budgetViews = ['plan', 'scenarios', 'prices', 'actual'] as const;
export type BudgetViewName = (typeof budgetViews)[number];

export interface BudgetSearch {
  view?: Exclude<BudgetViewName, 'plan'>;
  /** The scenarios that are compared, by id. */
  scenario?: string[];
}

/** Reads from a page's address which part is shown, and what is compared. */
export function readBudgetSearch(raw: Record<string, unknown>): BudgetSearch {
  const search: BudgetSearch = {};
  if (raw.view === 'scenarios' || raw.view === 'prices' || raw.view === 'actual') search.view = raw.view;
  const ids: unknown[] = Array.isArray(raw.scenario) ? raw.scenario : [raw.scenario];
  const scenario = ids.filter((id): id is string => typeof id === 'string' && id !== '' && id.length <= 64).slice(0, 10);
  if (scenario.length > 0) search.scenario = scenario;
  return search;
}
