import { Alert, Button, List } from '@mantine/core';
import { IconPlayerStop } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { sitesQuery } from '@/api/clients';
import { useCancelScan, useLiveScan } from '@/api/scans';
import { useMay } from '@/api/session';
import type { Scan } from '@/api/types';
import { useNotify } from '@/components/notify';
import { ScanProgress } from '@/components/ScanProgress';
import { Section } from '@/components/Section';

/** A scan under way, followed live. */
export function RunningScan({ scan: given }: { scan: Scan }) {
  const { t } = useTranslation();
  const notify = useNotify();
  const { scan, lost } = useLiveScan(given);
  const cancel = useCancelScan();
  const mayCancel = useMay('scan');
  const sites = useQuery(sitesQuery(scan.client_id)).data?.items;
  const site = sites?.find((s) => s.id === scan.site_id)?.name ?? '';
  return (
    <Section
      title={[t('client.scanRunning'), site].filter(Boolean).join(' · ')}
      actions={
        mayCancel && (
          <Button
            size="xs"
            variant="light"
            color="red"
            leftSection={<IconPlayerStop size={15} />}
            loading={cancel.isPending}
            onClick={() => {
              cancel.mutate(scan.id, {
                onSuccess: () => {
                  notify.done(t('scan.cancelled'));
                },
                onError: notify.problem,
              });
            }}
          >
            {t('scan.cancel')}
          </Button>
        )
      }
    >
      <ScanProgress scan={scan} lost={lost} />
      <Warnings scan={scan} />
    </Section>
  );
}

function Warnings({ scan }: { scan: Scan }) {
  const { t } = useTranslation();
  const warnings = scan.progress.warnings ?? [];
  if (warnings.length === 0) return null;
  return (
    <Alert color="yellow" mt="md" title={t('scan.warnings')}>
      <List size="sm">
        {warnings.map((w) => (
          <List.Item key={w}>{w}</List.Item>
        ))}
      </List>
    </Alert>
  );
}
