/** Creates, changes and deletes companies, whichever version of the API asks. */
import type { JsonObject } from '../bodies';
import type { Caller } from '../context';
import { liveCompanyNamed } from '../cross';
import type { Author } from '../table';
import { newTeamworkCompany } from '../teamwork-defaults';
import type { TeamworkCompany } from '../teamwork-records';
import type { World } from '../world';
import { InvalidData } from './errors';
import { usePendingFile } from './pending-file-use';

type TextField =
  | 'name'
  | 'website'
  | 'phone'
  | 'fax'
  | 'emailOne'
  | 'emailTwo'
  | 'emailThree'
  | 'addressOne'
  | 'addressTwo'
  | 'city'
  | 'state'
  | 'zip'
  | 'countryCode'
  | 'cid'
  | 'profile'
  | 'privateNotes';

type CompanyKeys = Readonly<Record<string, TextField>>;

const SAME_KEYS: CompanyKeys = {
  name: 'name',
  website: 'website',
  phone: 'phone',
  fax: 'fax',
  city: 'city',
  state: 'state',
  zip: 'zip',
  cid: 'cid',
  countrycode: 'countryCode',
  profile: 'profile',
  privateNotes: 'privateNotes',
};

/** Keys that a v3 write may carry; others are ignored without a word. */
export const V3_KEYS: CompanyKeys = {
  ...SAME_KEYS,
  emailOne: 'emailOne',
  emailTwo: 'emailTwo',
  emailThree: 'emailThree',
  addressOne: 'addressOne',
  addressTwo: 'addressTwo',
};

export const V1_KEYS: CompanyKeys = {
  ...SAME_KEYS,
  email_one: 'emailOne',
  email_two: 'emailTwo',
  email_three: 'emailThree',
  address_one: 'addressOne',
  address_two: 'addressTwo',
};

type CompanyPatch = { -readonly [K in keyof TeamworkCompany]?: TeamworkCompany[K] };

/** What a body changes. An absent key and null leave a field as it is. */
function patchFrom(world: World, body: JsonObject, keys: CompanyKeys): CompanyPatch {
  const patch: CompanyPatch = {};
  for (const [key, value] of Object.entries(body)) {
    const field = Object.hasOwn(keys, key) ? keys[key] : undefined;
    if (field === undefined || value === null) continue;
    if (typeof value !== 'string') throw new InvalidData('invalid', `${key} must be a text`);
    patch[field] = value;
  }
  const { industryCatId, clientManagedBy, removeLogo } = body;
  if (industryCatId !== undefined && industryCatId !== null)
    patch.industryId = idFrom('industryCatId', industryCatId);
  if (clientManagedBy !== undefined && clientManagedBy !== null) {
    const manager = idFrom('clientManagedBy', clientManagedBy);
    if (manager !== null && !world.tables.teamworkPeople.get(manager)) {
      throw new InvalidData('invalid', 'clientManagedBy is not a user');
    }
    patch.clientManagedBy = manager;
  }
  if (removeLogo === true || removeLogo === 'true') patch.logoUrl = '';
  return patch;
}

/** An id as a number or as digits; 0 and '' mean none. */
function idFrom(key: string, value: unknown): number | null {
  if (value === 0 || value === '' || value === '0') return null;
  const id = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
  if (typeof id !== 'number' || !Number.isSafeInteger(id) || id < 0) {
    throw new InvalidData('invalid', `${key} must be a number`);
  }
  return id;
}

function checkName(world: World, patch: CompanyPatch, ownId: number | null): void {
  if (patch.name === undefined) return;
  if (patch.name.trim() === '') throw new InvalidData('invalid', 'Company name is required');
  const holder = liveCompanyNamed(world, patch.name);
  if (holder && holder.id !== ownId) throw new InvalidData('taken', 'Company name already in use');
}

function logoFrom(world: World, body: JsonObject, author: Author): CompanyPatch {
  const ref = body.logoPendingFileRef;
  return typeof ref === 'string' && ref !== '' ? { logoUrl: usePendingFile(world, ref, author) } : {};
}

export function createCompany(
  world: World,
  body: JsonObject,
  keys: CompanyKeys,
  { caller, author }: { caller: Caller; author: Author },
): TeamworkCompany {
  const patch = patchFrom(world, body, keys);
  checkName(world, { name: '', ...patch }, null);
  return world.tables.teamworkCompanies.insert(
    {
      ...newTeamworkCompany(world.now(), caller.teamworkUserId),
      ...patch,
      ...logoFrom(world, body, author),
    },
    author,
  );
}

export function updateCompany(
  world: World,
  id: number,
  body: JsonObject,
  keys: CompanyKeys,
  { caller, author }: { caller: Caller; author: Author },
): TeamworkCompany {
  const patch = patchFrom(world, body, keys);
  checkName(world, patch, id);
  return world.tables.teamworkCompanies.update(
    id,
    {
      ...patch,
      ...logoFrom(world, body, author),
      updatedAt: world.now(),
      updatedBy: caller.teamworkUserId,
    },
    author,
  );
}

/** Deletes a company and, with it, its domains and people. */
export function deleteCompany(
  world: World,
  id: number,
  { caller, author }: { caller: Caller; author: Author },
): void {
  const deletedAt = world.now();
  const deletedBy = caller.teamworkUserId;
  const stamp = { deletedAt, deletedBy, updatedAt: deletedAt, updatedBy: deletedBy };
  world.tables.teamworkCompanies.update(id, { status: 'deleted', ...stamp }, author, 'deleted');
  const follows: Author = { token: author.token, cause: 'company deleted' };
  for (const person of world.tables.teamworkPeople.by('company', id)) {
    if (!person.deleted) {
      world.tables.teamworkPeople.update(person.id, { deleted: true, ...stamp }, follows, 'deleted');
    }
  }
  for (const domain of world.tables.teamworkDomains.by('company', id)) {
    if (domain.state === 'active') {
      world.tables.teamworkDomains.update(domain.id, { state: 'deleted', ...stamp }, follows, 'deleted');
    }
  }
}
