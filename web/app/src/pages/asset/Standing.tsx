import { Group, Select, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { assetQuery, usePatchAsset } from '@/api/assets';
import { sitesQuery } from '@/api/clients';
import { useMay } from '@/api/session';
import type { Asset } from '@/api/types';
import { StateBadge } from '@/components/badges';
import { AssetLink } from '@/components/AssetLink';
import { useFormats, useNow } from '@/components/formats';
import { useNames } from '@/components/names';
import { useNotify } from '@/components/notify';
import { Section } from '@/components/Section';
import { SupportBadge } from '@/components/SupportBadge';
import { assetStates, systemOf } from '@/format/asset';
import type { AssetView } from './AssetPage';

/** How an asset stands: its system's support, its state, its place, when it was seen. */
export function Standing({ asset, life }: AssetView) {
  const { t } = useTranslation();
  const format = useFormats();
  const now = useNow();
  const support = life?.support;
  return (
    <Section title={t('support.title')}>
      <Stack gap="sm">
        <Row label={t('support.system')}>
          <Text size="sm" fw={540} ta="right" style={{ overflowWrap: 'anywhere' }}>
            {support?.product || systemOf(asset) || t('word.unknown')}
          </Text>
        </Row>
        <Row label={t('assets.support')}>
          {support ? (
            <Group gap="xs" justify="flex-end">
              <SupportBadge support={support} />
              {support.end && (
                <Text size="sm" className="numeric">
                  {format.day(support.end)}
                </Text>
              )}
            </Group>
          ) : (
            <Text size="sm" c="var(--parc-quiet)">
              {life ? t('support.none') : t('word.loading')}
            </Text>
          )}
        </Row>
        {support?.reason && (
          <Text size="xs" c="var(--parc-quiet)">
            {support.reason}
          </Text>
        )}
        <StateAndSite asset={asset} />
        {asset.parent_id && <Parent id={asset.parent_id} />}
        <Row label={t('asset.firstSeen')}>
          <Text size="sm" title={format.instant(asset.first_seen)}>
            {format.ago(asset.first_seen, now)}
          </Text>
        </Row>
        <Row label={t('asset.lastSeen')}>
          <Text size="sm" title={format.instant(asset.last_seen)}>
            {format.ago(asset.last_seen, now)}
          </Text>
        </Row>
      </Stack>
    </Section>
  );
}

function StateAndSite({ asset }: { asset: Asset }) {
  const { t } = useTranslation();
  const name = useNames();
  const notify = useNotify();
  const mayChange = useMay('change');
  const sites = useQuery(sitesQuery(asset.client_id)).data?.items ?? [];
  const patch = usePatchAsset(asset.id);
  const change = (body: { state?: string; site_id?: string }) => {
    patch.mutate(body, {
      onSuccess: () => {
        notify.done(t('asset.stateSaved'));
      },
      onError: notify.problem,
    });
  };
  if (!mayChange) {
    return (
      <>
        <Row label={t('asset.state')}>
          <StateBadge state={asset.state} />
        </Row>
        <Row label={t('asset.site')}>
          <Text size="sm">{sites.find((s) => s.id === asset.site_id)?.name}</Text>
        </Row>
      </>
    );
  }
  return (
    <>
      <Row label={t('asset.state')}>
        <Select
          size="xs"
          w={170}
          aria-label={t('asset.state')}
          allowDeselect={false}
          disabled={patch.isPending}
          data={assetStates.map((s) => ({ value: s, label: name('state', s) }))}
          value={asset.state}
          onChange={(state) => {
            if (state && state !== asset.state) change({ state });
          }}
        />
      </Row>
      <Row label={t('asset.site')}>
        <Select
          size="xs"
          w={170}
          aria-label={t('asset.site')}
          allowDeselect={false}
          disabled={patch.isPending}
          data={sites.map((s) => ({ value: s.id, label: s.name }))}
          value={asset.site_id}
          onChange={(site) => {
            if (site && site !== asset.site_id) change({ site_id: site });
          }}
        />
      </Row>
    </>
  );
}

function Parent({ id }: { id: string }) {
  const { t } = useTranslation();
  const parent = useQuery(assetQuery(id)).data;
  return (
    <Row label={t('asset.partOf')}>
      <AssetLink id={id} asset={parent} />
    </Row>
  );
}

function Row({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <Group justify="space-between" wrap="nowrap" gap="md" mih={28}>
      <Text size="sm" c="var(--parc-quiet)" style={{ flexShrink: 0 }}>
        {label}
      </Text>
      {children}
    </Group>
  );
}
