import { Button, Stack, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconBuildings, IconPlus, IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { overviewQuery } from '@/api/clients';
import { useMay } from '@/api/session';
import { Empty } from '@/components/Empty';
import { Lines, Loaded } from '@/components/Loaded';
import { PageHeader } from '@/components/PageHeader';
import { Section } from '@/components/Section';
import { matches } from '@/format/text';
import { ClientForm } from './ClientForm';
import { ClientTable } from './ClientTable';

/** All clients. */
export default function Clients() {
  const { t } = useTranslation();
  const [filter, setFilter] = useState('');
  const [opened, { open, close }] = useDisclosure();
  const mayCreate = useMay('admin');
  const overview = useQuery(overviewQuery());
  const create = mayCreate && (
    <Button leftSection={<IconPlus size={18} />} onClick={open}>
      {t('clients.create')}
    </Button>
  );
  return (
    <Stack gap="lg">
      <PageHeader title={t('clients.title')} actions={create} />
      <Loaded query={overview} skeleton={<Lines count={8} />}>
        {({ clients }) =>
          clients?.length ? (
            <Section
              title={t('clients.title')}
              count={clients.length}
              flush
              actions={
                <TextInput
                  size="xs"
                  w={240}
                  type="search"
                  aria-label={t('clients.filter')}
                  placeholder={t('clients.filter')}
                  leftSection={<IconSearch size={15} />}
                  value={filter}
                  onChange={(e) => {
                    setFilter(e.currentTarget.value);
                  }}
                />
              }
            >
              <ClientTable clients={clients.filter((c) => matches(c.client.name, filter))} />
            </Section>
          ) : (
            <Section title={t('clients.title')}>
              <Empty icon={IconBuildings} title={t('overview.empty')} hint={t(mayCreate ? 'overview.emptyHint' : 'overview.emptyAsk')} action={create} />
            </Section>
          )
        }
      </Loaded>
      <ClientForm opened={opened} close={close} />
    </Stack>
  );
}
