import { Select, SimpleGrid, Text, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { type ReportFormat, reportFormats, type ReportKind, reportKinds, useCreateSavedReport } from '@/api/documents';
import { useCronText } from '@/components/cron-text';
import { FormBody, FormModal } from '@/components/FormModal';
import { useNames } from '@/components/names';
import { useNotify } from '@/components/notify';
import { readCron } from '@/format/cron';
import { splitAddresses } from '@/format/text';
import { type Language, languages, useLanguage } from '@/i18n';

interface Props {
  clientId: string;
  opened: boolean;
  close: () => void;
}

export function SavedReportForm(props: Props) {
  const { t } = useTranslation();
  return (
    <FormModal opened={props.opened} close={props.close} size="lg" title={t('document.add')}>
      <Fields {...props} />
    </FormModal>
  );
}

function Fields({ clientId, close }: Props) {
  const { t } = useTranslation();
  const name = useNames();
  const cron = useCronText();
  const notify = useNotify();
  const { language } = useLanguage();
  const create = useCreateSavedReport(clientId);
  const form = useForm({
    initialValues: { name: '', kind: 'renewals' as ReportKind, format: 'pdf' as ReportFormat, lang: language as Language, recipients: '', spec: '0 7 1 * *' },
    validate: {
      name: (v) => (v.trim() ? null : t('network.required')),
      recipients: (v) => (splitAddresses(v).length > 0 && splitAddresses(v).every((a) => /^[^@]+@[^@]+\.[^@]+$/.test(a)) ? null : t('document.recipientsInvalid')),
      spec: (v) => (readCron(v).kind === 'invalid' ? t('cron.invalid') : null),
    },
  });
  const submit = form.onSubmit(({ recipients, spec, ...given }) => {
    const body = { ...given, name: given.name.trim(), recipients: splitAddresses(recipients), spec: spec.trim(), time_zone: Intl.DateTimeFormat().resolvedOptions().timeZone };
    create.mutate(body, {
      onSuccess: () => {
        notify.done(t('document.saved'));
        close();
      },
    });
  });
  return (
    <FormBody submit={submit} close={close} pending={create.isPending} error={create.error}>
      <TextInput label={t('document.name')} placeholder={t('document.namePlaceholder')} required data-autofocus {...form.getInputProps('name')} />
      <SimpleGrid cols={{ base: 1, xs: 3 }}>
        <Select label={t('document.kind')} allowDeselect={false} data={reportKinds.filter((k) => k !== 'labels').map((k) => ({ value: k, label: name('reportKind', k) }))} {...form.getInputProps('kind')} />
        <Select label={t('document.format')} allowDeselect={false} data={reportFormats.map((f) => ({ value: f, label: name('reportFormat', f) }))} {...form.getInputProps('format')} />
        <Select label={t('document.language')} allowDeselect={false} data={languages.map((l) => ({ value: l, label: l === 'fr' ? 'Français' : 'English' }))} {...form.getInputProps('lang')} />
      </SimpleGrid>
      <Textarea label={t('document.recipients')} description={t('document.recipientsHint')} required rows={2} {...form.getInputProps('recipients')} />
      <TextInput label={t('document.when')} description={t('schedule.specHint')} required classNames={{ input: 'mono' }} {...form.getInputProps('spec')} />
      <Text size="sm" fw={540} aria-live="polite">
        {cron(form.values.spec)}
      </Text>
    </FormBody>
  );
}
