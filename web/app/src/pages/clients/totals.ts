import { severities, type Severity } from '@/lifecycle/findings';

interface Counted {
  by_class: Record<string, number>;
  findings: Record<Severity, number>;
}

/** The findings of all clients together. */
export function sumFindings(clients: readonly Counted[]): Record<Severity, number> {
  const total: Record<Severity, number> = { critical: 0, high: 0, medium: 0, low: 0 };
  for (const c of clients) for (const s of severities) total[s] += c.findings[s];
  return total;
}

/** The assets of all clients together, by class. */
export function sumClasses(clients: readonly Counted[]): Record<string, number> {
  const total: Record<string, number> = {};
  for (const c of clients) for (const [name, n] of Object.entries(c.by_class)) total[name] = (total[name] ?? 0) + n;
  return total;
}
