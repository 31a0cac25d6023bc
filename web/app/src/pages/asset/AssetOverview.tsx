import { Grid, Group, Progress, Stack, Text } from '@mantine/core';
import { IconShieldCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Empty } from '@/components/Empty';
import { FindingList } from '@/components/FindingList';
import { Lines } from '@/components/Loaded';
import { Section } from '@/components/Section';
import type { AssetView } from './AssetPage';
import { Identity } from './Identity';
import { Services } from './Services';
import { Standing } from './Standing';
import { Traces } from './Traces';

/** What one looks for first: who it is, how it stands, what it offers, what is wrong. */
export function AssetOverview({ asset, life }: AssetView) {
  const { t } = useTranslation();
  return (
    <Grid>
      <Grid.Col span={{ base: 12, lg: 7.5 }}>
        <Stack>
          <Identity asset={asset} />
          <Services services={asset.details?.services ?? []} />
        </Stack>
      </Grid.Col>
      <Grid.Col span={{ base: 12, lg: 4.5 }}>
        <Stack>
          <Standing asset={asset} life={life} />
          <Section title={t('asset.tabs.findings')} count={life?.findings.length}>
            {!life ? (
              <Lines count={3} />
            ) : life.findings.length > 0 ? (
              <FindingList findings={life.findings} />
            ) : (
              <Empty compact icon={IconShieldCheck} title={t('asset.noFindings')} hint={t('asset.noFindingsHint')} />
            )}
          </Section>
          <Supplies supplies={asset.details?.supplies ?? []} />
          <Traces asset={asset} />
        </Stack>
      </Grid.Col>
    </Grid>
  );
}

function Supplies({ supplies }: { supplies: { name: string; percent: number }[] }) {
  const { t } = useTranslation();
  if (supplies.length === 0) return null;
  return (
    <Section title={t('asset.supplies')} count={supplies.length}>
      <Stack gap="sm">
        {supplies.map((s, i) => (
          <div key={`${s.name} ${String(i)}`}>
            <Group justify="space-between" gap="xs" wrap="nowrap">
              <Text size="sm" truncate>
                {s.name}
              </Text>
              <Text size="sm" className="numeric" c={s.percent < 0 ? 'var(--parc-quiet)' : undefined} style={{ flexShrink: 0 }}>
                {s.percent < 0 ? t('asset.unknownLevel') : `${String(s.percent)} %`}
              </Text>
            </Group>
            <Progress value={Math.max(0, s.percent)} color={levelColor(s.percent)} size="sm" mt={4} aria-label={s.name} />
          </div>
        ))}
      </Stack>
    </Section>
  );
}

function levelColor(percent: number): string {
  if (percent < 0) return 'gray';
  if (percent <= 10) return 'red';
  return percent <= 25 ? 'yellow' : 'teal';
}
