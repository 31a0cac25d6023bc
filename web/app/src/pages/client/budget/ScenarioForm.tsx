import { Fieldset, MultiSelect, Select, SimpleGrid, Stack, Textarea, TextInput } from '@mantine/core';
import { useForm, type UseFormReturnType } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { type Scenario, useAddScenario, useUpdateScenario } from '@/api/budget';
import { AssetSelect } from '@/components/AssetChoice';
import { fieldErrors } from '@/components/field-errors';
import { useToday } from '@/components/formats';
import { FormBody, FormModal } from '@/components/FormModal';
import { useNames } from '@/components/names';
import { useNotify } from '@/components/notify';
import { Rows } from '@/components/Rows';
import { assetClasses } from '@/format/asset';
import { currencies } from '@/format/money';
import { useLanguage } from '@/i18n';
import { checkScenario, scenarioFields, scenarioInput, type ScenarioValues, scenarioValues, yearsOf } from './scenario-values';

interface Props {
  clientId: string;
  /** The one to change, or to begin from. */
  scenario?: Scenario;
  /** Makes another one like it. */
  copy?: boolean;
  opened: boolean;
  close: () => void;
}

/** What a budget is bound by: its years, caps, and what people have decided. */
export function ScenarioForm(props: Props) {
  const { t } = useTranslation();
  return (
    <FormModal opened={props.opened} close={props.close} size="xl" title={t(props.scenario && !props.copy ? 'budget.edit' : 'budget.add')}>
      <Fields {...props} />
    </FormModal>
  );
}

function Fields({ clientId, scenario, copy, close }: Props) {
  const { t } = useTranslation();
  const notify = useNotify();
  const { language } = useLanguage();
  const today = useToday();
  const add = useAddScenario(clientId);
  const update = useUpdateScenario();
  const start = scenarioValues(scenario, today, language);
  const form = useForm<ScenarioValues>({
    initialValues: copy ? { ...start, name: t('budget.copyOf', { name: start.name }) } : start,
    validate: (values) =>
      Object.fromEntries(
        Object.entries(checkScenario(values)).map(([name, code]) => [name, t(code === 'required' ? 'network.required' : code === 'twice' ? 'budget.twice' : `life.${code}`)]),
      ),
  });
  const submit = form.onSubmit((values) => {
    const options = {
      onSuccess: () => {
        notify.done(t('word.saved'));
        close();
      },
      onError: (error: unknown) => {
        form.setErrors(fieldErrors(error, scenarioFields));
      },
    };
    if (scenario && !copy) update.mutate({ id: scenario.id, ...scenarioInput(values) }, options);
    else add.mutate(scenarioInput(values), options);
  });
  return (
    <FormBody submit={submit} close={close} pending={add.isPending || update.isPending} error={add.error ?? update.error}>
      <TextInput label={t('budget.name')} placeholder={t('budget.namePlaceholder')} required data-autofocus maxLength={200} {...form.getInputProps('name')} />
      <Caps form={form} />
      <Classes form={form} />
      <Decided form={form} clientId={clientId} />
      <Textarea label={t('life.notes')} rows={2} maxLength={4000} {...form.getInputProps('notes')} />
    </FormBody>
  );
}

interface PartProps {
  form: UseFormReturnType<ScenarioValues>;
}

function Caps({ form }: PartProps) {
  const { t } = useTranslation();
  const years = yearsOf(form.values);
  return (
    <Fieldset legend={t('budget.years')}>
      <SimpleGrid cols={{ base: 2, xs: 4 }} verticalSpacing="sm">
        <TextInput label={t('budget.from')} inputMode="numeric" required {...form.getInputProps('from')} />
        <TextInput label={t('budget.count')} inputMode="numeric" required {...form.getInputProps('years')} />
        <TextInput label={t('budget.capEvery')} inputMode="decimal" placeholder={t('budget.noCap')} {...form.getInputProps('cap')} />
        <Select label={t('life.currency')} allowDeselect={false} data={[...currencies]} {...form.getInputProps('currency')} />
        {years.map((year) => (
          <TextInput
            key={year}
            label={t('budget.capIn', { year })}
            inputMode="decimal"
            placeholder={form.values.cap || t('budget.noCap')}
            {...form.getInputProps(`caps.${year}`)}
            value={form.values.caps[year] ?? ''}
          />
        ))}
      </SimpleGrid>
    </Fieldset>
  );
}

function Classes({ form }: PartProps) {
  const { t } = useTranslation();
  const name = useNames();
  const classes = assetClasses.map((c) => ({ value: c, label: name('class', c) }));
  return (
    <Fieldset legend={t('budget.classes')}>
      <Stack>
        <SimpleGrid cols={{ base: 1, xs: 2 }} verticalSpacing="sm">
          <MultiSelect label={t('budget.first')} description={t('budget.firstHint')} searchable clearable hidePickedOptions data={classes} {...form.getInputProps('first')} />
          <MultiSelect label={t('budget.lease')} description={t('budget.leaseHint')} searchable clearable hidePickedOptions data={classes} {...form.getInputProps('lease')} />
          {form.values.lease.length > 0 && (
            <>
              <TextInput label={t('budget.leaseMonths')} inputMode="numeric" required {...form.getInputProps('leaseMonths')} />
              <TextInput label={t('budget.leasePercent')} inputMode="decimal" required {...form.getInputProps('leasePercent')} />
            </>
          )}
        </SimpleGrid>
        <Rows
          title={t('budget.lives')}
          hint={t('budget.livesHint')}
          error={form.errors.lives}
          action={t('budget.addLife')}
          add={() => { form.insertListItem('lives', { class: '', months: '60' }); }}
          remove={(i) => { form.removeListItem('lives', i); }}
          rows={form.values.lives.map((_, i) => (
            <SimpleGrid key={i} cols={2}>
              <Select label={t('assets.class')} searchable data={classes} {...form.getInputProps(`lives.${String(i)}.class`)} />
              <TextInput label={t('budget.months')} inputMode="numeric" {...form.getInputProps(`lives.${String(i)}.months`)} />
            </SimpleGrid>
          ))}
        />
      </Stack>
    </Fieldset>
  );
}

function Decided({ form, clientId }: PartProps & { clientId: string }) {
  const { t } = useTranslation();
  const years = [...yearsOf(form.values).map((year) => ({ value: year, label: year })), { value: '0', label: t('budget.never') }];
  return (
    <Fieldset legend={t('budget.decided')}>
      <Stack>
        <Rows
          title={t('budget.pinned')}
          hint={t('budget.pinnedHint')}
          error={form.errors.pinned}
          action={t('budget.addPin')}
          add={() => { form.insertListItem('pinned', { asset: '', year: yearsOf(form.values)[0] ?? '0' }); }}
          remove={(i) => { form.removeListItem('pinned', i); }}
          rows={form.values.pinned.map((_, i) => (
            <SimpleGrid key={i} cols={2}>
              <AssetSelect label={t('life.asset')} clientId={clientId} {...form.getInputProps(`pinned.${String(i)}.asset`)} />
              <Select label={t('budget.year')} allowDeselect={false} data={years} {...form.getInputProps(`pinned.${String(i)}.year`)} />
            </SimpleGrid>
          ))}
        />
        <Rows
          title={t('budget.lots')}
          hint={t('budget.lotsHint')}
          error={form.errors.lots}
          action={t('budget.addLot')}
          add={() => { form.insertListItem('lots', { model: '', least: '5' }); }}
          remove={(i) => { form.removeListItem('lots', i); }}
          rows={form.values.lots.map((_, i) => (
            <SimpleGrid key={i} cols={2}>
              <TextInput label={t('assets.model')} {...form.getInputProps(`lots.${String(i)}.model`)} />
              <TextInput label={t('budget.leastCount')} inputMode="numeric" {...form.getInputProps(`lots.${String(i)}.least`)} />
            </SimpleGrid>
          ))}
        />
      </Stack>
    </Fieldset>
  );
}
