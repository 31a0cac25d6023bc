import { PasswordInput, SegmentedControl, Select, SimpleGrid, Text, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { type CredentialInput, useCreateCredential } from '@/api/credentials';
import type { Site } from '@/api/types';
import { FormBody, FormModal } from '@/components/FormModal';
import { useNotify } from '@/components/notify';
import { useRangesRule } from '@/components/ranges-rule';
import { parseRanges } from '@/format/network';

interface Props {
  clientId: string;
  sites: Site[];
  opened: boolean;
  close: () => void;
}

/** A new SNMP credential. Its secrets are written and never read back. */
export function CredentialForm(props: Props) {
  const { t } = useTranslation();
  return (
    <FormModal opened={props.opened} close={props.close} size="lg" title={t('network.addCredential')}>
      <Fields {...props} />
    </FormModal>
  );
}

const versions = ['1', '2c', '3'] as const;
const auths = ['', 'SHA256', 'SHA512', 'SHA384', 'SHA224', 'SHA', 'MD5'] as const;
const privacies = ['', 'AES', 'AES192', 'AES256', 'AES192C', 'AES256C', 'DES'] as const;

interface Values {
  name: string;
  site: string;
  version: (typeof versions)[number];
  community: string;
  user: string;
  auth: (typeof auths)[number];
  authKey: string;
  privacy: (typeof privacies)[number];
  privacyKey: string;
  ranges: string;
}

function Fields({ clientId, sites, close }: Props) {
  const { t } = useTranslation();
  const notify = useNotify();
  const create = useCreateCredential(clientId);
  const rangesRule = useRangesRule();
  const needed = (text: string) => (text.trim() ? null : t('network.required'));
  const form = useForm<Values>({
    initialValues: {
      name: '',
      site: '',
      version: '2c',
      community: '',
      user: '',
      auth: 'SHA256',
      authKey: '',
      privacy: 'AES',
      privacyKey: '',
      ranges: sites.flatMap((s) => (s.networks ?? []).map((n) => n.prefix)).join('\n'),
    },
    validate: {
      name: needed,
      community: (text, { version }) => (version === '3' ? null : needed(text)),
      user: (text, { version }) => (version === '3' ? needed(text) : null),
      authKey: (text, { version, auth }) => (version === '3' && auth ? needed(text) : null),
      privacyKey: (text, { version, auth, privacy }) => (version === '3' && auth && privacy ? needed(text) : null),
      ranges: (text) => needed(text) ?? rangesRule(text),
    },
  });

  const submit = form.onSubmit((values) => {
    create.mutate(credentialOf(values), {
      onSuccess: () => {
        notify.done(t('network.credentialSaved'));
        close();
      },
    });
  });

  const { version, auth, privacy } = form.values;
  const choices = (list: readonly string[]) => list.map((v) => ({ value: v, label: v || t('network.nothing') }));
  return (
    <FormBody submit={submit} close={close} pending={create.isPending} error={create.error}>
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <TextInput label={t('network.credentialName')} required data-autofocus {...form.getInputProps('name')} />
        <Select
          label={t('network.site')}
          allowDeselect={false}
          data={[{ value: '', label: t('network.allSites') }, ...sites.map((s) => ({ value: s.id, label: s.name }))]}
          {...form.getInputProps('site')}
        />
      </SimpleGrid>
      <SegmentedControl
        aria-label={t('network.version')}
        data={versions.map((v) => ({ value: v, label: `SNMP v${v}` }))}
        {...form.getInputProps('version')}
      />
      {version === '3' ? (
        <>
          <TextInput label={t('network.user')} required autoComplete="off" {...form.getInputProps('user')} />
          <SimpleGrid cols={{ base: 1, xs: 2 }}>
            <Select label={t('network.auth')} allowDeselect={false} data={choices(auths)} {...form.getInputProps('auth')} />
            <Secret label={t('network.authKey')} disabled={!auth} {...form.getInputProps('authKey')} />
            <Select
              label={t('network.privacy')}
              allowDeselect={false}
              disabled={!auth}
              data={choices(privacies)}
              {...form.getInputProps('privacy')}
            />
            <Secret label={t('network.privacyKey')} disabled={!auth || !privacy} {...form.getInputProps('privacyKey')} />
          </SimpleGrid>
        </>
      ) : (
        <Secret label={t('network.community')} required {...form.getInputProps('community')} />
      )}
      <Text size="xs" c="var(--parc-quiet)">
        {t('network.secretHint')}
      </Text>
      <Textarea
        label={t('network.credentialRanges')}
        description={t('network.credentialRangesHint')}
        required
        autosize
        minRows={2}
        classNames={{ input: 'mono' }}
        {...form.getInputProps('ranges')}
      />
    </FormBody>
  );
}

function credentialOf(v: Values): CredentialInput {
  const common = {
    name: v.name.trim(),
    site_id: v.site || undefined,
    version: v.version,
    ranges: parseRanges(v.ranges).ranges.map((r) => r.prefix),
  };
  if (v.version !== '3') return { ...common, community: v.community };
  return {
    ...common,
    user: v.user.trim(),
    ...(v.auth && { auth: v.auth, auth_key: v.authKey }),
    ...(v.auth && v.privacy && { privacy: v.privacy, privacy_key: v.privacyKey }),
  };
}

/** A field whose content no password manager should offer to keep. */
function Secret(props: React.ComponentProps<typeof PasswordInput>) {
  return <PasswordInput autoComplete="new-password" {...props} />;
}
