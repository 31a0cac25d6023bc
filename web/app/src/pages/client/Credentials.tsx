import { Badge, Button, Group, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconKey, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ColumnDef } from '@tanstack/react-table';
import { useTranslation } from 'react-i18next';
import { credentialsQuery, useDeleteCredential } from '@/api/credentials';
import type { Credential, Site } from '@/api/types';
import { DataTable } from '@/components/DataTable';
import { DeleteButton } from '@/components/DeleteButton';
import { Empty } from '@/components/Empty';
import { Loaded } from '@/components/Loaded';
import { Section } from '@/components/Section';
import { CredentialForm } from './CredentialForm';

/** The SNMP credentials of a client: what they are and where they go, never their secrets. */
export function Credentials({ clientId, sites }: { clientId: string; sites: Site[] }) {
  const { t } = useTranslation();
  const credentials = useQuery(credentialsQuery(clientId));
  const [opened, { open, close }] = useDisclosure();
  const columns = useColumns(sites);
  const add = (
    <Button size="xs" leftSection={<IconPlus size={16} />} onClick={open}>
      {t('network.addCredential')}
    </Button>
  );
  return (
    <Loaded query={credentials}>
      {({ items }) => (
        <Section title={t('network.credentials')} count={items.length} flush actions={items.length > 0 && add}>
          <DataTable
            label={t('network.credentials')}
            columns={columns}
            data={items}
            rowId={(c) => c.id}
            empty={<Empty icon={IconKey} title={t('network.noCredentials')} hint={t('network.noCredentialsHint')} action={add} />}
          />
          <CredentialForm clientId={clientId} sites={sites} opened={opened} close={close} />
        </Section>
      )}
    </Loaded>
  );
}

function useColumns(sites: Site[]): ColumnDef<Credential>[] {
  const { t } = useTranslation();
  const remove = useDeleteCredential();
  return [
    {
      id: 'name',
      header: t('network.credentialName'),
      accessorFn: (c) => c.name,
      cell: (c) => (
        <Text size="sm" fw={560}>
          {c.getValue<string>()}
        </Text>
      ),
    },
    { id: 'version', header: t('network.version'), accessorFn: (c) => `SNMP v${c.version}` },
    {
      id: 'user',
      header: t('network.user'),
      accessorFn: (c) => (c.version === '3' ? [c.user, c.auth, c.privacy].filter(Boolean).join(' · ') : '•••'),
    },
    { id: 'site', header: t('network.site'), accessorFn: (c) => sites.find((s) => s.id === c.site_id)?.name ?? t('network.allSites') },
    {
      id: 'ranges',
      header: t('network.credentialRanges'),
      enableSorting: false,
      cell: ({ row: { original } }) => (
        <Group gap={4}>
          {(original.ranges ?? []).map((r) => (
            <Badge key={r} className="mono">
              {r}
            </Badge>
          ))}
        </Group>
      ),
    },
    {
      id: 'actions',
      header: t('table.actions'),
      enableSorting: false,
      meta: { align: 'right', width: '5rem' },
      cell: ({ row: { original: c } }) => (
        <DeleteButton id={c.id} remove={remove} title={t('network.deleteCredential', { name: c.name })} hint={t('network.deleteCredentialHint')} />
      ),
    },
  ];
}
