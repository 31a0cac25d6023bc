import { AppShell, Avatar, Box, Burger, Group, Menu, NavLink, Stack, Text, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconBuildings, IconCalendarPlus, IconKey, IconLayoutDashboard, IconLogout, IconSettings, IconUsers } from '@tabler/icons-react';
import { Link, Outlet, useRouterState } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useSignOut, useUser } from '@/api/session';
import { CalendarModal } from '@/components/CalendarModal';
import { Logo } from '@/components/Logo';
import { useNames } from '@/components/names';
import { Preferences } from './Preferences';
import classes from './Shell.module.css';

/** The frame of every page once signed in: navigation, account, content. */
export function Shell() {
  const { t } = useTranslation();
  const [opened, { toggle, close }] = useDisclosure();
  return (
    <AppShell
      layout="alt"
      header={{ height: { base: 56, sm: 0 } }}
      navbar={{ width: 236, breakpoint: 'sm', collapsed: { mobile: !opened } }}
      padding={0}
    >
      <a href="#content" className={classes.skip}>
        {t('nav.skip')}
      </a>
      <AppShell.Header hiddenFrom="sm" className={classes.header}>
        <Burger opened={opened} onClick={toggle} size="sm" aria-label={t('nav.open')} />
        <Logo size={24} />
      </AppShell.Header>
      <AppShell.Navbar className={classes.navbar} aria-label={t('nav.main')}>
        <Group justify="space-between" px={8} pb="lg" pt={4}>
          <Logo />
          <Burger opened={opened} onClick={toggle} size="sm" hiddenFrom="sm" aria-label={t('action.close')} />
        </Group>
        <Navigation onNavigate={close} />
        <Stack gap="sm" mt="auto">
          <Preferences />
          <Account />
        </Stack>
      </AppShell.Navbar>
      <AppShell.Main>
        <Box id="content" className={classes.content} tabIndex={-1}>
          <Outlet />
        </Box>
      </AppShell.Main>
    </AppShell>
  );
}

const entries = [
  { to: '/', label: 'nav.overview', icon: IconLayoutDashboard, admin: false },
  { to: '/clients', label: 'nav.clients', icon: IconBuildings, admin: false },
  { to: '/users', label: 'nav.users', icon: IconUsers, admin: true },
  { to: '/settings', label: 'nav.settings', icon: IconSettings, admin: true },
] as const;

function Navigation({ onNavigate }: { onNavigate: () => void }) {
  const { t } = useTranslation();
  const user = useUser();
  const path = useRouterState({ select: (s) => s.location.pathname });
  // The page of an asset belongs to its client.
  const section = path.startsWith('/assets') ? '/clients' : `/${path.split('/')[1] ?? ''}`;
  return entries
    .filter((e) => !e.admin || user.role === 'admin')
    .map(({ to, label, icon: Icon }) => (
      <NavLink
        key={to}
        label={t(label)}
        leftSection={<Icon size={19} stroke={1.7} />}
        active={section === to}
        className={classes.link}
        renderRoot={(props) => <Link to={to} onClick={onNavigate} {...props} />}
      />
    ));
}

function Account() {
  const { t } = useTranslation();
  const name = useNames();
  const user = useUser();
  const signOut = useSignOut();
  const [subscribing, { open: subscribe, close }] = useDisclosure();
  return (
    <>
      <Menu position="top-start" width="target" shadow="md">
        <Menu.Target>
          <UnstyledButton className={classes.account} aria-label={t('nav.account')}>
            <Avatar name={user.name || user.login} color="lagoon" size={34} radius="xl" />
            <div className={classes.person}>
              <Text size="sm" fw={560} truncate>
                {user.name || user.login}
              </Text>
              <Text size="xs" c="var(--parc-quiet)" truncate>
                {name('role', user.role)}
              </Text>
            </div>
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconCalendarPlus size={16} />} onClick={subscribe}>
            {t('calendar.title')}
          </Menu.Item>
          <Menu.Item leftSection={<IconKey size={16} />} renderRoot={(props) => <Link to="/password" {...props} />}>
            {t('nav.password')}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconLogout size={16} />}
            onClick={() => {
              signOut.mutate();
            }}
          >
            {t('nav.signOut')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <CalendarModal opened={subscribing} close={close} />
    </>
  );
}
