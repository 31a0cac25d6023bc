import { SegmentedControl, Stack, Text } from '@mantine/core';
import { IconShieldCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { ColumnDef } from '@tanstack/react-table';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useAllAssets } from '@/api/assets';
import { findingsQuery } from '@/api/lifecycle';
import type { Finding } from '@/api/types';
import { AssetLink } from '@/components/AssetLink';
import { severities, SeverityBadge } from '@/components/badges';
import { DataTable } from '@/components/DataTable';
import { Empty } from '@/components/Empty';
import { countFindings } from '@/components/FindingList';
import { Loaded } from '@/components/Loaded';
import { useNames } from '@/components/names';
import { Section } from '@/components/Section';
import { assetName } from '@/format/asset';
import { useLanguage } from '@/i18n';

const route = getRouteApi('/signed-in/clients/$clientId/findings');

/** All that is wrong at a client, the worst first. */
export default function FindingsTab() {
  const { t } = useTranslation();
  const name = useNames();
  const { language } = useLanguage();
  const { clientId } = route.useParams();
  const { severity } = route.useSearch();
  const navigate = route.useNavigate();
  const findings = useQuery(findingsQuery(clientId, language));
  const columns = useFindingColumns(clientId);

  return (
    <Loaded query={findings}>
      {({ items }) => {
        const counts = countFindings(items);
        const shown = severity ? items.filter((f) => f.severity === severity) : items;
        return (
          <Section
            title={t('client.tabs.findings')}
            count={shown.length}
            flush
            actions={
              <SegmentedControl
                size="xs"
                aria-label={t('finding.severity')}
                value={severity ?? ''}
                onChange={(value) => void navigate({ search: { severity: severities.find((s) => s === value) }, replace: true })}
                data={[
                  { value: '', label: t('finding.all') },
                  ...severities.map((s) => ({ value: s, label: `${name('severity', s)} ${String(counts[s])}` })),
                ]}
              />
            }
          >
            <DataTable
              label={t('client.tabs.findings')}
              columns={columns}
              data={shown}
              rowId={(f) => `${f.rule} ${f.asset_id} ${f.title} ${f.detail ?? ''}`}
              tall
              empty={<Empty icon={IconShieldCheck} title={t('finding.none')} hint={t('finding.noneHint')} />}
            />
          </Section>
        );
      }}
    </Loaded>
  );
}

function useFindingColumns(clientId: string): ColumnDef<Finding>[] {
  const { t } = useTranslation();
  const assets = useAllAssets(clientId);
  return useMemo<ColumnDef<Finding>[]>(
    () => [
      {
        id: 'severity',
        header: t('finding.severity'),
        accessorFn: (f) => severities.findIndex((s) => s === f.severity),
        meta: { width: '8rem' },
        cell: ({ row: { original } }) => <SeverityBadge severity={original.severity} />,
      },
      {
        id: 'title',
        header: t('finding.title'),
        accessorFn: (f) => f.title,
        cell: ({ row: { original } }) => (
          <Stack gap={1}>
            <Text size="sm" fw={540}>
              {original.title}
            </Text>
            <Text size="xs" c="var(--parc-quiet)" style={{ overflowWrap: 'anywhere' }}>
              {original.detail}
            </Text>
          </Stack>
        ),
      },
      {
        id: 'asset',
        header: t('finding.asset'),
        accessorFn: (f) => assetName(assets.get(f.asset_id) ?? {}),
        cell: ({ row: { original } }) => <AssetLink id={original.asset_id} asset={assets.get(original.asset_id)} />,
      },
    ],
    [t, assets],
  );
}
