import { Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { useCreateSite, useUpdateSite } from '@/api/clients';
import type { Site } from '@/api/types';
import { FormBody, FormModal } from '@/components/FormModal';
import { useNotify } from '@/components/notify';
import { useRangesRule } from '@/components/ranges-rule';
import { formatRanges, parseRanges } from '@/format/network';

interface Props {
  clientId: string;
  /** The one to edit; without it a new one is made. */
  site?: Site;
  opened: boolean;
  close: () => void;
}

/** A place of a client and the ranges that may be scanned there. */
export function SiteForm(props: Props) {
  const { t } = useTranslation();
  return (
    <FormModal opened={props.opened} close={props.close} title={t(props.site ? 'network.editSite' : 'network.addSite')}>
      <Fields {...props} />
    </FormModal>
  );
}

function Fields({ clientId, site, close }: Props) {
  const { t } = useTranslation();
  const notify = useNotify();
  const create = useCreateSite();
  const update = useUpdateSite();
  const rangesRule = useRangesRule();
  const form = useForm({
    initialValues: { name: site?.name ?? '', address: site?.address ?? '', networks: formatRanges(site?.networks ?? []) },
    validate: { name: (v) => (v.trim() ? null : t('network.required')), networks: rangesRule },
  });

  const submit = form.onSubmit(({ name, address, networks }) => {
    const body = { name: name.trim(), address: address.trim(), networks: parseRanges(networks).ranges };
    const options = {
      onSuccess: () => {
        notify.done(t('network.saved'));
        close();
      },
    };
    if (site) update.mutate({ id: site.id, ...body }, options);
    else create.mutate({ clientId, ...body }, options);
  });

  return (
    <FormBody submit={submit} close={close} pending={create.isPending || update.isPending} error={create.error ?? update.error}>
      <TextInput label={t('network.siteName')} required data-autofocus {...form.getInputProps('name')} />
      <TextInput label={t('network.address')} {...form.getInputProps('address')} />
      <Textarea
        label={t('network.ranges')}
        description={t('network.rangesHint')}
        autosize
        minRows={3}
        classNames={{ input: 'mono' }}
        {...form.getInputProps('networks')}
      />
    </FormBody>
  );
}
