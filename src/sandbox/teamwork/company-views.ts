/** A company as v3 and as v1 answer it. */
import type { JsonObject } from '../bodies';
import type { TeamworkCompany } from '../teamwork-records';
import type { World } from '../world';
import { countryName } from './countries';
import { relation } from './relation';

function counts(world: World, companyId: number) {
  const people = world.tables.teamworkPeople;
  return {
    accounts: people.countBy('kind', `${companyId} account`),
    collaborators: people.countBy('kind', `${companyId} collaborator`),
    contacts: people.countBy('kind', `${companyId} contact`),
    clients: people.countBy('kind', `${companyId} client`),
  };
}

function nameUrl({ id, name }: TeamworkCompany): string {
  const slug = name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');
  return `${id}-${slug}`;
}

/** The ids of the live domains of a company. */
export function domainIdsOf(world: World, companyId: number): number[] {
  return world.tables.teamworkDomains
    .by('company', companyId)
    .filter((domain) => domain.state === 'active')
    .map((domain) => domain.id);
}

export interface CompanyViewOptions {
  /** Where pictures are served: scheme and host as the caller sees them. */
  readonly origin: string;
  readonly fullProfile: boolean;
}

export function companyV3(world: World, row: TeamworkCompany, options: CompanyViewOptions): JsonObject {
  const { accounts, collaborators, contacts, clients } = counts(world, row.id);
  const view = {
    id: row.id,
    name: row.name,
    logoUrl: pictureUrl(row.logoUrl, options.origin),
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
    addressOne: row.addressOne,
    addressTwo: row.addressTwo,
    city: row.city,
    state: row.state,
    zip: row.zip,
    countryCode: row.countryCode,
    emailOne: row.emailOne,
    emailTwo: row.emailTwo,
    emailThree: row.emailThree,
    website: row.website,
    cid: row.cid,
    phone: row.phone,
    fax: row.fax,
    canSeePrivate: row.isOwner,
    isOwner: row.isOwner,
    industryId: row.industryId,
    industry: relation(row.industryId, 'industries'),
    companyNameUrl: nameUrl(row),
    accounts,
    collaborators,
    contacts,
    clients,
    clientManagedBy: relation(row.clientManagedBy, 'users'),
    companyUpdate: null,
    companyDomains: domainIdsOf(world, row.id).map((id) => relation(id, 'domains')),
    tags: [],
    status: row.status,
    currency: null,
  };
  if (!options.fullProfile) return view;
  const notes = { privateNotes: row.privateNotes, privateNotesText: row.privateNotes };
  return Object.assign({}, view, { profileText: row.profile, ...notes });
}

/** v1: ids and counts are text. `single` adds what only one company's own page shows. */
export function companyV1(world: World, row: TeamworkCompany, origin: string, single: boolean): JsonObject {
  const { accounts, collaborators, contacts, clients } = counts(world, row.id);
  return {
    id: String(row.id),
    name: row.name,
    company_name_url: nameUrl(row),
    address_one: row.addressOne,
    address_two: row.addressTwo,
    city: row.city,
    state: row.state,
    zip: row.zip,
    country: countryName(row.countryCode),
    countrycode: row.countryCode,
    email_one: row.emailOne,
    email_two: row.emailTwo,
    email_three: row.emailThree,
    website: row.website,
    phone: row.phone,
    fax: row.fax,
    cid: row.cid,
    industry: '',
    industryId: row.industryId === null ? '' : String(row.industryId),
    isowner: row.isOwner ? '1' : '0',
    can_see_private: row.isOwner,
    'logo-URL': pictureUrl(row.logoUrl, origin),
    accounts: String(accounts),
    contacts: String(contacts),
    collaborators: String(collaborators),
    clients: String(clients),
    tags: [],
    ...(single
      ? { 'profile-text': row.profile, 'private-notes-text': row.privateNotes }
      : { 'created-on': row.createdAt, 'last-changed-on': row.updatedAt ?? '' }),
  };
}

/** Pictures are stored as paths and answered as addresses on the host that the caller used. */
export function pictureUrl(path: string, origin: string): string {
  return path.startsWith('/') ? origin + path : path;
}
