import { Anchor, Avatar, Group, Text } from '@mantine/core';
import { IconBuildings } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ColumnDef } from '@tanstack/react-table';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { OverviewClient } from '@/api/types';
import { FindingCounts } from '@/components/badges';
import { DataTable } from '@/components/DataTable';
import { Empty } from '@/components/Empty';
import { useFormats, useNow } from '@/components/formats';
import { severities } from '@/lifecycle/findings';

/** The clients with what matters of each: assets, findings, the last scan. */
export function ClientTable({ clients }: { clients: OverviewClient[] }) {
  const { t } = useTranslation();
  const format = useFormats();
  const now = useNow();
  const columns = useMemo<ColumnDef<OverviewClient>[]>(
    () => [
      {
        id: 'name',
        header: t('clients.name'),
        accessorFn: (row) => row.client.name,
        cell: ({ row: { original } }) => (
          <Group gap="sm" wrap="nowrap">
            <Avatar name={original.client.name} color="initials" size={32} radius="md" aria-hidden />
            <Anchor
              fw={560}
              size="sm"
              renderRoot={(props) => <Link to="/clients/$clientId" params={{ clientId: original.client.id }} {...props} />}
            >
              {original.client.name}
            </Anchor>
          </Group>
        ),
      },
      {
        id: 'assets',
        header: t('clients.assets'),
        accessorFn: (row) => row.assets,
        meta: { align: 'right' },
        cell: ({ row: { original } }) => <span className="numeric">{format.number(original.assets)}</span>,
      },
      {
        id: 'findings',
        header: t('clients.findings'),
        // Sorts by the worst severity first, then by the next.
        accessorFn: (row) => severities.reduce((rank, s) => rank * 10_000 + row.findings[s], 0),
        sortDescFirst: true,
        cell: ({ row: { original } }) => <FindingCounts counts={original.findings} />,
      },
      {
        id: 'scan',
        header: t('overview.lastScan'),
        accessorFn: (row) => row.last_scan ?? '',
        cell: ({ row: { original } }) => (
          <Text size="sm" c="var(--parc-quiet)" title={format.instant(original.last_scan)} style={{ whiteSpace: 'nowrap' }}>
            {format.ago(original.last_scan, now) || t('overview.never')}
          </Text>
        ),
      },
    ],
    [t, format, now],
  );
  return (
    <DataTable
      label={t('clients.title')}
      columns={columns}
      data={clients}
      rowId={(row) => row.client.id}
      sort={[{ id: 'name', desc: false }]}
      empty={<Empty icon={IconBuildings} title={t('clients.none')} hint={t('clients.noneHint')} />}
    />
  );
}
