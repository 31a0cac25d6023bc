import { Stack } from '@mantine/core';
import { IconCoin, IconFileText, IconLicense, IconShieldCheck, type TablerIcon } from '@tabler/icons-react';
import type { ColumnDef } from '@tanstack/react-table';
import { useTranslation } from 'react-i18next';
import { DataTable } from '@/components/DataTable';
import { Empty } from '@/components/Empty';
import { Lines } from '@/components/Loaded';
import { Section } from '@/components/Section';
import { useContractColumns, useCoverageColumns, useFinancingColumns, useLicenceColumns } from '../client/life/columns';
import type { AssetView } from './AssetPage';
import { Course } from './Course';

/** What stands behind an asset: warranty, financing, licences, contracts. They are changed at the client. */
export function AssetLife({ life }: AssetView) {
  const { t } = useTranslation();
  const coverages = useCoverageColumns(false);
  const financings = useFinancingColumns(false);
  const licences = useLicenceColumns(false);
  const contracts = useContractColumns(false);
  if (!life) return <Lines />;
  return (
    <Stack>
      <Course life={life} />
      <Held title={t('asset.coverage')} none={t('life.noCoverages')} icon={IconShieldCheck} rows={life.coverages} columns={coverages} />
      <Held title={t('asset.financing')} none={t('life.noFinancings')} icon={IconCoin} rows={life.financings} columns={financings} />
      <Held title={t('asset.licences')} none={t('life.noLicences')} icon={IconLicense} rows={life.licences} columns={licences} />
      <Held title={t('asset.contracts')} none={t('life.noContracts')} icon={IconFileText} rows={life.contracts} columns={contracts} />
    </Stack>
  );
}

interface HeldProps<T> {
  title: string;
  none: string;
  icon: TablerIcon;
  rows: T[];
  columns: ColumnDef<T>[];
}

function Held<T extends { id: string }>({ title, none, icon, rows, columns }: HeldProps<T>) {
  return (
    <Section title={title} count={rows.length} flush>
      <DataTable label={title} columns={columns} data={rows} rowId={(r) => r.id} empty={<Empty compact icon={icon} title={none} />} />
    </Section>
  );
}
