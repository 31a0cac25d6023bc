import { Group, MultiSelect, Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { AssetSearch } from '@/api/assets';
import type { Site } from '@/api/types';
import { ClearFilters } from '@/components/ClearFilters';
import { ClassIcon } from '@/components/ClassIcon';
import { useNames } from '@/components/names';
import { TextFilter } from '@/components/TextFilter';
import { assetClasses, assetStates } from '@/format/asset';
import { isNarrowed } from './asset-search';

interface Props {
  search: AssetSearch;
  change: (next: AssetSearch) => void;
  sites: readonly Site[];
  /** How many assets there are of each class: classes without any are not offered. */
  counts?: Record<string, number>;
}

/** What narrows a list of assets: text, class, site, state. */
export function AssetFilters({ search, change, sites, counts }: Props) {
  const { t } = useTranslation();
  const name = useNames();
  const offered = assetClasses.filter((c) => !counts || (counts[c] ?? 0) > 0 || search.class?.includes(c));
  return (
    <Group gap="xs" align="flex-end" role="search">
      <TextFilter
        label={t('assets.filter')}
        value={search.q ?? ''}
        change={(q) => {
          change({ ...search, q: q || undefined });
        }}
      />
      <MultiSelect
        aria-label={t('assets.class')}
        placeholder={search.class?.length ? undefined : t('assets.class')}
        miw={190}
        maw={380}
        clearable
        searchable
        hidePickedOptions
        value={search.class ?? []}
        onChange={(value) => {
          change({ ...search, class: value });
        }}
        data={offered.map((c) => ({ value: c, label: name('class', c) }))}
        renderOption={({ option }) => (
          <Group gap="xs" wrap="nowrap">
            <ClassIcon name={option.value} size="sm" />
            {option.label}
          </Group>
        )}
      />
      {sites.length > 1 && (
        <Select
          aria-label={t('assets.site')}
          placeholder={t('assets.site')}
          w={180}
          clearable
          value={search.site ?? null}
          onChange={(value) => {
            change({ ...search, site: value ?? undefined });
          }}
          data={sites.map((s) => ({ value: s.id, label: s.name }))}
        />
      )}
      <MultiSelect
        aria-label={t('assets.state')}
        placeholder={search.state?.length ? undefined : t('assets.state')}
        miw={160}
        maw={320}
        clearable
        hidePickedOptions
        value={search.state ?? []}
        onChange={(value) => {
          change({ ...search, state: value });
        }}
        data={assetStates.map((s) => ({ value: s, label: name('state', s) }))}
      />
      {isNarrowed(search) && (
        <ClearFilters
          clear={() => {
            change({});
          }}
        />
      )}
    </Group>
  );
}
