import { Group, MultiSelect, Select, Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ForecastSearch } from '@/api/money';
import type { Site } from '@/api/types';
import { ClearFilters } from '@/components/ClearFilters';
import { DayField } from '@/components/DayField';
import { useNames } from '@/components/names';
import { assetClasses } from '@/format/asset';
import { forecastKinds } from '@/lifecycle/forecast';

interface Props {
  search: ForecastSearch;
  change: (next: ForecastSearch) => void;
  /** The period that is shown, as the server filled it in. */
  shown?: { from: string; to: string };
  sites: readonly Site[];
}

/** The period of a forecast, and what narrows it. */
export function ForecastFilters({ search, change, shown, sites }: Props) {
  const { t } = useTranslation();
  const name = useNames();
  const from = search.from ?? shown?.from ?? '';
  const to = search.to ?? shown?.to ?? '';
  return (
    <Group gap="xs" align="flex-end" role="search">
      <DayField label={t('forecast.from')} day={from} change={(day) => { change({ ...search, from: day || undefined, to: search.to ?? shown?.to }); }} />
      <DayField
        label={t('forecast.to')}
        day={to}
        error={from && to && to < from ? t('life.badEnd') : undefined}
        change={(day) => { change({ ...search, to: day || undefined, from: search.from ?? shown?.from }); }}
      />
      <MultiSelect
        label={t('forecast.kind')}
        placeholder={search.kind?.length ? undefined : t('forecast.every')}
        w={{ base: '100%', xs: 250 }}
        clearable
        searchable
        hidePickedOptions
        value={search.kind ?? []}
        onChange={(kind) => {
          change({ ...search, kind });
        }}
        data={forecastKinds.map((k) => ({ value: k, label: name('forecastKind', k) }))}
      />
      {sites.length > 1 && (
        <Select
          label={t('assets.site')}
          placeholder={t('network.allSites')}
          w={180}
          clearable
          value={search.site ?? null}
          onChange={(site) => {
            change({ ...search, site: site ?? undefined });
          }}
          data={sites.map((s) => ({ value: s.id, label: s.name }))}
        />
      )}
      <MultiSelect
        label={t('assets.class')}
        placeholder={search.class?.length ? undefined : t('forecast.everyClass')}
        w={{ base: '100%', xs: 220 }}
        clearable
        searchable
        hidePickedOptions
        value={search.class ?? []}
        onChange={(of) => {
          change({ ...search, class: of });
        }}
        data={assetClasses.map((c) => ({ value: c, label: name('class', c) }))}
      />
      <Switch
        label={t('forecast.cash')}
        checked={search.cash ?? false}
        mb={8}
        onChange={(e) => {
          change({ ...search, cash: e.currentTarget.checked || undefined });
        }}
      />
      {Object.keys(search).length > 0 && (
        <ClearFilters
          clear={() => {
            change({});
          }}
        />
      )}
    </Group>
  );
}
