import { Avatar, Button, Stack, Tabs } from '@mantine/core';
import {
  IconAlertTriangle,
  IconBellRinging,
  IconApps,
  IconCalendarRepeat,
  IconChartBar,
  IconPigMoney,
  IconCoin,
  IconDevices,
  IconFileText,
  IconLayoutDashboard,
  IconNetwork,
  IconRadar2,
  IconTool,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, Outlet, useParams, useRouterState } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { clientQuery } from '@/api/clients';
import { useMay } from '@/api/session';
import { Lines, Loaded } from '@/components/Loaded';
import { PageHeader } from '@/components/PageHeader';
import { AuditMenu } from './AuditMenu';
import classes from './ClientPage.module.css';
import { ExportMenu } from './ExportMenu';

const tabs = [
  { to: '/clients/$clientId', key: 'overview', icon: IconLayoutDashboard },
  { to: '/clients/$clientId/assets', key: 'assets', icon: IconDevices },
  { to: '/clients/$clientId/software', key: 'software', icon: IconApps },
  { to: '/clients/$clientId/findings', key: 'findings', icon: IconAlertTriangle },
  { to: '/clients/$clientId/lifecycle', key: 'lifecycle', icon: IconCoin },
  { to: '/clients/$clientId/deadlines', key: 'deadlines', icon: IconBellRinging },
  { to: '/clients/$clientId/forecast', key: 'forecast', icon: IconChartBar },
  { to: '/clients/$clientId/budget', key: 'budget', icon: IconPigMoney },
  { to: '/clients/$clientId/interventions', key: 'interventions', icon: IconTool },
  { to: '/clients/$clientId/documents', key: 'documents', icon: IconFileText },
  { to: '/clients/$clientId/scans', key: 'scans', icon: IconRadar2 },
  { to: '/clients/$clientId/schedules', key: 'schedules', icon: IconCalendarRepeat },
  { to: '/clients/$clientId/networks', key: 'networks', icon: IconNetwork },
] as const;

/** The frame of a client's pages: its name, what can be done, its sections. */
export default function ClientPage() {
  const { t } = useTranslation();
  const { clientId } = useParams({ from: '/signed-in/clients/$clientId' });
  const client = useQuery(clientQuery(clientId));
  const mayScan = useMay('scan');
  const mayExport = useMay('money');
  const path = useRouterState({ select: (s) => s.location.pathname });
  const section = path.split('/')[3];
  const current = section === 'imports' ? 'assets' : (tabs.find((tab) => tab.key === section)?.key ?? 'overview');
  const bar = useRef<HTMLDivElement>(null);
  const shown = client.data !== undefined;
  // On a phone the bar is wider than the screen: the section that one is in stays in sight.
  useEffect(() => {
    if (shown) bar.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [current, shown]);
  return (
    <Loaded query={client} skeleton={<Lines count={8} />}>
      {({ name }) => (
        <Stack gap="lg">
          <PageHeader
            title={name}
            crumbs={[{ label: t('clients.title'), to: '/clients' }]}
            icon={<Avatar name={name} color="initials" size={46} radius="md" aria-hidden />}
            actions={
              <>
                {mayExport && <ExportMenu clientId={clientId} />}
                <AuditMenu clientId={clientId} />
                {mayScan && (
                  <Button
                    leftSection={<IconRadar2 size={18} />}
                    renderRoot={(props) => (
                      <Link to="/clients/$clientId/scans" params={{ clientId }} search={{ start: true }} {...props} />
                    )}
                  >
                    {t('client.scan')}
                  </Button>
                )}
              </>
            }
          />
          <Tabs ref={bar} value={current} className={classes.tabs}>
            <Tabs.List aria-label={t('client.tabs.label')}>
              {tabs.map(({ to, key, icon: Icon }) => (
                <Tabs.Tab
                  key={key}
                  value={key}
                  leftSection={<Icon size={16} stroke={1.7} />}
                  renderRoot={(props) => <Link to={to} params={{ clientId }} {...props} />}
                >
                  {t(`client.tabs.${key}`)}
                </Tabs.Tab>
              ))}
            </Tabs.List>
          </Tabs>
          <Outlet />
        </Stack>
      )}
    </Loaded>
  );
}
