import { Button, Group, Stack, Text } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from './IconButton';

interface Props {
  title: string;
  hint?: string;
  error?: ReactNode;
  /** The fields of each row; each has a label of its own. */
  rows: ReactNode[];
  /** The word on the button that adds a row. */
  action: string;
  add: () => void;
  remove: (index: number) => void;
}

/** A list inside a form, row by row. */
export function Rows({ title, hint, error, rows, action, add, remove }: Props) {
  const { t } = useTranslation();
  return (
    <Stack gap={6} role="group" aria-label={title}>
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <div>
          <Text size="sm" fw={500}>
            {title}
          </Text>
          {hint && (
            <Text size="xs" c="var(--parc-quiet)">
              {hint}
            </Text>
          )}
        </div>
        <Button size="compact-sm" variant="light" leftSection={<IconPlus size={14} />} onClick={add} style={{ flex: 'none' }}>
          {action}
        </Button>
      </Group>
      {error && (
        <Text size="xs" c="var(--mantine-color-error)" role="alert">
          {error}
        </Text>
      )}
      {rows.map((row, i) => (
        <Group key={i} gap="xs" wrap="nowrap" align="flex-end">
          <div style={{ flex: 1, minWidth: 0 }}>{row}</div>
          <IconButton icon={IconTrash} label={`${t('action.delete')}: ${title} ${String(i + 1)}`} size="lg" onClick={() => { remove(i); }} />
        </Group>
      ))}
    </Stack>
  );
}
