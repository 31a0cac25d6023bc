import { Button, Group, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconMailForward, IconPlus, IconSend } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ColumnDef } from '@tanstack/react-table';
import { useTranslation } from 'react-i18next';
import { savedReportsQuery, useDeleteSavedReport, useSendReport } from '@/api/documents';
import type { SavedReport } from '@/api/types';
import { Quiet } from '@/components/badges';
import { useCronText } from '@/components/cron-text';
import { DataTable } from '@/components/DataTable';
import { DeleteButton } from '@/components/DeleteButton';
import { Empty } from '@/components/Empty';
import { useFormats } from '@/components/formats';
import { IconButton } from '@/components/IconButton';
import { Loaded } from '@/components/Loaded';
import { useNames } from '@/components/names';
import { useNotify } from '@/components/notify';
import { Section } from '@/components/Section';
import { SavedReportForm } from './SavedReportForm';

/** The reports that are sent by mail again and again. */
export function SavedReports({ clientId }: { clientId: string }) {
  const { t } = useTranslation();
  const saved = useQuery(savedReportsQuery(clientId));
  const [opened, { open, close }] = useDisclosure();
  const columns = useColumns();
  const add = (
    <Button size="xs" leftSection={<IconPlus size={16} />} onClick={open}>
      {t('document.add')}
    </Button>
  );
  return (
    <Loaded query={saved}>
      {({ items }) => (
        <Section title={t('document.savedTitle')} count={items.length} flush actions={items.length > 0 && add}>
          <DataTable
            label={t('document.savedTitle')}
            columns={columns}
            data={items}
            rowId={(r) => r.id}
            sort={[{ id: 'name', desc: false }]}
            empty={<Empty icon={IconMailForward} title={t('document.savedNone')} hint={t('document.savedHint')} action={add} />}
          />
          <SavedReportForm clientId={clientId} opened={opened} close={close} />
        </Section>
      )}
    </Loaded>
  );
}

function useColumns(): ColumnDef<SavedReport>[] {
  const { t } = useTranslation();
  const name = useNames();
  const format = useFormats();
  const cron = useCronText();
  const notify = useNotify();
  const send = useSendReport();
  const remove = useDeleteSavedReport();
  return [
    { id: 'name', header: t('document.name'), accessorFn: (r) => r.name, cell: (c) => <Text size="sm" fw={560}>{c.getValue<string>()}</Text> },
    { id: 'kind', header: t('document.kind'), accessorFn: (r) => `${name('reportKind', r.kind)} · ${r.format.toUpperCase()}` },
    { id: 'recipients', header: t('document.recipients'), accessorFn: (r) => (r.recipients ?? []).join(', ') },
    { id: 'spec', header: t('document.when'), enableSorting: false, cell: ({ row: { original: r } }) => <Text size="sm">{cron(r.spec)}</Text> },
    {
      id: 'last',
      header: t('document.last'),
      accessorFn: (r) => r.last_at ?? '',
      cell: ({ row: { original: r } }) => (
        <Stack gap={0}>
          <Quiet>{format.instant(r.last_at)}</Quiet>
          {r.last_error && (
            <Text size="xs" c="red">
              {r.last_error}
            </Text>
          )}
        </Stack>
      ),
    },
    {
      id: 'actions',
      header: t('table.actions'),
      enableSorting: false,
      meta: { align: 'right', width: '6rem' },
      cell: ({ row: { original: r } }) => (
        <Group gap={4} justify="flex-end" wrap="nowrap">
          <IconButton
            icon={IconSend}
            label={`${t('document.send')}: ${r.name}`}
            onClick={() => {
              send.mutate(r.id, {
                onSuccess: () => {
                  notify.done(t('document.sent'));
                },
                onError: notify.problem,
              });
            }}
          />
          <DeleteButton id={r.id} remove={remove} title={t('document.delete', { name: r.name })} hint={t('document.savedDeleteHint')} />
        </Group>
      ),
    },
  ];
}
