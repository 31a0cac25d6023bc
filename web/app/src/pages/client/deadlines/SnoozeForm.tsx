import { Button, Group, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { type Deadline, useSayDeadline } from '@/api/deadlines';
import { fieldErrors } from '@/components/field-errors';
import { useFormats, useToday } from '@/components/formats';
import { FormBody, FormModal } from '@/components/FormModal';
import { useNotify } from '@/components/notify';
import { addDays } from '@/format/date';

interface Props {
  clientId: string;
  /** The one to put off; none while the dialog is closed. */
  deadline?: Deadline;
  close: () => void;
}

/** Puts a deadline off until a day, which is not after its own. */
export function SnoozeForm({ clientId, deadline, close }: Props) {
  const { t } = useTranslation();
  return (
    <FormModal opened={deadline !== undefined} close={close} title={t('deadline.snooze')}>
      {deadline && <Fields clientId={clientId} deadline={deadline} close={close} />}
    </FormModal>
  );
}

const steps = [7, 14, 30];

function Fields({ clientId, deadline, close }: Props & { deadline: Deadline }) {
  const { t } = useTranslation();
  const notify = useNotify();
  const format = useFormats();
  const today = useToday();
  const say = useSayDeadline(clientId);
  const form = useForm({
    initialValues: { until: addDays(today, Math.min(7, deadline.days_left)) },
    validate: { until: (day) => (day > today && day <= deadline.day ? null : t('deadline.badUntil', { day: format.day(deadline.day) })) },
  });
  const submit = form.onSubmit(({ until }) => {
    say.mutate(
      { event: deadline.event, say: 'snooze', until },
      {
        onSuccess: () => {
          notify.done(t('deadline.snoozed', { day: format.day(until) }));
          close();
        },
        onError: (error) => {
          form.setErrors(fieldErrors(error, { until: 'until' }));
        },
      },
    );
  });
  return (
    <FormBody submit={submit} close={close} pending={say.isPending} error={say.error} action={t('deadline.snooze')}>
      <Text size="sm">{t('deadline.snoozeHint', { what: deadline.what, day: format.day(deadline.day) })}</Text>
      <TextInput type="date" label={t('deadline.until')} required data-autofocus {...form.getInputProps('until')} />
      <Group gap={6} role="group" aria-label={t('deadline.until')}>
        {steps.filter((n) => n <= deadline.days_left).map((n) => (
          <Button key={n} size="compact-xs" variant="default" onClick={() => { form.setFieldValue('until', addDays(today, n)); }}>
            {t('deadline.inDays', { count: n })}
          </Button>
        ))}
      </Group>
    </FormBody>
  );
}
