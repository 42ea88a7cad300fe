/** Sites: their accounts, credentials and settings. Types only. */
import type { Policy } from '../domain/plan';
import type { Kind, Side } from '../domain/record';

export interface Settings {
  readonly automaticallyCreateContacts: boolean;
  /** When that was last turned on; null while it is off. */
  readonly automaticSince: string | null;
  readonly conflictPolicy: Policy['conflict'];
  /** Share of the vendor's limit that the engine may use, 0.05–1. */
  readonly budgetShare: number;
}

export interface Site {
  readonly id: string;
  /** The installation's address; Desk is at `/desk/api/v2` below it. */
  readonly url: string;
  readonly deskCreatedAt: string | null;
  readonly settings: Settings;
  /** The accounts first seen (R29). */
  readonly ownerCompanyId: string | null;
  readonly users: Readonly<Record<Side, string | null>>;
  readonly deskPins: readonly DeskPin[];
  /** Set while nothing may be written (R29, R33): says why and who moves next. */
  readonly frozen: string | null;
  /** Signs of the vendor's own sync were seen and no operator has decided (R33). */
  readonly adoptOnly: boolean;
  readonly paused: { readonly site: boolean; readonly kinds: readonly Kind[] };
  readonly createdAt: string;
}

export interface Credentials {
  readonly teamwork: string;
  readonly desk: string;
}

/** One of the oldest readable records of Desk: tells later whether the same account still answers (R29). */
export interface DeskPin {
  readonly kind: Kind;
  readonly id: string;
  readonly createdAt: string;
}

export interface NewSite {
  readonly id: string;
  readonly url: string;
  readonly credentials: Credentials;
  readonly deskCreatedAt: string | null;
  readonly ownerCompanyId: string;
  readonly users: Readonly<Record<Side, string>>;
  readonly deskPins: readonly DeskPin[];
  readonly adoptOnly: boolean;
}

/** Sites and what an operator sets on them. */
export interface SiteStore {
  addSite(site: NewSite): Promise<void>;
  site(id: string): Promise<Site | null>;
  sites(): Promise<readonly Site[]>;
  credentials(site: string): Promise<Credentials>;
  /** Everything that `connect` establishes of a site known already: it replaces what was there and lifts a freeze. */
  reconnectSite(site: NewSite): Promise<void>;
  changeSettings(site: string, settings: Partial<Omit<Settings, 'automaticSince'>>): Promise<void>;
  setPaused(site: string, scope: 'site' | Kind | { readonly link: number }, paused: boolean): Promise<void>;
  freeze(site: string, why: string | null): Promise<void>;
  setAdoptOnly(site: string, adoptOnly: boolean): Promise<void>;
}
