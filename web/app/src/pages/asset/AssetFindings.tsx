import { Badge, Group, Stack, Text } from '@mantine/core';
import { IconShieldCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Empty } from '@/components/Empty';
import { FindingList } from '@/components/FindingList';
import { Lines } from '@/components/Loaded';
import { useNames } from '@/components/names';
import { Section } from '@/components/Section';
import type { AssetView } from './AssetPage';

/** What is wrong with an asset, and what a scan saw for itself. */
export function AssetFindings({ asset, life }: AssetView) {
  const { t } = useTranslation();
  const name = useNames();
  const weaknesses = asset.details?.weaknesses ?? [];
  return (
    <Stack>
      <Section title={t('asset.tabs.findings')} count={life?.findings.length}>
        {!life ? (
          <Lines />
        ) : life.findings.length > 0 ? (
          <FindingList findings={life.findings} />
        ) : (
          <Empty icon={IconShieldCheck} title={t('asset.noFindings')} hint={t('asset.noFindingsHint')} />
        )}
      </Section>
      {weaknesses.length > 0 && (
        <Section title={t('asset.weaknesses')} count={weaknesses.length}>
          <Stack gap="sm">
            {weaknesses.map((w) => (
              <Group key={`${w.kind} ${String(w.port ?? 0)} ${w.evidence ?? ''}`} gap="sm" wrap="nowrap" align="flex-start">
                <Badge color="gray">{name('weakness', w.kind)}</Badge>
                <Text size="sm" c="var(--parc-quiet)" style={{ overflowWrap: 'anywhere' }}>
                  {[w.port ? String(w.port) : '', w.evidence, name('source', w.source)].filter(Boolean).join(' · ')}
                </Text>
              </Group>
            ))}
          </Stack>
        </Section>
      )}
    </Stack>
  );
}
