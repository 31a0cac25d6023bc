import { Group, Progress, Stack, Text } from '@mantine/core';
import { IconCpu } from '@tabler/icons-react';
import type { ColumnDef } from '@tanstack/react-table';
import { useTranslation } from 'react-i18next';
import type { Component, Details } from '@/api/types';
import { Code, Quiet } from '@/components/badges';
import { DataTable } from '@/components/DataTable';
import { Empty } from '@/components/Empty';
import { useFormats } from '@/components/formats';
import { useNames } from '@/components/names';
import { Section } from '@/components/Section';
import type { AssetView } from './AssetPage';

type Volume = NonNullable<Details['volumes']>[number];

/** What an asset is made of: components and volumes. */
export function Hardware({ asset: { details } }: AssetView) {
  return (
    <Stack>
      <Components components={details?.components ?? []} />
      <Volumes volumes={details?.volumes ?? []} />
    </Stack>
  );
}

function Components({ components }: { components: Component[] }) {
  const { t } = useTranslation();
  const name = useNames();
  const format = useFormats();
  const columns: ColumnDef<Component>[] = [
    { id: 'kind', header: t('asset.kind'), accessorFn: (c) => name('component', c.kind) },
    {
      id: 'name',
      header: t('asset.name'),
      accessorFn: (c) => c.name || c.model || '',
      cell: ({ row: { original: c } }) => (
        <Stack gap={1}>
          <Text size="sm" fw={540}>
            <Quiet>{c.name || c.model}</Quiet>
          </Text>
          {c.position && (
            <Text size="xs" c="var(--parc-quiet)">
              {c.position}
            </Text>
          )}
        </Stack>
      ),
    },
    {
      id: 'model',
      header: t('assets.model'),
      accessorFn: (c) => [c.vendor, c.model].filter(Boolean).join(' '),
      cell: (c) => <Quiet>{c.getValue<string>()}</Quiet>,
    },
    {
      id: 'serial',
      header: t('assets.serial'),
      accessorFn: (c) => c.serial ?? '',
      cell: (c) => <Code>{c.getValue<string>()}</Code>,
    },
    { id: 'version', header: t('asset.version'), accessorFn: (c) => c.version ?? '', cell: (c) => <Quiet>{c.getValue<string>()}</Quiet> },
    {
      id: 'size',
      header: t('asset.size'),
      accessorFn: (c) => c.size_mb ?? 0,
      meta: { align: 'right' },
      cell: (c) => <Quiet>{format.size(c.getValue<number>())}</Quiet>,
    },
    { id: 'state', header: t('asset.condition'), accessorFn: (c) => c.state ?? '', cell: (c) => <Quiet>{c.getValue<string>()}</Quiet> },
  ];
  return (
    <Section title={t('asset.components')} count={components.length} flush>
      <DataTable
        label={t('asset.components')}
        columns={columns}
        data={components}
        rowId={(_, i) => String(i)}
        tall
        empty={<Empty compact icon={IconCpu} title={t('asset.noComponents')} hint={t('asset.noComponentsHint')} />}
      />
    </Section>
  );
}

function Volumes({ volumes }: { volumes: Volume[] }) {
  const { t } = useTranslation();
  const format = useFormats();
  if (volumes.length === 0) return null;
  return (
    <Section title={t('asset.volumes')} count={volumes.length}>
      <Stack gap="md">
        {volumes.map((v, i) => {
          const percent = v.size_mb && v.used_mb ? Math.min(100, Math.round((v.used_mb / v.size_mb) * 100)) : undefined;
          return (
            <div key={`${v.name ?? ''} ${String(i)}`}>
              <Group justify="space-between" wrap="nowrap" gap="md">
                <Text size="sm" fw={540} truncate>
                  {v.name}
                  {v.kind && (
                    <Text component="span" inherit fw={400} c="var(--parc-quiet)">
                      {' '}
                      · {v.kind}
                    </Text>
                  )}
                </Text>
                <Text size="sm" className="numeric" style={{ flexShrink: 0 }}>
                  {percent === undefined ? format.size(v.size_mb) : `${format.size(v.used_mb)} / ${format.size(v.size_mb)} · ${String(percent)} %`}
                </Text>
              </Group>
              {percent !== undefined && (
                <Progress value={percent} size="sm" mt={5} color={percent >= 90 ? 'red' : undefined} aria-label={v.name || t('asset.used')} />
              )}
            </div>
          );
        })}
      </Stack>
    </Section>
  );
}
