/** Which companies a listing holds and in which order. */
import type { Caller } from '../context';
import type { TeamworkCompany } from '../teamwork-records';
import type { World } from '../world';
import { maySeeCompany } from './access';
import type { Parameters } from './parameters';
import { flag, ids, moment } from './parameters';

type Compare = (a: TeamworkCompany, b: TeamworkCompany) => number;

const text =
  (read: (row: TeamworkCompany) => string): Compare =>
  (a, b) => {
    const [left, right] = [read(a).toLowerCase(), read(b).toLowerCase()];
    return left < right ? -1 : left > right ? 1 : a.id - b.id;
  };

const byName = text((row) => row.name);

/** Orders that the sandbox knows; another one is taken for the usual one. */
const ORDERS: Readonly<Record<string, Compare>> = {
  ownercompany: (a, b) => Number(b.isOwner) - Number(a.isOwner) || byName(a, b),
  name: byName,
  id: (a, b) => a.id - b.id,
  dateadded: text((row) => row.createdAt),
  country: text((row) => row.countryCode),
  website: text((row) => row.website),
  email: text((row) => row.emailOne),
  phone: text((row) => row.phone),
  fax: text((row) => row.fax),
};

export function orderedCompanies(
  world: World,
  orderBy: string,
  orderMode: string,
): readonly TeamworkCompany[] {
  const known = Object.hasOwn(ORDERS, orderBy) ? orderBy : 'ownercompany';
  const compare = ORDERS[known] ?? byName;
  const descending = orderMode.toLowerCase() === 'desc';
  return world.tables.teamworkCompanies.inOrder(
    descending ? `${known} desc` : known,
    descending ? (a, b) => compare(b, a) : compare,
  );
}

/** Every filter of the v3 listing; deleted companies are never in it. */
export function listCompanies(
  world: World,
  caller: Caller,
  parameters: Parameters,
): readonly TeamworkCompany[] {
  const wanted = ids(parameters, 'ids');
  const unwanted = ids(parameters, 'excludeIds');
  const managers = ids(parameters, 'clientManagedByUserIds');
  const changedAfter = moment(parameters, 'updatedAfter', 'updatedAfterDate');
  const createdAfter = moment(parameters, 'createdAfter');
  const term = (parameters.searchTerm ?? '').trim().toLowerCase();
  const letter = (parameters.firstLetter ?? '').toLowerCase();
  const withoutOwner = flag(parameters, 'excludeOwnerCompany');
  const tagged = ids(parameters, 'tagIds', 'projectTagIds') !== null;

  function wants(row: TeamworkCompany): boolean {
    if (row.status === 'deleted' || tagged) return false;
    if (withoutOwner && row.isOwner) return false;
    if (wanted && !wanted.has(row.id)) return false;
    if (unwanted?.has(row.id)) return false;
    if (managers && (row.clientManagedBy === null || !managers.has(row.clientManagedBy))) return false;
    if (changedAfter && (row.updatedAt ?? row.createdAt) <= changedAfter) return false;
    if (createdAfter && row.createdAt <= createdAfter) return false;
    if (letter && !row.name.toLowerCase().startsWith(letter)) return false;
    if (term && !`${row.name}\n${row.profile}`.toLowerCase().includes(term)) return false;
    return maySeeCompany(caller, row);
  }

  return orderedCompanies(world, parameters.orderBy ?? '', parameters.orderMode ?? '').filter(wants);
}
