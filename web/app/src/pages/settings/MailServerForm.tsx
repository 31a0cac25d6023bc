import { Button, Group, NumberInput, PasswordInput, Select, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { type MailServer, type MailServerInput, useSetMailServer, useTestMail } from '@/api/settings';
import { useNotify } from '@/components/notify';
import { ProblemAlert } from '@/components/ProblemAlert';

const securities = ['starttls', 'tls', 'plain'] as const;

/** The server that hands on documents, with a message to try it. Its password is written, never read. */
export function MailServerForm({ server }: { server: MailServer }) {
  const { t } = useTranslation();
  const notify = useNotify();
  const save = useSetMailServer();
  const form = useForm({
    initialValues: {
      host: server.host, port: server.port ? String(server.port) : '', from: server.from, user: server.user ?? '', password: '',
      security: securities.find((s) => s === server.security) ?? ('starttls' as MailServerInput['security']),
    },
    validate: { host: (v) => (v.trim() ? null : t('network.required')), from: (v) => (v.includes('@') ? null : t('settings.addressRule')) },
  });
  const submit = form.onSubmit(({ port, password, ...rest }) => {
    const body: MailServerInput = { ...rest, host: rest.host.trim(), port: Number(port) || 0, ...(password ? { password } : {}) };
    save.mutate(body, {
      onSuccess: () => {
        form.setFieldValue('password', '');
        notify.done(t('settings.saved'));
      },
    });
  });
  return (
    <Stack>
      <form onSubmit={submit} noValidate>
        <Stack>
          <ProblemAlert error={save.error} />
          <SimpleGrid cols={{ base: 1, sm: 3 }}>
            <TextInput label={t('settings.host')} required autoComplete="off" {...form.getInputProps('host')} />
            <Select
              label={t('settings.security')}
              allowDeselect={false}
              data={securities.map((s) => ({ value: s, label: t(`settings.securities.${s}`) }))}
              {...form.getInputProps('security')}
            />
            <NumberInput label={t('settings.port')} placeholder={t('settings.portHint')} min={1} max={65535} {...form.getInputProps('port')} />
          </SimpleGrid>
          <SimpleGrid cols={{ base: 1, sm: 3 }}>
            <TextInput label={t('settings.from')} required autoComplete="off" {...form.getInputProps('from')} />
            <TextInput label={t('settings.user')} autoComplete="off" {...form.getInputProps('user')} />
            <PasswordInput
              label={t('settings.password')}
              autoComplete="new-password"
              placeholder={server.has_password ? t('settings.kept') : undefined}
              {...form.getInputProps('password')}
            />
          </SimpleGrid>
          <Group justify="flex-end">
            <Button type="submit" loading={save.isPending}>
              {t('action.save')}
            </Button>
          </Group>
        </Stack>
      </form>
      {server.host !== '' && <TestMail />}
    </Stack>
  );
}

function TestMail() {
  const { t } = useTranslation();
  const notify = useNotify();
  const test = useTestMail();
  const form = useForm({ initialValues: { to: '' }, validate: { to: (v) => (v.includes('@') ? null : t('settings.addressRule')) } });
  return (
    <form
      noValidate
      onSubmit={form.onSubmit(({ to }) => {
        test.mutate(to.trim(), {
          onSuccess: () => {
            notify.done(t('settings.tested', { to: to.trim() }));
          },
        });
      })}
    >
      <Stack>
        <ProblemAlert error={test.error} />
        <Group align="flex-end">
          <TextInput label={t('settings.testTo')} {...form.getInputProps('to')} />
          <Button type="submit" variant="default" loading={test.isPending}>
            {t('settings.test')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
