import { Badge, Group, Stack, Text } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ColumnDef } from '@tanstack/react-table';
import { useTranslation } from 'react-i18next';
import { useAllAssets } from '@/api/assets';
import { type Intervention, useDeleteIntervention } from '@/api/interventions';
import { contractsQuery } from '@/api/lifecycle';
import { AssetLink } from '@/components/AssetLink';
import { AttachmentsButton } from '@/components/Attachments';
import { DeleteButton } from '@/components/DeleteButton';
import { useFormats } from '@/components/formats';
import { IconButton } from '@/components/IconButton';
import { useNames } from '@/components/names';
import { formatDuration } from '@/format/date';
import { useLanguage } from '@/i18n';
import { AmountCell } from '../life/cells';

interface Props {
  clientId: string;
  may: boolean;
  ofAsset: boolean;
  edit: (intervention: Intervention) => void;
}

export function useInterventionColumns({ clientId, may, ofAsset, edit }: Props): ColumnDef<Intervention>[] {
  const { t } = useTranslation();
  const name = useNames();
  const format = useFormats();
  const { language } = useLanguage();
  const assets = useAllAssets(clientId);
  const contracts = useQuery(contractsQuery(clientId)).data?.items;
  const remove = useDeleteIntervention();
  const under = (v: Intervention) => contracts?.find((c) => c.id === v.contract_id)?.title;
  return [
    { id: 'opened', header: t('service.opened'), accessorFn: (v) => v.opened_at, cell: ({ row: { original: v } }) => <Text size="sm">{format.instant(v.opened_at)}</Text> },
    {
      id: 'summary',
      header: t('service.summary'),
      accessorFn: (v) => v.summary,
      cell: ({ row: { original: v } }) => (
        <Stack gap={2} miw={230}>
          <Text size="sm" fw={560} lineClamp={2} title={v.summary}>
            {v.summary}
          </Text>
          <Text size="xs" c="var(--parc-quiet)">
            {[name('interventionKind', v.kind), name('supportLevel', String(v.level)), v.by, under(v)].filter(Boolean).join(' · ')}
          </Text>
          {!ofAsset && v.asset_id && <AssetLink id={v.asset_id} asset={assets.get(v.asset_id)} />}
        </Stack>
      ),
    },
    {
      id: 'response',
      header: t('service.response'),
      accessorFn: (v) => v.response_minutes,
      cell: ({ row: { original: v } }) => <Promise state={v.responded} minutes={v.response_minutes} due={v.response_due} open={!v.responded_at} />,
    },
    {
      id: 'resolution',
      header: t('service.resolution'),
      accessorFn: (v) => v.resolution_minutes,
      cell: ({ row: { original: v } }) => <Promise state={v.resolved} minutes={v.resolution_minutes} due={v.resolution_due} open={!v.resolved_at} />,
    },
    {
      id: 'work',
      header: t('service.workWord'),
      accessorFn: (v) => v.work_minutes ?? 0,
      meta: { align: 'right' },
      cell: ({ row: { original: v } }) => <AmountCell text={v.work_minutes ? formatDuration(v.work_minutes * 60_000, language) : ''} />,
    },
    {
      id: 'cost',
      header: t('budget.cost'),
      accessorFn: (v) => v.cost.minor,
      meta: { align: 'right' },
      cell: ({ row: { original: v } }) => <AmountCell text={v.cost.minor ? format.money(v.cost) : ''} />,
    },
    {
      id: 'actions',
      header: t('table.actions'),
      enableSorting: false,
      meta: { align: 'right', width: '7rem' },
      cell: ({ row: { original: v } }) => (
        <Group gap={2} wrap="nowrap" justify="flex-end">
          {may && <IconButton icon={IconPencil} label={`${t('action.edit')}: ${v.summary}`} onClick={() => { edit(v); }} />}
          <AttachmentsButton owner="intervention" id={v.id} may={may} name={v.summary} />
          {may && <DeleteButton id={v.id} remove={remove} title={t('life.deleteTitle', { name: v.summary })} hint={t('life.deleteHint')} />}
        </Group>
      ),
    },
  ];
}

const promiseColor = { kept: 'teal', broken: 'red', pending: 'yellow' } as const;

interface PromiseProps {
  state?: 'kept' | 'broken' | 'pending' | '';
  minutes: number;
  due?: string;
  /** It has not happened yet: the minutes run on. */
  open: boolean;
}

/** How long something took, and whether that is what the contract promises. */
function Promise({ state, minutes, due, open }: PromiseProps) {
  const { t } = useTranslation();
  const name = useNames();
  const format = useFormats();
  const { language } = useLanguage();
  const took = formatDuration(minutes * 60_000, language);
  return (
    <Stack gap={1}>
      <Group gap={6} wrap="nowrap">
        <span className="numeric nowrap">{open ? t('service.running', { time: took }) : took}</span>
        {state && <Badge size="sm" color={promiseColor[state]}>{name('promise', state)}</Badge>}
      </Group>
      {state && due && (
        <Text size="xs" c="var(--parc-quiet)" maw={150}>
          {t('service.due', { at: format.instant(due) })}
        </Text>
      )}
    </Stack>
  );
}
