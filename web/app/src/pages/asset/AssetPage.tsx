import { Badge, Group, Stack, Tabs, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { type ComponentType, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { assetLifecycleQuery, assetQuery } from '@/api/assets';
import { clientQuery } from '@/api/clients';
import type { Asset, AssetLifecycle } from '@/api/types';
import { StateBadge } from '@/components/badges';
import { ClassIcon } from '@/components/ClassIcon';
import { Lines, Loaded } from '@/components/Loaded';
import { useNames } from '@/components/names';
import { PageHeader } from '@/components/PageHeader';
import { SupportBadge } from '@/components/SupportBadge';
import { assetName, systemOf } from '@/format/asset';
import { useLanguage } from '@/i18n';
import { AssetFiles } from './AssetFiles';
import { AssetFindings } from './AssetFindings';
import { AssetInterventions } from './AssetInterventions';
import { AssetLife } from './AssetLife';
import { AssetOverview } from './AssetOverview';
import { type AssetTab, assetTabs } from './asset-tab';
import { Hardware } from './Hardware';
import { History } from './History';
import { NetworkView } from './NetworkView';
import { SoftwareView } from './SoftwareView';

const route = getRouteApi('/signed-in/assets/$assetId');

/** What the sections of the page are given. */
export interface AssetView {
  asset: Asset;
  /** Undefined while it is on its way. */
  life?: AssetLifecycle;
}

const views: Record<AssetTab, ComponentType<AssetView>> = {
  overview: AssetOverview,
  network: NetworkView,
  hardware: Hardware,
  software: SoftwareView,
  findings: AssetFindings,
  lifecycle: AssetLife,
  interventions: AssetInterventions,
  files: AssetFiles,
  history: History,
};

/** All that is known of one asset. */
export default function AssetPage() {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const { assetId } = route.useParams();
  const { tab = 'overview' } = route.useSearch();
  const navigate = route.useNavigate();
  const asset = useQuery(assetQuery(assetId));
  const life = useQuery(assetLifecycleQuery(assetId, language)).data;
  const View = views[tab];
  return (
    <Loaded query={asset} skeleton={<Lines count={12} />}>
      {(data) => (
        <Stack gap="lg">
          <Header asset={data} life={life} />
          <Tabs
            value={tab}
            onChange={(next) => void navigate({ search: { tab: assetTabs.find((x) => x === next && x !== 'overview') }, replace: true })}
          >
            <Tabs.List aria-label={t('asset.tabs.label')} mb="md" style={{ flexWrap: 'nowrap', overflowX: 'auto' }}>
              {assetTabs.map((key) => (
                <Tabs.Tab key={key} value={key} fw={520} rightSection={<Count n={countOf(key, data, life)} />}>
                  {t(`asset.tabs.${key}`)}
                </Tabs.Tab>
              ))}
            </Tabs.List>
            <Tabs.Panel value={tab}>
              <View asset={data} life={life} />
            </Tabs.Panel>
          </Tabs>
        </Stack>
      )}
    </Loaded>
  );
}

function Count({ n }: { n: number }) {
  if (n === 0) return null;
  return (
    <Badge size="xs" color="gray" variant="light" className="numeric" circle={n < 10}>
      {n}
    </Badge>
  );
}

function countOf(tab: AssetTab, { details: d }: Asset, life?: AssetLifecycle): number {
  switch (tab) {
    case 'network':
      return d?.interfaces?.length ?? 0;
    case 'hardware':
      return (d?.components?.length ?? 0) + (d?.volumes?.length ?? 0);
    case 'software':
      return d?.software?.length ?? 0;
    case 'findings':
      return life?.findings.length ?? 0;
    case 'lifecycle':
      return life ? life.coverages.length + life.financings.length + life.licences.length + life.contracts.length : 0;
    default:
      return 0;
  }
}

function Header({ asset, life }: AssetView) {
  const { t } = useTranslation();
  const name = useNames();
  const client = useQuery(clientQuery(asset.client_id)).data;
  const crumbs = useMemo(
    () => [
      { label: t('clients.title'), to: '/clients' as const },
      { label: client?.name ?? '…', to: '/clients/$clientId' as const, params: { clientId: asset.client_id } },
      { label: t('assets.title'), to: '/clients/$clientId/assets' as const, params: { clientId: asset.client_id } },
    ],
    [t, client, asset.client_id],
  );
  const system = systemOf(asset);
  return (
    <PageHeader
      title={assetName(asset) || t('assets.unnamed')}
      crumbs={crumbs}
      icon={<ClassIcon name={asset.class} size="xl" />}
      subtitle={
        <Group gap="xs">
          <Text size="sm">
            {[name('class', asset.class), [asset.vendor, asset.model].filter(Boolean).join(' ')].filter(Boolean).join(' · ')}
          </Text>
          {asset.serial && (
            <Text size="sm" className="mono" c="var(--parc-quiet)">
              {asset.serial}
            </Text>
          )}
          {system && (
            <Text size="sm" c="var(--parc-quiet)">
              {system}
            </Text>
          )}
          <StateBadge state={asset.state} />
          {life?.support && <SupportBadge support={life.support} />}
        </Group>
      }
    />
  );
}
