import { Badge, Button, Card, Group, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconMapPin, IconPencil, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { sitesQuery } from '@/api/clients';
import { useMay } from '@/api/session';
import type { Site } from '@/api/types';
import { Empty } from '@/components/Empty';
import { IconButton } from '@/components/IconButton';
import { Loaded } from '@/components/Loaded';
import { Section } from '@/components/Section';
import { Credentials } from './Credentials';
import { SiteForm } from './SiteForm';

const route = getRouteApi('/signed-in/clients/$clientId/networks');

/** Where scans may go, and what they may say there: sites, ranges, SNMP credentials. */
export default function NetworksTab() {
  const { t } = useTranslation();
  const { clientId } = route.useParams();
  const mayChange = useMay('change');
  const sites = useQuery(sitesQuery(clientId));
  const [opened, { open, close }] = useDisclosure();
  const [edited, setEdited] = useState<Site>();
  const edit = (site?: Site) => {
    setEdited(site);
    open();
  };
  const add = mayChange && (
    <Button
      size="xs"
      leftSection={<IconPlus size={16} />}
      onClick={() => {
        edit();
      }}
    >
      {t('network.addSite')}
    </Button>
  );
  return (
    <Stack>
      <Loaded query={sites}>
        {({ items }) => (
          <Section title={t('network.sites')} count={items.length} actions={items.length > 0 && add}>
            {items.length > 0 ? (
              <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }}>
                {items.map((site) => (
                  <SiteCard key={site.id} site={site} edit={mayChange ? edit : undefined} />
                ))}
              </SimpleGrid>
            ) : (
              <Empty icon={IconMapPin} title={t('network.none')} hint={t('network.noneHint')} action={add} />
            )}
          </Section>
        )}
      </Loaded>
      {mayChange && <Credentials clientId={clientId} sites={sites.data?.items ?? []} />}
      <SiteForm clientId={clientId} site={edited} opened={opened} close={close} />
    </Stack>
  );
}

function SiteCard({ site, edit }: { site: Site; edit?: (site: Site) => void }) {
  const { t } = useTranslation();
  const networks = site.networks ?? [];
  return (
    <Card padding="md">
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <div>
          <Title order={3} fz="md">
            {site.name}
          </Title>
          {site.address && (
            <Text size="sm" c="var(--parc-quiet)">
              {site.address}
            </Text>
          )}
        </div>
        {edit && (
          <IconButton
            icon={IconPencil}
            label={`${t('network.editSite')}: ${site.name}`}
            onClick={() => {
              edit(site);
            }}
          />
        )}
      </Group>
      <Stack gap={6} mt="sm">
        {networks.map((n) => (
          <Group key={n.prefix} gap="xs">
            <Badge size="lg" className="mono">
              {n.prefix}
            </Badge>
            <Text size="sm" c="var(--parc-quiet)">
              {n.label}
            </Text>
          </Group>
        ))}
        {networks.length === 0 && (
          <Text size="sm" c="orange">
            {t('network.noRanges')}
          </Text>
        )}
      </Stack>
    </Card>
  );
}
