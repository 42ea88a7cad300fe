/** Which token a call carries: Bearer on both sides; Teamwork.com also a Basic user name and its session cookie. */
import type { IncomingHttpHeaders } from 'node:http';
import type { Caller, SandboxContext } from './context';
import type { Side } from './settings';

function tokenIn(headers: IncomingHttpHeaders, side: Side): string | null {
  const [scheme = '', value = ''] = (headers.authorization ?? '').trim().split(/\s+/, 2);
  if (/^bearer$/i.test(scheme)) return value;
  if (side === 'desk') return null;
  if (/^basic$/i.test(scheme)) return Buffer.from(value, 'base64').toString('utf8').split(':', 1)[0] ?? null;
  return /(?:^|;\s*)tw-auth=([^;]*)/.exec(headers.cookie ?? '')?.[1] ?? null;
}

/** The known token of a call, whatever its right; null without one. */
export function knownToken(ctx: SandboxContext, headers: IncomingHttpHeaders, side: Side): string | null {
  const token = tokenIn(headers, side);
  return token !== null && ctx.tokens.includes(token) ? token : null;
}

/** The caller behind a known token; null where its right was taken away. */
export function callerBehind(ctx: SandboxContext, token: string): Caller | null {
  const role = ctx.world.settings().roles[token] ?? 'admin';
  const users = ctx.world.tables.tokenUsers.by('token', token)[0];
  if (role === 'none' || users === undefined) return null;
  return { token, role, teamworkUserId: users.teamworkUserId, deskUserId: users.deskUserId };
}
