import { Select, SimpleGrid, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ImportColumn } from '@/api/types';
import { useNames } from '@/components/names';
import { targetsOf } from './ImportFile';

interface Props {
  columns: readonly ImportColumn[];
  targets: readonly string[];
  /** Called with all columns when one is changed. */
  change: (mapping: Record<string, string>) => void;
}

/** Where each column of a file goes, with what it holds, to be changed. */
export function ImportColumns({ columns, targets, change }: Props) {
  const { t, i18n } = useTranslation();
  const name = useNames();
  const word = (target: string) => (i18n.exists(`importTarget.${target}`) ? name('importTarget', target) : name('field', target));
  return (
    <Stack gap="xs">
      <Text fw={560} size="sm">
        {t('import.columns')}
      </Text>
      <SimpleGrid cols={{ base: 1, xs: 2, md: 3, lg: 4 }} spacing="sm">
        {columns
          .filter((c) => c.heading)
          .map((c) => (
            <Select
              key={c.heading}
              size="xs"
              label={c.heading}
              description={c.examples.join(' · ') || t('import.empty')}
              searchable
              placeholder={t('import.notUnderstood')}
              value={c.target || null}
              onChange={(target) => {
                if (target) change({ ...targetsOf(columns), [c.heading]: target });
              }}
              data={targets.map((target) => ({ value: target, label: word(target) }))}
            />
          ))}
      </SimpleGrid>
    </Stack>
  );
}
