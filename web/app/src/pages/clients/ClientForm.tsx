import { Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCreateClient, useCreateSite } from '@/api/clients';
import { FormBody, FormModal } from '@/components/FormModal';
import { useNotify } from '@/components/notify';
import { useRangesRule } from '@/components/ranges-rule';
import { parseRanges } from '@/format/network';

/** A new client, with its first site so that it can be scanned at once. */
export function ClientForm({ opened, close }: { opened: boolean; close: () => void }) {
  const { t } = useTranslation();
  return (
    <FormModal opened={opened} close={close} title={t('clients.create')}>
      <Fields close={close} />
    </FormModal>
  );
}

function Fields({ close }: { close: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const notify = useNotify();
  const createClient = useCreateClient();
  const createSite = useCreateSite();
  // When the site was refused the client is there already: trying again must not make a second one.
  const [created, setCreated] = useState<{ id: string; name: string }>();
  const rangesRule = useRangesRule();
  const form = useForm({
    initialValues: { name: '', site: t('clients.sitePlaceholder'), networks: '' },
    validate: {
      name: (v) => (v.trim() ? null : t('network.required')),
      site: (v) => (v.trim() ? null : t('network.required')),
      networks: rangesRule,
    },
  });

  const submit = form.onSubmit(async ({ name, site, networks }) => {
    try {
      const client = created ?? (await createClient.mutateAsync(name.trim()));
      setCreated(client);
      await createSite.mutateAsync({ clientId: client.id, name: site.trim(), networks: parseRanges(networks).ranges });
      notify.done(t('clients.created'));
      close();
      await navigate({ to: '/clients/$clientId/scans', params: { clientId: client.id } });
    } catch {
      // The mutations hold what went wrong; it is shown above the fields.
    }
  });

  return (
    <FormBody
      submit={(event) => void submit(event)}
      close={close}
      pending={createClient.isPending || createSite.isPending}
      error={createClient.error ?? createSite.error}
      action={t('action.create')}
    >
      <TextInput
        label={t('clients.name')}
        placeholder={t('clients.namePlaceholder')}
        required
        data-autofocus
        disabled={created !== undefined}
        {...form.getInputProps('name')}
      />
      <TextInput label={t('clients.site')} description={t('clients.siteHint')} required {...form.getInputProps('site')} />
      <Textarea
        label={t('clients.networks')}
        description={t('clients.networksHint')}
        placeholder={t('clients.networksPlaceholder')}
        autosize
        minRows={2}
        {...form.getInputProps('networks')}
      />
    </FormBody>
  );
}
