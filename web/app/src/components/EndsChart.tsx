import '@mantine/charts/styles.css';
import { BarChart } from '@mantine/charts';
import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '@/i18n';
import { type End, endsByMonth } from '@/lifecycle/ends';

const series: { name: End['kind']; color: string }[] = [
  { name: 'coverage', color: 'lagoon.5' },
  { name: 'financing', color: 'grape.5' },
  { name: 'licence', color: 'yellow.5' },
  { name: 'contract', color: 'teal.6' },
  { name: 'notice', color: 'orange.6' },
];

/** How many things end in each of the next twelve months, by kind. */
export default function EndsChart({ ends, today }: { ends: readonly End[]; today: string }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const month = new Intl.DateTimeFormat(language, { month: 'short', year: '2-digit', timeZone: 'UTC' });
  const data = endsByMonth(ends, today, 12).map((m) => ({ month: month.format(Date.parse(`${m.month}-01T00:00:00Z`)), ...m.counts }));
  const shown = series.filter((s) => ends.some((e) => e.kind === s.name)).map((s) => ({ ...s, label: t(`ends.${s.name}`) }));
  if (shown.length === 0) {
    return (
      <Text size="sm" c="var(--parc-quiet)" py="md">
        {t('client.noEndsHint')}
      </Text>
    );
  }
  return (
    <BarChart
      h={220}
      data={data}
      dataKey="month"
      type="stacked"
      series={shown}
      withLegend
      legendProps={{ verticalAlign: 'bottom', wrapperStyle: { paddingTop: 8 } }}
      yAxisProps={{ allowDecimals: false, width: 28, domain: [0, (most: number) => Math.max(4, most)], tickCount: 5, interval: 0, padding: { top: 10 } }}
      gridColor="var(--parc-line)"
      barProps={{ radius: 2, maxBarSize: 34, isAnimationActive: false }}
    />
  );
}
