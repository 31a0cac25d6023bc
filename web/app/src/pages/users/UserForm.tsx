import { MultiSelect, Select, SimpleGrid, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import type { Client, User } from '@/api/types';
import { useCreateUser, type UserInput, useUpdateUser } from '@/api/users';
import { FormBody, FormModal } from '@/components/FormModal';
import { useNames } from '@/components/names';
import { useNotify } from '@/components/notify';
import type { Issued } from './OneTimePassword';

interface Props {
  /** The one to edit; without it a new one is made. */
  user?: User;
  clients: Client[];
  opened: boolean;
  close: () => void;
  /** Called with the one-time password of a new user. */
  issued: (issued: Issued) => void;
}

export function UserForm(props: Props) {
  const { t } = useTranslation();
  return (
    <FormModal opened={props.opened} close={props.close} title={t(props.user ? 'users.edit' : 'users.add')}>
      <Fields {...props} />
    </FormModal>
  );
}

const roles = ['admin', 'technician', 'manager', 'client'] as const;

function Fields({ user, clients, close, issued }: Props) {
  const { t } = useTranslation();
  const name = useNames();
  const notify = useNotify();
  const create = useCreateUser();
  const update = useUpdateUser();
  const form = useForm({
    initialValues: {
      login: user?.login ?? '',
      name: user?.name ?? '',
      role: roles.find((r) => r === user?.role) ?? ('technician' as UserInput['role']),
      clients: user?.clients ?? [],
    },
    validate: { login: (v) => (v.trim() ? null : t('network.required')) },
  });

  const submit = form.onSubmit(({ login, name: given, role, clients: seen }) => {
    const body = { name: given.trim(), role, clients: role === 'admin' ? [] : seen };
    if (user) {
      update.mutate(
        { id: user.id, ...body },
        {
          onSuccess: () => {
            notify.done(t('users.saved'));
            close();
          },
        },
      );
      return;
    }
    create.mutate(
      { login: login.trim(), ...body },
      {
        onSuccess: ({ password }) => {
          close();
          issued({ name: body.name || login, password: password ?? '' });
        },
      },
    );
  });

  const { role } = form.values;
  return (
    <FormBody submit={submit} close={close} pending={create.isPending || update.isPending} error={create.error ?? update.error}>
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <TextInput
          label={t('users.login')}
          required
          autoComplete="off"
          data-autofocus
          disabled={user !== undefined}
          {...form.getInputProps('login')}
        />
        <TextInput label={t('users.name')} autoComplete="off" {...form.getInputProps('name')} />
      </SimpleGrid>
      <div>
        <Select
          label={t('users.role')}
          allowDeselect={false}
          data={roles.map((r) => ({ value: r, label: name('role', r) }))}
          {...form.getInputProps('role')}
        />
        <Text size="xs" c="var(--parc-quiet)" mt={4}>
          {t(`users.rights.${role}`)}
        </Text>
      </div>
      {role !== 'admin' && (
        <MultiSelect
          label={t('users.clients')}
          description={t('users.clientsHint')}
          searchable
          clearable
          hidePickedOptions
          data={clients.map((c) => ({ value: c.id, label: c.name }))}
          {...form.getInputProps('clients')}
        />
      )}
    </FormBody>
  );
}
