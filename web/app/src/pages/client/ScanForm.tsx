import { Alert, Button, Group, Radio, Select, SimpleGrid, Stack, Text, Textarea } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconNetworkOff, IconRadar2 } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { type Depth, useStartScan } from '@/api/scans';
import type { Site } from '@/api/types';
import { useNames } from '@/components/names';
import { useNotify } from '@/components/notify';
import { ProblemAlert } from '@/components/ProblemAlert';
import { parseTargets } from '@/format/network';

interface Props {
  clientId: string;
  sites: Site[];
  /** The button that starts takes the focus: one came here to scan. */
  focus?: boolean;
}

/** Starts a scan: the site's declared networks unless targets are named. */
export function ScanForm({ clientId, sites, focus }: Props) {
  const { t } = useTranslation();
  const name = useNames();
  const notify = useNotify();
  const start = useStartScan(clientId);
  const first = sites.find((s) => networksOf(s).length > 0) ?? sites[0];
  const form = useForm({
    initialValues: { site: first?.id ?? '', targets: first ? networksOf(first).join('\n') : '', depth: 'full' as Depth },
  });
  const site = sites.find((s) => s.id === form.values.site);
  if (!site) return <NoNetwork clientId={clientId} />;

  const submit = form.onSubmit(({ targets, depth }) => {
    start.mutate(
      { site_id: site.id, targets: parseTargets(targets), depth },
      {
        onSuccess: () => {
          notify.done(t('scan.started'));
        },
      },
    );
  });

  const empty = parseTargets(form.values.targets).length === 0 && networksOf(site).length === 0;
  return (
    <form onSubmit={submit}>
      <Stack>
        <ProblemAlert error={start.error} />
        <SimpleGrid cols={{ base: 1, md: 2 }} spacing="xl">
          <Stack gap="sm">
            {sites.length > 1 && (
              <Select
                label={t('scan.site')}
                allowDeselect={false}
                data={sites.map((s) => ({ value: s.id, label: s.name }))}
                value={form.values.site}
                onChange={(id) => {
                  const next = sites.find((s) => s.id === id);
                  if (next) form.setValues({ site: next.id, targets: networksOf(next).join('\n') });
                }}
              />
            )}
            <Textarea
              label={t('scan.targets')}
              description={t('scan.targetsHint')}
              autosize
              minRows={2}
              maxRows={8}
              classNames={{ input: 'mono' }}
              {...form.getInputProps('targets')}
            />
          </Stack>
          <Radio.Group label={t('scan.depth')} {...form.getInputProps('depth')}>
            <Stack gap="sm" mt={6}>
              <Radio value="full" label={name('depth', 'full')} description={t('scan.fullHint')} />
              <Radio value="identity" label={name('depth', 'identity')} description={t('scan.identityHint')} />
            </Stack>
          </Radio.Group>
        </SimpleGrid>
        {empty && <NoNetwork clientId={clientId} />}
        <Group>
          <Button type="submit" leftSection={<IconRadar2 size={18} />} loading={start.isPending} disabled={empty} autoFocus={focus}>
            {t('scan.startButton')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

const networksOf = (site: Site) => (site.networks ?? []).map((n) => n.prefix);

function NoNetwork({ clientId }: { clientId: string }) {
  const { t } = useTranslation();
  return (
    <Alert color="yellow" icon={<IconNetworkOff size={20} />} title={t('scan.noNetwork')}>
      <Text size="sm" mb="sm">
        {t('client.noNetworks')}
      </Text>
      <Button
        size="xs"
        variant="default"
        renderRoot={(props) => <Link to="/clients/$clientId/networks" params={{ clientId }} {...props} />}
      >
        {t('scan.declare')}
      </Button>
    </Alert>
  );
}
