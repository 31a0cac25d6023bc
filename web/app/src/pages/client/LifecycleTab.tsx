import { Button, Group, SegmentedControl, Stack } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconCalendarPlus, IconCoin, IconFileText, IconLicense, IconPlus, IconShieldCheck, type TablerIcon } from '@tabler/icons-react';
import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { ColumnDef } from '@tanstack/react-table';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAllAssets } from '@/api/assets';
import { clientQuery } from '@/api/clients';
import type { HoldingKind } from '@/api/holdings';
import { contractsQuery, coveragesQuery, financingsQuery, licencesQuery } from '@/api/lifecycle';
import { useMay } from '@/api/session';
import type { Financing } from '@/api/types';
import { CalendarModal } from '@/components/CalendarModal';
import { DataTable } from '@/components/DataTable';
import { Empty } from '@/components/Empty';
import { Loaded } from '@/components/Loaded';
import { Section } from '@/components/Section';
import { useContractColumns, useCoverageColumns, useFinancingColumns, useLicenceColumns } from './life/columns';
import { HoldingForm } from './life/HoldingForm';
import { holdingKinds, readLifecycleSearch } from './life/search';

const route = getRouteApi('/signed-in/clients/$clientId/lifecycle');

/** What a client has bought, rents and has agreed to, and when each ends. */
export default function LifecycleTab() {
  const { t } = useTranslation();
  const { clientId } = route.useParams();
  const { kind = 'contract' } = route.useSearch();
  const navigate = route.useNavigate();
  const contracts = useQuery(contractsQuery(clientId));
  const financings = useQuery(financingsQuery(clientId));
  const licences = useQuery(licencesQuery(clientId));
  const coverages = useQuery(coveragesQuery(clientId));
  const counts = { contract: contracts, financing: financings, licence: licences, coverage: coverages };
  const may = useMay('money');
  const assets = useAllAssets(clientId);
  const [edited, setEdited] = useState<Financing>();
  const columns = {
    contract: useContractColumns(may),
    financing: useFinancingColumns(may, setEdited),
    licence: useLicenceColumns(may),
    coverage: useCoverageColumns(may, assets),
  };
  const common = { kind, clientId };
  const { data: client } = useQuery(clientQuery(clientId));
  const [subscribing, { open: subscribe, close }] = useDisclosure();
  return (
    <Stack>
      <Group justify="space-between">
        <SegmentedControl
          aria-label={t('client.tabs.lifecycle')}
          w="fit-content"
          value={kind}
          onChange={(next) => void navigate({ search: readLifecycleSearch({ kind: next }), replace: true })}
          data={holdingKinds.map((k) => ({ value: k, label: `${t(texts[k].title)} ${String(counts[k].data?.items.length ?? '')}` }))}
        />
        <Button variant="default" size="xs" leftSection={<IconCalendarPlus size={16} />} onClick={subscribe}>
          {t('calendar.subscribe')}
        </Button>
      </Group>
      {client && <CalendarModal client={client} opened={subscribing} close={close} />}
      {edited && <HoldingForm kind="financing" clientId={clientId} financing={edited} opened close={() => { setEdited(undefined); }} />}
      {kind === 'contract' && <Holdings {...common} icon={IconFileText} query={contracts} columns={columns.contract} />}
      {kind === 'financing' && <Holdings {...common} icon={IconCoin} query={financings} columns={columns.financing} />}
      {kind === 'licence' && <Holdings {...common} icon={IconLicense} query={licences} columns={columns.licence} />}
      {kind === 'coverage' && <Holdings {...common} icon={IconShieldCheck} query={coverages} columns={columns.coverage} />}
    </Stack>
  );
}

const texts = {
  financing: { title: 'life.financings', add: 'life.addFinancing', none: 'life.noFinancings', hint: 'life.noFinancingsHint' },
  licence: { title: 'life.licences', add: 'life.addLicence', none: 'life.noLicences', hint: 'life.noLicencesHint' },
  contract: { title: 'life.contracts', add: 'life.addContract', none: 'life.noContracts', hint: 'life.noContractsHint' },
  coverage: { title: 'life.coverages', add: 'life.addCoverage', none: 'life.noCoverages', hint: 'life.noCoveragesHint' },
} as const;

interface Props<T> {
  kind: HoldingKind;
  icon: TablerIcon;
  clientId: string;
  query: UseQueryResult<{ items: T[] }, unknown>;
  columns: ColumnDef<T>[];
}

function Holdings<T extends { id: string }>({ kind, icon, clientId, query, columns }: Props<T>) {
  const { t } = useTranslation();
  const may = useMay('money');
  const [opened, { open, close }] = useDisclosure();
  const text = texts[kind];
  const add = may && (
    <Button size="xs" variant="light" leftSection={<IconPlus size={16} />} onClick={open}>
      {t(text.add)}
    </Button>
  );
  return (
    <Section title={t(text.title)} count={query.data?.items.length} flush actions={query.data?.items.length ? add : undefined}>
      <Loaded query={query}>
        {({ items }) => (
          <DataTable
            label={t(text.title)}
            columns={columns}
            data={items}
            rowId={(row) => row.id}
            sort={[{ id: 'end', desc: false }]}
            tall
            empty={<Empty icon={icon} title={t(text.none)} hint={t(text.hint)} action={items.length === 0 && add} />}
          />
        )}
      </Loaded>
      <HoldingForm kind={kind} clientId={clientId} opened={opened} close={close} />
    </Section>
  );
}
