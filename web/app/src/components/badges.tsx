import { Badge, Group, Text } from '@mantine/core';
import { severities, type Severity } from '@/lifecycle/findings';
import { useNames } from './names';

export const severityColor: Record<string, string> = {
  critical: 'red',
  high: 'orange',
  medium: 'yellow',
  low: 'blue',
  info: 'gray',
};

export function SeverityBadge({ severity }: { severity: string }) {
  const name = useNames();
  return (
    <Badge color={severityColor[severity] ?? 'gray'} miw="4.75rem" style={{ flexShrink: 0 }}>
      {name('severity', severity)}
    </Badge>
  );
}

const stateColor: Record<string, string> = {
  'in-service': 'teal',
  'in-stock': 'blue',
  'in-repair': 'yellow',
  missing: 'orange',
  retired: 'gray',
  disposed: 'gray',
};

export const scanStateColor: Record<string, string> = {
  queued: 'gray',
  running: 'lagoon',
  done: 'teal',
  failed: 'red',
  cancelled: 'orange',
};

export function StateBadge({ state }: { state: string }) {
  const name = useNames();
  return <Badge color={stateColor[state] ?? 'gray'}>{name('state', state)}</Badge>;
}

/** How many findings of each severity, the worst first; what is zero stays quiet. */
export function FindingCounts({ counts }: { counts: Record<Severity, number> }) {
  const name = useNames();
  return (
    <Group gap={6} wrap="nowrap">
      {severities.map((severity) => (
        <Badge
          key={severity}
          color={counts[severity] > 0 ? severityColor[severity] : 'gray'}
          variant={counts[severity] > 0 ? 'light' : 'transparent'}
          className="numeric"
          title={name('severity', severity)}
          aria-label={`${name('severity', severity)}: ${String(counts[severity])}`}
          px={7}
          miw={28}
        >
          {counts[severity]}
        </Badge>
      ))}
    </Group>
  );
}

/** A serial, an address: shown letter by letter. */
export function Code({ children }: { children?: string }) {
  return children ? <span className="mono">{children}</span> : <Quiet />;
}

/** Text where there may be none. */
export function Quiet({ children, empty = '—' }: { children?: string | number; empty?: string }) {
  if (children === undefined || children === '') {
    return (
      <Text component="span" inherit c="var(--parc-quiet)" opacity={0.6}>
        {empty}
      </Text>
    );
  }
  return <>{children}</>;
}
