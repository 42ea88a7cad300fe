/** What the body of a v1 person write changes. Keys are literal: a wrong one is ignored without a word. */
import type { JsonObject } from '../bodies';
import { isJsonObject } from '../bodies';
import type { PersonAddress, PersonType, TeamworkPerson } from '../teamwork-records';
import { InvalidData } from './errors';

export type PersonPatch = { -readonly [K in keyof TeamworkPerson]?: TeamworkPerson[K] };

type TextField =
  | 'firstName'
  | 'lastName'
  | 'email'
  | 'emailAlt1'
  | 'emailAlt2'
  | 'emailAlt3'
  | 'userName'
  | 'title'
  | 'phoneOffice'
  | 'phoneOfficeExt'
  | 'phoneMobile'
  | 'phoneMobileCountryCode'
  | 'phoneMobilePrefix'
  | 'phoneHome'
  | 'phoneFax'
  | 'profile'
  | 'privateNotes'
  | 'twitter'
  | 'linkedin'
  | 'facebook'
  | 'googleplus'
  | 'website'
  | 'imService'
  | 'imHandle'
  | 'openId';

const TEXT_KEYS: Readonly<Record<string, TextField>> = {
  'first-name': 'firstName',
  'last-name': 'lastName',
  'email-address': 'email',
  'email-alt-1': 'emailAlt1',
  'email-alt-2': 'emailAlt2',
  'email-alt-3': 'emailAlt3',
  'user-name': 'userName',
  title: 'title',
  'phone-number-office': 'phoneOffice',
  'phone-number-office-ext': 'phoneOfficeExt',
  'phone-number-mobile': 'phoneMobile',
  'phone-number-mobile-countrycode': 'phoneMobileCountryCode',
  'phone-number-mobile-prefix': 'phoneMobilePrefix',
  'phone-number-home': 'phoneHome',
  'phone-number-fax': 'phoneFax',
  profile: 'profile',
  privateNotes: 'privateNotes',
  userTwitterName: 'twitter',
  userLinkedin: 'linkedin',
  userFacebook: 'facebook',
  userGoogleplus: 'googleplus',
  userWebsite: 'website',
  'im-service': 'imService',
  'im-handle': 'imHandle',
  openID: 'openId',
};

const TYPES: readonly PersonType[] = ['account', 'collaborator', 'contact'];
const ADDRESS_KEYS = ['line1', 'line2', 'city', 'state', 'zipcode', 'countrycode'] as const;

/** Texts may come as numbers, flags as text; null leaves a field as it is. */
export function personPatch(body: JsonObject, before: TeamworkPerson['address']): PersonPatch {
  const patch: PersonPatch = {};
  for (const [key, value] of Object.entries(body)) {
    const field = Object.hasOwn(TEXT_KEYS, key) ? TEXT_KEYS[key] : undefined;
    if (field !== undefined && value !== null) patch[field] = text(key, value);
  }
  const type = body['user-type'];
  if (type !== undefined && type !== null && type !== '') patch.type = typeFrom(type);
  const company = companyIdFrom(body['company-id']);
  if (company !== null) patch.companyId = company;
  if (isJsonObject(body.address)) patch.address = addressFrom(body.address, before);
  if (body.administrator !== undefined && body.administrator !== null)
    patch.isAdmin = isTrue(body.administrator);
  if (isTrue(body.removeAvatar)) patch.avatarUrl = '';
  return patch;
}

export function isTrue(value: unknown): boolean {
  return value === true || value === 'true' || value === 1 || value === '1';
}

function text(key: string, value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  throw new InvalidData('invalid', `${key} must be a text`);
}

function typeFrom(value: unknown): PersonType {
  const type = TYPES.find((known) => known === value);
  if (type === undefined)
    throw new InvalidData('invalid', 'user-type must be account, collaborator or contact');
  return type;
}

/** Absent, empty and 0 all mean: not given. */
function companyIdFrom(value: unknown): number | null {
  if (value === undefined || value === null || value === '') return null;
  const id = Number(value);
  if (!Number.isSafeInteger(id) || id < 0) throw new InvalidData('invalid', 'company-id must be a number');
  return id === 0 ? null : id;
}

function addressFrom(body: JsonObject, before: PersonAddress): PersonAddress {
  const address: { -readonly [K in keyof PersonAddress]: string } = { ...before };
  for (const key of ADDRESS_KEYS) {
    if (body[key] !== undefined && body[key] !== null) address[key] = text(`address.${key}`, body[key]);
  }
  return address;
}
