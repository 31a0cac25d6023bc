import { SegmentedControl, Stack } from '@mantine/core';
import { IconCalendarCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { alertPlanQuery, type Deadline, deadlinesQuery } from '@/api/deadlines';
import { useMay, useUser } from '@/api/session';
import { usersQuery } from '@/api/users';
import { DataTable } from '@/components/DataTable';
import { Empty } from '@/components/Empty';
import { Loaded } from '@/components/Loaded';
import { Section } from '@/components/Section';
import { AlertPlanSection } from './deadlines/AlertPlanSection';
import { useDeadlineColumns } from './deadlines/columns';
import { SnoozeForm } from './deadlines/SnoozeForm';

const route = getRouteApi('/signed-in/clients/$clientId/deadlines');

/** What is near for a client, what was said of it, and who is written to. */
export default function DeadlinesTab() {
  const { t } = useTranslation();
  const { clientId } = route.useParams();
  const may = useMay('money');
  const deadlines = useQuery(deadlinesQuery(clientId));
  const nameOf = useUserNames();
  const plan = useQuery({ ...alertPlanQuery(clientId), enabled: may }).data;
  const silent = plan !== undefined && !plan.recipients?.length;
  const [off, setOff] = useState<Deadline>();
  const [shown, setShown] = useState('open');
  const columns = useDeadlineColumns({ clientId, may, snooze: setOff, nameOf, silent });
  const isOpen = (d: Deadline) => !d.acknowledged && !d.snoozed_until;
  const all = deadlines.data?.items ?? [];
  const choice = (
    <SegmentedControl
      size="xs"
      aria-label={t('deadline.shown')}
      value={shown}
      onChange={setShown}
      data={[
        { value: 'open', label: t('deadline.openCount', { count: all.filter(isOpen).length }) },
        { value: 'all', label: t('deadline.allCount', { count: all.length }) },
      ]}
    />
  );
  return (
    <Stack>
      <Section title={t('deadline.title')} flush actions={all.length > 0 && choice}>
        <Loaded query={deadlines}>
          {({ items }) => (
            <DataTable
              label={t('deadline.title')}
              columns={columns}
              data={shown === 'all' ? items : items.filter(isOpen)}
              rowId={(d) => d.event}
              sort={[{ id: 'day', desc: false }]}
              tall
              empty={<Empty icon={IconCalendarCheck} title={t(items.length > 0 ? 'deadline.allSaid' : 'deadline.none')} hint={t(items.length > 0 ? 'deadline.allSaidHint' : 'client.noEndsHint')} />}
            />
          )}
        </Loaded>
      </Section>
      {may && <AlertPlanSection clientId={clientId} />}
      <SnoozeForm clientId={clientId} deadline={off} close={() => { setOff(undefined); }} />
    </Stack>
  );
}

/** Names users: oneself always, the others for those who may list them. */
function useUserNames(): (id: string) => string {
  const user = useUser();
  const mayList = useMay('admin');
  const users = useQuery({ ...usersQuery(), enabled: mayList }).data?.items ?? [];
  return (id) => {
    const known = id === user.id ? user : users.find((u) => u.id === id);
    return known ? known.name || known.login : '';
  };
}
