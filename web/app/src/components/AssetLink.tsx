import { Anchor, Group } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { assetName } from '@/format/asset';
import { ClassIcon } from './ClassIcon';

interface Props {
  id: string;
  /** What is known of it; without it the link only says "show". */
  asset?: { class: string; hostname?: string; model?: string; address?: string; serial?: string };
}

/** Leads to the page of an asset. */
export function AssetLink({ id, asset }: Props) {
  const { t } = useTranslation();
  return (
    <Group gap="xs" wrap="nowrap">
      {asset && <ClassIcon name={asset.class} size="sm" />}
      <Anchor size="sm" renderRoot={(props) => <Link to="/assets/$assetId" params={{ assetId: id }} {...props} />}>
        {asset ? assetName(asset) || t('assets.unnamed') : t('action.show')}
      </Anchor>
    </Group>
  );
}
