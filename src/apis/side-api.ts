/** One side's API of one site: the address, the credential's form, and the resources behind the port. */
import { ApiError } from '../domain/errors';
import type { Kind, Side } from '../domain/record';
import type { SideApi } from '../ports/apis';
import { deskAccount, teamworkAccount } from './account';
import { deskCompanies } from './desk-companies';
import { changesEmails, deskCustomers } from './desk-customers';
import { createHttp } from './http';
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
}

const names: Readonly<Record<Side, string>> = { teamwork: 'Teamwork.com', desk: 'Desk' };

/** Throws `ApiError` of kind `auth` at a credential that no header can carry. */
export function createSideApi({ side, url, token, ownerCompanyId, timeoutMs }: SideApiOptions): SideApi {
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
  const resources = side === 'desk' ? deskResources(caller) : teamworkResources(caller, ownerCompanyId);
  return {
    side,
    account: (permit) => (side === 'desk' ? deskAccount(caller, permit) : teamworkAccount(caller, permit)),
    list: (permit, kind, cursor) => resources[kind].list(permit, cursor),
    read: async (permit, kind, id) => resources[kind].read(permit, checked(side, id)),
    create: (permit, kind, values) => resources[kind].create(permit, values),
    needsReading: (kind, values) => side === 'desk' && kind === 'customer' && changesEmails(values),
    update: async (permit, kind, id, values, reading) =>
      resources[kind].update(permit, checked(side, id), values, reading),
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

function teamworkResources(caller: Caller, ownerCompanyId: string | null): Record<Kind, Resource> {
  const company = teamworkCompanies(caller, ownerCompanyId);
  return { company, customer: teamworkPeople(caller, ownerCompanyId, company) };
}

/**
 * Desk takes keys and OAuth tokens as Bearer. Teamwork.com documents Bearer for OAuth tokens, which begin with `tkn.`,
 * and Basic for API keys: the key as user name, anything as password.
 */
function authorizationOf(side: Side, token: string): string {
  if (side === 'desk' || token.startsWith('tkn.')) return `Bearer ${token}`;
  return `Basic ${Buffer.from(`${token}:x`).toString('base64')}`;
}
