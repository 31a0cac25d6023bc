import { Select, SimpleGrid, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { type Price, type PriceInput, useAddPrice, useUpdatePrice } from '@/api/prices';
import { assetClasses } from '@/format/asset';
import { currencies, parseMoney, writeMoney } from '@/format/money';
import { useLanguage } from '@/i18n';
import { fieldErrors } from './field-errors';
import { FormBody, FormModal } from './FormModal';
import { useToday } from './formats';
import { useNames } from './names';
import { useNotify } from './notify';

interface Props {
  /** Whose book it is; without a client the provider's. */
  clientId?: string;
  /** The one to change; without it a new one is made. */
  price?: Price;
  opened: boolean;
  close: () => void;
}

/** What one thing of a class or a model costs. */
export function PriceForm(props: Props) {
  const { t } = useTranslation();
  return (
    <FormModal opened={props.opened} close={props.close} size="lg" title={t(props.price ? 'price.edit' : 'price.add')}>
      <Fields {...props} />
    </FormModal>
  );
}

const sources = ['list', 'hand', 'invoice'] as const;

function Fields({ clientId, price, close }: Props) {
  const { t } = useTranslation();
  const name = useNames();
  const notify = useNotify();
  const { language } = useLanguage();
  const today = useToday();
  const add = useAddPrice(clientId);
  const update = useUpdatePrice();
  const form = useForm({
    initialValues: {
      class: price?.class ?? '',
      vendor: price?.vendor ?? '',
      model: price?.model ?? '',
      amount: writeMoney(price?.amount, language),
      currency: price?.amount.currency ?? 'EUR',
      day: price?.day ?? today,
      source: sources.find((s) => s === price?.source) ?? (clientId ? 'hand' : 'list'),
      reference: price?.reference ?? '',
    },
    validate: {
      class: (v) => (v ? null : t('network.required')),
      amount: (v, all) => (parseMoney(v, all.currency)?.minor ? null : t('life.badAmount')),
      day: (v) => (v ? null : t('network.required')),
    },
  });
  const submit = form.onSubmit(({ amount, currency, ...given }) => {
    const body: PriceInput = {
      ...given,
      vendor: given.vendor.trim(),
      model: given.model.trim(),
      reference: given.reference.trim(),
      amount: parseMoney(amount, currency) ?? { minor: 0, currency },
    };
    const options = {
      onSuccess: () => {
        notify.done(t('word.saved'));
        close();
      },
      onError: (error: unknown) => {
        form.setErrors(fieldErrors(error, { class: 'class', vendor: 'vendor', model: 'model', amount: 'amount', day: 'day', source: 'source', reference: 'reference' }));
      },
    };
    if (price) update.mutate({ id: price.id, ...body }, options);
    else add.mutate(body, options);
  });
  return (
    <FormBody submit={submit} close={close} pending={add.isPending || update.isPending} error={add.error ?? update.error}>
      <SimpleGrid cols={{ base: 1, xs: 2 }} verticalSpacing="sm">
        <Select
          label={t('assets.class')}
          required
          searchable
          data-autofocus
          data={assetClasses.map((c) => ({ value: c, label: name('class', c) }))}
          {...form.getInputProps('class')}
        />
        <TextInput label={t('price.day')} type="date" required {...form.getInputProps('day')} />
        <TextInput label={t('assets.vendor')} maxLength={200} {...form.getInputProps('vendor')} />
        <TextInput label={t('assets.model')} placeholder={t('price.anyModel')} maxLength={200} {...form.getInputProps('model')} />
        <TextInput label={t('price.amount')} inputMode="decimal" placeholder="1 234,50" required {...form.getInputProps('amount')} />
        <Select label={t('life.currency')} allowDeselect={false} data={[...currencies]} {...form.getInputProps('currency')} />
        <Select label={t('life.source')} allowDeselect={false} data={sources.map((s) => ({ value: s, label: name('priceSource', s) }))} {...form.getInputProps('source')} />
        <TextInput label={t('life.reference')} maxLength={200} {...form.getInputProps('reference')} />
      </SimpleGrid>
    </FormBody>
  );
}
