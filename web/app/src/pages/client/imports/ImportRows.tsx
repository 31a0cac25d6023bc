import { Badge, SegmentedControl, Stack, Text } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import type { ColumnDef } from '@tanstack/react-table';
import type { TFunction } from 'i18next';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportVerdict } from '@/api/types';
import { DataTable } from '@/components/DataTable';
import { Empty } from '@/components/Empty';
import { useNames, type Names } from '@/components/names';

const colors: Record<string, string> = { create: 'teal', update: 'blue', unchanged: 'gray', join: 'violet', review: 'yellow', refused: 'red' };

/** What would become of each row, and why. */
export function ImportRows({ rows, left }: { rows: readonly ImportVerdict[]; left: number }) {
  const { t } = useTranslation();
  const name = useNames();
  const [what, setWhat] = useState('');
  const there = Object.keys(colors).filter((k) => rows.some((r) => r.what === k));
  const shown = rows.filter((r) => !what || r.what === what);
  const columns = useMemo<ColumnDef<ImportVerdict>[]>(
    () => [
      { id: 'row', header: t('import.row'), accessorFn: (r) => r.row, meta: { align: 'right', width: '5rem' } },
      { id: 'name', header: t('import.name'), accessorFn: (r) => r.name },
      {
        id: 'what',
        header: t('import.what'),
        accessorFn: (r) => name('importWhat', r.what),
        cell: ({ row: { original: r } }) => <Badge color={colors[r.what] ?? 'gray'}>{name('importWhat', r.what)}</Badge>,
      },
      {
        id: 'why',
        header: t('import.why'),
        enableSorting: false,
        cell: ({ row: { original: r } }) => (
          <Text size="xs" style={{ overflowWrap: 'anywhere' }}>
            {whyRow(r, t, name)}
          </Text>
        ),
      },
    ],
    [t, name],
  );
  return (
    <Stack gap="xs">
      {there.length > 1 && (
        <SegmentedControl
          size="xs"
          w="fit-content"
          aria-label={t('import.what')}
          value={what}
          onChange={setWhat}
          data={[
            { value: '', label: t('finding.all') },
            ...there.map((k) => ({ value: k, label: `${name('importWhat', k)} ${String(rows.filter((r) => r.what === k).length)}` })),
          ]}
        />
      )}
      <DataTable
        label={t('import.rows')}
        columns={columns}
        data={shown}
        rowId={(r) => String(r.row)}
        tall
        empty={<Empty compact icon={IconSearch} title={t('import.noRows')} />}
      />
      {left > 0 && (
        <Text size="xs" c="var(--parc-quiet)">
          {t('import.left', { count: left })}
        </Text>
      )}
    </Stack>
  );
}

/** Says why that becomes of a row, and what else does. */
export function whyRow(r: ImportVerdict, t: TFunction, name: (list: Names, code: string | undefined) => string): string {
  const parts: string[] = [];
  if (r.what === 'refused') {
    const problem = name('importProblem', r.problem);
    parts.push(r.column ? t('import.refused', { column: r.column, value: r.value, problem }) : problem);
  } else if (r.what === 'update') {
    parts.push(t('import.change', { field: name('field', r.field), old: r.old ?? '', new: r.new ?? '', because: name('because', r.because) }));
    if ((r.changes ?? 0) > 1) parts.push(t('import.changes', { count: r.changes }));
  } else if (r.what === 'join') {
    parts.push(t('import.join', { because: name('because', r.because) }));
  }
  if (r.coverage) parts.push(t('import.coverage'));
  if (r.purchase && r.purchase !== 'known') parts.push(name('importPurchase', r.purchase));
  return parts.join(' · ');
}
