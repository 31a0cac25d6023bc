import { Badge, SegmentedControl, Stack, Table, Text } from '@mantine/core';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BudgetResult } from '@/api/budget';
import table from '@/components/DataTable.module.css';
import { useFormats } from '@/components/formats';
import { Lines } from '@/components/Loaded';
import { Section } from '@/components/Section';
import { ResultDetail } from './ResultDetail';

const YearsChart = lazy(() => import('./YearsChart'));

interface Props {
  clientId: string;
  results: BudgetResult[];
}

/** Budgets side by side, their years, and one of them whole. */
export function Comparison({ clientId, results }: Props) {
  const { t } = useTranslation();
  const [shown, setShown] = useState<string>();
  const title = useTitle();
  const one = results.find((r) => r.scenario.id === shown) ?? results[0];
  if (!one) return null;
  return (
    <Stack>
      <Section title={t(results.length > 1 ? 'budget.sideBySide' : 'budget.result')} flush>
        <Figures results={results} />
      </Section>
      <Section title={t('budget.byYear')}>
        <Suspense fallback={<Lines />}>
          <YearsChart results={results.map((r) => ({ ...r, title: title(r) }))} />
        </Suspense>
      </Section>
      {results.length > 1 && (
        <SegmentedControl
          aria-label={t('budget.detail')}
          w="fit-content"
          maw="100%"
          value={one.scenario.id}
          onChange={setShown}
          data={results.map((r) => ({ value: r.scenario.id, label: title(r) }))}
        />
      )}
      <ResultDetail key={one.scenario.id} clientId={clientId} result={one} title={title(one)} />
    </Stack>
  );
}

/** The name of a scenario; that of a query has none of its own. */
export function useTitle(): (result: BudgetResult) => string {
  const { t } = useTranslation();
  return ({ scenario: s }) => (s.id ? s.name : t('budget.free'));
}

/** One column for each scenario, one line for each figure; what is least is marked. */
function Figures({ results }: { results: BudgetResult[] }) {
  const { t } = useTranslation();
  const format = useFormats();
  const title = useTitle();
  const percent = (n: number) => format.percent(n * 10);
  const rows: { label: string; hint?: string; cell: (r: BudgetResult) => ReactNode; amount?: (r: BudgetResult) => BudgetResult['spend'] }[] = [
    { label: t('budget.fits'), cell: (r) => <Fits result={r} /> },
    { label: t('budget.spend'), cell: (r) => format.money(r.spend), amount: (r) => r.spend },
    { label: t('budget.risk'), hint: t('budget.riskHint'), cell: (r) => format.money(r.risk), amount: (r) => r.risk },
    { label: t('budget.total'), hint: t('budget.totalHint'), cell: (r) => format.money(r.total), amount: (r) => r.total },
    { label: t('budget.bound'), hint: t('budget.boundHint'), cell: (r) => format.money(r.bound) },
    { label: t('budget.gap'), cell: (r) => (r.exact ? t('budget.exact') : percent(r.gap_percent)) },
    { label: t('budget.replaced'), cell: (r) => format.number(r.choices.length) },
    { label: t('budget.later'), cell: (r) => format.number(r.later) },
  ];
  return (
    <Table.ScrollContainer minWidth={280 + results.length * 130}>
      <Table aria-label={t('budget.sideBySide')} className={table.table}>
        <Table.Thead>
          <Table.Tr>
            <Table.Td />
            {results.map((r) => (
              <Table.Th key={r.scenario.id} scope="col" ta="right">
                {title(r)}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map(({ label, hint, cell, amount }) => (
            <Table.Tr key={label}>
              <Table.Th scope="row" fw={500}>
                {label}
                {hint && (
                  <Text size="xs" c="var(--parc-quiet)">
                    {hint}
                  </Text>
                )}
              </Table.Th>
              {results.map((r) => (
                <Table.Td key={r.scenario.id} ta="right" className="numeric">
                  {cell(r)}
                  {amount && isLeast(r, results, amount) && (
                    <Text size="xs" c="teal" component="div">
                      {t('budget.least')}
                    </Text>
                  )}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

/** Tells whether no other that can be kept costs less: only amounts of one currency compare. */
export function isLeast(result: BudgetResult, all: readonly BudgetResult[], amount: (r: BudgetResult) => BudgetResult['spend']): boolean {
  const own = amount(result);
  const others = all.filter((r) => r !== result && r.feasible && amount(r).currency === own.currency);
  return result.feasible && others.length > 0 && others.every((r) => amount(r).minor >= own.minor) && others.some((r) => amount(r).minor > own.minor);
}

function Fits({ result }: { result: BudgetResult }) {
  const { t } = useTranslation();
  return <Badge color={result.feasible ? 'teal' : 'red'}>{t(result.feasible ? 'budget.feasible' : 'budget.infeasible')}</Badge>;
}
