import { Badge, Button, Group, List, Stack, Text, Tooltip } from '@mantine/core';
import { modals } from '@mantine/modals';
import { IconAlertCircle, IconRadar2 } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { ColumnDef } from '@tanstack/react-table';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { sitesQuery } from '@/api/clients';
import { hasEnded, scansQuery } from '@/api/scans';
import { useMay } from '@/api/session';
import type { Scan, Site } from '@/api/types';
import { DataTable } from '@/components/DataTable';
import { Empty } from '@/components/Empty';
import { useFormats, useNow } from '@/components/formats';
import { Loaded } from '@/components/Loaded';
import { useNames } from '@/components/names';
import { scanStateColor } from '@/components/badges';
import { Section } from '@/components/Section';
import { formatDuration } from '@/format/date';
import { useLanguage } from '@/i18n';
import { RunningScan } from './RunningScan';
import { ScanForm } from './ScanForm';

const route = getRouteApi('/signed-in/clients/$clientId/scans');

/** Starting scans, following those under way, and what came of earlier ones. */
export default function ScansTab() {
  const { t } = useTranslation();
  const { clientId } = route.useParams();
  const { start } = route.useSearch();
  const mayScan = useMay('scan');
  const sites = useQuery(sitesQuery(clientId));
  const scans = useQuery(scansQuery(clientId));
  return (
    <Stack>
      {scans.data?.items
        .filter((s) => !hasEnded(s))
        .map((s) => (
          <RunningScan key={s.id} scan={s} />
        ))}
      {mayScan && (
        <Section title={t('scan.start')}>
          <Loaded query={sites}>{({ items }) => <ScanForm clientId={clientId} sites={items} focus={start} />}</Loaded>
        </Section>
      )}
      <Loaded query={scans}>{({ items }) => <PastScans scans={items.filter(hasEnded)} sites={sites.data?.items ?? []} />}</Loaded>
    </Stack>
  );
}

function PastScans({ scans, sites }: { scans: Scan[]; sites: Site[] }) {
  const { t } = useTranslation();
  const columns = useColumns(sites);
  return (
    <Section title={t('scan.history')} count={scans.length} flush>
      <DataTable
        label={t('scan.history')}
        columns={columns}
        data={scans}
        rowId={(s) => s.id}
        sort={[{ id: 'when', desc: true }]}
        empty={<Empty icon={IconRadar2} title={t('scan.none')} hint={t('scan.noneHint')} />}
      />
    </Section>
  );
}

function useColumns(sites: Site[]): ColumnDef<Scan>[] {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const name = useNames();
  const format = useFormats();
  const now = useNow();
  return useMemo<ColumnDef<Scan>[]>(() => {
    const count = (id: 'found' | 'assets' | 'created'): ColumnDef<Scan> => ({
      id,
      header: t(`scan.${id}`),
      accessorFn: (s) => s.progress[id],
      meta: { align: 'right' },
      cell: (c) => <span className="numeric">{format.number(c.getValue<number>())}</span>,
    });
    return [
      {
        id: 'when',
        header: t('scan.when'),
        accessorFn: (s) => s.created_at,
        cell: ({ row: { original: s } }) => (
          <Stack gap={0} className="nowrap">
            <Text size="sm">{format.ago(s.created_at, now)}</Text>
            <Text size="xs" c="var(--parc-quiet)">
              {format.instant(s.created_at)}
            </Text>
          </Stack>
        ),
      },
      {
        id: 'state',
        header: t('scan.state'),
        accessorFn: (s) => s.state,
        cell: ({ row: { original } }) => <Outcome scan={original} />,
      },
      { id: 'site', header: t('scan.site'), accessorFn: (s) => sites.find((x) => x.id === s.site_id)?.name ?? '' },
      {
        id: 'targets',
        header: t('scan.targets'),
        accessorFn: (s) => (s.targets ?? []).join(', '),
        meta: { cut: true },
        cell: (c) => (
          <span className="mono" title={c.getValue<string>()}>
            {c.getValue<string>()}
          </span>
        ),
      },
      { id: 'depth', header: t('scan.depth'), accessorFn: (s) => name('depth', s.depth) },
      count('found'),
      count('assets'),
      count('created'),
      {
        id: 'duration',
        header: t('scan.duration'),
        accessorFn: (s) => Date.parse(s.ended_at ?? '') - Date.parse(s.started_at ?? ''),
        meta: { align: 'right' },
        cell: (c) => <span className="numeric">{formatDuration(c.getValue<number>(), language)}</span>,
      },
      {
        id: 'by',
        header: t('scan.by'),
        accessorFn: (s) => (s.schedule_id ? t('scan.scheduled') : s.created_by),
        meta: { cut: true },
      },
    ];
  }, [t, language, name, format, now, sites]);
}

/** How a scan ended; what it warned of is a click away. */
function Outcome({ scan }: { scan: Scan }) {
  const { t } = useTranslation();
  const name = useNames();
  const warnings = scan.progress.warnings?.length ?? 0;
  const badge = <Badge color={scanStateColor[scan.state] ?? 'gray'}>{name('scanState', scan.state)}</Badge>;
  return (
    <Group gap={6} wrap="nowrap">
      {scan.error ? <Tooltip label={scan.error}>{badge}</Tooltip> : badge}
      {(warnings > 0 || scan.error) && (
        <Button
          variant="subtle"
          color="yellow"
          size="compact-xs"
          leftSection={<IconAlertCircle size={14} />}
          aria-label={t('scan.warnings')}
          onClick={() => {
            modals.open({
              title: t('scan.warnings'),
              size: 'lg',
              children: (
                <List size="sm">
                  {[scan.error, ...(scan.progress.warnings ?? [])].filter(Boolean).map((w) => (
                    <List.Item key={w}>{w}</List.Item>
                  ))}
                </List>
              ),
            });
          }}
        >
          {warnings || ''}
        </Button>
      )}
    </Group>
  );
}
