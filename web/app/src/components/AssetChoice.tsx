import { MultiSelect, Select } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useAllAssets } from '@/api/assets';
import { assetName } from '@/format/asset';

interface Props {
  clientId: string;
  label: string;
  required?: boolean;
  many: boolean;
  clearable?: boolean;
}

/** Chooses among the assets of a client by name, model or serial. */
export function AssetChoice({ many, clientId, clearable, ...props }: Props) {
  const { t } = useTranslation();
  const assets = useAllAssets(clientId);
  const data = useMemo(
    () =>
      [...assets.values()].map((a) => ({
        value: a.id,
        label: [...new Set([assetName(a), a.model, a.serial].filter(Boolean))].join(' · ') || a.id,
      })),
    [assets],
  );
  const common = { searchable: true, limit: 50, data, ...props };
  return many ? <MultiSelect description={t('life.assetsHint')} clearable hidePickedOptions {...common} /> : <Select clearable={clearable} {...common} />;
}
