/** One side's API of one site: the address, the credential's form, and the resources behind the port. */
import { ApiError } from '../domain/errors';
import type { Kind, Side } from '../domain/record';
import type { SideApi } from '../ports/apis';
import { deskAccount, teamworkAccount } from './account';
import { deskCompanies } from './desk-companies';
import { deskCustomers } from './desk-customers';
import { createHttp } from './http';
import type { PictureRules } from './pictures';
import type { Caller, Resource } from './resource';
import { teamworkCompanies } from './teamwork-companies';
import { teamworkPeople } from './teamwork-people';

export interface SideApiOptions {
  readonly side: Side;
  /** The installation's address; Desk is at `/desk/api/v2` below it. */
  readonly url: string;
  /** An API key or an OAuth access token. */
  readonly token: string;
  /** Null while it is not known; companies then say themselves which one is the owner. */
  readonly ownerCompanyId: string | null;
  /** For one call, from its beginning to the end of its answer, in milliseconds. */
  readonly timeoutMs: number;
  /** Hosts of the vendors' file storage, beside the site's own; one that begins with a dot stands for all below it. */
  readonly fileHosts: readonly string[];
}

const names: Readonly<Record<Side, string>> = { teamwork: 'Teamwork.com', desk: 'Desk' };

/** Throws `ApiError` of kind `auth` at a credential that no header can carry. */
export function createSideApi(options: SideApiOptions): SideApi {
  const { side, url, token, ownerCompanyId, timeoutMs, fileHosts } = options;
  if (!/^[\x21-\x7e]+$/.test(token)) {
    const message = `${names[side]}: the credential holds characters that no credential has; connect with it as issued`;
    throw new ApiError('auth', message, { status: null, effectUnknown: false });
  }
  const site = url.replace(/\/+$/, '');
  const http = createHttp({
    side,
    baseUrl: side === 'desk' ? `${site}/desk/api/v2` : site,
    authorization: authorizationOf(side, token),
    timeoutMs,
  });
  const caller: Caller = { side, http };
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
    `${names[side]}: ids are whole numbers, this one is not; name the record by its id`,
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

/**
 * Desk takes keys and OAuth tokens as Bearer. Teamwork.com documents Bearer for OAuth tokens, which begin with `tkn.`,
 * and Basic for API keys: the key as user name, anything as password.
 */
function authorizationOf(side: Side, token: string): string {
  if (side === 'desk' || token.startsWith('tkn.')) return `Bearer ${token}`;
  return `Basic ${Buffer.from(`${token}:x`).toString('base64')}`;
}
