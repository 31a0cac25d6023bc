import { Group } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import type { ColumnDef } from '@tanstack/react-table';
import { useTranslation } from 'react-i18next';
import { type HoldingKind, useDeleteHolding } from '@/api/holdings';
import { useMay } from '@/api/session';
import type { Contract, Coverage, Financing, Licence, ListedAsset } from '@/api/types';
import { AssetLink } from '@/components/AssetLink';
import { AttachmentsButton } from '@/components/Attachments';
import { DeleteButton } from '@/components/DeleteButton';
import { useFormats, useToday } from '@/components/formats';
import { IconButton } from '@/components/IconButton';
import { useNames } from '@/components/names';
import { assetName } from '@/format/asset';
import { contractEnd, financingEnd, licenceTitle, noticeDay } from '@/lifecycle/ends';
import { AmountCell, EndCell, TitleCell, useAmount } from './cells';

/** The column with the files on a row, and with what changes and deletes it for those who may. */
function useActions<T extends { id: string }>(kind: HoldingKind, may: boolean, title: (row: T) => string, edit?: (row: T) => void): ColumnDef<T>[] {
  const { t } = useTranslation();
  const remove = useDeleteHolding(kind);
  const mayAttach = useMay('money');
  if (!may && kind === 'coverage') return [];
  return [
    {
      id: 'actions',
      header: t('table.actions'),
      enableSorting: false,
      meta: { align: 'right', width: edit ? '7rem' : '5rem' },
      cell: ({ row: { original } }) => (
        <Group gap={2} wrap="nowrap" justify="flex-end">
          {may && edit && <IconButton icon={IconPencil} label={`${t('action.edit')}: ${title(original)}`} onClick={() => { edit(original); }} />}
          {kind !== 'coverage' && <AttachmentsButton owner={kind} id={original.id} may={mayAttach} name={title(original)} />}
          {may && <DeleteButton id={original.id} remove={remove} title={t('life.deleteTitle', { name: title(original) })} hint={t('life.deleteHint')} />}
        </Group>
      ),
    },
  ];
}

function useAssetCount(): (ids: readonly string[] | null) => string {
  const { t } = useTranslation();
  return (ids) => (ids?.length ? t('life.assetCount', { count: ids.length }) : '');
}

export function useFinancingColumns(may: boolean, edit?: (financing: Financing) => void): ColumnDef<Financing>[] {
  const { t } = useTranslation();
  const name = useNames();
  const format = useFormats();
  const amount = useAmount();
  const assets = useAssetCount();
  const party = (f: Financing) => f.lessor || f.supplier || name('financing', f.kind);
  const actions = useActions<Financing>('financing', may, party, edit);
  const paid = (f: Financing) => amount(f.instalment, f.period_months || 1) || amount(f.price, 0);
  return [
    {
      id: 'party',
      header: t('life.supplier'),
      accessorFn: party,
      cell: ({ row: { original: f } }) => <TitleCell main={party(f)} more={[f.reference, f.lessor ? f.supplier : '', f.notes]} />,
    },
    { id: 'kind', header: t('life.kind'), accessorFn: (f) => name('financing', f.kind) },
    { id: 'assets', header: t('life.assets'), accessorFn: (f) => f.asset_ids?.length ?? 0, cell: ({ row }) => assets(row.original.asset_ids) },
    { id: 'start', header: t('life.start'), accessorFn: (f) => f.start, cell: (c) => format.day(c.getValue<string>()) },
    {
      id: 'end',
      header: t('life.end'),
      accessorFn: (f) => financingEnd(f) || '9999',
      cell: ({ row: { original } }) => <EndCell day={financingEnd(original)} />,
    },
    {
      id: 'amount',
      header: t('life.amount'),
      accessorFn: (f) => f.instalment.minor || f.price.minor,
      meta: { align: 'right' },
      cell: ({ row: { original } }) => <AmountCell text={paid(original)} />,
    },
    ...actions,
  ];
}

export function useLicenceColumns(may: boolean): ColumnDef<Licence>[] {
  const { t } = useTranslation();
  const name = useNames();
  const format = useFormats();
  const amount = useAmount();
  const actions = useActions<Licence>('licence', may, licenceTitle);
  return [
    {
      id: 'title',
      header: t('life.product'),
      accessorFn: licenceTitle,
      cell: ({ row: { original: l } }) => <TitleCell main={licenceTitle(l)} more={[l.supplier, l.reference]} />,
    },
    { id: 'kind', header: t('life.kind'), accessorFn: (l) => name('licenceKind', l.kind) },
    {
      id: 'quantity',
      header: t('life.quantity'),
      accessorFn: (l) => l.quantity,
      meta: { align: 'right' },
      cell: ({ row: { original: l } }) => (
        <span className="numeric">
          {format.number(l.quantity)} {name('metric', l.metric)}
        </span>
      ),
    },
    {
      id: 'end',
      header: t('life.end'),
      accessorFn: (l) => l.end || '9999',
      cell: ({ row: { original: l } }) => <EndCell day={l.end ?? ''} note={l.renews ? t('life.renewsWord') : undefined} />,
    },
    {
      id: 'amount',
      header: t('life.unitPrice'),
      accessorFn: (l) => l.unit_price.minor,
      meta: { align: 'right' },
      cell: ({ row: { original: l } }) => <AmountCell text={amount(l.unit_price, l.per_months)} />,
    },
    ...actions,
  ];
}

export function useContractColumns(may: boolean): ColumnDef<Contract>[] {
  const { t } = useTranslation();
  const name = useNames();
  const today = useToday();
  const amount = useAmount();
  const actions = useActions<Contract>('contract', may, (c) => c.title);
  return [
    {
      id: 'title',
      header: t('life.title'),
      accessorFn: (c) => c.title,
      cell: ({ row: { original: c } }) => <TitleCell main={c.title} more={[c.party, c.reference]} />,
    },
    { id: 'kind', header: t('life.kind'), accessorFn: (c) => name('contractKind', c.kind) },
    {
      id: 'end',
      header: t('life.end'),
      accessorFn: (c) => contractEnd(c, today),
      cell: ({ row: { original: c } }) => (
        <EndCell day={contractEnd(c, today)} note={c.tacit_months ? t('life.tacitWord', { count: c.tacit_months }) : undefined} />
      ),
    },
    {
      id: 'notice',
      header: t('life.noticeDay'),
      accessorFn: (c) => noticeDay(c, today) || '9999',
      cell: ({ row: { original: c } }) => <EndCell day={noticeDay(c, today)} />,
    },
    {
      id: 'amount',
      header: t('life.amount'),
      accessorFn: (c) => c.price.minor,
      meta: { align: 'right' },
      cell: ({ row: { original: c } }) => <AmountCell text={amount(c.price, c.price_months)} />,
    },
    ...actions,
  ];
}

/** assets names what is covered; without it the column is left out. */
export function useCoverageColumns(may: boolean, assets?: Map<string, ListedAsset>): ColumnDef<Coverage>[] {
  const { t } = useTranslation();
  const name = useNames();
  const format = useFormats();
  const actions = useActions<Coverage>('coverage', may, (c) => name('coverageKind', c.kind));
  const asset: ColumnDef<Coverage> = {
    id: 'asset',
    header: t('life.asset'),
    accessorFn: (c) => assetName(assets?.get(c.asset_id) ?? {}),
    cell: ({ row: { original: c } }) => <AssetLink id={c.asset_id} asset={assets?.get(c.asset_id)} />,
  };
  return [
    ...(assets ? [asset] : []),
    {
      id: 'kind',
      header: t('life.kind'),
      accessorFn: (c) => name('coverageKind', c.kind),
      cell: ({ row: { original: c } }) => <TitleCell main={name('coverageKind', c.kind)} more={[c.level]} />,
    },
    { id: 'start', header: t('life.start'), accessorFn: (c) => c.start ?? '', cell: (c) => format.day(c.getValue<string>()) },
    { id: 'end', header: t('life.end'), accessorFn: (c) => c.end || '9999', cell: ({ row: { original } }) => <EndCell day={original.end ?? ''} /> },
    { id: 'source', header: t('life.source'), accessorFn: (c) => name('source', c.source) },
    ...actions,
  ];
}
