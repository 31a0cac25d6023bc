import { Button, Group, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus, IconTool } from '@tabler/icons-react';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Intervention, type InterventionSearch, interventionsQuery } from '@/api/interventions';
import { useMay } from '@/api/session';
import { DataTable } from '@/components/DataTable';
import { Empty } from '@/components/Empty';
import { Lines } from '@/components/Loaded';
import { ProblemAlert } from '@/components/ProblemAlert';
import { Section } from '@/components/Section';
import { useInterventionColumns } from './columns';
import { InterventionForm } from './InterventionForm';

interface Props {
  clientId: string;
  search: InterventionSearch;
  /** On the page of one asset: it is not named in each row. */
  ofAsset?: boolean;
}

/** The interventions of a client or on an asset: to be logged, changed and deleted. */
export function InterventionList({ clientId, search, ofAsset = false }: Props) {
  const { t } = useTranslation();
  const may = useMay('change');
  const list = useInfiniteQuery({ ...interventionsQuery(clientId, search), placeholderData: keepPreviousData });
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.items), [list.data]);
  const [edited, setEdited] = useState<Intervention>();
  const [opened, { open, close }] = useDisclosure();
  const edit = (intervention?: Intervention) => {
    setEdited(intervention);
    open();
  };
  const columns = useInterventionColumns({ clientId, may, ofAsset, edit });
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = list;
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const narrowed = Object.entries(search).some(([key, value]) => value !== undefined && !(ofAsset && key === 'asset'));
  const add = may && (
    <Button size="xs" variant="light" leftSection={<IconPlus size={16} />} onClick={() => { edit(); }}>
      {t('service.add')}
    </Button>
  );
  return (
    <Section title={t('service.title')} count={rows?.length} flush actions={rows?.length || narrowed ? add : undefined}>
      {list.isError && <ProblemAlert error={list.error} retry={() => void list.refetch()} />}
      {!rows && !list.isError && <Lines />}
      {rows && (
        <DataTable
          label={t('service.title')}
          columns={columns}
          data={rows}
          rowId={(v) => v.id}
          sortable={!hasNextPage}
          tall
          onEnd={more}
          empty={
            <Empty
              icon={IconTool}
              title={t(narrowed ? 'service.noneFound' : 'service.none')}
              hint={t(narrowed ? 'assets.noneHint' : 'service.noneHint')}
              action={!narrowed && add}
            />
          }
          footer={
            hasNextPage && (
              <Group justify="center" p="md">
                <Button size="xs" variant="default" loading={isFetchingNextPage} onClick={more}>
                  {t('action.more')}
                </Button>
                <Text size="xs" c="var(--parc-quiet)">
                  {t('service.more')}
                </Text>
              </Group>
            )
          }
        />
      )}
      <InterventionForm clientId={clientId} assetId={search.asset} intervention={edited} opened={opened} close={close} />
    </Section>
  );
}
