/** Which people a listing holds and in which order. */
import type { Caller, SandboxContext } from '../context';
import type { TeamworkPerson } from '../teamwork-records';
import { maySeePerson } from './access';
import type { Parameters } from './parameters';
import { flag, ids, moment } from './parameters';

type Compare = (a: TeamworkPerson, b: TeamworkPerson) => number;
type Wants = (row: TeamworkPerson) => boolean;

/** Field by field, the id last: building a text for each comparison would cost more than the listing. */
const byFields =
  (...reads: readonly ((row: TeamworkPerson) => string)[]): Compare =>
  (a, b) => {
    for (const read of reads) {
      const [left, right] = [read(a), read(b)];
      if (left !== right) return left < right ? -1 : 1;
    }
    return a.id - b.id;
  };

const byName = byFields(
  (row) => row.firstName,
  (row) => row.lastName,
);
const ORDERS: Readonly<Record<string, Compare>> = {
  name: byName,
  namecaseinsensitive: byFields(
    (row) => row.firstName.toLowerCase(),
    (row) => row.lastName.toLowerCase(),
  ),
  company: (a, b) => a.companyId - b.companyId || byName(a, b),
  id: (a, b) => a.id - b.id,
};

/** People in one of the vendor's orders; a listing over the same parameters is kept until somebody changes. */
function listed(
  ctx: SandboxContext,
  caller: Caller,
  { name, orderBy, orderMode }: { name: string; orderBy: string; orderMode: string },
  wants: Wants,
): readonly TeamworkPerson[] {
  const { teamworkPeople } = ctx.world.tables;
  const known = Object.hasOwn(ORDERS, orderBy) ? orderBy : 'name';
  const compare = ORDERS[known] ?? byName;
  const descending = orderMode.toLowerCase() === 'desc';
  return teamworkPeople.keptRows(`${caller.role} ${name}`, () =>
    teamworkPeople
      .inOrder(descending ? `${known} desc` : known, descending ? (a, b) => compare(b, a) : compare)
      .filter((row) => wants(row) && maySeePerson(ctx, caller, row)),
  );
}

/** Every word must be in the first name, the last name or the email. */
function matchesTerm(term: string): Wants {
  const searched = term.toLowerCase().split(/\s+/).filter(Boolean);
  if (searched.length === 0) return () => true;
  return (row) => {
    const places = [row.firstName.toLowerCase(), row.lastName.toLowerCase(), row.email.toLowerCase()];
    return searched.every((word) => places.some((place) => place.includes(word)));
  };
}

function withoutPaging(parameters: Parameters): string {
  return JSON.stringify({ ...parameters, page: '', pageSize: '' });
}

export function listPeopleV3(
  ctx: SandboxContext,
  caller: Caller,
  parameters: Parameters,
): readonly TeamworkPerson[] {
  const type = parameters.userType ?? '';
  const changedAfter = moment(parameters, 'updatedAfter');
  const loginAfter = moment(parameters, 'lastLoginAfter');
  const wanted = ids(parameters, 'ids');
  const unwanted = ids(parameters, 'excludeIds');
  const companies = ids(parameters, 'companyIds');
  const elsewhere = ids(parameters, 'projectIds') ?? ids(parameters, 'teamIds');
  const owner = ctx.world.tables.teamworkCompanies.by('owner', 'owner')[0]?.id;
  const siteOwner = ctx.world.tables.tokenUsers.get(1)?.teamworkUserId;
  const found = matchesTerm(parameters.searchTerm ?? '');
  const deleted = flag(parameters, 'showDeleted');
  const contacts = !flag(parameters, 'excludeContacts');
  const collaborators = flag(parameters, 'includeCollaborators', true);
  const clients = flag(parameters, 'includeClients', true);
  const serviceAccounts = flag(parameters, 'includeServiceAccounts');
  const placeholders = flag(parameters, 'includePlaceholders');
  const ownerCompanyOnly = flag(parameters, 'onlyOwnerCompany');
  const siteOwnerOnly = flag(parameters, 'onlySiteOwner');

  const wants: Wants = (row) => {
    if (elsewhere) return false;
    if (row.deleted && !deleted) return false;
    if (type && row.type !== type) return false;
    if (changedAfter && (row.updatedAt ?? row.createdAt) <= changedAfter) return false;
    if (loginAfter && (row.lastLogin ?? '') <= loginAfter) return false;
    if (wanted && !wanted.has(row.id)) return false;
    if (unwanted?.has(row.id)) return false;
    if (companies && !companies.has(row.companyId)) return false;
    if (row.type === 'contact' && !contacts) return false;
    if (row.type === 'collaborator' && !collaborators) return false;
    if (row.isClientUser && !clients) return false;
    if (row.isServiceAccount && !serviceAccounts) return false;
    if (row.isPlaceholder && !placeholders) return false;
    if (row.companyId !== owner && ownerCompanyOnly) return false;
    if (row.id !== siteOwner && siteOwnerOnly) return false;
    return found(row);
  };
  const { orderBy = 'name', orderMode = 'asc' } = parameters;
  return listed(ctx, caller, { name: `v3 ${withoutPaging(parameters)}`, orderBy, orderMode }, wants);
}

export function listPeopleV2(
  ctx: SandboxContext,
  caller: Caller,
  parameters: Parameters,
  companyId: number | null,
): readonly TeamworkPerson[] {
  const changedAfter = moment(parameters, 'updatedAfterDateTime', 'updatedAfterDate');
  const email = (parameters.emailAddress ?? '').trim().toLowerCase();
  const companies = companyId === null ? ids(parameters, 'companyId') : new Set([companyId]);
  const wanted = ids(parameters, 'userIds');
  const found = matchesTerm(parameters.searchTerm ?? '');
  const deleted = flag(parameters, 'showDeleted');
  const contacts = flag(parameters, 'includeContacts') || parameters.type === 'contact';
  const clients = flag(parameters, 'includeClients', true);

  const wants: Wants = (row) => {
    if (row.isPlaceholder) return false;
    if (row.deleted && !deleted) return false;
    if (row.type === 'contact' && !contacts) return false;
    if (row.isClientUser && !clients) return false;
    if (parameters.type && row.type !== parameters.type) return false;
    if (changedAfter && (row.updatedAt ?? row.createdAt) <= changedAfter) return false;
    if (email && row.email.toLowerCase() !== email) return false;
    if (companies && !companies.has(row.companyId)) return false;
    if (wanted && !wanted.has(row.id)) return false;
    return found(row);
  };
  const name = `v2 ${companyId ?? ''} ${withoutPaging(parameters)}`;
  return listed(ctx, caller, { name, orderBy: 'name', orderMode: parameters.sortOrder ?? 'asc' }, wants);
}

export function listPeopleV1(
  ctx: SandboxContext,
  caller: Caller,
  parameters: Parameters,
  companyId: number | null,
): readonly TeamworkPerson[] {
  const email = (parameters.emailaddress ?? '').trim().toLowerCase();
  const wants: Wants = (row) =>
    !row.deleted &&
    !row.isPlaceholder &&
    (companyId === null || row.companyId === companyId) &&
    (email === '' || row.email.toLowerCase() === email);
  const name = `v1 ${companyId ?? ''} ${withoutPaging(parameters)}`;
  return listed(ctx, caller, { name, orderBy: 'name', orderMode: parameters.sortOrder ?? 'asc' }, wants);
}
