/** The sections of an asset's page. */
export const assetTabs = ['overview', 'network', 'hardware', 'software', 'findings', 'lifecycle', 'interventions', 'files', 'history'] as const;

export type AssetTab = (typeof assetTabs)[number];

/** Reads the section from a page's address. */
export function readAssetTab(raw: Record<string, unknown>): { tab?: AssetTab } {
  const tab = assetTabs.find((t) => t === raw.tab);
  return tab && tab !== 'overview' ? { tab } : {};
}
