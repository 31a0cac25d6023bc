import { Alert, Button, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDocumentTitle } from '@mantine/hooks';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import { useSignIn } from '@/api/session';
import { ProblemAlert } from '@/components/ProblemAlert';
import { Welcome } from '@/shell/Welcome';

/** The door. */
export default function SignIn() {
  const { t } = useTranslation();
  useDocumentTitle(`${t('signIn.title')} · parc`);
  const navigate = useNavigate();
  const { next } = useSearch({ from: '/sign-in' });
  const signIn = useSignIn();
  const form = useForm({ initialValues: { login: '', password: '' } });

  const submit = form.onSubmit((values) => {
    signIn.mutate(values, {
      onSuccess: () => {
        void navigate({ href: next ?? '/', replace: true });
      },
      onError: () => {
        form.setFieldValue('password', '');
      },
    });
  });

  const refused = signIn.isError && problemOf(signIn.error).code === 'unauthorised';
  return (
    <Welcome>
      <form onSubmit={submit}>
        <Stack gap="md">
          <Title order={1} fz="xl">
            {t('signIn.title')}
          </Title>
          {refused && (
            <Alert color="red" role="alert">
              {t('signIn.wrong')}
            </Alert>
          )}
          {signIn.isError && !refused && <ProblemAlert error={signIn.error} />}
          <TextInput label={t('signIn.login')} name="login" autoComplete="username" required autoFocus {...form.getInputProps('login')} />
          <PasswordInput
            label={t('signIn.password')}
            name="password"
            autoComplete="current-password"
            required
            {...form.getInputProps('password')}
          />
          <Button type="submit" loading={signIn.isPending} fullWidth mt="xs">
            {t('signIn.submit')}
          </Button>
          <Text size="xs" c="var(--parc-quiet)">
            {t('signIn.first')}
          </Text>
        </Stack>
      </form>
    </Welcome>
  );
}
