import { Card, Select, SimpleGrid, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { AssetMultiSelect } from '@/components/AssetChoice';
import { useNames } from '@/components/names';
import { Rows } from '@/components/Rows';
import { amendmentTerms, type AmendmentValues, newAmendment } from './amendments';
import type { Values } from './fields';

interface Props {
  form: UseFormReturnType<Values>;
  clientId: string;
}

/** What has changed of a lease since it began: swaps, rents, terms. */
export function AmendmentRows({ form, clientId }: Props) {
  const { t } = useTranslation();
  const name = useNames();
  const all = form.values.amendments as AmendmentValues[];
  const field = (i: number, key: keyof AmendmentValues): object => form.getInputProps(`amendments.${String(i)}.${key}`);
  return (
    <Rows
      title={t('life.amendments')}
      hint={t('life.amendmentsHint')}
      error={form.errors.amendments}
      action={t('life.addAmendment')}
      add={() => { form.insertListItem('amendments', newAmendment()); }}
      remove={(i) => { form.removeListItem('amendments', i); }}
      rows={all.map((a, i) => (
        <Card key={i} padding="sm">
          <SimpleGrid cols={{ base: 1, xs: 2 }} verticalSpacing="sm">
            <TextInput type="date" label={t('life.amendmentDay')} required {...field(i, 'day')} />
            <TextInput type="date" label={t('life.signedOn')} {...field(i, 'signedOn')} />
            <Select
              label={t('life.amendmentTerm')}
              allowDeselect={false}
              data={amendmentTerms.map((term) => ({ value: term, label: name('amendmentTerm', term) }))}
              {...field(i, 'term')}
            />
            {a.term !== 'co-terminous' && <TextInput label={t('life.amendmentMonths')} inputMode="numeric" required {...field(i, 'months')} />}
            <TextInput label={t('life.amendmentRent')} description={t('life.amendmentRentHint')} inputMode="decimal" {...field(i, 'instalment')} />
            <TextInput label={t('life.notes')} description={'\u00a0'} maxLength={4000} {...field(i, 'notes')} />
            <AssetMultiSelect label={t('life.assetsIn')} description={undefined} clientId={clientId} {...field(i, 'assetsIn')} />
            <AssetMultiSelect label={t('life.assetsOut')} description={undefined} clientId={clientId} {...field(i, 'assetsOut')} />
          </SimpleGrid>
        </Card>
      ))}
    />
  );
}
