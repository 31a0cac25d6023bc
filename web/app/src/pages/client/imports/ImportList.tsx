import { Button, List, Modal, Stack, Text } from '@mantine/core';
import { IconArrowBackUp, IconFileSpreadsheet } from '@tabler/icons-react';
import type { ColumnDef } from '@tanstack/react-table';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useUndoImport } from '@/api/imports';
import type { Import, ImportUndone } from '@/api/types';
import { useConfirm } from '@/components/confirm';
import { DataTable } from '@/components/DataTable';
import { Empty } from '@/components/Empty';
import { useFormats } from '@/components/formats';
import { useNames } from '@/components/names';
import { useNotify } from '@/components/notify';
import { Section } from '@/components/Section';
import { ImportCounts } from './ImportCounts';

/** The files that were taken in, each to be taken back. */
export function ImportList({ items, may }: { items: Import[]; may: boolean }) {
  const { t } = useTranslation();
  const format = useFormats();
  const [undone, setUndone] = useState<Import>();
  const columns: ColumnDef<Import>[] = [
    {
      id: 'name',
      header: t('import.file'),
      accessorFn: (i) => i.name,
      cell: ({ row: { original: i } }) => (
        <Stack gap={1}>
          <Text size="sm" fw={560} style={{ overflowWrap: 'anywhere' }}>
            {i.name}
          </Text>
          <Text size="xs" c="var(--parc-quiet)">
            {t('import.rowCount', { count: i.row_count })}
          </Text>
        </Stack>
      ),
    },
    { id: 'at', header: t('import.at'), accessorFn: (i) => i.at, cell: ({ row: { original: i } }) => <span className="nowrap">{format.instant(i.at)}</span> },
    { id: 'counts', header: t('import.did'), enableSorting: false, cell: ({ row: { original: i } }) => <ImportCounts done={i} /> },
    {
      id: 'undo',
      header: t('table.actions'),
      enableSorting: false,
      meta: { align: 'right' },
      cell: ({ row: { original: i } }) => <Undo done={i} may={may} show={setUndone} />,
    },
  ];
  return (
    <Section title={t('import.list')} count={items.length} flush>
      <DataTable
        label={t('import.list')}
        columns={columns}
        data={items}
        rowId={(i) => i.id}
        sort={[{ id: 'at', desc: true }]}
        empty={<Empty compact icon={IconFileSpreadsheet} title={t('import.none')} hint={t('import.noneHint')} />}
      />
      <Modal
        opened={undone !== undefined}
        onClose={() => {
          setUndone(undefined);
        }}
        title={t('import.undone', { name: undone?.name })}
      >
        {undone?.undone && <UndoneText undone={undone.undone} />}
      </Modal>
    </Section>
  );
}

function Undo({ done, may, show }: { done: Import; may: boolean; show: (i: Import) => void }) {
  const { t } = useTranslation();
  const format = useFormats();
  const confirm = useConfirm();
  const notify = useNotify();
  const undo = useUndoImport();
  if (done.undone_at) {
    return (
      <Button
        variant="subtle"
        color="gray"
        size="compact-xs"
        onClick={() => {
          show(done);
        }}
      >
        {t('import.undoneOn', { at: format.instant(done.undone_at) })}
      </Button>
    );
  }
  if (!may) return null;
  return (
    <Button
      variant="light"
      color="red"
      size="compact-xs"
      leftSection={<IconArrowBackUp size={14} />}
      loading={undo.isPending}
      aria-label={t('import.undoOf', { name: done.name })}
      onClick={() => {
        confirm({
          title: t('import.undoOf', { name: done.name }),
          hint: t('import.undoHint'),
          action: t('import.undo'),
          onConfirm: () => {
            undo.mutate(done.id, { onSuccess: show, onError: notify.problem });
          },
        });
      }}
    >
      {t('import.undo')}
    </Button>
  );
}

const parts = ['removed', 'restored', 'coverages', 'purchases', 'sites', 'decisions', 'reviews'] as const;

/** What taking a file back did, what it left, and why. */
function UndoneText({ undone }: { undone: ImportUndone }) {
  const { t } = useTranslation();
  const name = useNames();
  const left = undone.left ?? [];
  const did = parts.filter((p) => undone[p] > 0);
  return (
    <Stack>
      <List size="sm">
        {did.map((p) => (
          <List.Item key={p}>{t(`import.took.${p}`, { count: undone[p] })}</List.Item>
        ))}
        {did.length === 0 && <List.Item>{t('import.tookNothing')}</List.Item>}
      </List>
      {left.length > 0 && (
        <>
          <Text size="sm" fw={560}>
            {t('import.stays')}
          </Text>
          <List size="sm">
            {left.map((l, i) => (
              <List.Item key={`${l.kind} ${l.id ?? ''} ${String(i)}`}>
                {t('import.leftWhy', { what: [name('importKind', l.kind), l.name ?? l.count].filter(Boolean).join(' '), why: name('importLeft', l.why) })}
              </List.Item>
            ))}
          </List>
          {(undone.left_more ?? 0) > 0 && <Text size="xs">{t('import.staysMore', { count: undone.left_more })}</Text>}
        </>
      )}
    </Stack>
  );
}
