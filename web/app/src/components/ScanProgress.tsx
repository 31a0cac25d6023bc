import { Badge, Group, Progress, Stack, Text } from '@mantine/core';
import { IconPlugConnectedX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Scan } from '@/api/types';
import { useFormats } from './formats';
import { useNames } from './names';

/** How far a running scan is: bar, phase, what was found, what is being looked at. */
export function ScanProgress({ scan, lost }: { scan: Scan; lost: boolean }) {
  const { t } = useTranslation();
  const name = useNames();
  const format = useFormats();
  const { progress } = scan;
  const waiting = scan.state === 'queued';
  const percent = Math.min(100, Math.max(0, progress.percent));
  return (
    <Stack gap={8}>
      <Group justify="space-between" gap="sm">
        <Text size="sm" fw={560} aria-live="polite">
          {waiting ? t('scan.waiting') : name('phase', progress.phase) || name('scanState', scan.state)}
        </Text>
        <Text size="sm" className="numeric" fw={560}>
          {percent} %
        </Text>
      </Group>
      <Progress
        value={waiting ? 100 : percent}
        color={waiting ? 'gray' : undefined}
        striped
        animated
        size="lg"
        radius="md"
        aria-label={t('scan.progress')}
      />
      <Group gap="lg">
        <Figure label={t('scan.targets')} value={t('scan.done', { done: format.number(progress.done), total: format.number(progress.targets) })} />
        <Figure label={t('scan.found')} value={format.number(progress.found)} />
        <Figure label={t('scan.assets')} value={format.number(progress.assets)} />
        <Figure label={t('scan.created')} value={format.number(progress.created)} />
        {progress.current && <Figure label={t('scan.current')} value={progress.current} mono />}
      </Group>
      {lost && (
        <Badge color="orange" leftSection={<IconPlugConnectedX size={13} />} role="status">
          {t('scan.lost')}
        </Badge>
      )}
    </Stack>
  );
}

function Figure({ label, value, mono }: { label: string; value: string; mono?: boolean }) {
  return (
    <Text size="sm" c="var(--parc-quiet)" truncate maw={340}>
      {label}{' '}
      <Text component="span" inherit fw={560} c="var(--mantine-color-text)" className={mono ? 'mono' : 'numeric'}>
        {value}
      </Text>
    </Text>
  );
}
