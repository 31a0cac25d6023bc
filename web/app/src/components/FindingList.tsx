import { Group, Stack, Text } from '@mantine/core';
import type { Finding } from '@/api/types';
import { SeverityBadge } from './badges';

/** The findings of one asset, one under the other. */
export function FindingList({ findings }: { findings: readonly Finding[] }) {
  return (
    <Stack component="ul" gap="md" m={0} p={0} style={{ listStyle: 'none' }}>
      {findings.map((f) => (
        <Group component="li" key={`${f.rule} ${f.title} ${f.detail ?? ''}`} gap="sm" wrap="nowrap" align="flex-start">
          <SeverityBadge severity={f.severity} />
          <div style={{ minWidth: 0, flex: 1 }}>
            <Text size="sm" fw={540} lh={1.35}>
              {f.title}
            </Text>
            <Text size="xs" c="var(--parc-quiet)" style={{ overflowWrap: 'anywhere' }}>
              {f.detail}
            </Text>
          </div>
        </Group>
      ))}
    </Stack>
  );
}
