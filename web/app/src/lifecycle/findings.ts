import type { Finding } from '@/api/types';

/** From the worst to the least. */
export const severities = ['critical', 'high', 'medium', 'low'] as const;
export type Severity = (typeof severities)[number];

/** How many findings there are of each severity. */
export function countFindings(findings: readonly Pick<Finding, 'severity'>[]): Record<Severity, number> {
  const counts: Record<Severity, number> = { critical: 0, high: 0, medium: 0, low: 0 };
  for (const { severity } of findings) if (severity in counts) counts[severity]++;
  return counts;
}

/** The findings of one rule and one severity, on however many assets. */
export interface FindingGroup {
  /** Names the group in a page's address. */
  key: string;
  title: string;
  severity: Severity;
  findings: Finding[];
}

/** Brings together what one rule found, the worst first, then what touches most assets. */
export function groupFindings(findings: readonly Finding[]): FindingGroup[] {
  const groups = new Map<string, FindingGroup>();
  for (const finding of findings) {
    const key = `${finding.severity}-${finding.rule}-${finding.title}`;
    const group = groups.get(key) ?? { key, title: finding.title, severity: finding.severity, findings: [] };
    group.findings.push(finding);
    groups.set(key, group);
  }
  return [...groups.values()].sort(
    (a, b) =>
      severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
      b.findings.length - a.findings.length ||
      a.title.localeCompare(b.title),
  );
}
