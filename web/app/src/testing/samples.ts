import type { Asset, ListedAsset, Scan, Site, User } from '@/api/types';

// Things as the API gives them, for tests that change what they are about.

export const user = (given: Partial<User> = {}): User => ({
  id: 'u1', login: 'anne', name: 'Anne Martin', role: 'admin', clients: [], must_change: false, disabled: false,
  created_at: '2026-01-05T08:00:00Z', ...given,
});

export const site = (given: Partial<Site> = {}): Site => ({
  id: 's1', client_id: 'c1', name: 'Siège', networks: [{ prefix: '192.168.1.0/24' }], created_at: '2026-01-05T08:00:00Z', ...given,
});

export const listed = (given: Partial<ListedAsset> = {}): ListedAsset => ({
  id: 'a1', client_id: 'c1', site_id: 's1', state: 'in-service', class: 'switch', vendor: 'HPE', model: '2530-24G', hostname: 'sw-1',
  address: '192.168.1.2', first_seen: '2026-11-01T08:00:00Z', last_seen: '2026-11-23T08:00:00Z', updated_at: '2026-11-23T08:00:00Z', ...given,
});

export const asset = (given: Partial<Asset> = {}): Asset => ({ ...listed(), ...given });

export const scan = (given: Partial<Scan> = {}): Scan => ({
  id: 'x1', client_id: 'c1', site_id: 's1', targets: ['192.168.1.0/24'], depth: 'full', state: 'running', created_by: 'anne',
  created_at: '2026-11-23T10:00:00Z', started_at: '2026-11-23T10:00:01Z',
  progress: { phase: 'discover', targets: 256, done: 12, found: 3, assets: 0, created: 0, warnings: [], current: '192.168.1.12', percent: 5, reviewing: 0 },
  ...given,
});

export const list = <T,>(...items: T[]) => ({ items });
