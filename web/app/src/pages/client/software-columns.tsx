import { Anchor, Badge, Group, Stack, Text } from '@mantine/core';
import type { ColumnDef } from '@tanstack/react-table';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { InstalledProduct } from '@/api/types';
import { Quiet } from '@/components/badges';
import { useNames } from '@/components/names';

const shownVersions = 2;

/** The columns of a list of software; open shows the devices of a product. */
export function useSoftwareColumns(open: (product: InstalledProduct) => void): ColumnDef<InstalledProduct>[] {
  const { t } = useTranslation();
  const name = useNames();
  return useMemo(
    () => [
      {
        id: 'product',
        header: t('software.product'),
        accessorFn: (p) => p.product.toLowerCase(),
        cell: ({ row: { original: p } }) => (
          <Stack gap={0}>
            <Group gap={8}>
              <Text size="sm" fw={560}>
                {p.product}
              </Text>
              {p.kind !== 'paid' && p.kind !== 'free' && (
                <Badge size="sm" color={p.kind === 'ask' ? 'yellow' : 'gray'}>
                  {name('installedKind', p.kind)}
                </Badge>
              )}
            </Group>
            <Text size="xs" c="var(--parc-quiet)">
              {[p.publisher, ...p.editions].filter(Boolean).join(' · ')}
            </Text>
          </Stack>
        ),
      },
      {
        id: 'devices',
        header: t('software.devices'),
        accessorFn: (p) => p.devices,
        meta: { align: 'right' },
        cell: ({ row: { original: p } }) => (
          <Anchor
            component="button"
            type="button"
            size="sm"
            className="numeric"
            aria-label={t('software.on', { product: p.product })}
            onClick={() => {
              open(p);
            }}
          >
            {p.devices}
          </Anchor>
        ),
      },
      {
        id: 'licences',
        header: t('software.licences'),
        accessorFn: (p) => Math.min(...p.positions.map((x) => (x.counted ? x.gap : 0)), 0),
        cell: ({ row: { original: p } }) => <Positions product={p} />,
      },
      {
        id: 'versions',
        header: t('software.versions'),
        enableSorting: false,
        cell: ({ row: { original: p } }) => (
          <Text size="xs" c="var(--parc-quiet)" title={p.versions.join(', ')} style={{ overflowWrap: 'anywhere' }}>
            <Quiet>{versionsText(p.versions, (count) => t('software.more', { count }))}</Quiet>
          </Text>
        ),
      },
    ],
    [t, name, open],
  );
}

/** The first versions, and how many more there are. */
export function versionsText(versions: readonly string[], more: (count: number) => string): string {
  const shown = versions.slice(0, shownVersions).join(', ');
  const rest = versions.length - shownVersions;
  return rest > 0 ? `${shown} ${more(rest)}` : shown;
}

/** How the licences of a product stand, by metric, and why where it is not sure. */
export function Positions({ product: p }: { product: InstalledProduct }) {
  const { t } = useTranslation();
  const name = useNames();
  if (p.positions.length === 0) return <Quiet>{p.why}</Quiet>;
  return (
    <Stack gap={6}>
      {p.positions.map((x) => (
        <Stack key={x.metric} gap={2}>
          <Group gap={8}>
            {!x.counted && <Badge color="gray">{t('software.unsure')}</Badge>}
            {x.counted && x.gap < 0 && <Badge color="red">{t('software.missing', { count: -x.gap })}</Badge>}
            {x.counted && x.gap === 0 && <Badge color="teal">{t('software.fits')}</Badge>}
            {x.counted && x.gap > 0 && <Badge color="yellow">{t('software.over', { count: x.gap })}</Badge>}
            <Text size="xs" c="var(--parc-quiet)" className="numeric">
              {[name('metric', x.metric), t('software.rights', { count: x.entitled }), x.counted && t('software.used', { count: x.used })]
                .filter(Boolean)
                .join(' · ')}
            </Text>
          </Group>
          {x.why.map((why) => (
            <Text key={why} size="xs" c="var(--parc-quiet)">
              {why}
            </Text>
          ))}
        </Stack>
      ))}
    </Stack>
  );
}
