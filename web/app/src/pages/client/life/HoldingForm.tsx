import { Checkbox, NumberInput, Select, SimpleGrid, TextInput } from '@mantine/core';
import { useForm, type UseFormReturnType } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { type HoldingInputs, type HoldingKind, useAddHolding } from '@/api/holdings';
import { AssetMultiSelect, AssetSelect } from '@/components/AssetChoice';
import { useFormats } from '@/components/formats';
import { FormBody, FormModal } from '@/components/FormModal';
import { useNames } from '@/components/names';
import { useNotify } from '@/components/notify';
import { currencies } from '@/format/money';
import { type Field, forms, initialValues, type Values } from './fields';
import { check, inputOf } from './inputs';

interface Props {
  kind: HoldingKind;
  clientId: string;
  opened: boolean;
  close: () => void;
}

const titles = { financing: 'life.addFinancing', licence: 'life.addLicence', contract: 'life.addContract', coverage: 'life.addCoverage' } as const;

/** Adds something that a client holds: a purchase, a licence, a contract, a warranty. */
export function HoldingForm(props: Props) {
  const { t } = useTranslation();
  return (
    <FormModal opened={props.opened} close={props.close} size="lg" title={t(titles[props.kind])}>
      <Fields {...props} />
    </FormModal>
  );
}

function Fields({ kind, clientId, close }: Props) {
  const { t } = useTranslation();
  const notify = useNotify();
  const add = useAddHolding(kind, clientId);
  const fields = forms[kind];
  const hasMoney = fields.some((f) => f.type === 'money');
  const form = useForm<Values>({
    initialValues: { ...initialValues(fields), currency: 'EUR' },
    validate: (values) =>
      Object.fromEntries(
        Object.entries(check(fields, values)).map(([name, code]) => [name, code === 'required' ? t('network.required') : t(`life.${code}`)]),
      ),
  });

  const submit = form.onSubmit((values) => {
    add.mutate(inputOf[kind](values) as HoldingInputs[typeof kind], {
      onSuccess: () => {
        notify.done(t('life.added'));
        close();
      },
    });
  });

  return (
    <FormBody submit={submit} close={close} pending={add.isPending} error={add.error} action={t('action.add')}>
      <SimpleGrid cols={{ base: 1, xs: 2 }} verticalSpacing="sm">
        {fields.map((field) => (
          <div key={field.name} style={field.wide ? { gridColumn: '1 / -1' } : undefined}>
            <Control field={field} form={form} clientId={clientId} />
          </div>
        ))}
        {hasMoney && (
          <Select
            label={t('life.currency')}
            allowDeselect={false}
            data={[...currencies]}
            {...form.getInputProps('currency')}
          />
        )}
      </SimpleGrid>
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
    default:
      return <TextInput {...common} {...props} />;
  }
}
