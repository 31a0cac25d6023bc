import { Badge, Button, Group, Select, Text, Textarea } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDisclosure } from '@mantine/hooks';
import { IconMail } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { type AlertPlan, alertPlanQuery, useSetAlertPlan } from '@/api/deadlines';
import { Empty } from '@/components/Empty';
import { fieldErrors } from '@/components/field-errors';
import { FormBody, FormModal } from '@/components/FormModal';
import { Loaded } from '@/components/Loaded';
import { useNotify } from '@/components/notify';
import { Section } from '@/components/Section';
import { splitAddresses } from '@/format/text';
import { languages, useLanguage } from '@/i18n';

/** Who is written to of a client's deadlines. */
export function AlertPlanSection({ clientId }: { clientId: string }) {
  const { t } = useTranslation();
  const plan = useQuery(alertPlanQuery(clientId));
  const [opened, { open, close }] = useDisclosure();
  const recipients = plan.data?.recipients ?? [];
  const change = (
    <Button size="xs" variant="light" leftSection={<IconMail size={16} />} onClick={open}>
      {t('deadline.change')}
    </Button>
  );
  return (
    <Section title={t('deadline.recipients')} actions={recipients.length > 0 && change}>
      <Loaded query={plan}>
        {(data) => (
          <>
            {recipients.length === 0 ? (
              <Empty compact icon={IconMail} title={t('deadline.nobody')} hint={t('deadline.nobodyHint')} action={change} />
            ) : (
              <Group gap={6}>
                {recipients.map((address) => (
                  <Badge key={address} size="lg" color="gray">
                    {address}
                  </Badge>
                ))}
                <Text size="sm" c="var(--parc-quiet)">
                  {t('deadline.inLanguage', { language: data.lang === 'en' ? 'English' : 'français' })}
                </Text>
              </Group>
            )}
            <FormModal title={t('deadline.recipients')} opened={opened} close={close}>
              <PlanForm clientId={clientId} plan={data} close={close} />
            </FormModal>
          </>
        )}
      </Loaded>
    </Section>
  );
}

function PlanForm({ clientId, plan, close }: { clientId: string; plan: AlertPlan; close: () => void }) {
  const { t } = useTranslation();
  const notify = useNotify();
  const { language } = useLanguage();
  const set = useSetAlertPlan(clientId);
  const form = useForm({
    initialValues: { recipients: (plan.recipients ?? []).join('\n'), lang: plan.lang === 'en' || plan.lang === 'fr' ? plan.lang : language },
    validate: { recipients: (text) => (splitAddresses(text).every((a) => /^[^@]+@[^@]+\.[^@]+$/.test(a)) ? null : t('document.recipientsInvalid')) },
  });
  const submit = form.onSubmit(({ recipients, lang }) => {
    set.mutate(
      { recipients: splitAddresses(recipients), lang },
      {
        onSuccess: () => {
          notify.done(t('word.saved'));
          close();
        },
        onError: (error) => {
          form.setErrors(fieldErrors(error, { recipients: 'recipients', lang: 'lang' }));
        },
      },
    );
  });
  return (
    <FormBody submit={submit} close={close} pending={set.isPending} error={set.error}>
      <Textarea label={t('document.recipients')} description={t('deadline.addressesHint')} rows={4} data-autofocus {...form.getInputProps('recipients')} />
      <Select
        label={t('document.language')}
        allowDeselect={false}
        data={languages.map((l) => ({ value: l, label: l === 'fr' ? 'Français' : 'English' }))}
        {...form.getInputProps('lang')}
      />
    </FormBody>
  );
}
