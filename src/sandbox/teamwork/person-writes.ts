/** Creates, changes, deletes and restores people. */
import type { JsonObject } from '../bodies';
import type { Caller } from '../context';
import type { Author } from '../table';
import { newTeamworkPerson } from '../teamwork-defaults';
import type { TeamworkPerson } from '../teamwork-records';
import type { World } from '../world';
import { folded } from '../world';
import { InvalidData } from './errors';
import { usePendingFile } from './pending-file-use';
import type { PersonPatch } from './person-fields';
import { personPatch } from './person-fields';

interface By {
  readonly caller: Caller;
  readonly author: Author;
}

const EMAIL = /^[^\s@<>(),;:"\\[\]]{1,64}@[^\s@<>(),;:"\\[\]]+\.[^\s@<>(),;:"\\[\].]{2,}$/;
const LONGEST_EMAIL = 254;

/** Without a `company-id` a person goes to the caller's own company, without a `user-type` it takes a paid seat. */
export function createPerson(world: World, body: JsonObject, { caller, author }: By): TeamworkPerson {
  const empty = newTeamworkPerson(world.now(), caller.teamworkUserId);
  const own = world.tables.teamworkPeople.get(caller.teamworkUserId)?.companyId ?? 0;
  const patch = personPatch(body, empty.address);
  const person = { ...empty, companyId: own, ...patch, id: 0 };
  check(world, person, { firstName: '', lastName: '', email: '', ...patch, companyId: person.companyId });
  return world.tables.teamworkPeople.insert(
    {
      ...person,
      userName: person.userName === '' && person.type !== 'contact' ? person.email : person.userName,
      isClientUser: isClientUser(world, person),
      ...avatarFrom(world, body, author),
    },
    author,
  );
}

export function updatePerson(world: World, before: TeamworkPerson, body: JsonObject, by: By): TeamworkPerson {
  const patch = personPatch(body, before.address);
  const person = { ...before, ...patch };
  check(world, person, patch.type === 'contact' ? { ...person, ...patch } : patch);
  return world.tables.teamworkPeople.update(
    before.id,
    {
      ...patch,
      isClientUser: isClientUser(world, person),
      ...avatarFrom(world, body, by.author),
      ...changedBy(world, by),
    },
    by.author,
  );
}

/** Puts a person in the trash. */
export function deletePerson(world: World, id: number, by: By): void {
  const stamp = { deletedAt: world.now(), deletedBy: by.caller.teamworkUserId, ...changedBy(world, by) };
  world.tables.teamworkPeople.update(id, { deleted: true, ...stamp }, by.author, 'deleted');
}

/** Takes a person out of the trash, into the owner company where its own is gone. */
export function restorePerson(world: World, person: TeamworkPerson, by: By): void {
  checkEmailFree(world, person.email, person.id);
  const company = world.tables.teamworkCompanies.get(person.companyId);
  const owner = world.tables.teamworkCompanies.by('owner', 'owner')[0];
  const companyId = company?.status === 'active' || !owner ? person.companyId : owner.id;
  const restored = { ...person, companyId };
  world.tables.teamworkPeople.update(
    person.id,
    {
      deleted: false,
      deletedAt: null,
      deletedBy: null,
      companyId,
      isClientUser: isClientUser(world, restored),
      ...changedBy(world, by),
    },
    by.author,
    'restored',
  );
}

function changedBy(world: World, { caller }: By) {
  return { updatedAt: world.now(), updatedBy: caller.teamworkUserId };
}

function isClientUser(world: World, person: Pick<TeamworkPerson, 'type' | 'companyId'>): boolean {
  return person.type === 'account' && !world.tables.teamworkCompanies.get(person.companyId)?.isOwner;
}

/** Checks the fields that are written, against the person as it would be. */
function check(world: World, person: TeamworkPerson, written: PersonPatch): void {
  if (written.firstName?.trim() === '') throw new InvalidData('invalid', 'First name is required');
  if (written.lastName?.trim() === '') throw new InvalidData('invalid', 'Last name is required');
  if (written.email !== undefined) {
    if (written.email.length > LONGEST_EMAIL || !EMAIL.test(written.email)) {
      throw new InvalidData('invalid', 'A valid email address is required');
    }
    checkEmailFree(world, written.email, person.id);
  }
  if (written.companyId !== undefined) {
    const company = world.tables.teamworkCompanies.get(written.companyId);
    if (company?.status !== 'active') throw new InvalidData('invalid', 'Company not found');
  }
}

/** An email is used once in the whole installation, whatever its case. */
function checkEmailFree(world: World, email: string, ownId: number): void {
  const trashedCount = !world.settings().switches.trashedEmailReusable;
  const holder = world.tables.teamworkPeople
    .by('email', folded(email))
    .find((row) => row.id !== ownId && (trashedCount || !row.deleted));
  if (holder) throw new InvalidData('taken', 'Email address already in use');
}

function avatarFrom(world: World, body: JsonObject, author: Author): PersonPatch {
  if (body.removeAvatar === true) return { avatarUrl: '' };
  const ref = body.avatarPendingFileRef;
  return typeof ref === 'string' && ref !== '' ? { avatarUrl: usePendingFile(world, ref, author) } : {};
}
