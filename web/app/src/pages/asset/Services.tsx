import { Badge, Group, Stack, Text } from '@mantine/core';
import { IconPlugConnected } from '@tabler/icons-react';
import type { ColumnDef } from '@tanstack/react-table';
import { useTranslation } from 'react-i18next';
import type { Service } from '@/api/types';
import { Quiet } from '@/components/badges';
import { DataTable } from '@/components/DataTable';
import { Empty } from '@/components/Empty';
import { useFormats, useNow } from '@/components/formats';
import { Section } from '@/components/Section';

/** What listens on an asset, with what it says of itself. */
export function Services({ services }: { services: Service[] }) {
  const { t } = useTranslation();
  const columns: ColumnDef<Service>[] = [
    {
      id: 'port',
      header: t('asset.port'),
      accessorFn: (s) => s.port,
      meta: { width: '7rem' },
      cell: ({ row: { original: s } }) => (
        <span className="mono">
          {s.port}/{s.protocol}
        </span>
      ),
    },
    { id: 'name', header: t('asset.service'), accessorFn: (s) => s.name ?? '', cell: (c) => <Quiet>{c.getValue<string>()}</Quiet> },
    {
      id: 'product',
      header: t('asset.product'),
      accessorFn: (s) => [s.product, s.version].filter(Boolean).join(' '),
      cell: ({ row: { original: s } }) => <Product service={s} />,
    },
  ];
  return (
    <Section title={t('asset.services')} count={services.length} flush>
      <DataTable
        label={t('asset.services')}
        columns={columns}
        data={services}
        rowId={(s) => `${String(s.port)}/${s.protocol}`}
        sort={[{ id: 'port', desc: false }]}
        empty={<Empty compact icon={IconPlugConnected} title={t('asset.noServices')} hint={t('asset.noServicesHint')} />}
      />
    </Section>
  );
}

function Product({ service: s }: { service: Service }) {
  const product = [s.product, s.version].filter(Boolean).join(' ');
  return (
    <Stack gap={3}>
      <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
        <Quiet>{product}</Quiet>
      </Text>
      {s.banner && s.banner !== product && (
        <Text size="xs" c="var(--parc-quiet)" className="mono" lineClamp={2} style={{ overflowWrap: 'anywhere' }} title={s.banner}>
          {s.banner}
        </Text>
      )}
      {s.tls && <Certificate certificate={s.tls} />}
    </Stack>
  );
}

function Certificate({ certificate }: { certificate: NonNullable<Service['tls']> }) {
  const { t } = useTranslation();
  const format = useFormats();
  const now = useNow();
  const expired = Boolean(certificate.not_after) && Date.parse(certificate.not_after ?? '') < now;
  const day = format.day(certificate.not_after?.slice(0, 10));
  return (
    <Group gap={6}>
      <Text size="xs" c="var(--parc-quiet)" style={{ overflowWrap: 'anywhere' }}>
        {t('asset.certificate')} {certificate.subject ?? certificate.names?.[0]}
      </Text>
      {day && (
        <Badge size="xs" color={expired ? 'red' : 'gray'}>
          {t(expired ? 'asset.expired' : 'asset.expires', { day })}
        </Badge>
      )}
      {certificate.self_signed && (
        <Badge size="xs" color="gray">
          {t('asset.selfSigned')}
        </Badge>
      )}
    </Group>
  );
}
