import { Checkbox, Fieldset, NumberInput, Select, SimpleGrid, TextInput } from '@mantine/core';
import { useForm, type UseFormReturnType } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { type HoldingInputs, type HoldingKind, useAddHolding, useUpdateFinancing } from '@/api/holdings';
import type { Financing } from '@/api/types';
import { AssetMultiSelect, AssetSelect } from '@/components/AssetChoice';
import { fieldErrors } from '@/components/field-errors';
import { useFormats } from '@/components/formats';
import { FormBody, FormModal } from '@/components/FormModal';
import { useNames } from '@/components/names';
import { useNotify } from '@/components/notify';
import { currencies } from '@/format/money';
import { useLanguage } from '@/i18n';
import { AmendmentRows } from './AmendmentRows';
import { askedFields, evolves, type Field, forms, initialValues, type Values } from './fields';
import { financingPatch, financingValues } from './financing';
import { apiNames, check, inputOf } from './inputs';

interface Props {
  kind: HoldingKind;
  clientId: string;
  /** The purchase or lease to change; without it a new thing is added. */
  financing?: Financing;
  opened: boolean;
  close: () => void;
}

const titles = { financing: 'life.addFinancing', licence: 'life.addLicence', contract: 'life.addContract', coverage: 'life.addCoverage' } as const;

/** Adds something that a client holds: a purchase, a licence, a contract, a warranty. Purchases and leases are changed here too. */
export function HoldingForm(props: Props) {
  const { t } = useTranslation();
  return (
    <FormModal opened={props.opened} close={props.close} size="lg" title={t(props.financing ? 'life.editFinancing' : titles[props.kind])}>
      <Fields {...props} />
    </FormModal>
  );
}

function Fields({ kind, clientId, financing, close }: Props) {
  const { t } = useTranslation();
  const notify = useNotify();
  const { language } = useLanguage();
  const add = useAddHolding(kind, clientId);
  const update = useUpdateFinancing();
  const fields = forms[kind];
  const hasMoney = fields.some((f) => f.type === 'money');
  const form = useForm<Values>({
    initialValues: financing ? financingValues(financing, language) : { ...initialValues(fields), currency: 'EUR' },
    validate: (values) =>
      Object.fromEntries(
        Object.entries(check(fields, values)).map(([name, code]) => [name, code === 'required' ? t('network.required') : t(`life.${code}`)]),
      ),
  });

  const submit = form.onSubmit((values) => {
    const options = {
      onSuccess: () => {
        notify.done(t(financing ? 'word.saved' : 'life.added'));
        close();
      },
      onError: (error: unknown) => {
        form.setErrors(fieldErrors(error, apiNames(fields)));
      },
    };
    if (financing) update.mutate({ id: financing.id, ...financingPatch(values) }, options);
    else add.mutate(inputOf[kind](values) as HoldingInputs[typeof kind], options);
  });

  const asked = askedFields(fields, form.values);
  const controls = (group?: 'lease') =>
    asked
      .filter((f) => f.group === group)
      .map((field) => (
        <div key={field.name} style={field.wide ? { gridColumn: '1 / -1' } : undefined}>
          <Control field={field} form={form} clientId={clientId} />
        </div>
      ));
  const ofLease = controls('lease');
  return (
    <FormBody
      submit={submit}
      close={close}
      pending={add.isPending || update.isPending}
      error={add.error ?? update.error}
      action={financing ? undefined : t('action.add')}
    >
      <SimpleGrid cols={{ base: 1, xs: 2 }} verticalSpacing="sm">
        {controls()}
        {hasMoney && (
          <Select
            label={t('life.currency')}
            allowDeselect={false}
            data={[...currencies]}
            {...form.getInputProps('currency')}
          />
        )}
      </SimpleGrid>
      {ofLease.length > 0 && (
        <Fieldset legend={t('life.leaseTerms')}>
          <SimpleGrid cols={{ base: 1, xs: 2 }} verticalSpacing="sm">
            {ofLease}
          </SimpleGrid>
        </Fieldset>
      )}
      {kind === 'financing' && evolves(form.values.kind) && <AmendmentRows form={form} clientId={clientId} />}
    </FormBody>
  );
}

// The rates of France, of its islands and none, in thousandths.
const vatRates = ['200', '100', '85', '55', '21', '0'];

interface ControlProps {
  field: Field;
  form: UseFormReturnType<Values>;
  clientId: string;
}

function Control({ field, form, clientId }: ControlProps) {
  const { t } = useTranslation();
  const name = useNames();
  const format = useFormats();
  const label = t(`life.${field.label}`);
  const common = { label, required: field.required };
  const props: object = form.getInputProps(field.name, { type: field.type === 'check' ? 'checkbox' : 'input' });
  switch (field.type) {
    case 'choice':
      return (
        <Select
          {...common}
          allowDeselect={false}
          data={field.choices?.codes.map((code) => ({ value: code, label: name(field.choices?.words ?? 'metric', code) }))}
          {...props}
        />
      );
    case 'vat':
      return <Select {...common} allowDeselect={false} data={vatRates.map((rate) => ({ value: rate, label: format.percent(Number(rate)) }))} {...props} />;
    case 'check':
      return <Checkbox label={label} {...props} />;
    case 'asset':
      return <AssetSelect {...common} clientId={clientId} {...props} />;
    case 'assets':
      return <AssetMultiSelect {...common} clientId={clientId} {...props} />;
    case 'day':
      return <TextInput {...common} type="date" {...props} />;
    case 'number':
      return (
        <NumberInput
          {...common}
          min={0}
          allowDecimal={false}
          allowNegative={false}
          {...props}
          onChange={(value) => {
            form.setFieldValue(field.name, String(value));
          }}
        />
      );
    case 'money':
      return <TextInput {...common} inputMode="decimal" placeholder="1 234,50" {...props} />;
    case 'percent':
      return <TextInput {...common} inputMode="decimal" {...props} />;
    default:
      return <TextInput {...common} {...props} />;
  }
}
