import '@mantine/charts/styles.css';
import { BarChart } from '@mantine/charts';
import { useTranslation } from 'react-i18next';
import type { BudgetResult } from '@/api/budget';
import { formatMoney, unitsOf } from '@/format/money';
import { useLanguage } from '@/i18n';

const colors = ['lagoon.6', 'grape.5', 'yellow.5', 'teal.5', 'orange.6', 'indigo.5', 'pink.5', 'lime.6', 'cyan.5', 'red.5'];

/** What each year costs: of one scenario spend and risk on top of each other, of several the spend side by side. */
export default function YearsChart({ results }: { results: readonly (BudgetResult & { title: string })[] }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const [one, ...others] = results;
  if (!one) return null;
  const currency = one.spend.currency;
  const comparable = [one, ...others].filter((r) => r.spend.currency === currency);
  const alone = comparable.length === 1;
  const years = [...new Set(comparable.flatMap((r) => r.years.map((y) => y.year)))].sort();
  const data = years.map((year) => {
    const row: Record<string, number | string | undefined> = { year: String(year) };
    comparable.forEach((r, i) => {
      const y = r.years.find((other) => other.year === year);
      if (!alone) row[`s${String(i)}`] = y && unitsOf(y.spend);
      else {
        row.spend = y && unitsOf(y.spend);
        row.risk = y && unitsOf(y.risk);
      }
    });
    return row;
  });
  const axis = new Intl.NumberFormat(language, { notation: 'compact', maximumFractionDigits: 1 });
  const scale = unitsOf({ minor: 1, currency });
  const caps = alone ? [...new Set(one.years.map((y) => y.cap?.minor).filter((c) => c !== undefined))] : [];
  return (
    <BarChart
      h={240}
      data={data}
      dataKey="year"
      type={alone ? 'stacked' : 'default'}
      series={
        alone
          ? [
              { name: 'spend', label: t('budget.spendWord'), color: 'lagoon.6' },
              { name: 'risk', label: t('budget.riskWord'), color: 'orange.5' },
            ]
          : comparable.map((r, i) => ({ name: `s${String(i)}`, label: r.title, color: colors[i % colors.length] ?? 'gray.5' }))
      }
      referenceLines={caps.length === 1 ? caps.map((cap) => ({ y: cap * scale, label: t('budget.cap'), color: 'red.6' })) : []}
      withLegend
      legendProps={{ verticalAlign: 'bottom', wrapperStyle: { paddingTop: 8 } }}
      valueFormatter={(value) => formatMoney({ minor: Math.round(value / scale), currency }, language)}
      yAxisProps={{ width: 48, tickFormatter: (value: number) => axis.format(value), padding: { top: 10 } }}
      gridColor="var(--parc-line)"
      barProps={{ radius: 2, maxBarSize: 40, isAnimationActive: false }}
    />
  );
}
