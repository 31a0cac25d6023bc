import { Button, Checkbox, Group, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconArrowsSplit, IconCopy, IconPencil, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ColumnDef } from '@tanstack/react-table';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { budgetQuery, mostCompared, type Scenario, scenariosQuery, useDeleteScenario } from '@/api/budget';
import { useMay } from '@/api/session';
import { Conventions } from '@/components/Conventions';
import { DataTable } from '@/components/DataTable';
import { DeleteButton } from '@/components/DeleteButton';
import { Empty } from '@/components/Empty';
import { useFormats } from '@/components/formats';
import { IconButton } from '@/components/IconButton';
import { Loaded } from '@/components/Loaded';
import { useNames } from '@/components/names';
import { Section } from '@/components/Section';
import { TitleCell } from '../life/cells';
import { Comparison } from './Comparison';
import { ScenarioForm } from './ScenarioForm';

interface Props {
  clientId: string;
  /** The ids of the scenarios that are compared. */
  compared: readonly string[];
  compare: (ids: string[]) => void;
}

/** The saved scenarios, and what those chosen come to side by side. */
export function ScenariosView({ clientId, compared, compare }: Props) {
  const { t } = useTranslation();
  const may = useMay('money');
  const scenarios = useQuery(scenariosQuery(clientId));
  const [edited, setEdited] = useState<{ scenario?: Scenario; copy?: boolean }>({});
  const [opened, { open, close }] = useDisclosure();
  const known = scenarios.data?.items ?? [];
  // A scenario that was deleted meanwhile may still stand in the address.
  const chosen = compared.filter((id) => known.some((s) => s.id === id));
  const edit = (scenario?: Scenario, copy?: boolean) => {
    setEdited({ scenario, copy });
    open();
  };
  const columns = useColumns({ chosen, compare, edit, may });
  const add = may && (
    <Button size="xs" variant="light" leftSection={<IconPlus size={16} />} onClick={() => { edit(); }}>
      {t('budget.add')}
    </Button>
  );
  return (
    <Stack>
      <Section title={t('budget.scenarios')} count={known.length} flush actions={known.length > 0 && add}>
        <Loaded query={scenarios}>
          {({ items }) => (
            <DataTable
              label={t('budget.scenarios')}
              columns={columns}
              data={items}
              rowId={(s) => s.id}
              sort={[{ id: 'name', desc: false }]}
              empty={<Empty compact icon={IconArrowsSplit} title={t('budget.noScenarios')} hint={t('budget.noScenariosHint')} action={add} />}
            />
          )}
        </Loaded>
        <ScenarioForm clientId={clientId} {...edited} opened={opened} close={close} />
      </Section>
      {scenarios.data && <Result clientId={clientId} chosen={chosen} />}
    </Stack>
  );
}

function Result({ clientId, chosen }: { clientId: string; chosen: string[] }) {
  const { t } = useTranslation();
  const budget = useQuery(budgetQuery(clientId, chosen));
  return (
    <Loaded query={budget}>
      {({ results, day, conventions }) => (
        <Stack style={{ opacity: budget.isPlaceholderData ? 0.6 : 1 }} aria-busy={budget.isPlaceholderData}>
          {chosen.length === 0 && (
            <Text size="sm" c="var(--parc-quiet)">
              {t('budget.unbounded')}
            </Text>
          )}
          <Comparison clientId={clientId} results={results} />
          <Conventions day={day} conventions={conventions} />
        </Stack>
      )}
    </Loaded>
  );
}

interface ColumnProps {
  chosen: readonly string[];
  compare: (ids: string[]) => void;
  edit: (scenario: Scenario, copy?: boolean) => void;
  may: boolean;
}

function useColumns({ chosen, compare, edit, may }: ColumnProps): ColumnDef<Scenario>[] {
  const { t } = useTranslation();
  const format = useFormats();
  const bounds = useBounds();
  const remove = useDeleteScenario();
  const columns: ColumnDef<Scenario>[] = [
    {
      id: 'compare',
      header: t('budget.compare'),
      enableSorting: false,
      meta: { width: '6rem' },
      cell: ({ row: { original: s } }) => (
        <Checkbox
          aria-label={t('budget.compareOne', { name: s.name })}
          checked={chosen.includes(s.id)}
          disabled={!chosen.includes(s.id) && chosen.length >= mostCompared}
          onChange={(e) => {
            compare(e.currentTarget.checked ? [...chosen, s.id] : chosen.filter((id) => id !== s.id));
          }}
        />
      ),
    },
    { id: 'name', header: t('budget.name'), accessorFn: (s) => s.name, cell: ({ row: { original: s } }) => <TitleCell main={s.name} more={[s.notes]} /> },
    { id: 'from', header: t('budget.years'), accessorFn: (s) => s.from, cell: ({ row: { original: s } }) => <span className="numeric nowrap">{s.from}–{s.from + s.years - 1}</span> },
    { id: 'bounds', header: t('budget.bounds'), enableSorting: false, cell: ({ row: { original: s } }) => <Text size="sm">{bounds(s)}</Text> },
    { id: 'at', header: t('budget.savedOn'), accessorFn: (s) => s.created_at, cell: ({ row: { original: s } }) => <span className="nowrap">{format.day(s.created_at.slice(0, 10))}</span> },
  ];
  if (may) {
    columns.push({
      id: 'actions',
      header: t('table.actions'),
      enableSorting: false,
      meta: { align: 'right', width: '8rem' },
      cell: ({ row: { original: s } }) => (
        <Group gap={2} wrap="nowrap" justify="flex-end">
          <IconButton icon={IconPencil} label={`${t('action.edit')}: ${s.name}`} onClick={() => { edit(s); }} />
          <IconButton icon={IconCopy} label={t('budget.copy', { name: s.name })} onClick={() => { edit(s, true); }} />
          <DeleteButton id={s.id} remove={remove} title={t('life.deleteTitle', { name: s.name })} hint={t('life.deleteHint')} />
        </Group>
      ),
    });
  }
  return columns;
}

/** What binds a scenario, in a few words. */
export function useBounds(): (scenario: Scenario) => string {
  const { t } = useTranslation();
  const name = useNames();
  const format = useFormats();
  return (s) => {
    const caps = Object.entries(s.caps ?? {});
    const list = (classes: readonly string[] | null | undefined) => (classes ?? []).map((c) => name('class', c)).join(', ');
    return [
      ...caps.map(([year, cap]) => (year === '0' ? t('budget.capEach', { amount: format.money(cap) }) : t('budget.capOf', { year, amount: format.money(cap) }))),
      s.first?.length ? t('budget.firstShort', { classes: list(s.first) }) : '',
      s.lease?.length ? t('budget.leaseShort', { classes: list(s.lease) }) : '',
      count(s.pinned) ? t('budget.pinnedShort', { count: count(s.pinned) }) : '',
      count(s.lots) ? t('budget.lotsShort', { count: count(s.lots) }) : '',
      count(s.life_months) ? t('budget.livesShort', { count: count(s.life_months) }) : '',
    ].filter(Boolean).join(' · ') || t('budget.free');
  };
}

const count = (map: Record<string, unknown> | undefined) => Object.keys(map ?? {}).length;
