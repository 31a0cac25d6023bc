import { Button, Group, Select, SimpleGrid, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type Depth, useCreateSchedule, useUpdateSchedule } from '@/api/scans';
import type { Schedule, Site } from '@/api/types';
import { useCronText } from '@/components/cron-text';
import { FormBody, FormModal } from '@/components/FormModal';
import { useNames } from '@/components/names';
import { useNotify } from '@/components/notify';
import { readCron } from '@/format/cron';
import { parseTargets } from '@/format/network';

interface Props {
  clientId: string;
  sites: Site[];
  /** The one to edit; without it a new one is made. */
  schedule?: Schedule;
  opened: boolean;
  close: () => void;
}

export function ScheduleForm(props: Props) {
  const { t } = useTranslation();
  return (
    <FormModal opened={props.opened} close={props.close} size="lg" title={t(props.schedule ? 'schedule.edit' : 'schedule.add')}>
      <Fields {...props} />
    </FormModal>
  );
}

const presets = ['0 3 * * *', '0 3 * * 1-5', '0 22 * * 5', '0 4 1 * *', '0 */6 * * *'];

function Fields({ clientId, sites, schedule, close }: Props) {
  const { t } = useTranslation();
  const name = useNames();
  const cron = useCronText();
  const notify = useNotify();
  const create = useCreateSchedule(clientId);
  const update = useUpdateSchedule();
  const form = useForm({
    initialValues: {
      name: schedule?.name ?? '',
      site: schedule?.site_id ?? sites[0]?.id ?? '',
      spec: schedule?.spec ?? '0 3 * * *',
      timeZone: schedule?.time_zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
      depth: (schedule?.depth === 'identity' ? 'identity' : 'full') as Depth,
      targets: (schedule?.targets ?? []).join('\n'),
    },
    validate: {
      name: (v) => (v.trim() ? null : t('network.required')),
      spec: (v) => (readCron(v).kind === 'invalid' ? t('cron.invalid') : null),
    },
  });

  const submit = form.onSubmit(({ name: given, site, spec, timeZone, depth, targets }) => {
    const body = { name: given.trim(), spec: spec.trim(), time_zone: timeZone, depth, targets: parseTargets(targets) };
    const options = {
      onSuccess: () => {
        notify.done(t('schedule.saved'));
        close();
      },
    };
    if (schedule) update.mutate({ id: schedule.id, ...body }, options);
    else create.mutate({ site_id: site, ...body }, options);
  });

  const { spec } = form.values;
  return (
    <FormBody submit={submit} close={close} pending={create.isPending || update.isPending} error={create.error ?? update.error}>
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <TextInput
          label={t('schedule.name')}
          placeholder={t('schedule.namePlaceholder')}
          required
          data-autofocus
          {...form.getInputProps('name')}
        />
        <Select
          label={t('schedule.site')}
          allowDeselect={false}
          disabled={schedule !== undefined}
          data={sites.map((s) => ({ value: s.id, label: s.name }))}
          {...form.getInputProps('site')}
        />
      </SimpleGrid>
      <Stack gap={6}>
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <TextInput
            label={t('schedule.spec')}
            description={t('schedule.specHint')}
            required
            classNames={{ input: 'mono' }}
            {...form.getInputProps('spec')}
          />
          <ZoneSelect {...form.getInputProps('timeZone')} />
        </SimpleGrid>
        <Text size="sm" fw={540} aria-live="polite" data-testid="cron-hint">
          {cron(spec)}
        </Text>
        <Group gap={6} role="group" aria-label={t('schedule.presets')}>
          {presets.map((p) => (
            <Button
              key={p}
              size="compact-xs"
              variant={p === spec ? 'light' : 'default'}
              onClick={() => {
                form.setFieldValue('spec', p);
              }}
            >
              {cron(p)}
            </Button>
          ))}
        </Group>
      </Stack>
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <Select
          label={t('schedule.depth')}
          allowDeselect={false}
          data={(['full', 'identity'] as const).map((d) => ({ value: d, label: name('depth', d) }))}
          {...form.getInputProps('depth')}
        />
        <Textarea
          label={t('schedule.targets')}
          description={t('schedule.targetsHint')}
          autosize
          minRows={1}
          maxRows={5}
          classNames={{ input: 'mono' }}
          {...form.getInputProps('targets')}
        />
      </SimpleGrid>
    </FormBody>
  );
}

/** The time zones that the browser knows. */
function ZoneSelect(props: { value?: string; onChange?: (zone: string | null) => void }) {
  const { t } = useTranslation();
  const zones = useMemo(() => {
    const known = Intl.supportedValuesOf('timeZone');
    return [...new Set([...(props.value ? [props.value] : []), 'UTC', ...known])];
  }, [props.value]);
  return <Select label={t('schedule.timeZone')} description={'\u00a0'} searchable allowDeselect={false} limit={60} data={zones} {...props} />;
}
