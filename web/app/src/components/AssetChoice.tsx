import { MultiSelect, type MultiSelectProps, Select, type SelectProps } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useAllAssets } from '@/api/assets';
import { assetName } from '@/format/asset';

/** The assets of a client, to be found by name, model or serial. */
function useOptions(clientId: string) {
  const assets = useAllAssets(clientId);
  return useMemo(
    () =>
      [...assets.values()].map((a) => ({
        value: a.id,
        label: [...new Set([assetName(a), a.model, a.serial].filter(Boolean))].join(' · ') || a.id,
      })),
    [assets],
  );
}

/** Chooses one asset of a client. */
export function AssetSelect({ clientId, ...props }: Omit<SelectProps, 'data'> & { clientId: string }) {
  return <Select searchable limit={50} data={useOptions(clientId)} {...props} />;
}

/** Chooses assets of a client. */
export function AssetMultiSelect({ clientId, ...props }: Omit<MultiSelectProps, 'data'> & { clientId: string }) {
  const { t } = useTranslation();
  return <MultiSelect searchable limit={50} description={t('life.assetsHint')} clearable hidePickedOptions data={useOptions(clientId)} {...props} />;
}
