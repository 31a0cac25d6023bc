import { Button, Group, PasswordInput, Stack, Text, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDocumentTitle } from '@mantine/hooks';
import { useRouter } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useChangePassword, useUser } from '@/api/session';
import { useNotify } from '@/components/notify';
import { ProblemAlert } from '@/components/ProblemAlert';
import { Welcome } from '@/shell/Welcome';

const shortest = 12;

/** Changing one's password: asked for at the first sign-in, and from the account's menu. */
export default function Password() {
  const { t } = useTranslation();
  useDocumentTitle(`${t('password.title')} · parc`);
  const user = useUser();
  const router = useRouter();
  const notify = useNotify();
  const change = useChangePassword();
  const form = useForm({
    initialValues: { current: '', next: '', repeat: '' },
    validate: {
      next: (value, { current }) =>
        [...value].length < shortest ? t('password.short') : value === current ? t('password.same') : null,
      repeat: (value, { next }) => (value === next ? null : t('password.differ')),
    },
  });

  const submit = form.onSubmit(({ current, next }) => {
    change.mutate(
      { current, new: next },
      {
        onSuccess: () => {
          notify.done(t('password.changed'));
          void router.navigate({ to: '/' });
        },
      },
    );
  });

  return (
    <Welcome>
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <Title order={1} fz="xl">
            {user.must_change ? t('password.title') : t('password.change')}
          </Title>
          {user.must_change && (
            <Text size="sm" c="var(--parc-quiet)">
              {t('password.why')}
            </Text>
          )}
          <ProblemAlert error={change.error} />
          <input type="text" name="login" autoComplete="username" value={user.login} readOnly hidden />
          <PasswordInput label={t('password.current')} autoComplete="current-password" autoFocus {...form.getInputProps('current')} />
          <PasswordInput
            label={t('password.new')}
            description={t('password.rule')}
            autoComplete="new-password"
            {...form.getInputProps('next')}
          />
          <PasswordInput label={t('password.repeat')} autoComplete="new-password" {...form.getInputProps('repeat')} />
          <Group mt="xs" grow>
            {!user.must_change && (
              <Button
                variant="default"
                onClick={() => {
                  router.history.back();
                }}
              >
                {t('action.cancel')}
              </Button>
            )}
            <Button type="submit" loading={change.isPending}>
              {t('password.submit')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Welcome>
  );
}
