import { Badge, Group, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ColumnDef } from '@tanstack/react-table';
import { useTranslation } from 'react-i18next';
import type { ForecastLine } from '@/api/money';
import type { ListedAsset } from '@/api/types';
import { AssetLink } from '@/components/AssetLink';
import { Quiet } from '@/components/badges';
import { useFormats } from '@/components/formats';
import { useNames } from '@/components/names';
import { useLanguage } from '@/i18n';
import type { ForecastMonth } from '@/lifecycle/forecast';
import { sayWhy } from '@/lifecycle/why';
import { AmountCell, TitleCell } from '../life/cells';
import { holdingOf } from './holding';

/** The lines of a forecast. */
export function useLineColumns(clientId: string, assets: Map<string, ListedAsset>): ColumnDef<ForecastLine>[] {
  const { t } = useTranslation();
  const name = useNames();
  const format = useFormats();
  const { language } = useLanguage();
  const money: ColumnDef<ForecastLine>[] = (['net', 'gross'] as const).map((key) => ({
    id: key,
    header: t(key === 'net' ? 'forecast.netWord' : 'forecast.grossWord'),
    accessorFn: (l) => l[key].minor,
    meta: { align: 'right' },
    cell: ({ row: { original: l } }) => <AmountCell text={l[key].minor ? format.money(l[key]) : ''} />,
  }));
  return [
    {
      id: 'day',
      header: t('forecast.day'),
      accessorFn: (l) => l.day,
      cell: ({ row: { original: l } }) => (
        <Stack gap={1}>
          <span className="numeric nowrap">{format.day(l.day)}</span>
          {l.notice && (
            <Text size="xs" c="var(--parc-quiet)" className="nowrap">
              {t('forecast.notice', { day: format.day(l.notice) })}
            </Text>
          )}
        </Stack>
      ),
    },
    {
      id: 'kind',
      header: t('life.kind'),
      accessorFn: (l) => name('forecastKind', l.kind),
      cell: ({ row: { original: l } }) => (
        <Group gap={6} wrap="nowrap">
          <span>{name('forecastKind', l.kind)}</span>
          {l.cash_out && <Badge size="sm" color={l.certain ? 'teal' : 'yellow'}>{t(l.certain ? 'forecast.certainWord' : 'forecast.estimatedWord')}</Badge>}
        </Group>
      ),
    },
    {
      id: 'what',
      header: t('forecast.what'),
      accessorFn: (l) => l.what,
      cell: ({ row: { original: l } }) => <What line={l} clientId={clientId} assets={assets} why={l.kind === 'coverage-end' ? name('coverageKind', l.why) : sayWhy(l.why ?? '', language)} />,
    },
    { id: 'class', header: t('assets.class'), accessorFn: (l) => name('class', l.class), cell: (c) => <Quiet>{c.getValue<string>()}</Quiet> },
    ...money,
  ];
}

interface WhatProps {
  line: ForecastLine;
  clientId: string;
  assets: Map<string, ListedAsset>;
  why: string;
}

/** What a line is about: the asset or what the client holds, with the way there. */
function What({ line, clientId, assets, why }: WhatProps) {
  const { t } = useTranslation();
  const ids = line.asset_ids ?? [];
  const kind = holdingOf(line.kind);
  const only = ids.length === 1 ? ids[0] : undefined;
  if (!kind && only) {
    return (
      <Stack gap={1}>
        <AssetLink id={only} asset={assets.get(only)} />
        <Text size="xs" c="var(--parc-quiet)">
          {why}
        </Text>
      </Stack>
    );
  }
  const cell = <TitleCell main={line.what} more={[why, ids.length ? t('life.assetCount', { count: ids.length }) : '']} />;
  if (!kind) return cell;
  return (
    <Link to="/clients/$clientId/lifecycle" params={{ clientId }} search={kind === 'contract' ? {} : { kind }} style={{ color: 'inherit', textDecoration: 'none' }}>
      {cell}
    </Link>
  );
}

/** The months of one currency, as figures. */
export function useMonthColumns(): ColumnDef<ForecastMonth>[] {
  const { t } = useTranslation();
  const format = useFormats();
  const { language } = useLanguage();
  const month = new Intl.DateTimeFormat(language, { month: 'long', year: 'numeric', timeZone: 'UTC' });
  const amounts: ColumnDef<ForecastMonth>[] = (['certain', 'net', 'vat', 'gross'] as const).map((key) => ({
    id: key,
    header: t(`forecast.${key}Word`),
    accessorFn: (m) => m.total?.[key].minor ?? 0,
    meta: { align: 'right' },
    cell: ({ row: { original: m } }) => <AmountCell text={format.money(m.total?.[key])} />,
  }));
  return [
    { id: 'month', header: t('forecast.month'), accessorFn: (m) => m.month, cell: ({ row: { original: m } }) => month.format(Date.parse(`${m.month}-01T00:00:00Z`)) },
    ...amounts,
  ];
}
