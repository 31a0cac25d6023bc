import { InterventionList } from '../client/service/InterventionList';
import type { AssetView } from './AssetPage';

/** What was done on an asset. */
export function AssetInterventions({ asset }: AssetView) {
  return <InterventionList clientId={asset.client_id} search={{ asset: asset.id }} ofAsset />;
}
