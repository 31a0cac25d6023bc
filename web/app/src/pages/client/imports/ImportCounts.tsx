import { Badge, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Import } from '@/api/types';

const kinds = [
  ['created', 'teal'],
  ['updated', 'blue'],
  ['seen', 'gray'],
  ['reviewed', 'yellow'],
  ['refused', 'red'],
  ['coverages', 'gray'],
  ['purchases', 'gray'],
] as const;

/** What a file does, in numbers; what is none stays out, but for what is new. */
export function ImportCounts({ done, sites = [] }: { done: Import; sites?: readonly string[] }) {
  const { t } = useTranslation();
  return (
    <Group gap={6} role="status">
      {kinds
        .filter(([kind]) => done[kind] > 0 || kind === 'created')
        .map(([kind, color]) => (
          <Badge key={kind} color={color} className="numeric">
            {t(`import.count.${kind}`, { count: done[kind] })}
          </Badge>
        ))}
      {sites.length > 0 && <Text size="xs">{t('import.sites', { names: sites.join(', ') })}</Text>}
    </Group>
  );
}
