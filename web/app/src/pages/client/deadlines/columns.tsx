import { Badge, Group, Stack, Text } from '@mantine/core';
import { IconBellPause, IconCheck, IconRotate } from '@tabler/icons-react';
import type { ColumnDef } from '@tanstack/react-table';
import { useTranslation } from 'react-i18next';
import { useAllAssets } from '@/api/assets';
import { type Deadline, useSayDeadline } from '@/api/deadlines';
import { AssetLink } from '@/components/AssetLink';
import { Quiet } from '@/components/badges';
import { useFormats } from '@/components/formats';
import { IconButton } from '@/components/IconButton';
import { useNames } from '@/components/names';
import { useNotify } from '@/components/notify';
import { EndCell } from '../life/cells';

interface Props {
  clientId: string;
  /** Whether the reader may take note and put off. */
  may: boolean;
  snooze: (deadline: Deadline) => void;
  /** The name of a user, as far as the reader may know it. */
  nameOf: (userId: string) => string;
  /** Nobody is written to, so no message is to come. */
  silent: boolean;
}

/** What is near, and what was said of it. */
export function useDeadlineColumns({ clientId, may, snooze, nameOf, silent }: Props): ColumnDef<Deadline>[] {
  const { t } = useTranslation();
  const name = useNames();
  const format = useFormats();
  const assets = useAllAssets(clientId);
  const columns: ColumnDef<Deadline>[] = [
    { id: 'day', header: t('forecast.day'), accessorFn: (d) => d.day, cell: ({ row: { original: d } }) => <EndCell day={d.day} /> },
    {
      id: 'what',
      header: t('forecast.what'),
      accessorFn: (d) => d.what,
      cell: ({ row: { original: d } }) => <What deadline={d} assets={assets} />,
    },
    {
      id: 'stake',
      header: t('deadline.stake'),
      accessorFn: (d) => d.at_stake?.minor ?? 0,
      meta: { align: 'right' },
      cell: ({ row: { original: d } }) => (
        <Stack gap={1} align="flex-end">
          <span className="numeric nowrap">
            <Quiet>{format.money(d.at_stake)}</Quiet>
          </span>
          {d.bound && (
            <Text size="xs" c="var(--parc-quiet)" className="nowrap">
              {t('deadline.bound', { day: format.day(d.bound) })}
            </Text>
          )}
        </Stack>
      ),
    },
    {
      id: 'state',
      header: t('assets.state'),
      accessorFn: (d) => (d.acknowledged ? 2 : d.snoozed_until ? 1 : 0),
      cell: ({ row: { original: d } }) => <State deadline={d} by={d.said_by ? nameOf(d.said_by) : ''} />,
    },
    {
      id: 'mail',
      header: t('deadline.mail'),
      accessorFn: (d) => (silent ? '' : (d.next_on ?? '9999')),
      cell: ({ row: { original: d } }) => (
        <Stack gap={1}>
          <span className="nowrap">
            <Quiet>{d.next_on && !silent ? format.day(d.next_on) : ''}</Quiet>
          </span>
          {d.sent_on && (
            <Text size="xs" c="var(--parc-quiet)" className="nowrap">
              {t('deadline.sent', { day: format.day(d.sent_on) })}
            </Text>
          )}
        </Stack>
      ),
    },
  ];
  if (may) {
    columns.push({
      id: 'actions',
      header: t('table.actions'),
      enableSorting: false,
      meta: { align: 'right', width: '6rem' },
      cell: ({ row: { original: d } }) => <Actions clientId={clientId} deadline={d} what={`${name('eventKind', d.kind)}, ${d.what}`} snooze={snooze} />,
    });
  }
  return columns;
}

function What({ deadline: d, assets }: { deadline: Deadline; assets: ReturnType<typeof useAllAssets> }) {
  const { t } = useTranslation();
  const name = useNames();
  const only = d.asset_ids.length === 1 ? d.asset_ids[0] : undefined;
  const count = d.asset_ids.length > 1 ? t('life.assetCount', { count: d.asset_ids.length }) : '';
  return (
    <Stack gap={1} miw={200}>
      <Text size="sm" fw={560}>
        {name('eventKind', d.kind)}
      </Text>
      <Group gap={6}>
        {only ? <AssetLink id={only} asset={assets.get(only)} /> : <Text size="sm">{[d.what, count].filter(Boolean).join(' · ')}</Text>}
        {d.renews && <Badge size="sm" color="grape">{t('life.renewsWord')}</Badge>}
      </Group>
    </Stack>
  );
}

function State({ deadline: d, by }: { deadline: Deadline; by: string }) {
  const { t } = useTranslation();
  const format = useFormats();
  const [color, text] = d.acknowledged
    ? ['teal', t('deadline.noted')]
    : d.snoozed_until
      ? ['blue', t('deadline.off', { day: format.day(d.snoozed_until) })]
      : ['orange', t('deadline.open')];
  return (
    <Stack gap={2} align="flex-start">
      <Badge color={color}>{text}</Badge>
      {by && (
        <Text size="xs" c="var(--parc-quiet)">
          {t('deadline.by', { name: by })}
        </Text>
      )}
    </Stack>
  );
}

interface ActionProps {
  clientId: string;
  deadline: Deadline;
  what: string;
  snooze: (deadline: Deadline) => void;
}

function Actions({ clientId, deadline: d, what, snooze }: ActionProps) {
  const { t } = useTranslation();
  const notify = useNotify();
  const say = useSayDeadline(clientId);
  const tell = (word: 'acknowledge' | 'reopen') => {
    say.mutate(
      { event: d.event, say: word },
      {
        onSuccess: () => {
          notify.done(t(word === 'reopen' ? 'deadline.reopened' : 'deadline.noted'));
        },
        onError: notify.problem,
      },
    );
  };
  return (
    <Group gap={2} wrap="nowrap" justify="flex-end">
      {!d.acknowledged && <IconButton icon={IconCheck} label={t('deadline.note', { what })} loading={say.isPending} onClick={() => { tell('acknowledge'); }} />}
      {!d.acknowledged && d.days_left > 0 && <IconButton icon={IconBellPause} label={t('deadline.putOff', { what })} onClick={() => { snooze(d); }} />}
      {(d.acknowledged || d.snoozed_until) && <IconButton icon={IconRotate} label={t('deadline.reopen', { what })} loading={say.isPending} onClick={() => { tell('reopen'); }} />}
    </Group>
  );
}
