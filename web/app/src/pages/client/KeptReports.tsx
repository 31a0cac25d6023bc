import { Anchor, Group, Text } from '@mantine/core';
import { IconArchive } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ColumnDef } from '@tanstack/react-table';
import { useTranslation } from 'react-i18next';
import { keptPath, keptQuery, reportFormats, useDeleteReport } from '@/api/documents';
import { useMay } from '@/api/session';
import type { Report } from '@/api/types';
import { Quiet } from '@/components/badges';
import { DataTable } from '@/components/DataTable';
import { DeleteButton } from '@/components/DeleteButton';
import { Empty } from '@/components/Empty';
import { useFormats } from '@/components/formats';
import { Loaded } from '@/components/Loaded';
import { useNames } from '@/components/names';
import { Section } from '@/components/Section';
import { useLanguage } from '@/i18n';

/** The reports that are kept, each to be had again as it was. */
export function KeptReports({ clientId }: { clientId: string }) {
  const { t } = useTranslation();
  const kept = useQuery(keptQuery(clientId));
  const columns = useColumns(useMay('change'));
  return (
    <Loaded query={kept}>
      {({ items }) => (
        <Section title={t('document.keptTitle')} count={items.length} flush>
          <DataTable
            label={t('document.keptTitle')}
            columns={columns}
            data={items}
            rowId={(r) => r.id}
            sort={[{ id: 'made', desc: true }]}
            empty={<Empty icon={IconArchive} title={t('document.keptNone')} hint={t('document.keptHint')} />}
          />
        </Section>
      )}
    </Loaded>
  );
}

function useColumns(mayDelete: boolean): ColumnDef<Report>[] {
  const { t } = useTranslation();
  const name = useNames();
  const format = useFormats();
  const { language } = useLanguage();
  const remove = useDeleteReport();
  const columns: ColumnDef<Report>[] = [
    { id: 'kind', header: t('document.kind'), accessorFn: (r) => name('reportKind', r.kind), cell: (c) => <Text size="sm" fw={560}>{c.getValue<string>()}</Text> },
    { id: 'day', header: t('document.day'), accessorFn: (r) => r.day, cell: ({ row: { original: r } }) => format.day(r.day) },
    {
      id: 'period',
      header: t('document.period'),
      enableSorting: false,
      cell: ({ row: { original: r } }) => <Quiet>{r.from ? `${format.day(r.from)} – ${format.day(r.to)}` : ''}</Quiet>,
    },
    { id: 'made', header: t('document.made'), accessorFn: (r) => r.created_at, cell: ({ row: { original: r } }) => <Quiet>{format.instant(r.created_at)}</Quiet> },
    {
      id: 'digest',
      header: t('document.digest'),
      enableSorting: false,
      cell: ({ row: { original: r } }) => (
        <Text size="xs" className="mono" title={r.digest}>
          {r.digest.slice(0, 12)}
        </Text>
      ),
    },
    {
      id: 'files',
      header: t('document.again'),
      enableSorting: false,
      cell: ({ row: { original: r } }) => (
        <Group gap={8} wrap="nowrap">
          {reportFormats.map((f) => (
            <Anchor key={f} size="sm" href={keptPath(r.id, f, language)} download>
              {f.toUpperCase()}
            </Anchor>
          ))}
        </Group>
      ),
    },
  ];
  if (mayDelete) {
    columns.push({
      id: 'actions',
      header: t('table.actions'),
      enableSorting: false,
      meta: { align: 'right', width: '4rem' },
      cell: ({ row: { original: r } }) => (
        <DeleteButton id={r.id} remove={remove} title={t('document.delete', { name: `${name('reportKind', r.kind)} ${format.day(r.day)}` })} hint={t('document.deleteHint')} />
      ),
    });
  }
  return columns;
}
