import { Button, Group, Select, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconPinnedOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { usePatchAsset } from '@/api/assets';
import type { Value } from '@/api/types';
import { FormBody, FormModal } from '@/components/FormModal';
import { useNames } from '@/components/names';
import { useNotify } from '@/components/notify';
import { assetClasses } from '@/format/asset';

interface Props {
  assetId: string;
  /** The field to edit; "" lets choose one; undefined is closed. */
  field: string | undefined;
  value: Value | undefined;
  /** The fields that may be chosen. */
  choices: readonly string[];
  close: () => void;
}

/** Gives a field a value that no scan overwrites, or gives the field back to scans. */
export function PinForm(props: Props) {
  const { t } = useTranslation();
  const name = useNames();
  return (
    <FormModal
      opened={props.field !== undefined}
      close={props.close}
      title={props.field ? name('field', props.field) : t('asset.addValue')}
    >
      <Fields {...props} />
    </FormModal>
  );
}

function Fields({ assetId, field: given, value, choices, close }: Props) {
  const { t } = useTranslation();
  const name = useNames();
  const notify = useNotify();
  const patch = usePatchAsset(assetId);
  const form = useForm({
    initialValues: { field: given || (choices[0] ?? ''), value: value?.value ?? '' },
    validate: { value: (v) => (v.trim() ? null : t('network.required')) },
  });

  const send = (text: string, done: string) => {
    patch.mutate(
      { values: { [form.values.field]: text } },
      {
        onSuccess: () => {
          notify.done(done);
          close();
        },
      },
    );
  };

  return (
    <FormBody
      submit={form.onSubmit((v) => {
        send(v.value.trim(), t('asset.pinSaved'));
      })}
      close={close}
      pending={patch.isPending}
      error={patch.error}
    >
      {!given && (
        <Select
          label={t('asset.field')}
          searchable
          allowDeselect={false}
          data={choices.map((f) => ({ value: f, label: name('field', f) }))}
          {...form.getInputProps('field')}
        />
      )}
      {form.values.field === 'class' ? (
        <Select
          label={t('asset.value')}
          searchable
          allowDeselect={false}
          data={assetClasses.map((c) => ({ value: c, label: name('class', c) }))}
          {...form.getInputProps('value')}
        />
      ) : (
        <TextInput label={t('asset.value')} maxLength={500} data-autofocus {...form.getInputProps('value')} />
      )}
      <Text size="xs" c="var(--parc-quiet)">
        {t('asset.pinHelp')}
      </Text>
      {value?.pinned && (
        <Group>
          <Button
            size="xs"
            variant="light"
            color="gray"
            leftSection={<IconPinnedOff size={15} />}
            loading={patch.isPending}
            onClick={() => {
              send('', t('asset.unpinned'));
            }}
          >
            {t('asset.unpin')}
          </Button>
        </Group>
      )}
    </FormBody>
  );
}
