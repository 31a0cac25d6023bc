import { Select, SimpleGrid, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { type Intervention, interventionKinds, supportLevels, useAddIntervention, useUpdateIntervention } from '@/api/interventions';
import { contractsQuery } from '@/api/lifecycle';
import { useUser } from '@/api/session';
import { AssetSelect } from '@/components/AssetChoice';
import { fieldErrors } from '@/components/field-errors';
import { useNow } from '@/components/formats';
import { FormBody, FormModal } from '@/components/FormModal';
import { useNames } from '@/components/names';
import { useNotify } from '@/components/notify';
import { currencies } from '@/format/money';
import { useLanguage } from '@/i18n';
import { checkIntervention, interventionFields, interventionInput, type InterventionValues, interventionValues } from './values';

interface Props {
  clientId: string;
  /** The asset that a new one is about. */
  assetId?: string;
  /** The one to change; without it a new one is logged. */
  intervention?: Intervention;
  opened: boolean;
  close: () => void;
}

/** What was done, when, on what and under which contract. */
export function InterventionForm(props: Props) {
  const { t } = useTranslation();
  return (
    <FormModal opened={props.opened} close={props.close} size="lg" title={t(props.intervention ? 'service.edit' : 'service.add')}>
      <Fields {...props} />
    </FormModal>
  );
}

function Fields({ clientId, assetId, intervention, close }: Props) {
  const { t } = useTranslation();
  const name = useNames();
  const notify = useNotify();
  const { language } = useLanguage();
  const user = useUser();
  const now = useNow();
  const contracts = useQuery(contractsQuery(clientId)).data?.items ?? [];
  const add = useAddIntervention(clientId);
  const update = useUpdateIntervention();
  const form = useForm<InterventionValues>({
    initialValues: interventionValues(intervention ?? { asset_id: assetId, by: user.name || user.login }, now, language),
    validate: (values) =>
      Object.fromEntries(
        Object.entries(checkIntervention(values)).map(([field, code]) => [
          field,
          t(code === 'required' ? 'network.required' : code === 'badOrder' ? 'service.badOrder' : `life.${code}`),
        ]),
      ),
  });
  const submit = form.onSubmit((values) => {
    const options = {
      onSuccess: () => {
        notify.done(t('word.saved'));
        close();
      },
      onError: (error: unknown) => {
        form.setErrors(fieldErrors(error, interventionFields));
      },
    };
    if (intervention) update.mutate({ id: intervention.id, ...interventionInput(values) }, options);
    else add.mutate(interventionInput(values), options);
  });
  // A field of the browser that is emptied gives null.
  const choice = (field: 'asset' | 'contract') => ({
    ...form.getInputProps(field),
    onChange: (value: string | null) => {
      form.setFieldValue(field, value ?? '');
    },
  });
  return (
    <FormBody submit={submit} close={close} pending={add.isPending || update.isPending} error={add.error ?? update.error}>
      <Textarea label={t('service.summary')} required rows={2} maxLength={4000} data-autofocus {...form.getInputProps('summary')} />
      <SimpleGrid cols={{ base: 1, xs: 2 }} verticalSpacing="sm">
        <Select
          label={t('service.kind')}
          allowDeselect={false}
          data={interventionKinds.map((k) => ({ value: k, label: name('interventionKind', k) }))}
          {...form.getInputProps('kind')}
        />
        <Select
          label={t('service.level')}
          allowDeselect={false}
          data={supportLevels.map((n) => ({ value: String(n), label: name('supportLevel', String(n)) }))}
          {...form.getInputProps('level')}
        />
        <AssetSelect label={t('life.asset')} description={'\u00a0'} clearable clientId={clientId} {...choice('asset')} />
        <Select
          label={t('service.contract')}
          description={t('service.contractHint')}
          clearable
          searchable
          data={contracts.map((c) => ({ value: c.id, label: [c.title, c.party].filter(Boolean).join(' · ') }))}
          {...choice('contract')}
        />
      </SimpleGrid>
      <SimpleGrid cols={{ base: 1, xs: 3 }} verticalSpacing="sm">
        <TextInput type="datetime-local" label={t('service.opened')} required {...form.getInputProps('opened')} />
        <TextInput type="datetime-local" label={t('service.responded')} {...form.getInputProps('responded')} />
        <TextInput type="datetime-local" label={t('service.resolved')} {...form.getInputProps('resolved')} />
        <TextInput label={t('service.paused')} description={t('service.pausedHint')} inputMode="numeric" {...form.getInputProps('paused')} />
        <TextInput label={t('service.work')} description={t('service.workHint')} inputMode="numeric" {...form.getInputProps('work')} />
        <TextInput label={t('service.by')} description={'\u00a0'} maxLength={200} {...form.getInputProps('by')} />
        <TextInput label={t('service.cost')} inputMode="decimal" placeholder="1 234,50" {...form.getInputProps('cost')} />
        <Select label={t('life.currency')} allowDeselect={false} data={[...currencies]} {...form.getInputProps('currency')} />
      </SimpleGrid>
    </FormBody>
  );
}
