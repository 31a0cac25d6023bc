import { TextInput } from '@mantine/core';
import { IconApps, IconSearch } from '@tabler/icons-react';
import type { ColumnDef } from '@tanstack/react-table';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Details } from '@/api/types';
import { Quiet } from '@/components/badges';
import { DataTable } from '@/components/DataTable';
import { Empty } from '@/components/Empty';
import { useFormats } from '@/components/formats';
import { Section } from '@/components/Section';
import { matches } from '@/format/text';
import type { AssetView } from './AssetPage';

type Software = NonNullable<Details['software']>[number];

/** What is installed on an asset. */
export function SoftwareView({ asset: { details } }: AssetView) {
  const { t } = useTranslation();
  const format = useFormats();
  const [search, setSearch] = useState('');
  const all = details?.software ?? [];
  const shown = all.filter((s) => matches(`${s.name} ${s.publisher ?? ''}`, search));
  const columns: ColumnDef<Software>[] = [
    { id: 'name', header: t('asset.name'), accessorFn: (s) => s.name },
    { id: 'version', header: t('asset.version'), accessorFn: (s) => s.version ?? '', cell: (c) => <Quiet>{c.getValue<string>()}</Quiet> },
    { id: 'publisher', header: t('asset.publisher'), accessorFn: (s) => s.publisher ?? '', cell: (c) => <Quiet>{c.getValue<string>()}</Quiet> },
    {
      id: 'installed',
      header: t('asset.installed'),
      accessorFn: (s) => s.installed_on ?? '',
      cell: (c) => <Quiet>{format.day(c.getValue<string>())}</Quiet>,
    },
  ];
  return (
    <Section
      title={t('asset.software')}
      count={shown.length}
      flush
      actions={
        all.length > 0 && (
          <TextInput
            size="xs"
            w={220}
            type="search"
            aria-label={t('asset.filterSoftware')}
            placeholder={t('asset.filterSoftware')}
            leftSection={<IconSearch size={15} />}
            value={search}
            onChange={(e) => {
              setSearch(e.currentTarget.value);
            }}
          />
        )
      }
    >
      <DataTable
        label={t('asset.software')}
        columns={columns}
        data={shown}
        rowId={(s) => `${s.name} ${s.version ?? ''} ${s.publisher ?? ''} ${s.source ?? ''}`}
        sort={[{ id: 'name', desc: false }]}
        tall
        empty={
          all.length > 0 ? (
            <Empty compact icon={IconSearch} title={t('assets.none')} />
          ) : (
            <Empty compact icon={IconApps} title={t('asset.noSoftware')} hint={t('asset.noSoftwareHint')} />
          )
        }
      />
    </Section>
  );
}
