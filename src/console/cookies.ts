/** The session's cookie: of this host alone, never read by a script, never sent from another site. */
import { parse, serialize } from 'cookie';

const name = '__Host-session';
const attributes = { httpOnly: true, secure: true, sameSite: 'strict', path: '/' } as const;

export function sessionIn(header: string | undefined): string | null {
  return parse(header ?? '')[name] ?? null;
}

export function sessionCookie(token: string): string {
  return serialize(name, token, attributes);
}

export function endedCookie(): string {
  return serialize(name, '', { ...attributes, maxAge: 0 });
}
