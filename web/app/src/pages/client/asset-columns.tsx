import { Anchor, Group, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ColumnDef } from '@tanstack/react-table';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListedAsset } from '@/api/types';
import { Code, Quiet, StateBadge } from '@/components/badges';
import { ClassIcon } from '@/components/ClassIcon';
import { useFormats, useNow } from '@/components/formats';
import { useNames } from '@/components/names';
import { SupportBadge } from '@/components/SupportBadge';
import { assetName, systemOf } from '@/format/asset';

/** The columns of a list of assets. */
export function useAssetColumns(): ColumnDef<ListedAsset>[] {
  const { t } = useTranslation();
  const name = useNames();
  const format = useFormats();
  const now = useNow();
  return useMemo<ColumnDef<ListedAsset>[]>(
    () => [
      {
        id: 'name',
        header: t('assets.name'),
        accessorFn: assetName,
        cell: ({ row: { original } }) => <NameCell asset={original} kind={name('class', original.class)} />,
      },
      {
        id: 'model',
        header: `${t('assets.vendor')}, ${t('assets.model').toLowerCase()}`,
        accessorFn: (a) => `${a.vendor ?? ''} ${a.model ?? ''}`,
        meta: { cut: true },
        cell: ({ row: { original } }) => <ModelCell vendor={original.vendor} model={original.model} />,
      },
      {
        id: 'serial',
        header: t('assets.serial'),
        accessorFn: (a) => a.serial ?? '',
        meta: { cut: true },
        cell: (c) => (
          <Code>{c.getValue<string>()}</Code>
        ),
      },
      {
        id: 'system',
        header: t('assets.system'),
        accessorFn: systemOf,
        meta: { cut: true },
        cell: (c) => <Quiet>{c.getValue<string>()}</Quiet>,
      },
      {
        id: 'address',
        header: t('assets.address'),
        accessorFn: (a) => a.address ?? '',
        sortingFn: 'alphanumeric',
        cell: (c) => (
          <Code>{c.getValue<string>()}</Code>
        ),
      },
      {
        id: 'support',
        header: t('assets.support'),
        accessorFn: (a) => a.support?.end ?? '9999',
        cell: ({ row: { original } }) => (original.support ? <SupportBadge support={original.support} /> : <Quiet />),
      },
      {
        id: 'seen',
        header: t('assets.lastSeen'),
        accessorFn: (a) => a.last_seen,
        cell: ({ row: { original } }) => (
          <Text size="sm" c="var(--parc-quiet)" title={format.instant(original.last_seen)} style={{ whiteSpace: 'nowrap' }}>
            {format.ago(original.last_seen, now)}
          </Text>
        ),
      },
    ],
    [t, name, format, now],
  );
}

function ModelCell({ vendor, model }: { vendor?: string; model?: string }) {
  return (
    <div title={model}>
      <Text size="sm" lh={1.35} truncate>
        <Quiet>{model}</Quiet>
      </Text>
      <Text size="xs" c="var(--parc-quiet)" lh={1.35} truncate>
        {vendor}
      </Text>
    </div>
  );
}

function NameCell({ asset, kind }: { asset: ListedAsset; kind: string }) {
  const { t } = useTranslation();
  return (
    <Group gap="sm" wrap="nowrap">
      <ClassIcon name={asset.class} />
      <div style={{ minWidth: 0 }}>
        <Anchor
          size="sm"
          fw={560}
          truncate
          display="block"
          maw={165}
          lh={1.35}
          title={assetName(asset)}
          renderRoot={(props) => <Link to="/assets/$assetId" params={{ assetId: asset.id }} {...props} />}
        >
          {assetName(asset) || t('assets.unnamed')}
        </Anchor>
        <Text size="xs" c="var(--parc-quiet)" lh={1.35}>
          {kind}
        </Text>
      </div>
      {asset.state !== 'in-service' && <StateBadge state={asset.state} />}
    </Group>
  );
}
