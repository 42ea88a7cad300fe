/** Who calls one side's API of one site: its address and the form of its credential. */
import { ApiError } from '../domain/errors';
import type { Side } from '../domain/record';
import { createHttp } from './http';
import type { Caller } from './resource';

export interface CallerOptions {
  readonly side: Side;
  /** The installation's address; Desk is at `/desk/api/v2` below it. */
  readonly url: string;
  /** An API key or an OAuth access token. */
  readonly token: string;
  /** For one call, from its beginning to the end of its answer, in milliseconds. */
  readonly timeoutMs: number;
}

export const sideNames: Readonly<Record<Side, string>> = { teamwork: 'Teamwork.com', desk: 'Desk' };

/** Throws `ApiError` of kind `auth` at a credential that no header can carry. */
export function callerOf({ side, url, token, timeoutMs }: CallerOptions): Caller {
  if (!/^[\x21-\x7e]+$/.test(token)) {
    const message = `${sideNames[side]}: the credential holds characters that no credential has; connect with it as issued`;
    throw new ApiError('auth', message, { status: null, effectUnknown: false });
  }
  const site = url.replace(/\/+$/, '');
  const baseUrl = side === 'desk' ? `${site}/desk/api/v2` : site;
  return {
    side,
    http: createHttp({ side, baseUrl, authorization: authorizationOf(side, token), timeoutMs }),
  };
}

/**
 * Desk takes keys and OAuth tokens as Bearer. Teamwork.com documents Bearer for OAuth tokens, which begin with `tkn.`,
 * and Basic for API keys: the key as user name, anything as password.
 */
function authorizationOf(side: Side, token: string): string {
  if (side === 'desk' || token.startsWith('tkn.')) return `Bearer ${token}`;
  return `Basic ${Buffer.from(`${token}:x`).toString('base64')}`;
}
