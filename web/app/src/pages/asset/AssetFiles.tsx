import { useMay } from '@/api/session';
import { Attachments } from '@/components/Attachments';
import type { AssetView } from './AssetPage';

/** The files that people have hung on an asset. */
export function AssetFiles({ asset }: AssetView) {
  return <Attachments owner="asset" id={asset.id} may={useMay('change')} />;
}
