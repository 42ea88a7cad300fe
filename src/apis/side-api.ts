/** One side's API of one site: the resources behind the port. */
import { ApiError } from '../domain/errors';
import type { Kind, Side } from '../domain/record';
import type { SideApi } from '../ports/apis';
import { deskAccount, teamworkAccount } from './account';
import { callerOf, sideNames, type CallerOptions } from './caller';
import { deskCompanies } from './desk-companies';
import { deskCustomers } from './desk-customers';
import type { PictureRules } from './pictures';
import type { Caller, Resource } from './resource';
import { teamworkCompanies } from './teamwork-companies';
import { teamworkPeople } from './teamwork-people';

export interface SideApiOptions extends CallerOptions {
  /** Null while it is not known; companies then say themselves which one is the owner. */
  readonly ownerCompanyId: string | null;
  /** Hosts of the vendors' file storage, beside the site's own; one that begins with a dot stands for all below it. */
  readonly fileHosts: readonly string[];
}

/** Throws `ApiError` of kind `auth` at a credential that no header can carry. */
export function createSideApi(options: SideApiOptions): SideApi {
  const { side, url, ownerCompanyId, timeoutMs, fileHosts } = options;
  const caller = callerOf(options);
  const site = url.replace(/\/+$/, '');
  const resources =
    side === 'desk'
      ? deskResources(caller)
      : teamworkResources(caller, ownerCompanyId, { siteUrl: site, fileHosts, timeoutMs });
  return {
    side,
    account: (permit) => (side === 'desk' ? deskAccount(caller, permit) : teamworkAccount(caller, permit)),
    list: (permit, kind, cursor) => resources[kind].list(permit, cursor),
    changes: (permit, kind, since, cursor) => resources[kind].changes(permit, since, cursor),
    deletions: (permit, kind, since, cursor) => resources[kind].deletions(permit, since, cursor),
    read: async (permit, kind, id) => resources[kind].read(permit, checked(side, id)),
    create: (permit, kind, values, preparation) => resources[kind].create(permit, values, preparation),
    needsPreparing: (kind, action, values) => resources[kind].preparing?.isNeeded(action, values) ?? false,
    prepare: async (permit, kind, id, values) =>
      (await resources[kind].preparing?.prepare(permit, id === null ? null : checked(side, id), values)) ??
      {},
    update: async (permit, kind, id, values, preparation) =>
      resources[kind].update(permit, checked(side, id), values, preparation),
    find: (permit, kind, identity) => resources[kind].find(permit, identity),
  };
}

/** Ids become part of a path. */
function checked(side: Side, id: string): string {
  if (/^\d+$/.test(id)) return id;
  throw new ApiError(
    'invalid',
    `${sideNames[side]}: ids are whole numbers, this one is not; name the record by its id`,
    {
      status: null,
      effectUnknown: false,
    },
  );
}

function deskResources(caller: Caller): Record<Kind, Resource> {
  return { company: deskCompanies(caller), customer: deskCustomers(caller) };
}

function teamworkResources(
  caller: Caller,
  ownerCompanyId: string | null,
  pictures: PictureRules,
): Record<Kind, Resource> {
  const company = teamworkCompanies(caller, ownerCompanyId);
  return { company, customer: teamworkPeople(caller, { ownerCompanyId, companies: company, pictures }) };
}
