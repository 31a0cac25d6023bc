import { Button, Group, SegmentedControl, Stack, Text } from '@mantine/core';
import { IconApps, IconSearch } from '@tabler/icons-react';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { softwareQuery, type SoftwareSearch, softwareViews } from '@/api/software';
import type { InstalledProduct } from '@/api/types';
import { DataTable } from '@/components/DataTable';
import { Empty } from '@/components/Empty';
import { Lines } from '@/components/Loaded';
import { ProblemAlert } from '@/components/ProblemAlert';
import { Section } from '@/components/Section';
import { TextFilter } from '@/components/TextFilter';
import { useLanguage } from '@/i18n';
import { useSoftwareColumns } from './software-columns';
import { readSoftwareSearch } from './software-search';
import { SoftwareDevices } from './SoftwareDevices';

const route = getRouteApi('/signed-in/clients/$clientId/software');

/** What is installed at a client, as products, and how its licences stand. */
export default function SoftwareTab() {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const { clientId } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const [opened, open] = useState<InstalledProduct>();
  const columns = useSoftwareColumns(open);
  const software = useInfiniteQuery({ ...softwareQuery(clientId, search, language), placeholderData: keepPreviousData });
  const rows = useMemo(() => software.data?.pages.flatMap((page) => page.items), [software.data]);
  const first = software.data?.pages[0];
  const aside = first?.aside.reduce((sum, kind) => sum + kind.titles, 0) ?? 0;
  const change = (next: SoftwareSearch) => void navigate({ search: readSoftwareSearch({ ...next }), replace: true });
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = software;
  return (
    <Stack gap="md">
      <Group gap="xs" role="search">
        <TextFilter
          label={t('software.filter')}
          value={search.q ?? ''}
          change={(q) => {
            change({ ...search, q });
          }}
        />
        <SegmentedControl
          aria-label={t('software.view')}
          value={search.view ?? 'products'}
          onChange={(view) => {
            change({ ...search, view: softwareViews.find((v) => v === view) });
          }}
          data={softwareViews.map((v) => ({ value: v, label: t(`software.views.${v}`) }))}
        />
      </Group>
      {software.isError && <ProblemAlert error={software.error} retry={() => void software.refetch()} />}
      <Section title={t('software.title')} count={first?.total} flush>
        {rows ? (
          <DataTable
            label={t('software.title')}
            columns={columns}
            data={rows}
            rowId={(p) => `${p.kind} ${p.product} ${p.publisher}`}
            sortable={!hasNextPage}
            tall
            empty={
              search.q || search.view ? (
                <Empty icon={IconSearch} title={t('software.noMatch')} hint={t('software.noMatchHint')} />
              ) : (
                <Empty icon={IconApps} title={t('software.none')} hint={t('software.noneHint')} />
              )
            }
            footer={
              hasNextPage && (
                <Group justify="center" p="sm">
                  <Button variant="subtle" size="xs" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
                    {t('action.more')}
                  </Button>
                </Group>
              )
            }
          />
        ) : (
          !software.isError && <Lines count={10} />
        )}
      </Section>
      {aside > 0 && search.view !== 'aside' && (
        <Text size="xs" c="var(--parc-quiet)">
          {t('software.aside', { count: aside })}
        </Text>
      )}
      {opened && (
        <SoftwareDevices
          clientId={clientId}
          product={opened}
          close={() => {
            open(undefined);
          }}
        />
      )}
    </Stack>
  );
}
