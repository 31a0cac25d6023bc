import { Anchor, Button, Grid, SimpleGrid, Stack } from '@mantine/core';
import { IconAlertTriangle, IconCalendarDue, IconDevices, IconRadar2, IconShieldCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { assetCountsQuery, useAllAssets } from '@/api/assets';
import { findingsQuery, useHoldings } from '@/api/lifecycle';
import { hasEnded, scansQuery } from '@/api/scans';
import { useMay } from '@/api/session';
import { ClassBars } from '@/components/ClassBars';
import { Empty } from '@/components/Empty';
import { EndsList } from '@/components/EndsList';
import { useFormats, useNow, useToday } from '@/components/formats';
import { Lines, Loaded } from '@/components/Loaded';
import { ProblemAlert } from '@/components/ProblemAlert';
import { Section } from '@/components/Section';
import { SeverityDonut } from '@/components/SeverityDonut';
import { Stat } from '@/components/Stat';
import { useLanguage } from '@/i18n';
import { endsWithin } from '@/lifecycle/ends';
import { countFindings, groupFindings } from '@/lifecycle/findings';
import { RunningScan } from './RunningScan';
import { TopFindings } from './TopFindings';

// The charts weigh more than the rest of the page: they come after it.
const EndsChart = lazy(() => import('@/components/EndsChart'));

/** A client at a glance: what it has, what is wrong, what ends. */
export default function ClientOverview() {
  const { t } = useTranslation();
  const { clientId } = useParams({ from: '/signed-in/clients/$clientId' });
  const { language } = useLanguage();
  const today = useToday();
  const counts = useQuery(assetCountsQuery(clientId));
  const findings = useQuery(findingsQuery(clientId, language));
  const { holdings, error, retry } = useHoldings([clientId]);
  const held = holdings?.get(clientId);
  const assets = useAllAssets(clientId);
  const running = useQuery(scansQuery(clientId)).data?.items.filter((s) => !hasEnded(s));
  const year = held && endsWithin(held, today, 365);

  return (
    <Stack>
      {running?.map((s) => <RunningScan key={s.id} scan={s} />)}
      <Stats clientId={clientId} />
      <Grid>
        <Grid.Col span={{ base: 12, lg: 7 }}>
          <Stack>
            <Section title={t('overview.byClass')}>
              <Loaded query={counts}>
                {(byClass) => (total(byClass) > 0 ? <ClassBars counts={byClass} clientId={clientId} /> : <NoAssets clientId={clientId} />)}
              </Loaded>
            </Section>
            <Section title={t('client.endsYear')}>
              <ProblemAlert error={error} retry={retry} />
              {year && (
                <Suspense fallback={<Lines />}>
                  <EndsChart ends={year} today={today} />
                </Suspense>
              )}
              {!year && !error && <Lines />}
            </Section>
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 5 }}>
          <Stack>
            <Section
              title={t('client.topFindings')}
              actions={
                <Anchor size="sm" renderRoot={(props) => <Link to="/clients/$clientId/findings" params={{ clientId }} {...props} />}>
                  {t('client.allFindings')}
                </Anchor>
              }
            >
              <Loaded query={findings}>
                {({ items }) =>
                  items.length > 0 ? (
                    <Stack gap="lg">
                      <SeverityDonut counts={countFindings(items)} />
                      <TopFindings groups={groupFindings(items).slice(0, 6)} clientId={clientId} />
                    </Stack>
                  ) : (
                    <Empty compact icon={IconShieldCheck} title={t('finding.none')} hint={t('finding.noneHint')} />
                  )
                }
              </Loaded>
            </Section>
            <Section title={t('overview.ends')}>{year ? <EndsList ends={year.slice(0, 7)} assets={assets} /> : <Lines />}</Section>
          </Stack>
        </Grid.Col>
      </Grid>
    </Stack>
  );
}

const total = (counts: Record<string, number>) => Object.values(counts).reduce((sum, n) => sum + n, 0);

function Stats({ clientId }: { clientId: string }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const format = useFormats();
  const now = useNow();
  const today = useToday();
  const counts = useQuery(assetCountsQuery(clientId)).data;
  const findings = useQuery(findingsQuery(clientId, language)).data;
  const scans = useQuery(scansQuery(clientId)).data;
  const held = useHoldings([clientId]).holdings?.get(clientId);
  const bad = findings && countFindings(findings.items);
  const last = scans?.items.find((s) => s.state === 'done');
  const classes = counts && Object.values(counts).filter((n) => n > 0).length;
  return (
    <SimpleGrid cols={{ base: 2, lg: 4 }} spacing={{ base: 'sm', sm: 'md' }}>
      <Stat
        icon={IconDevices}
        label={t('overview.assets')}
        value={counts && format.number(total(counts))}
        hint={classes ? t('client.assetsHint', { count: classes }) : undefined}
      />
      <Stat
        icon={IconAlertTriangle}
        color={bad && bad.critical > 0 ? 'red' : 'orange'}
        label={t('overview.urgent')}
        hint={t('overview.urgentHint')}
        value={bad && format.number(bad.critical + bad.high)}
      />
      <Stat
        icon={IconCalendarDue}
        color="grape"
        label={t('client.endsSoon')}
        value={held && format.number(endsWithin(held, today, 90).length)}
      />
      <Stat
        icon={IconRadar2}
        color="teal"
        label={t('overview.lastScan')}
        value={scans && <span style={{ fontSize: 18 }}>{last ? format.ago(last.ended_at, now) : t('overview.never')}</span>}
        hint={last && format.instant(last.ended_at)}
      />
    </SimpleGrid>
  );
}

function NoAssets({ clientId }: { clientId: string }) {
  const { t } = useTranslation();
  const mayScan = useMay('scan');
  return (
    <Empty
      icon={IconDevices}
      title={t('client.noAssets')}
      hint={t('client.noAssetsHint')}
      action={
        mayScan && (
          <Button
            mt="sm"
            leftSection={<IconRadar2 size={18} />}
            renderRoot={(props) => <Link to="/clients/$clientId/scans" params={{ clientId }} search={{ start: true }} {...props} />}
          >
            {t('client.scan')}
          </Button>
        )
      }
    />
  );
}
