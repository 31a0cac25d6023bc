import { Anchor, Group, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { Finding } from '@/api/types';
import { severities, type Severity, SeverityBadge } from './badges';

interface Props {
  findings: readonly Finding[];
  /** Each leads to its asset, unless one is there already. */
  linked?: boolean;
}

/** Findings one under the other. */
export function FindingList({ findings, linked = true }: Props) {
  return (
    <Stack component="ul" gap="md" m={0} p={0} style={{ listStyle: 'none' }}>
      {findings.map((f) => (
        <Group component="li" key={`${f.rule} ${f.asset_id} ${f.title} ${f.detail ?? ''}`} gap="sm" wrap="nowrap" align="flex-start">
          <SeverityBadge severity={f.severity} />
          <div style={{ minWidth: 0, flex: 1 }}>
            {linked ? (
              <Anchor
                size="sm"
                fw={540}
                c="inherit"
                renderRoot={(props) => <Link to="/assets/$assetId" params={{ assetId: f.asset_id }} {...props} />}
              >
                {f.title}
              </Anchor>
            ) : (
              <Text size="sm" fw={540}>
                {f.title}
              </Text>
            )}
            <Text size="xs" c="var(--parc-quiet)" style={{ overflowWrap: 'anywhere' }}>
              {f.detail}
            </Text>
          </div>
        </Group>
      ))}
    </Stack>
  );
}

/** How many findings there are of each severity. */
export function countFindings(findings: readonly Pick<Finding, 'severity'>[]): Record<Severity, number> {
  const counts: Record<Severity, number> = { critical: 0, high: 0, medium: 0, low: 0 };
  for (const f of findings) {
    const severity = severities.find((s) => s === f.severity);
    if (severity) counts[severity]++;
  }
  return counts;
}
