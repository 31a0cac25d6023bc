import { Badge, Group, Stack, Text } from '@mantine/core';
import { IconNetwork } from '@tabler/icons-react';
import type { ColumnDef } from '@tanstack/react-table';
import { useTranslation } from 'react-i18next';
import type { Details } from '@/api/types';
import { Code, Quiet } from '@/components/badges';
import { DataTable } from '@/components/DataTable';
import { Empty } from '@/components/Empty';
import { useFormats } from '@/components/formats';
import { Section } from '@/components/Section';
import type { AssetView } from './AssetPage';

type Interface = NonNullable<Details['interfaces']>[number];
type Neighbour = NonNullable<Details['neighbours']>[number];
type Station = NonNullable<Details['stations']>[number];

/** How an asset is connected: interfaces, neighbours, VLANs, what is behind its ports. */
export function NetworkView({ asset: { details } }: AssetView) {
  return (
    <Stack>
      <Interfaces interfaces={details?.interfaces ?? []} />
      <Neighbours neighbours={details?.neighbours ?? []} />
      <VLANs vlans={details?.vlans ?? []} />
      <Stations stations={details?.stations ?? []} />
    </Stack>
  );
}

function Interfaces({ interfaces }: { interfaces: Interface[] }) {
  const { t } = useTranslation();
  const format = useFormats();
  const columns: ColumnDef<Interface>[] = [
    {
      id: 'name',
      header: t('asset.name'),
      accessorFn: (i) => i.name || i.description || '',
      sortingFn: 'alphanumeric',
      cell: ({ row: { original: i } }) => (
        <Stack gap={1}>
          <Group gap={6}>
            <Text size="sm" fw={540}>
              {i.name || i.description}
            </Text>
            {i.virtual && (
              <Badge size="xs" color="gray">
                {t('asset.virtual')}
              </Badge>
            )}
          </Group>
          {(i.alias || (i.name && i.description !== i.name && i.description)) && (
            <Text size="xs" c="var(--parc-quiet)">
              {[i.alias, i.description !== i.name ? i.description : ''].filter(Boolean).join(' · ')}
            </Text>
          )}
        </Stack>
      ),
    },
    {
      id: 'up',
      header: t('asset.condition'),
      accessorFn: (i) => (i.up ? 1 : 0),
      cell: ({ row: { original: i } }) => <Badge color={i.up ? 'teal' : 'gray'}>{t(i.up ? 'asset.up' : 'asset.down')}</Badge>,
    },
    {
      id: 'speed',
      header: t('asset.speed'),
      accessorFn: (i) => i.speed_mbps ?? 0,
      cell: (c) => <Quiet>{format.speed(c.getValue<number>())}</Quiet>,
    },
    { id: 'mac', header: t('asset.mac'), accessorFn: (i) => i.mac ?? '', cell: (c) => <Code>{c.getValue<string>()}</Code> },
    {
      id: 'addresses',
      header: t('asset.addresses'),
      accessorFn: (i) => (i.addresses ?? []).join(', '),
      cell: (c) => <Code>{c.getValue<string>()}</Code>,
    },
  ];
  return (
    <Section title={t('asset.interfaces')} count={interfaces.length} flush>
      <DataTable
        label={t('asset.interfaces')}
        columns={columns}
        data={interfaces}
        rowId={(i) => `${String(i.index ?? 0)} ${i.name ?? ''} ${i.mac ?? ''} ${i.source ?? ''}`}
        tall
        empty={<Empty compact icon={IconNetwork} title={t('asset.noInterfaces')} hint={t('asset.noInterfacesHint')} />}
      />
    </Section>
  );
}

function Neighbours({ neighbours }: { neighbours: Neighbour[] }) {
  const { t } = useTranslation();
  if (neighbours.length === 0) return null;
  const columns: ColumnDef<Neighbour>[] = [
    { id: 'local', header: t('asset.localPort'), accessorFn: (n) => n.local_port ?? '', sortingFn: 'alphanumeric' },
    {
      id: 'device',
      header: t('asset.device'),
      accessorFn: (n) => n.name || n.chassis_id || '',
      cell: ({ row: { original: n } }) => (
        <Stack gap={1}>
          <Text size="sm" fw={540}>
            {n.name || n.chassis_id}
          </Text>
          <Text size="xs" c="var(--parc-quiet)" style={{ overflowWrap: 'anywhere' }}>
            {n.platform}
          </Text>
        </Stack>
      ),
    },
    { id: 'remote', header: t('asset.remotePort'), accessorFn: (n) => n.remote_port ?? '', cell: (c) => <Quiet>{c.getValue<string>()}</Quiet> },
    { id: 'address', header: t('assets.address'), accessorFn: (n) => n.address ?? '', cell: (c) => <Code>{c.getValue<string>()}</Code> },
    { id: 'protocol', header: t('asset.kind'), accessorFn: (n) => n.protocol.toUpperCase() },
  ];
  return (
    <Section title={t('asset.neighbours')} count={neighbours.length} flush>
      <DataTable
        label={t('asset.neighbours')}
        columns={columns}
        data={neighbours}
        rowId={(n) => `${n.protocol} ${n.local_port ?? ''} ${n.chassis_id ?? ''} ${n.remote_port ?? ''}`}
        empty={null}
      />
    </Section>
  );
}

function VLANs({ vlans }: { vlans: { id: number; name?: string }[] }) {
  const { t } = useTranslation();
  if (vlans.length === 0) return null;
  return (
    <Section title={t('asset.vlans')} count={vlans.length}>
      <Group gap="xs">
        {vlans.map((v) => (
          <Badge key={v.id} color="gray" size="lg">
            {[v.id, v.name].filter(Boolean).join(' · ')}
          </Badge>
        ))}
      </Group>
    </Section>
  );
}

function Stations({ stations }: { stations: Station[] }) {
  const { t } = useTranslation();
  if (stations.length === 0) return null;
  const columns: ColumnDef<Station>[] = [
    { id: 'mac', header: t('asset.mac'), accessorFn: (s) => s.mac, cell: (c) => <Code>{c.getValue<string>()}</Code> },
    { id: 'address', header: t('assets.address'), accessorFn: (s) => s.address ?? '', cell: (c) => <Code>{c.getValue<string>()}</Code> },
    {
      id: 'port',
      header: t('asset.localPort'),
      accessorFn: (s) => s.port ?? '',
      sortingFn: 'alphanumeric',
      cell: (c) => <Quiet>{c.getValue<string>()}</Quiet>,
    },
    { id: 'vlan', header: t('asset.vlan'), accessorFn: (s) => s.vlan ?? 0, cell: (c) => <Quiet>{c.getValue<number>() || undefined}</Quiet> },
  ];
  return (
    <Section title={t('asset.stations')} count={stations.length} flush>
      <DataTable
        label={t('asset.stations')}
        columns={columns}
        data={stations}
        rowId={(s) => `${s.mac} ${s.port ?? ''} ${s.address ?? ''} ${String(s.vlan ?? 0)}`}
        tall
        empty={null}
      />
    </Section>
  );
}
