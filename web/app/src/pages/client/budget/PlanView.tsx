import { Badge, Group, Popover, Progress, Select, SimpleGrid, Stack, Text, UnstyledButton } from '@mantine/core';
import { IconCalendarDue, IconClockExclamation, IconHelpCircle, IconShieldCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ColumnDef } from '@tanstack/react-table';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAllAssets } from '@/api/assets';
import { type PlannedRefresh, refreshPlanQuery } from '@/api/budget';
import { AssetLink } from '@/components/AssetLink';
import { Conventions } from '@/components/Conventions';
import { DataTable } from '@/components/DataTable';
import { Empty } from '@/components/Empty';
import { useFormats } from '@/components/formats';
import { Loaded } from '@/components/Loaded';
import { useNames } from '@/components/names';
import { Section } from '@/components/Section';
import { Stat } from '@/components/Stat';
import { sumMoney } from '@/format/money';
import { useLanguage } from '@/i18n';
import { sayWhy } from '@/lifecycle/why';
import { EndCell } from '../life/cells';

/** The earliest reason to replace each asset. */
export function PlanView({ clientId }: { clientId: string }) {
  const { t } = useTranslation();
  const plan = useQuery(refreshPlanQuery(clientId));
  const assets = useAllAssets(clientId);
  const columns = useColumns(assets);
  const [year, setYear] = useState<string | null>(null);
  const [kind, setKind] = useState<string | null>(null);
  const name = useNames();
  return (
    <Loaded query={plan}>
      {({ items, unplanned, day, conventions }) => {
        const years = [...new Set(items.map((i) => String(i.year)))].sort();
        const kinds = [...new Set(items.map((i) => i.kind))];
        const shown = items.filter((i) => (!year || String(i.year) === year) && (!kind || i.kind === kind));
        const filters = items.length > 0 && (
          <Group gap="xs">
            <Select size="xs" w={120} clearable aria-label={t('budget.year')} placeholder={t('budget.year')} value={year} onChange={setYear} data={years} />
            <Select
              size="xs"
              w={190}
              clearable
              aria-label={t('budget.reason')}
              placeholder={t('budget.reason')}
              value={kind}
              onChange={setKind}
              data={kinds.map((k) => ({ value: k, label: name('reason', k) }))}
            />
          </Group>
        );
        return (
          <Stack>
            <Figures items={items} unplanned={unplanned} day={day} />
            <Section title={t('budget.planTitle')} count={shown.length} flush actions={filters}>
              <DataTable
                key={`${year ?? ''} ${kind ?? ''}`}
                label={t('budget.planTitle')}
                columns={columns}
                data={shown}
                rowId={(i) => i.asset_id}
                tall
                empty={<Empty icon={IconShieldCheck} title={t('budget.planNone')} hint={t('budget.planNoneHint')} />}
              />
            </Section>
            <Conventions day={day} conventions={conventions} />
          </Stack>
        );
      }}
    </Loaded>
  );
}

function Figures({ items, unplanned, day }: { items: PlannedRefresh[]; unplanned: number; day: string }) {
  const { t } = useTranslation();
  const format = useFormats();
  const year = Number(day.slice(0, 4));
  const cost = (some: PlannedRefresh[]) => sumMoney(some.map((i) => (i.cost.known ? i.cost.amount : undefined))).map(format.money).join(' + ');
  const overdue = items.filter((i) => i.overdue);
  const next = items.filter((i) => i.year === year + 1);
  const unpriced = items.filter((i) => !i.cost.known).length;
  return (
    <SimpleGrid cols={{ base: 1, xs: 2, lg: 4 }} spacing={{ base: 'sm', sm: 'md' }}>
      <Stat icon={IconClockExclamation} color={overdue.length > 0 ? 'red' : 'teal'} label={t('budget.overdue')} value={format.number(overdue.length)} hint={cost(overdue)} />
      <Stat icon={IconCalendarDue} color="orange" label={t('budget.inYear', { year: year + 1 })} value={format.number(next.length)} hint={cost(next)} />
      <Stat icon={IconCalendarDue} label={t('budget.planned')} value={format.number(items.length)} hint={cost(items)} />
      <Stat
        icon={IconHelpCircle}
        color="gray"
        label={t('budget.unplanned')}
        value={format.number(unplanned)}
        hint={unpriced > 0 ? t('budget.unpricedCount', { count: unpriced }) : t('budget.unplannedHint')}
      />
    </SimpleGrid>
  );
}

function useColumns(assets: ReturnType<typeof useAllAssets>): ColumnDef<PlannedRefresh>[] {
  const { t } = useTranslation();
  const name = useNames();
  const { language } = useLanguage();
  return [
    {
      id: 'asset',
      header: t('life.asset'),
      accessorFn: (i) => i.name,
      cell: ({ row: { original: i } }) => (
        <Stack gap={1}>
          <AssetLink id={i.asset_id} asset={assets.get(i.asset_id) ?? { class: i.class, hostname: i.name }} />
          <Text size="xs" c="var(--parc-quiet)">
            {[name('class', i.class), i.vendor, i.model].filter(Boolean).join(' · ')}
          </Text>
        </Stack>
      ),
    },
    {
      id: 'reason',
      header: t('budget.reason'),
      accessorFn: (i) => name('reason', i.kind),
      meta: { width: '30%' },
      cell: ({ row: { original: i } }) => (
        <Stack gap={2}>
          <Group gap={6}>
            <Text size="sm" fw={560}>
              {name('reason', i.kind)}
            </Text>
            {i.hard && <Badge size="sm" color="red">{t('budget.hard')}</Badge>}
            <OtherReasons item={i} />
          </Group>
          <Text size="xs" c="var(--parc-quiet)">
            {sayWhy(i.why, language)}
          </Text>
        </Stack>
      ),
    },
    { id: 'day', header: t('budget.day'), accessorFn: (i) => i.day, cell: ({ row: { original: i } }) => <EndCell day={i.day} /> },
    { id: 'year', header: t('budget.year'), accessorFn: (i) => i.year, meta: { align: 'right' }, cell: (c) => <span className="numeric">{c.getValue<number>()}</span> },
    { id: 'confidence', header: t('budget.confidence'), accessorFn: (i) => i.confidence, cell: (c) => <Confidence percent={c.getValue<number>()} /> },
    {
      id: 'cost',
      header: t('budget.cost'),
      accessorFn: (i) => (i.cost.known ? i.cost.amount.minor : -1),
      meta: { align: 'right' },
      cell: ({ row: { original: i } }) => <Cost cost={i.cost} />,
    },
  ];
}

/** How sure a date is, as a bar and a number. */
function Confidence({ percent }: { percent: number }) {
  const { t } = useTranslation();
  const format = useFormats();
  return (
    <Group gap={8} wrap="nowrap" miw={90}>
      <Progress value={percent} size="sm" flex={1} miw={36} color={percent >= 80 ? 'teal' : percent >= 50 ? 'yellow' : 'orange'} aria-label={t('budget.confidence')} />
      <span className="numeric">{format.percent(percent * 10)}</span>
    </Group>
  );
}

function Cost({ cost }: { cost: PlannedRefresh['cost'] }) {
  const { t } = useTranslation();
  const name = useNames();
  const format = useFormats();
  if (!cost.known) return <Text size="sm" c="var(--parc-quiet)">{t('budget.noPrice')}</Text>;
  const range = cost.low.minor < cost.high.minor ? t('budget.range', { low: format.money(cost.low), high: format.money(cost.high) }) : '';
  return (
    <Stack gap={1} align="flex-end">
      <span className="numeric nowrap">{format.money(cost.amount)}</span>
      {[name('priceSource', cost.source), range].filter(Boolean).map((text) => (
        <Text key={text} size="xs" c="var(--parc-quiet)" className="nowrap">
          {text}
        </Text>
      ))}
    </Stack>
  );
}

/** The later reasons, behind a button. */
function OtherReasons({ item }: { item: PlannedRefresh }) {
  const { t } = useTranslation();
  const name = useNames();
  const format = useFormats();
  const { language } = useLanguage();
  if (item.others.length === 0) return null;
  return (
    <Popover width={340} withArrow shadow="md" position="bottom-start">
      <Popover.Target>
        <UnstyledButton aria-label={t('budget.others', { count: item.others.length, name: item.name })}>
          <Badge size="sm" color="gray">
            +{item.others.length}
          </Badge>
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="xs">
          {item.others.map((o) => (
            <div key={`${o.kind} ${o.day}`}>
              <Text size="sm" fw={560}>
                {name('reason', o.kind)} · {format.day(o.day)} · {format.percent(o.confidence * 10)}
              </Text>
              <Text size="xs" c="var(--parc-quiet)">
                {sayWhy(o.why, language)}
              </Text>
            </div>
          ))}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
