import { Button, ColorInput, FileInput, Group, Image, SimpleGrid, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { type Provider, type ProviderPatch, useSetProvider } from '@/api/settings';
import { useNotify } from '@/components/notify';
import { ProblemAlert } from '@/components/ProblemAlert';

const mostBytes = 512 * 1024;

/** A file's bytes in base64, as the API takes a logo. */
function base64Of(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => {
      const [, bytes = ''] = String(reader.result).split(',', 2);
      resolve(bytes);
    };
    reader.onerror = () => {
      reject(reader.error ?? new Error(file.name));
    };
    reader.readAsDataURL(file);
  });
}

/** Name, logo, colour and small print that documents bear. */
export function ProviderForm({ provider }: { provider: Provider }) {
  const { t } = useTranslation();
  const notify = useNotify();
  const save = useSetProvider();
  const form = useForm<{ name: string; legal: string; accent: string; link: string; logo: File | null }>({
    initialValues: { name: provider.name, legal: provider.legal ?? '', accent: provider.accent ?? '', link: provider.link ?? '', logo: null },
    validate: {
      accent: (v) => (v === '' || /^#[0-9a-f]{6}$/i.test(v) ? null : t('settings.accentRule')),
      logo: (v) => (v && v.size > mostBytes ? t('settings.logoRule') : null),
    },
  });
  const send = (body: ProviderPatch) => {
    save.mutate(body, {
      onSuccess: () => {
        form.setFieldValue('logo', null);
        notify.done(t('settings.saved'));
      },
    });
  };
  const submit = form.onSubmit(async ({ logo, ...rest }) => {
    send(logo ? { ...rest, logo: await base64Of(logo) } : rest);
  });
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <ProblemAlert error={save.error} />
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <TextInput label={t('settings.name')} maxLength={200} {...form.getInputProps('name')} />
          <TextInput label={t('settings.link')} description={t('settings.linkHint')} maxLength={300} {...form.getInputProps('link')} />
        </SimpleGrid>
        <Textarea label={t('settings.legal')} description={t('settings.legalHint')} rows={2} maxLength={600} {...form.getInputProps('legal')} />
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <ColorInput label={t('settings.accent')} format="hex" {...form.getInputProps('accent')} />
          <FileInput label={t('settings.logo')} description={t('settings.logoHint')} accept="image/png,image/jpeg" clearable {...form.getInputProps('logo')} />
        </SimpleGrid>
        {provider.logo && (
          <Group>
            <Image src={`data:image/png;base64,${provider.logo}`} alt={t('settings.logo')} h={48} w="auto" fit="contain" />
            <Button
              variant="subtle"
              color="red"
              size="xs"
              onClick={() => {
                send({ logo: '' });
              }}
            >
              {t('settings.logoRemove')}
            </Button>
          </Group>
        )}
        <Group justify="space-between">
          <Text size="xs" c="var(--parc-quiet)">
            {t('settings.providerHint')}
          </Text>
          <Button type="submit" loading={save.isPending}>
            {t('action.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
