import { Button, Group, Text, Timeline } from '@mantine/core';
import { IconArrowRight, IconHistory, IconPencil, IconPlus, IconRadar2, type TablerIcon } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { historyQuery } from '@/api/assets';
import { sitesQuery } from '@/api/clients';
import type { Change } from '@/api/types';
import { Empty } from '@/components/Empty';
import { useFormats } from '@/components/formats';
import { Lines } from '@/components/Loaded';
import { type Names, useNames } from '@/components/names';
import { ProblemAlert } from '@/components/ProblemAlert';
import { Section } from '@/components/Section';
import { formatField } from '@/format/field';
import { useLanguage } from '@/i18n';
import type { AssetView } from './AssetPage';

/** What changed on an asset, the latest first. */
export function History({ asset }: AssetView) {
  const { t } = useTranslation();
  const history = useInfiniteQuery(historyQuery(asset.id));
  const sites = useQuery(sitesQuery(asset.client_id)).data?.items ?? [];
  const siteNames = new Map(sites.map((s) => [s.id, s.name]));
  const changes = history.data?.pages.flatMap((p) => p.items);
  return (
    <Section title={t('asset.tabs.history')}>
      <ProblemAlert error={history.error} retry={() => void history.refetch()} />
      {!changes && !history.isError && <Lines count={8} />}
      {changes?.length === 0 && <Empty compact icon={IconHistory} title={t('asset.noHistory')} />}
      {changes && changes.length > 0 && (
        <Timeline bulletSize={26} lineWidth={2} active={changes.length} color="lagoon">
          {changes.map((c) => (
            <Timeline.Item key={c.id} bullet={<Bullet change={c} />} title={<Line change={c} siteNames={siteNames} />}>
              <Facts change={c} />
            </Timeline.Item>
          ))}
        </Timeline>
      )}
      {history.hasNextPage && (
        <Group justify="center" mt="md">
          <Button variant="subtle" size="xs" loading={history.isFetchingNextPage} onClick={() => void history.fetchNextPage()}>
            {t('action.more')}
          </Button>
        </Group>
      )}
    </Section>
  );
}

function Bullet({ change }: { change: Change }) {
  const Icon: TablerIcon = change.field === 'created' ? IconPlus : isSource(change.actor) ? IconRadar2 : IconPencil;
  return <Icon size={14} />;
}

const isSource = (actor: string) => ['nmap', 'snmp', 'agent', 'csv'].includes(actor);

function Line({ change, siteNames }: { change: Change; siteNames: Map<string, string> }) {
  const { t } = useTranslation();
  const name = useNames();
  const { language } = useLanguage();
  if (change.field === 'created') {
    return (
      <Text size="sm" fw={560}>
        {t('asset.created')}
      </Text>
    );
  }
  const pin = change.field.startsWith('pin:');
  const field = pin ? change.field.slice(4) : change.field;
  const shown = (value: string | undefined) => {
    if (!value) return '';
    if (field === 'site') return siteNames.get(value) ?? value;
    const words: Partial<Record<string, Names>> = { class: 'class', state: 'state' };
    const list = words[field];
    return list ? name(list, value) : formatField(field, value, language);
  };
  return (
    <Group gap={6} align="center">
      <Text size="sm" fw={560}>
        {name('field', field)}
      </Text>
      {pin ? (
        <Text size="sm">{t('asset.unpinned')}</Text>
      ) : (
        <>
          {change.old && (
            <Text size="sm" c="var(--parc-quiet)" td="line-through" lineClamp={2} style={{ overflowWrap: 'anywhere' }}>
              {shown(change.old)}
            </Text>
          )}
          <IconArrowRight size={14} role="img" aria-label={t('asset.became')} />
          <Text size="sm" lineClamp={2} style={{ overflowWrap: 'anywhere' }}>
            {change.new ? shown(change.new) : t('asset.cleared')}
          </Text>
        </>
      )}
    </Group>
  );
}

function Facts({ change }: { change: Change }) {
  const { t } = useTranslation();
  const name = useNames();
  const format = useFormats();
  const because = change.because && change.because !== 'hand' ? t('asset.because', { rule: name('because', change.because) }) : '';
  return (
    <Text size="xs" c="var(--parc-quiet)">
      {[format.instant(change.at), name('source', change.actor), because].filter(Boolean).join(' · ')}
    </Text>
  );
}
