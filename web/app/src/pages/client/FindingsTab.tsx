import { Accordion, Badge, Group, SegmentedControl, Stack, Text } from '@mantine/core';
import { IconShieldCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useAllAssets } from '@/api/assets';
import { findingsQuery } from '@/api/lifecycle';
import type { ListedAsset } from '@/api/types';
import { AssetLink } from '@/components/AssetLink';
import { SeverityBadge } from '@/components/badges';
import { Empty } from '@/components/Empty';
import { Loaded } from '@/components/Loaded';
import { useNames } from '@/components/names';
import { Section } from '@/components/Section';
import { useLanguage } from '@/i18n';
import { countFindings, type FindingGroup, groupFindings, severities } from '@/lifecycle/findings';
import classes from './FindingsTab.module.css';

const route = getRouteApi('/signed-in/clients/$clientId/findings');

/** All that is wrong at a client, the worst first, each with the assets it touches. */
export default function FindingsTab() {
  const { t } = useTranslation();
  const name = useNames();
  const { language } = useLanguage();
  const { clientId } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const findings = useQuery(findingsQuery(clientId, language));
  const assets = useAllAssets(clientId);

  return (
    <Loaded query={findings}>
      {({ items }) => {
        const counts = countFindings(items);
        const shown = groupFindings(search.severity ? items.filter((f) => f.severity === search.severity) : items);
        return (
          <Section
            title={t('client.tabs.findings')}
            count={items.length}
            flush
            actions={
              <SegmentedControl
                size="xs"
                aria-label={t('finding.severity')}
                value={search.severity ?? ''}
                onChange={(value) => void navigate({ search: { severity: severities.find((s) => s === value) }, replace: true })}
                data={[
                  { value: '', label: t('finding.all') },
                  ...severities.map((s) => ({ value: s, label: `${name('severity', s)} ${String(counts[s])}` })),
                ]}
              />
            }
          >
            {shown.length === 0 && <Empty icon={IconShieldCheck} title={t('finding.none')} hint={t('finding.noneHint')} />}
            <Accordion
              classNames={classes}
              value={search.open ?? null}
              onChange={(open) => void navigate({ search: { ...search, open: open ?? undefined }, replace: true, resetScroll: false })}
            >
              {shown.map((group) => (
                <FindingGroupItem key={group.key} group={group} assets={assets} open={group.key === search.open} />
              ))}
            </Accordion>
          </Section>
        );
      }}
    </Loaded>
  );
}

interface GroupProps {
  group: FindingGroup;
  assets: ReadonlyMap<string, ListedAsset>;
  open: boolean;
}

function FindingGroupItem({ group, assets, open }: GroupProps) {
  const { t } = useTranslation();
  const touched = new Set(group.findings.map((f) => f.asset_id)).size;
  return (
    <Accordion.Item value={group.key}>
      <Accordion.Control>
        <Group gap="md" wrap="nowrap">
          <div className={classes.severity}>
            <SeverityBadge severity={group.severity} />
          </div>
          <Text size="sm" fw={560} style={{ flex: 1 }}>
            {group.title}
          </Text>
          <Badge color="gray" size="lg" className="numeric">
            {t('life.assetCount', { count: touched })}
          </Badge>
        </Group>
      </Accordion.Control>
      <Accordion.Panel>
        {open && (
          <Stack gap={10} component="ul" className={classes.assets}>
            {group.findings.map((f, i) => (
              <li key={`${f.asset_id} ${String(i)}`} className={classes.asset}>
                <AssetLink id={f.asset_id} asset={assets.get(f.asset_id)} />
                <Text size="xs" c="var(--parc-quiet)" style={{ overflowWrap: 'anywhere' }}>
                  {f.detail}
                </Text>
              </li>
            ))}
          </Stack>
        )}
      </Accordion.Panel>
    </Accordion.Item>
  );
}
