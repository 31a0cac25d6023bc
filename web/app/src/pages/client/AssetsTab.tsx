import { Button, Group, Stack, Text } from '@mantine/core';
import { IconDevices, IconFileSpreadsheet, IconSearch } from '@tabler/icons-react';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { assetCountsQuery, type AssetSearch, assetsQuery } from '@/api/assets';
import { sitesQuery } from '@/api/clients';
import { DataTable } from '@/components/DataTable';
import { Empty } from '@/components/Empty';
import { Lines } from '@/components/Loaded';
import { ProblemAlert } from '@/components/ProblemAlert';
import { Section } from '@/components/Section';
import { useAssetColumns } from './asset-columns';
import { isNarrowed } from './asset-search';
import { AssetFilters } from './AssetFilters';

const route = getRouteApi('/signed-in/clients/$clientId/assets');

/** The assets of a client, narrowed by what stands in the page's address. */
export default function AssetsTab() {
  const { t } = useTranslation();
  const { clientId } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const columns = useAssetColumns();
  const sites = useQuery(sitesQuery(clientId));
  const counts = useQuery(assetCountsQuery(clientId));
  const assets = useInfiniteQuery({ ...assetsQuery(clientId, search), placeholderData: keepPreviousData });
  const rows = useMemo(() => assets.data?.pages.flatMap((page) => page.items), [assets.data]);

  const change = (next: AssetSearch) => void navigate({ search: next, replace: true });
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = assets;
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);

  return (
    <Stack gap="md">
      <AssetFilters search={search} change={change} sites={sites.data?.items ?? []} counts={counts.data} />
      {assets.isError && <ProblemAlert error={assets.error} retry={() => void assets.refetch()} />}
      <Section title={t('assets.title')} count={rows?.length} flush actions={
          <Group gap="sm" wrap="nowrap">
            {assets.isPlaceholderData && <Refreshing />}
            <Button
              size="xs"
              variant="light"
              leftSection={<IconFileSpreadsheet size={16} />}
              renderRoot={(props) => <Link to="/clients/$clientId/imports" params={{ clientId }} {...props} />}
            >
              {t('import.open')}
            </Button>
          </Group>
        }
      >
        {rows ? (
          <DataTable
            label={t('assets.title')}
            columns={columns}
            data={rows}
            rowId={(a) => a.id}
            sortable={!hasNextPage}
            tall
            onEnd={more}
            empty={
              isNarrowed(search) ? (
                <Empty icon={IconSearch} title={t('assets.none')} hint={t('assets.noneHint')} />
              ) : (
                <Empty icon={IconDevices} title={t('client.noAssets')} hint={t('client.noAssetsHint')} />
              )
            }
            footer={
              hasNextPage && (
                <Group justify="center" p="sm">
                  <Button variant="subtle" size="xs" loading={isFetchingNextPage} onClick={more}>
                    {t('action.more')}
                  </Button>
                </Group>
              )
            }
          />
        ) : (
          !assets.isError && <Lines count={10} />
        )}
      </Section>
      <Text size="xs" c="var(--parc-quiet)" aria-live="polite">
        {rows && t('assets.shown', { count: rows.length })}
        {hasNextPage && `, ${t('assets.moreToCome')}`}
      </Text>
    </Stack>
  );
}

function Refreshing() {
  const { t } = useTranslation();
  return (
    <Text size="xs" c="var(--parc-quiet)" role="status">
      {t('word.loading')}
    </Text>
  );
}
