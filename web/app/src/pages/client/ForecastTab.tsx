import { SegmentedControl, SimpleGrid, Stack } from '@mantine/core';
import { IconCalendarCheck, IconCash, IconCashBanknote, IconReceiptTax } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAllAssets } from '@/api/assets';
import { sitesQuery } from '@/api/clients';
import { type Forecast, forecastLinesQuery, type ForecastSearch, forecastSumsQuery } from '@/api/money';
import { Conventions } from '@/components/Conventions';
import { DataTable } from '@/components/DataTable';
import { Empty } from '@/components/Empty';
import { useFormats } from '@/components/formats';
import { Lines, Loaded } from '@/components/Loaded';
import { Section } from '@/components/Section';
import { Stat } from '@/components/Stat';
import { monthsOf } from '@/lifecycle/forecast';
import { useLineColumns, useMonthColumns } from './forecast/columns';
import { ForecastFilters } from './forecast/ForecastFilters';

const route = getRouteApi('/signed-in/clients/$clientId/forecast');

// The charts weigh more than the rest of the page: they come after it.
const MonthsChart = lazy(() => import('@/components/MonthsChart'));

/** What ends and what must be paid in a period. */
export default function ForecastTab() {
  const { t } = useTranslation();
  const { clientId } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const sums = useQuery(forecastSumsQuery(clientId, search));
  const lines = useQuery(forecastLinesQuery(clientId, search));
  const sites = useQuery(sitesQuery(clientId)).data?.items ?? [];
  const change = (next: ForecastSearch) => void navigate({ search: next, replace: true });
  return (
    <Stack>
      <ForecastFilters key={clientId} search={search} change={change} shown={sums.data ?? lines.data} sites={sites} />
      <Loaded query={sums}>{(forecast) => <Sums forecast={forecast} />}</Loaded>
      {/* One alert is enough where the server refuses both. */}
      {!sums.isError && (
        <Section title={t('forecast.lines')} count={lines.data?.lines.length} flush>
          <Loaded query={lines}>{(forecast) => <LineTable forecast={forecast} clientId={clientId} />}</Loaded>
        </Section>
      )}
      {lines.data && <Conventions day={lines.data.day} conventions={lines.data.conventions} />}
    </Stack>
  );
}

/** The totals and the months of each currency: parc never converts. */
function Sums({ forecast }: { forecast: Forecast }) {
  const { t } = useTranslation();
  const format = useFormats();
  if (forecast.totals.length === 0) {
    return (
      <Section title={t('forecast.byMonth')}>
        <Empty compact icon={IconCash} title={t('forecast.noMoney')} hint={t('forecast.noMoneyHint')} />
      </Section>
    );
  }
  const several = forecast.totals.length > 1;
  return forecast.totals.map((total) => (
    <Stack key={total.net.currency} component="section" aria-label={t('forecast.in', { currency: total.net.currency })}>
      <SimpleGrid cols={{ base: 1, xs: 3 }} spacing={{ base: 'sm', sm: 'md' }}>
        <Stat icon={IconCash} label={t('forecast.net')} value={format.money(total.net)} hint={t('forecast.payments', { count: total.lines })} />
        <Stat
          icon={IconCashBanknote}
          color="teal"
          label={t('forecast.certain')}
          value={format.money(total.certain)}
          hint={t('forecast.estimatedRest', { amount: format.money({ ...total.net, minor: total.net.minor - total.certain.minor }) })}
        />
        <Stat
          icon={IconReceiptTax}
          color="grape"
          label={t('forecast.gross')}
          value={format.money(total.gross)}
          hint={t('forecast.vatOf', { amount: format.money(total.vat) })}
        />
      </SimpleGrid>
      <Months forecast={forecast} currency={total.net.currency} several={several} />
    </Stack>
  ));
}

function Months({ forecast, currency, several }: { forecast: Forecast; currency: string; several: boolean }) {
  const { t } = useTranslation();
  const [view, setView] = useState('chart');
  const columns = useMonthColumns();
  const months = monthsOf(forecast, currency);
  const title = several ? `${t('forecast.byMonth')} · ${currency}` : t('forecast.byMonth');
  const choice = (
    <SegmentedControl
      size="xs"
      aria-label={t('forecast.view')}
      value={view}
      onChange={setView}
      data={[
        { value: 'chart', label: t('forecast.chart') },
        { value: 'table', label: t('forecast.table') },
      ]}
    />
  );
  return (
    <Section title={title} actions={choice} flush={view === 'table'}>
      {view === 'chart' ? (
        <Suspense fallback={<Lines />}>
          <MonthsChart months={months} currency={currency} />
        </Suspense>
      ) : (
        <DataTable label={title} columns={columns} data={months} rowId={(m) => m.month} empty={null} />
      )}
    </Section>
  );
}

function LineTable({ forecast, clientId }: { forecast: Forecast; clientId: string }) {
  const { t } = useTranslation();
  const assets = useAllAssets(clientId);
  const columns = useLineColumns(clientId, assets);
  return (
    <DataTable
      label={t('forecast.lines')}
      columns={columns}
      data={forecast.lines}
      rowId={(_, i) => String(i)}
      tall
      empty={<Empty icon={IconCalendarCheck} title={t('forecast.none')} hint={t('forecast.noneHint')} />}
    />
  );
}
