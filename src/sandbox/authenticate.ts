/** Which token a call carries: Bearer on both sides; Teamwork.com and Desk's v1 also a Basic user name, the former its session cookie too. */
import type { IncomingHttpHeaders } from 'node:http';
import type { Caller, SandboxContext } from './context';
import { sideOf } from './context';

function tokenIn(headers: IncomingHttpHeaders, path: string): string | null {
  const [scheme = '', value = ''] = (headers.authorization ?? '').trim().split(/\s+/, 2);
  if (/^bearer$/i.test(scheme)) return value;
  const isDesk = sideOf(path) === 'desk';
  if (isDesk && !path.startsWith('/desk/v1/')) return null;
  if (/^basic$/i.test(scheme)) return Buffer.from(value, 'base64').toString('utf8').split(':', 1)[0] ?? null;
  return isDesk ? null : (/(?:^|;\s*)tw-auth=([^;]*)/.exec(headers.cookie ?? '')?.[1] ?? null);
}

/** The known token of a call, whatever its right; null without one. */
export function knownToken(ctx: SandboxContext, headers: IncomingHttpHeaders, path: string): string | null {
  const token = tokenIn(headers, path);
  return token !== null && ctx.tokens.includes(token) ? token : null;
}

/** The caller behind a known token; null where its right was taken away. */
export function callerBehind(ctx: SandboxContext, token: string): Caller | null {
  const role = ctx.world.settings().roles[token] ?? 'admin';
  const users = ctx.world.tables.tokenUsers.by('token', token)[0];
  if (role === 'none' || users === undefined) return null;
  return { token, role, teamworkUserId: users.teamworkUserId, deskUserId: users.deskUserId };
}
