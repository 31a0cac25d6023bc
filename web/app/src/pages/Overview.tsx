import { Anchor, Button, Grid, SimpleGrid, Stack } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconAlertTriangle, IconBuildings, IconCalendarDue, IconDevices, IconPlus, IconShieldCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { overviewQuery } from '@/api/clients';
import { useHoldings } from '@/api/lifecycle';
import { useMay, useUser } from '@/api/session';
import type { OverviewClient } from '@/api/types';
import { ClassBars } from '@/components/ClassBars';
import { Empty } from '@/components/Empty';
import { EndsList } from '@/components/EndsList';
import { useFormats, useToday } from '@/components/formats';
import { Lines } from '@/components/Loaded';
import { PageHeader } from '@/components/PageHeader';
import { ProblemAlert } from '@/components/ProblemAlert';
import { Section } from '@/components/Section';
import { SeverityDonut } from '@/components/SeverityDonut';
import { Stat } from '@/components/Stat';
import { type End, endsWithin } from '@/lifecycle/ends';
import { ClientForm } from './clients/ClientForm';
import { ClientTable } from './clients/ClientTable';
import { sumClasses, sumFindings } from './clients/totals';

/** Home: what a provider sees first of all its clients. */
export default function Overview() {
  const { t } = useTranslation();
  const format = useFormats();
  const user = useUser();
  const overview = useQuery(overviewQuery());
  const clients = overview.data && (overview.data.clients ?? []);
  const ends = useEnds(clients ?? []);
  const [opened, { open, close }] = useDisclosure();
  const findings = clients && sumFindings(clients);
  const assets = clients?.reduce((sum, c) => sum + c.assets, 0);

  return (
    <Stack gap="lg">
      <PageHeader title={t('overview.title')} subtitle={t('overview.hello', { name: user.name || user.login })} />
      {overview.isError && <ProblemAlert error={overview.error} retry={() => void overview.refetch()} />}
      {clients?.length === 0 ? (
        <FirstClient create={open} />
      ) : (
        <>
          <SimpleGrid cols={{ base: 2, lg: 4 }} spacing={{ base: 'sm', sm: 'md' }}>
            <Stat icon={IconBuildings} label={t('overview.clients')} value={clients && format.number(clients.length)} />
            <Stat icon={IconDevices} label={t('overview.assets')} value={assets === undefined ? undefined : format.number(assets)} />
            <Stat
              icon={IconAlertTriangle}
              color={findings && findings.critical > 0 ? 'red' : 'orange'}
              label={t('overview.urgent')}
              hint={t('overview.urgentHint')}
              value={findings && format.number(findings.critical + findings.high)}
            />
            <Stat
              icon={IconCalendarDue}
              color="grape"
              label={t('client.endsSoon')}
              value={ends.soon && format.number(ends.soon.length)}
            />
          </SimpleGrid>
          <Grid>
            <Grid.Col span={{ base: 12, lg: 7.5 }}>
              <Stack>
                <Section title={t('overview.clients')} flush>
                  {clients ? <ClientTable clients={clients} /> : <Lines />}
                </Section>
                <Section title={t('overview.byClass')}>{clients ? <ClassBars counts={sumClasses(clients)} /> : <Lines />}</Section>
              </Stack>
            </Grid.Col>
            <Grid.Col span={{ base: 12, lg: 4.5 }}>
              <Stack>
                <Section title={t('overview.findings')}>
                  {findings ? (
                    Object.values(findings).some((n) => n > 0) ? (
                      <SeverityDonut counts={findings} />
                    ) : (
                      <Empty compact icon={IconShieldCheck} title={t('overview.noFindings')} hint={t('finding.noneHint')} />
                    )
                  ) : (
                    <Lines />
                  )}
                </Section>
                <Section title={t('overview.ends')}>
                  <ProblemAlert error={ends.error} retry={ends.retry} />
                  {ends.coming && <EndsList ends={ends.coming.slice(0, 8)} note={(end) => <ClientLink client={ends.clientOf(end)} />} />}
                  {!ends.coming && !ends.error && <Lines />}
                </Section>
              </Stack>
            </Grid.Col>
          </Grid>
        </>
      )}
      {/* It stays while the first client appears: its site comes after it. */}
      <ClientForm opened={opened} close={close} />
    </Stack>
  );
}

const soonDays = 90;
const comingDays = 365;

/** What ends at any of the clients, and whose it is. */
function useEnds(clients: readonly OverviewClient[]) {
  const today = useToday();
  const { holdings, error, retry } = useHoldings(clients.map((c) => c.client.id));
  const owner = new Map<End, OverviewClient>();
  let coming: End[] | undefined;
  if (holdings && clients.length > 0) {
    for (const client of clients) {
      const held = holdings.get(client.client.id);
      for (const end of held ? endsWithin(held, today, comingDays) : []) owner.set(end, client);
    }
    coming = [...owner.keys()].sort((a, b) => a.day.localeCompare(b.day));
  }
  const soon = holdings && clients.length > 0 ? [...holdings.values()].flatMap((h) => endsWithin(h, today, soonDays)) : undefined;
  return { coming, soon, clientOf: (end: End) => owner.get(end), error, retry };
}

function ClientLink({ client }: { client?: OverviewClient }) {
  if (!client) return null;
  return (
    <Anchor
      inherit
      c="inherit"
      renderRoot={(props) => <Link to="/clients/$clientId/lifecycle" params={{ clientId: client.client.id }} {...props} />}
    >
      {client.client.name}
    </Anchor>
  );
}

function FirstClient({ create }: { create: () => void }) {
  const { t } = useTranslation();
  const mayCreate = useMay('admin');
  return (
    <Section title={t('overview.clients')}>
      <Empty
        icon={IconBuildings}
        title={t('overview.empty')}
        hint={t(mayCreate ? 'overview.emptyHint' : 'overview.emptyAsk')}
        action={
          mayCreate && (
            <Button mt="sm" leftSection={<IconPlus size={18} />} onClick={create}>
              {t('clients.create')}
            </Button>
          )
        }
      />
    </Section>
  );
}
