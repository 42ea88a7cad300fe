/** The two vendors' APIs, as the engine uses them. Types only. */
import type { Step } from '../domain/plan';
import type { Fields, Kind, Observation, Side } from '../domain/record';
import type { Permit } from './budget';
import type { Credentials } from './sites';

/** Whose credential it is and what it may do. */
export interface Account {
  readonly userId: string;
  /** Teamwork.com: the owner company's id; Desk: null. */
  readonly ownerCompanyId: string | null;
  /** May create and change companies and people. */
  readonly mayWrite: boolean;
}

export interface ListingPage {
  readonly observations: readonly Observation[];
  /** Opaque; null after the last page. JSON, small enough for a heartbeat. */
  readonly next: string | null;
  /** The vendor's own count of all records of the listing, where it tells one. */
  readonly total: number | null;
  /** Records of this page that could not be understood, with their ids; never dropped silently. */
  readonly unreadable: readonly { readonly id: string; readonly problem: string }[];
  /** Desk companies: how many of the page have a domain that Desk itself ties to a Teamwork.com company (R33). */
  readonly vendorSyncSigns?: number;
}

/** Part of what changed since a time, with when the vendor said it: by its own clock, null where it told none. */
export interface ChangesPage extends ListingPage {
  readonly answeredAt: string | null;
}

/** Records that the vendor lists as deleted: each a sign, never a proof (R23). */
export interface DeletionsPage {
  readonly deleted: readonly { readonly id: string; readonly at: string | null }[];
  readonly next: string | null;
  readonly answeredAt: string | null;
}

/** What a write needs to know or have beyond its values. */
export interface Preparation {
  /** Desk keeps a customer's emails as rows of their own, and changing one names its row. */
  readonly emailRows?: readonly EmailRow[];
  /** Teamwork.com takes a picture by the reference of its upload; null: there is no usable picture to be had. */
  readonly pictureRef?: string | null;
  /** Domains that a new Desk company takes its customers by. */
  readonly domains?: readonly string[];
}

export interface EmailRow {
  readonly id: string;
  readonly value: string;
  readonly isMain: boolean;
}

/** A write's answer: Teamwork.com's v1 writes answer no record, so the caller reads it back (R13). */
export interface WriteAnswer {
  readonly id: string;
  readonly observation: Observation | null;
}

/**
 * One side's API for one site. Every method makes exactly one call to that API and uses one permit.
 * All throw `ApiError`; `read` throws kind `gone` for 404, 410 and a record in state deleted.
 */
export interface SideApi {
  readonly side: Side;
  account(permit: Permit): Promise<Account>;
  /** A page of the whole listing; `cursor` null for the first. */
  list(permit: Permit, kind: Kind, cursor: string | null): Promise<ListingPage>;
  /** What changed at `since` or later, that second included. One that changes meanwhile may be missed or shown twice. */
  changes(permit: Permit, kind: Kind, since: string, cursor: string | null): Promise<ChangesPage>;
  /** What was deleted at `since` or later. Of Teamwork.com's companies there is no such list. */
  deletions(permit: Permit, kind: Kind, since: string, cursor: string | null): Promise<DeletionsPage>;
  read(permit: Permit, kind: Kind, id: string): Promise<Observation>;
  create(permit: Permit, kind: Kind, values: Fields, preparation?: Preparation): Promise<WriteAnswer>;
  /** True where a write of these values takes a `prepare` just before it. */
  needsPreparing(kind: Kind, action: Step['action'], values: Fields): boolean;
  /** The one call that such a write needs beforehand; `id` is null for a create. */
  prepare(permit: Permit, kind: Kind, id: string | null, values: Fields): Promise<Preparation>;
  update(
    permit: Permit,
    kind: Kind,
    id: string,
    values: Fields,
    preparation?: Preparation,
  ): Promise<WriteAnswer>;
  /** Records that may have this identity: a company by name, a customer by email (primary or alternative). */
  find(permit: Permit, kind: Kind, identity: string): Promise<readonly Observation[]>;
}

/** What reaches an installation. */
export interface Access {
  readonly url: string;
  readonly credentials: Credentials;
  /** Null while it is not known: companies then say themselves which one is the owner. */
  readonly ownerCompanyId: string | null;
}

export interface Apis {
  /** The client of a connected site, with its credentials. */
  of(site: string, side: Side): Promise<SideApi>;
  /** A client for what is not connected yet, or not with these credentials. */
  withAccess(access: Access, side: Side): SideApi;
}
