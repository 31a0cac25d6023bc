import { Stack, Text, ThemeIcon, Title } from '@mantine/core';
import type { TablerIcon } from '@tabler/icons-react';
import type { ReactNode } from 'react';

interface Props {
  icon: TablerIcon;
  title: string;
  /** What to do about it. */
  hint?: string;
  action?: ReactNode;
  compact?: boolean;
}

/** Where there is nothing to show yet: says why, and what to do. */
export function Empty({ icon: Icon, title, hint, action, compact }: Props) {
  return (
    <Stack align="center" gap="xs" py={compact ? 'md' : 48} px="md" ta="center">
      <ThemeIcon variant="light" size={compact ? 36 : 52} radius="xl" aria-hidden>
        <Icon size={compact ? 20 : 28} stroke={1.5} />
      </ThemeIcon>
      <Title order={3} fz={compact ? 'sm' : 'md'} mt={4}>
        {title}
      </Title>
      {hint && (
        <Text size="sm" c="var(--parc-quiet)" maw={460}>
          {hint}
        </Text>
      )}
      {action}
    </Stack>
  );
}
