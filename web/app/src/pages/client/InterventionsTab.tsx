import { Group, Select, Stack } from '@mantine/core';
import { ClearFilters } from '@/components/ClearFilters';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { InterventionSearch } from '@/api/interventions';
import { contractsQuery } from '@/api/lifecycle';
import { AssetSelect } from '@/components/AssetChoice';
import { DayField } from '@/components/DayField';
import { InterventionList } from './service/InterventionList';
import { ServiceFigures } from './service/ServiceFigures';

const route = getRouteApi('/signed-in/clients/$clientId/interventions');

/** What was done for a client, and what its contracts promise of it. */
export default function InterventionsTab() {
  const { t } = useTranslation();
  const { clientId } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const contracts = useQuery(contractsQuery(clientId)).data?.items ?? [];
  const change = (next: InterventionSearch) => void navigate({ search: next, replace: true });
  return (
    <Stack>
      <Group gap="xs" align="flex-end" role="search">
        <DayField label={t('forecast.from')} day={search.from ?? ''} change={(from) => { change({ ...search, from: from || undefined }); }} />
        <DayField
          label={t('forecast.to')}
          day={search.to ?? ''}
          error={search.from && search.to && search.to < search.from ? t('life.badEnd') : undefined}
          change={(to) => { change({ ...search, to: to || undefined }); }}
        />
        <Select
          label={t('service.contract')}
          w={{ base: '100%', xs: 260 }}
          clearable
          searchable
          value={search.contract ?? null}
          onChange={(contract) => {
            change({ ...search, contract: contract ?? undefined });
          }}
          data={contracts.map((c) => ({ value: c.id, label: c.title || c.party }))}
        />
        <AssetSelect
          label={t('life.asset')}
         
          clearable
          clientId={clientId}
          value={search.asset ?? null}
          onChange={(asset) => {
            change({ ...search, asset: asset ?? undefined });
          }}
        />
        {Object.keys(search).length > 0 && (
          <ClearFilters clear={() => { change({}); }} />
        )}
      </Group>
      {search.contract && <ServiceFigures key={search.contract} contract={search.contract} from={search.from} to={search.to} />}
      <InterventionList clientId={clientId} search={search} />
    </Stack>
  );
}
