import { Card, Group, Skeleton, Text, ThemeIcon } from '@mantine/core';
import type { TablerIcon } from '@tabler/icons-react';
import type { ReactNode } from 'react';

interface Props {
  icon: TablerIcon;
  label: string;
  /** Undefined while it is on its way. */
  value: ReactNode;
  hint?: ReactNode;
  color?: string;
}

/** One number that matters. */
export function Stat({ icon: Icon, label, value, hint, color = 'lagoon' }: Props) {
  return (
    <Card padding="md">
      <Group wrap="nowrap" align="flex-start" gap="md">
        <ThemeIcon visibleFrom="xs" variant="light" color={color} size={40} radius="md" aria-hidden>
          <Icon size={22} stroke={1.6} />
        </ThemeIcon>
        <div style={{ minWidth: 0 }}>
          <Text size="sm" c="var(--parc-quiet)" lh={1.3}>
            {label}
          </Text>
          {value === undefined ? (
            <Skeleton height={24} width={56} mt={6} />
          ) : (
            <Text fz={26} fw={640} lh={1.25} className="numeric" style={{ letterSpacing: '-0.02em' }}>
              {value}
            </Text>
          )}
          {hint && (
            <Text size="xs" c="var(--parc-quiet)" lh={1.4}>
              {hint}
            </Text>
          )}
        </div>
      </Group>
    </Card>
  );
}
