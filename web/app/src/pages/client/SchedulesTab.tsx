import { Button, Group, Stack, Switch, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconCalendarRepeat, IconPencil, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { ColumnDef } from '@tanstack/react-table';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { sitesQuery } from '@/api/clients';
import { schedulesQuery, useDeleteSchedule, useUpdateSchedule } from '@/api/scans';
import { useMay } from '@/api/session';
import type { Schedule, Site } from '@/api/types';
import { Quiet } from '@/components/badges';
import { useCronText } from '@/components/cron-text';
import { DataTable } from '@/components/DataTable';
import { DeleteButton } from '@/components/DeleteButton';
import { Empty } from '@/components/Empty';
import { useFormats, useNow } from '@/components/formats';
import { IconButton } from '@/components/IconButton';
import { Loaded } from '@/components/Loaded';
import { useNames } from '@/components/names';
import { useNotify } from '@/components/notify';
import { Section } from '@/components/Section';
import { ScheduleForm } from './ScheduleForm';

const route = getRouteApi('/signed-in/clients/$clientId/schedules');

/** The scans that start by themselves. */
export default function SchedulesTab() {
  const { t } = useTranslation();
  const { clientId } = route.useParams();
  const mayChange = useMay('change');
  const sites = useQuery(sitesQuery(clientId)).data?.items;
  const schedules = useQuery(schedulesQuery(clientId));
  const [opened, { open, close }] = useDisclosure();
  const [edited, setEdited] = useState<Schedule>();
  const edit = (schedule?: Schedule) => {
    setEdited(schedule);
    open();
  };
  const columns = useColumns(sites ?? [], mayChange, edit);
  const add = mayChange && sites && sites.length > 0 && (
    <Button
      size="xs"
      leftSection={<IconPlus size={16} />}
      onClick={() => {
        edit();
      }}
    >
      {t('schedule.add')}
    </Button>
  );
  return (
    <Loaded query={schedules}>
      {({ items }) => (
        <Section title={t('schedule.title')} count={items.length} flush actions={items.length > 0 && add}>
          <DataTable
            label={t('schedule.title')}
            columns={columns}
            data={items}
            rowId={(s) => s.id}
            sort={[{ id: 'name', desc: false }]}
            empty={<Empty icon={IconCalendarRepeat} title={t('schedule.none')} hint={t('schedule.noneHint')} action={add} />}
          />
          {sites && <ScheduleForm clientId={clientId} sites={sites} schedule={edited} opened={opened} close={close} />}
        </Section>
      )}
    </Loaded>
  );
}

function useColumns(sites: Site[], mayChange: boolean, edit: (schedule: Schedule) => void): ColumnDef<Schedule>[] {
  const { t } = useTranslation();
  const name = useNames();
  const format = useFormats();
  const now = useNow();
  const cron = useCronText();
  const remove = useDeleteSchedule();
  const columns: ColumnDef<Schedule>[] = [
    { id: 'name', header: t('schedule.name'), accessorFn: (s) => s.name, cell: (c) => <Text size="sm" fw={560}>{c.getValue<string>()}</Text> },
    {
      id: 'spec',
      header: t('schedule.spec'),
      enableSorting: false,
      cell: ({ row: { original: s } }) => (
        <Stack gap={0}>
          <Text size="sm">{cron(s.spec)}</Text>
          <Text size="xs" c="var(--parc-quiet)">
            <span className="mono">{s.spec}</span> · {s.time_zone}
          </Text>
        </Stack>
      ),
    },
    { id: 'site', header: t('schedule.site'), accessorFn: (s) => sites.find((x) => x.id === s.site_id)?.name ?? '' },
    { id: 'depth', header: t('schedule.depth'), accessorFn: (s) => name('depth', s.depth) },
    {
      id: 'next',
      header: t('schedule.next'),
      accessorFn: (s) => (s.enabled ? (s.next_at ?? '') : ''),
      cell: ({ row: { original: s } }) => <Quiet>{s.enabled ? format.instant(s.next_at) : t('schedule.paused')}</Quiet>,
    },
    {
      id: 'last',
      header: t('schedule.last'),
      accessorFn: (s) => s.last_at ?? '',
      cell: ({ row: { original: s } }) => <Quiet>{format.ago(s.last_at, now)}</Quiet>,
    },
  ];
  if (mayChange) {
    columns.push({
      id: 'actions',
      header: t('table.actions'),
      enableSorting: false,
      meta: { align: 'right', width: '9rem' },
      cell: ({ row: { original: s } }) => (
        <Group gap={4} justify="flex-end" wrap="nowrap">
          <Enabled schedule={s} />
          <IconButton icon={IconPencil} label={`${t('action.edit')}: ${s.name}`} onClick={() => { edit(s); }} />
          <DeleteButton id={s.id} remove={remove} title={t('schedule.delete', { name: s.name })} hint={t('schedule.deleteHint')} />
        </Group>
      ),
    });
  }
  return columns;
}

function Enabled({ schedule }: { schedule: Schedule }) {
  const { t } = useTranslation();
  const notify = useNotify();
  const update = useUpdateSchedule();
  return (
    <Switch
      size="xs"
      aria-label={t('schedule.enable', { name: schedule.name })}
      checked={update.isPending ? update.variables.enabled : schedule.enabled}
      onChange={(e) => {
        update.mutate({ id: schedule.id, enabled: e.currentTarget.checked }, { onError: notify.problem });
      }}
    />
  );
}
