import '@mantine/charts/styles.css';
import { BarChart } from '@mantine/charts';
import { useTranslation } from 'react-i18next';
import { formatMoney, unitsOf } from '@/format/money';
import { useLanguage } from '@/i18n';
import type { ForecastMonth } from '@/lifecycle/forecast';

/** What each month costs, what is signed and what is estimated on top of each other. */
export default function MonthsChart({ months, currency }: { months: readonly ForecastMonth[]; currency: string }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const month = new Intl.DateTimeFormat(language, { month: 'short', year: '2-digit', timeZone: 'UTC' });
  const axis = new Intl.NumberFormat(language, { notation: 'compact', maximumFractionDigits: 1 });
  const units = (minor: number) => unitsOf({ minor, currency });
  const data = months.map(({ month: m, total }) => ({
    month: month.format(Date.parse(`${m}-01T00:00:00Z`)),
    certain: units(total?.certain.minor ?? 0),
    estimated: units((total?.net.minor ?? 0) - (total?.certain.minor ?? 0)),
  }));
  const money = (value: number) => formatMoney({ minor: Math.round(value / units(1)), currency }, language);
  return (
    <BarChart
      h={240}
      data={data}
      dataKey="month"
      type="stacked"
      series={[
        { name: 'certain', label: t('forecast.certainWord'), color: 'teal.6' },
        { name: 'estimated', label: t('forecast.estimatedWord'), color: 'yellow.5' },
      ]}
      withLegend
      legendProps={{ verticalAlign: 'bottom', wrapperStyle: { paddingTop: 8 } }}
      valueFormatter={money}
      yAxisProps={{ width: 48, tickFormatter: (value: number) => axis.format(value), padding: { top: 10 } }}
      gridColor="var(--parc-line)"
      barProps={{ radius: 2, maxBarSize: 34, isAnimationActive: false }}
    />
  );
}
