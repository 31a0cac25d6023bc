import { Group, Select, Stack, Text } from '@mantine/core';
import { IconScale } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ColumnDef } from '@tanstack/react-table';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Variance, varianceQuery } from '@/api/budget';
import { sitesQuery } from '@/api/clients';
import { Conventions } from '@/components/Conventions';
import { DataTable } from '@/components/DataTable';
import { DayField } from '@/components/DayField';
import { Empty } from '@/components/Empty';
import { useFormats } from '@/components/formats';
import { Loaded } from '@/components/Loaded';
import { useNames } from '@/components/names';
import { Section } from '@/components/Section';
import { useLanguage } from '@/i18n';
import { AmountCell } from '../life/cells';

type By = 'class' | 'site' | 'month';

/** What replacements were forecast to cost on a day, and what was bought since. */
export function ActualView({ clientId }: { clientId: string }) {
  const { t } = useTranslation();
  const [by, setBy] = useState<By>('class');
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const variances = useQuery(varianceQuery(clientId, { by, from: from || undefined, to: to || undefined }));
  const columns = useColumns(clientId, by);
  return (
    <Stack>
      <Group gap="xs" align="flex-end">
        <DayField label={t('actual.from')} day={from || (variances.data?.from ?? '')} change={setFrom} />
        <DayField
          label={t('forecast.to')}
          day={to || (variances.data?.to ?? '')}
          error={from && to && to < from ? t('life.badEnd') : undefined}
          change={setTo}
        />
        <Select
          label={t('actual.by')}
          w={160}
          allowDeselect={false}
          value={by}
          onChange={(value) => {
            setBy(value as By);
          }}
          data={(['class', 'site', 'month'] as const).map((value) => ({ value, label: t(value === 'month' ? 'forecast.month' : `assets.${value}`) }))}
        />
      </Group>
      <Loaded query={variances}>
        {({ items, day, conventions }) => (
          <>
            <Section title={t('actual.title')} flush>
              <DataTable
                key={by}
                label={t('actual.title')}
                columns={columns}
                data={items}
                rowId={(v) => `${v.key} ${v.forecast.currency}`}
                empty={<Empty icon={IconScale} title={t('actual.none')} hint={t('actual.noneHint')} />}
              />
            </Section>
            <Conventions day={day} conventions={conventions} />
          </>
        )}
      </Loaded>
    </Stack>
  );
}

function useColumns(clientId: string, by: By): ColumnDef<Variance>[] {
  const { t } = useTranslation();
  const name = useNames();
  const format = useFormats();
  const { language } = useLanguage();
  const sites = useQuery(sitesQuery(clientId)).data?.items;
  const month = new Intl.DateTimeFormat(language, { month: 'long', year: 'numeric', timeZone: 'UTC' });
  const labels: Record<By, (key: string) => string> = {
    class: (key) => name('class', key),
    site: (key) => sites?.find((s) => s.id === key)?.name ?? '',
    month: (key) => month.format(Date.parse(`${key}-01T00:00:00Z`)),
  };
  const amount = (id: 'forecast' | 'actual', count: (v: Variance) => number): ColumnDef<Variance> => ({
    id,
    header: t(`actual.${id}`),
    accessorFn: (v) => v[id].minor,
    meta: { align: 'right' },
    cell: ({ row: { original: v } }) => (
      <Stack gap={1} align="flex-end">
        <AmountCell text={v[id].minor ? format.money(v[id]) : ''} />
        {count(v) > 0 && (
          <Text size="xs" c="var(--parc-quiet)">
            {t(`actual.${id}Count`, { count: count(v) })}
          </Text>
        )}
      </Stack>
    ),
  });
  return [
    { id: 'key', header: t(by === 'month' ? 'forecast.month' : `assets.${by}`), accessorFn: (v) => v.key, cell: ({ row: { original: v } }) => labels[by](v.key) || t('actual.noKey') },
    amount('forecast', (v) => v.planned),
    amount('actual', (v) => v.bought),
    {
      id: 'difference',
      header: t('actual.difference'),
      accessorFn: (v) => v.difference.minor,
      meta: { align: 'right' },
      cell: ({ row: { original: v } }) => (
        <Text size="sm" className="numeric nowrap" c={v.difference.minor > 0 ? 'red' : v.difference.minor < 0 ? 'teal' : undefined}>
          {v.difference.minor > 0 ? '+' : ''}
          {format.money(v.difference)}
        </Text>
      ),
    },
  ];
}
