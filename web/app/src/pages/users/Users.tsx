import { Avatar, Badge, Button, Group, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconKey, IconPencil, IconPlus, IconUserCheck, IconUserOff, IconUsers } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ColumnDef } from '@tanstack/react-table';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { clientsQuery } from '@/api/clients';
import { useUser } from '@/api/session';
import type { Client, User } from '@/api/types';
import { usersQuery, useUpdateUser } from '@/api/users';
import { useConfirm } from '@/components/confirm';
import { DataTable } from '@/components/DataTable';
import { Empty } from '@/components/Empty';
import { IconButton } from '@/components/IconButton';
import { Loaded } from '@/components/Loaded';
import { useNames } from '@/components/names';
import { useNotify } from '@/components/notify';
import { PageHeader } from '@/components/PageHeader';
import { Section } from '@/components/Section';
import { type Issued, OneTimePassword } from './OneTimePassword';
import { UserForm } from './UserForm';

/** Who may sign in, and what each may see. For administrators. */
export default function Users() {
  const { t } = useTranslation();
  const users = useQuery(usersQuery());
  const clients = useQuery(clientsQuery()).data?.items ?? [];
  const [opened, { open, close }] = useDisclosure();
  const [edited, setEdited] = useState<User>();
  const [issued, setIssued] = useState<Issued>();
  const edit = (user?: User) => {
    setEdited(user);
    open();
  };
  const columns = useColumns(clients, edit, setIssued);
  return (
    <Stack gap="lg">
      <PageHeader
        title={t('users.title')}
        actions={
          <Button
            leftSection={<IconPlus size={18} />}
            onClick={() => {
              edit();
            }}
          >
            {t('users.add')}
          </Button>
        }
      />
      <Loaded query={users}>
        {({ items }) => (
          <Section title={t('users.title')} count={items.length} flush>
            <DataTable
              label={t('users.title')}
              columns={columns}
              data={items}
              rowId={(u) => u.id}
              sort={[{ id: 'name', desc: false }]}
              empty={<Empty icon={IconUsers} title={t('users.title')} />}
            />
          </Section>
        )}
      </Loaded>
      <UserForm user={edited} clients={clients} opened={opened} close={close} issued={setIssued} />
      <OneTimePassword
        issued={issued}
        close={() => {
          setIssued(undefined);
        }}
      />
    </Stack>
  );
}

function useColumns(clients: Client[], edit: (user: User) => void, issued: (issued: Issued) => void): ColumnDef<User>[] {
  const { t } = useTranslation();
  const name = useNames();
  const me = useUser();
  return [
    {
      id: 'name',
      header: t('users.name'),
      accessorFn: (u) => u.name || u.login,
      cell: ({ row: { original: u } }) => (
        <Group gap="sm" wrap="nowrap">
          <Avatar name={u.name || u.login} color="initials" size={32} radius="xl" aria-hidden />
          <div>
            <Text component="div" size="sm" fw={560}>
              {u.name || u.login} {u.id === me.id && <Badge size="xs">{t('users.you')}</Badge>}
            </Text>
            <Text size="xs" c="var(--parc-quiet)">
              {u.login}
            </Text>
          </div>
        </Group>
      ),
    },
    { id: 'role', header: t('users.role'), accessorFn: (u) => name('role', u.role) },
    {
      id: 'clients',
      header: t('users.clients'),
      enableSorting: false,
      meta: { cut: true },
      cell: ({ row: { original: u } }) =>
        u.role === 'admin'
          ? t('users.all')
          : (u.clients ?? []).map((id) => clients.find((c) => c.id === id)?.name ?? '?').join(', ') || '—',
    },
    {
      id: 'state',
      header: t('users.state'),
      accessorFn: (u) => (u.disabled ? 2 : u.must_change ? 1 : 0),
      cell: ({ row: { original: u } }) => (
        <Badge color={u.disabled ? 'gray' : u.must_change ? 'yellow' : 'teal'}>
          {t(u.disabled ? 'users.disabled' : u.must_change ? 'users.mustChange' : 'users.active')}
        </Badge>
      ),
    },
    {
      id: 'actions',
      header: t('table.actions'),
      enableSorting: false,
      meta: { align: 'right', width: '9rem' },
      cell: ({ row: { original: u } }) => <Actions user={u} self={u.id === me.id} edit={edit} issued={issued} />,
    },
  ];
}

interface ActionsProps {
  user: User;
  self: boolean;
  edit: (user: User) => void;
  issued: (issued: Issued) => void;
}

function Actions({ user, self, edit, issued }: ActionsProps) {
  const { t } = useTranslation();
  const confirm = useConfirm();
  const notify = useNotify();
  const update = useUpdateUser();
  const who = user.name || user.login;
  return (
    <Group gap={4} justify="flex-end" wrap="nowrap">
      <IconButton
        icon={IconPencil}
        label={`${t('action.edit')}: ${who}`}
        onClick={() => {
          edit(user);
        }}
      />
      {!self && (
        <>
          <IconButton
            icon={IconKey}
            label={`${t('users.reset')}: ${who}`}
            onClick={() => {
              confirm({
                title: t('users.resetTitle', { name: who }),
                hint: t('users.resetHint'),
                action: t('users.reset'),
                onConfirm: () => {
                  update.mutate(
                    { id: user.id, reset_password: true },
                    {
                      onSuccess: ({ password }) => {
                        issued({ name: who, password: password ?? '' });
                      },
                      onError: notify.problem,
                    },
                  );
                },
              });
            }}
          />
          <IconButton
            icon={user.disabled ? IconUserCheck : IconUserOff}
            label={`${t(user.disabled ? 'users.enable' : 'users.disable')}: ${who}`}
            loading={update.isPending}
            onClick={() => {
              update.mutate({ id: user.id, disabled: !user.disabled }, { onError: notify.problem });
            }}
          />
        </>
      )}
    </Group>
  );
}
