import { Alert, Anchor, Badge, Group, List, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconInfoCircle, IconShieldCheck } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ColumnDef } from '@tanstack/react-table';
import { useTranslation } from 'react-i18next';
import { useAllAssets } from '@/api/assets';
import type { BudgetChoice, BudgetResult, BudgetYear } from '@/api/budget';
import { AssetLink } from '@/components/AssetLink';
import { Quiet } from '@/components/badges';
import { DataTable } from '@/components/DataTable';
import { Empty } from '@/components/Empty';
import { useFormats } from '@/components/formats';
import { useNames } from '@/components/names';
import { Section } from '@/components/Section';
import { assetName } from '@/format/asset';
import type { Money } from '@/format/money';
import { useLanguage } from '@/i18n';
import { sayWhy } from '@/lifecycle/why';
import { AmountCell } from '../life/cells';

interface Props {
  clientId: string;
  result: BudgetResult;
  title: string;
}

/** One budget whole: what does not fit, its years, and the year of each asset. */
export function ResultDetail({ clientId, result, title }: Props) {
  const { t } = useTranslation();
  const years = useYearColumns(result);
  const assets = useAllAssets(clientId);
  const choices = useChoiceColumns(assets);
  return (
    <Stack>
      <Unfit result={result} assets={assets} />
      <Section title={`${t('budget.byYear')} · ${title}`} flush>
        <DataTable label={t('budget.byYear')} columns={years} data={result.years} rowId={(y) => String(y.year)} empty={null} />
      </Section>
      <Section title={`${t('budget.choices')} · ${title}`} count={result.choices.length} flush>
        <DataTable
          label={t('budget.choices')}
          columns={choices}
          data={result.choices}
          rowId={(c) => c.asset_id}
          sort={[{ id: 'year', desc: false }]}
          tall
          empty={<Empty compact icon={IconShieldCheck} title={t('budget.noChoices')} hint={t('budget.noChoicesHint')} />}
        />
      </Section>
    </Stack>
  );
}

interface UnfitProps {
  result: BudgetResult;
  assets: ReturnType<typeof useAllAssets>;
}

/** What does not fit within the caps, and what was left out or could not be kept to the letter. */
function Unfit({ result, assets }: UnfitProps) {
  const { t } = useTranslation();
  const name = useNames();
  const format = useFormats();
  const lists = (['unpriced', 'foreign', 'kept'] as const).filter((key) => result[key].length > 0);
  return (
    <>
      {result.short.length > 0 && (
        <Alert color="red" icon={<IconAlertTriangle size={20} />} title={t('budget.doesNotFit')}>
          <List size="sm" spacing={6}>
            {result.short.map((s) => (
              <List.Item key={s.year}>
                {t('budget.raise', { year: s.year, amount: format.money(s.raise) })}{' '}
                {s.asset_ids.slice(0, mostNamed).map((id, i) => (
                  <span key={id}>
                    {i > 0 && ', '}
                    <Anchor size="sm" renderRoot={(props) => <Link to="/assets/$assetId" params={{ assetId: id }} {...props} />}>
                      {assetName(assets.get(id) ?? {}) || result.choices.find((c) => c.asset_id === id)?.name || t('assets.unnamed')}
                    </Anchor>
                  </span>
                ))}
                {s.asset_ids.length > mostNamed && ` ${t('budget.andMore', { count: s.asset_ids.length - mostNamed })}`}
              </List.Item>
            ))}
          </List>
        </Alert>
      )}
      {(lists.length > 0 || result.notes.length > 0) && (
        <Alert color="gray" icon={<IconInfoCircle size={20} />} title={t('budget.toKnow')}>
          <List size="sm" spacing={6}>
            {result.notes.map((note) => (
              <List.Item key={note}>{name('conventionText', note)}</List.Item>
            ))}
            {lists.map((key) => (
              <List.Item key={key}>
                {t(`budget.${key}`, { count: result[key].length })} {result[key].slice(0, mostNamed).join(', ')}
                {result[key].length > mostNamed && ` ${t('budget.andMore', { count: result[key].length - mostNamed })}`}
              </List.Item>
            ))}
          </List>
        </Alert>
      )}
    </>
  );
}

/** The most things that a line names one by one. */
const mostNamed = 12;

function useYearColumns(result: BudgetResult): ColumnDef<BudgetYear>[] {
  const { t } = useTranslation();
  const format = useFormats();
  const amount = (id: string, header: string, of: (y: BudgetYear) => Money | undefined): ColumnDef<BudgetYear> => ({
    id,
    header,
    accessorFn: (y) => of(y)?.minor ?? 0,
    meta: { align: 'right' },
    cell: ({ row: { original: y } }) => <AmountCell text={of(y)?.minor ? format.money(of(y)) : ''} />,
  });
  return [
    {
      id: 'year',
      header: t('budget.year'),
      accessorFn: (y) => y.year,
      cell: ({ row: { original: y } }) => (
        <Group gap={6} wrap="nowrap">
          <span className="numeric">{y.year}</span>
          {result.short.some((s) => s.year === y.year) && <Badge size="sm" color="red">{t('budget.tooSmall')}</Badge>}
        </Group>
      ),
    },
    { id: 'items', header: t('budget.replaced'), accessorFn: (y) => y.items, meta: { align: 'right' }, cell: (c) => <span className="numeric">{format.number(c.getValue<number>())}</span> },
    { ...amount('cap', t('budget.cap'), (y) => y.cap), cell: ({ row: { original: y } }) => <AmountCell text={y.cap ? format.money(y.cap) : t('budget.noCap')} /> },
    amount('spend', t('budget.spendWord'), (y) => y.spend),
    amount('backlog', t('budget.backlogWord'), (y) => y.backlog),
    amount('risk', t('budget.riskWord'), (y) => y.risk),
    amount('purchases', t('budget.purchases'), (y) => y.purchases),
    amount('rents', t('budget.rents'), (y) => y.rents),
  ];
}

function useChoiceColumns(assets: ReturnType<typeof useAllAssets>): ColumnDef<BudgetChoice>[] {
  const { t } = useTranslation();
  const name = useNames();
  const format = useFormats();
  const { language } = useLanguage();
  return [
    {
      id: 'asset',
      header: t('life.asset'),
      accessorFn: (c) => c.name,
      cell: ({ row: { original: c } }) => (
        <Stack gap={1}>
          <AssetLink id={c.asset_id} asset={assets.get(c.asset_id) ?? { class: c.class, hostname: c.name }} />
          <Text size="xs" c="var(--parc-quiet)">
            {[name('class', c.class), c.model].filter(Boolean).join(' · ')}
          </Text>
        </Stack>
      ),
    },
    { id: 'reason', header: t('budget.reason'), accessorFn: (c) => sayWhy(c.reason, language), cell: (c) => <Text size="sm">{c.getValue<string>()}</Text> },
    { id: 'due', header: t('budget.due'), accessorFn: (c) => c.due, meta: { align: 'right' }, cell: (c) => <span className="numeric">{c.getValue<number>()}</span> },
    {
      id: 'year',
      header: t('budget.chosen'),
      accessorFn: (c) => c.year,
      meta: { align: 'right' },
      cell: ({ row: { original: c } }) => (
        <Group gap={6} wrap="nowrap" justify="flex-end">
          {c.pinned && <Badge size="sm">{t('budget.pinnedWord')}</Badge>}
          {c.backlog && <Badge size="sm" color="orange">{t('budget.overdueWord')}</Badge>}
          <span className="numeric">{c.year}</span>
        </Group>
      ),
    },
    { id: 'cost', header: t('budget.cost'), accessorFn: (c) => c.cost.minor, meta: { align: 'right' }, cell: ({ row: { original: c } }) => <AmountCell text={format.money(c.cost)} /> },
    {
      id: 'risk',
      header: t('budget.riskWord'),
      accessorFn: (c) => c.risk.minor,
      meta: { align: 'right' },
      cell: ({ row: { original: c } }) => <Quiet>{c.risk.minor ? format.money(c.risk) : ''}</Quiet>,
    },
  ];
}
