const classes =
  'desktop laptop workstation server hypervisor virtual-machine bmc mobile monitor switch router firewall access-point wlc wireless-bridge ' +
  'load-balancer modem optical gateway nas san tape-library printer scanner ups pdu ats sensor hvac camera nvr phone voip-gateway ' +
  'conference projector video time-server console kvm appliance unknown';

/** Every class of assets, in the order in which people read them. */
export const assetClasses: readonly string[] = classes.split(' ');

/** Every state of an asset's life. */
export const assetStates = ['in-stock', 'in-service', 'in-repair', 'missing', 'retired', 'disposed'] as const;

interface Named {
  hostname?: string;
  model?: string;
  address?: string;
  serial?: string;
}

/** What people call an asset: its name, else the best there is; "" when nothing is known. */
export function assetName(asset: Named): string {
  return asset.hostname || asset.model || asset.address || asset.serial || '';
}

/** Its system: name, version and build where they are known, else the firmware's version. */
export function systemOf(asset: { os_name?: string; os_version?: string; os_build?: string; version?: string }): string {
  const { os_name: name = '', os_version: version = '', version: firmware = '' } = asset;
  if (!name) return firmware;
  // "Windows 11 Pro 24H2" says its version already.
  return version && !name.includes(version) ? `${name} ${version}` : name;
}
