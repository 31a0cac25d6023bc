import type { components } from './schema.gen';

type Schemas = components['schemas'];

// The nouns of the API under the names that the design gives them.
export type Asset = Schemas['Asset'];
export type AssetLifecycle = Schemas['Lifecycle'];
export type Attachment = Schemas['Attachment'];
export type AttachmentKind = 'invoice' | 'contract' | 'certificate' | 'photo' | 'manual' | 'other';
export type Change = Schemas['Change'];
export type Client = Schemas['Client'];
export type Component = Schemas['Component'];
export type Contract = Schemas['Contract'];
export type Coverage = Schemas['Coverage'];
export type Credential = Schemas['Credential'];
export type Details = Schemas['Details'];
export type Financing = Schemas['Financing'];
export type Finding = Schemas['Finding'];
export type LifeEnd = Schemas['End'];
export type ListedAsset = Schemas['ListedAsset'];
export type Licence = Schemas['Licence'];
export type Network = Schemas['Network'];
export type OverviewClient = Schemas['OverviewClient'];
export type Progress = Schemas['Progress'];
export type Report = Schemas['Report'];
export type SavedReport = Schemas['SavedReport'];
export type Scan = Schemas['Scan'];
export type Schedule = Schemas['Schedule'];
export type Service = Schemas['Service'];
export type Site = Schemas['Site'];
export type InstalledProduct = Schemas['InstalledProduct'];
export type SoftwareDevice = Schemas['SoftwareDevice'];
export type SystemSupport = Schemas['SystemSupport'];
export type User = Schemas['User'];
export type Value = Schemas['Value'];
