import { Anchor, Button, FileInput, Modal, Select, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDisclosure } from '@mantine/hooks';
import { IconPaperclip, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ColumnDef } from '@tanstack/react-table';
import { useTranslation } from 'react-i18next';
import {
  attachmentKinds, type AttachmentOwner, attachmentPath, attachmentsQuery, mostAttachment, useAttach, useDeleteAttachment,
} from '@/api/attachments';
import type { Attachment, AttachmentKind } from '@/api/types';
import { Quiet } from './badges';
import { DataTable } from './DataTable';
import { DeleteButton } from './DeleteButton';
import { Empty } from './Empty';
import { FormBody, FormModal } from './FormModal';
import { useFormats } from './formats';
import { IconButton } from './IconButton';
import { Loaded } from './Loaded';
import { useNames } from './names';
import { useNotify } from './notify';
import { Section } from './Section';

interface Props {
  owner: AttachmentOwner;
  id: string;
  /** Whether the reader may attach and remove. */
  may: boolean;
}

/** The files that hang on one thing: to be had, added and removed. */
export function Attachments({ owner, id, may }: Props) {
  const { t } = useTranslation();
  const files = useQuery(attachmentsQuery(owner, id));
  const columns = useColumns(may);
  const [opened, { open, close }] = useDisclosure();
  const add = may && (
    <Button size="xs" variant="light" leftSection={<IconPlus size={16} />} onClick={open}>
      {t('attachment.add')}
    </Button>
  );
  return (
    <Section title={t('attachment.title')} count={files.data?.items.length} flush actions={files.data?.items.length ? add : undefined}>
      <Loaded query={files}>
        {({ items }) => (
          <DataTable
            label={t('attachment.title')}
            columns={columns}
            data={items}
            rowId={(a) => a.id}
            sort={[{ id: 'at', desc: true }]}
            empty={<Empty compact icon={IconPaperclip} title={t('attachment.none')} hint={t('attachment.noneHint')} action={add} />}
          />
        )}
      </Loaded>
      <FormModal title={t('attachment.add')} opened={opened} close={close}>
        <AttachForm owner={owner} id={id} close={close} />
      </FormModal>
    </Section>
  );
}

/** A button that shows the files on a row of a table. */
export function AttachmentsButton({ name, ...rest }: Props & { name: string }) {
  const { t } = useTranslation();
  const [opened, { open, close }] = useDisclosure();
  return (
    <>
      <IconButton icon={IconPaperclip} label={t('attachment.of', { name })} onClick={open} />
      <Modal opened={opened} onClose={close} title={name} size="xl">
        <Attachments {...rest} />
      </Modal>
    </>
  );
}

function useColumns(may: boolean): ColumnDef<Attachment>[] {
  const { t } = useTranslation();
  const name = useNames();
  const format = useFormats();
  const remove = useDeleteAttachment();
  const columns: ColumnDef<Attachment>[] = [
    {
      id: 'name',
      header: t('attachment.file'),
      accessorFn: (a) => a.title ?? a.name,
      cell: ({ row: { original: a } }) => (
        <Stack gap={1}>
          <Anchor size="sm" fw={560} href={attachmentPath(a.id)} download={a.name} style={{ overflowWrap: 'anywhere' }}>
            {a.title ?? a.name}
          </Anchor>
          {a.title && (
            <Text size="xs" c="var(--parc-quiet)" style={{ overflowWrap: 'anywhere' }}>
              {a.name}
            </Text>
          )}
        </Stack>
      ),
    },
    { id: 'kind', header: t('attachment.kind'), accessorFn: (a) => name('attachmentKind', a.kind) },
    {
      id: 'size',
      header: t('attachment.size'),
      accessorFn: (a) => a.size,
      meta: { align: 'right' },
      cell: ({ row: { original: a } }) => <span className="numeric nowrap">{format.bytes(a.size)}</span>,
    },
    { id: 'at', header: t('attachment.at'), accessorFn: (a) => a.uploaded_at, cell: ({ row: { original: a } }) => <Quiet>{format.instant(a.uploaded_at)}</Quiet> },
  ];
  if (may) {
    columns.push({
      id: 'actions',
      header: t('table.actions'),
      enableSorting: false,
      meta: { align: 'right', width: '4rem' },
      cell: ({ row: { original: a } }) => (
        <DeleteButton id={a.id} remove={remove} title={t('attachment.delete', { name: a.title ?? a.name })} hint={t('attachment.deleteHint')} />
      ),
    });
  }
  return columns;
}

function AttachForm({ owner, id, close }: Pick<Props, 'owner' | 'id'> & { close: () => void }) {
  const { t } = useTranslation();
  const name = useNames();
  const notify = useNotify();
  const attach = useAttach(owner, id);
  const form = useForm({
    initialValues: { file: null as File | null, title: '', kind: (owner === 'contract' ? 'contract' : 'other') as AttachmentKind },
    validate: {
      file: (file) => (!file ? t('attachment.choose') : file.size > mostAttachment ? t('attachment.tooLarge') : null),
    },
  });
  const submit = form.onSubmit(({ file, title, kind }) => {
    if (!file) return;
    attach.mutate(
      { file, title: title.trim(), kind },
      {
        onSuccess: () => {
          notify.done(t('attachment.added'));
          close();
        },
      },
    );
  });
  return (
    <FormBody submit={submit} close={close} pending={attach.isPending} error={attach.error} action={t('action.add')}>
      <FileInput label={t('attachment.file')} placeholder={t('attachment.choose')} description={t('attachment.limit')} clearable {...form.getInputProps('file')} />
      <Select
        label={t('attachment.kind')}
        allowDeselect={false}
        data={attachmentKinds.map((k) => ({ value: k, label: name('attachmentKind', k) }))}
        {...form.getInputProps('kind')}
      />
      <TextInput label={t('attachment.what')} maxLength={300} {...form.getInputProps('title')} />
    </FormBody>
  );
}
