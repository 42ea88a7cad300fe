/** The console's sessions. Of every token only its hash is kept, and the beginning of the hash is the session's name. */
import { createHash, randomBytes } from 'node:crypto';
import { sql, type RawBuilder } from 'kysely';
import type { AccountStore, OwnSession, User } from '../ports/accounts';
import type { WalledDatabase } from './database';

type SessionMethods = Pick<
  AccountStore,
  | 'openSession'
  | 'session'
  | 'sessionLasts'
  | 'sessions'
  | 'leaveNotice'
  | 'takeNotice'
  | 'endSession'
  | 'endSessions'
  | 'endSessionNamed'
>;

/** A session ends when nobody used it for so long, or when it is so old. */
const idle = sql`interval '12 hours'`;
const oldest = sql`interval '7 days'`;
const lasts = sql`(s.seen_at > clock_timestamp() - ${idle} and s.created_at > clock_timestamp() - ${oldest})`;

/** Opens nothing: a token cannot be found from its hash. */
const sessionName = sql`encode(substring(s.token_hash for 12), 'hex')`;

export const userColumns = sql`u.id, u.name, u.role, u.disabled, u.password is not null as "hasPassword", u.created_at as "createdAt"`;

export function sessionMethods({ acrossSites: db }: WalledDatabase): SessionMethods {
  const one = async <T>(query: RawBuilder<T>): Promise<T | null> => (await query.execute(db)).rows[0] ?? null;

  return {
    async openSession(user, browser) {
      const token = newToken();
      await sql`delete from console_sessions s where not ${lasts}`.execute(db);
      await sql`
        insert into console_sessions (token_hash, user_id, csrf, browser)
        values (${hashOf(token)}, ${user}, ${newToken()}, ${browser})`.execute(db);
      return token;
    },

    async session(token) {
      const found = await one(sql<User & { readonly csrf: string; readonly signedInAt: string }>`
        update console_sessions s set seen_at = clock_timestamp() from console_users u
        where s.token_hash = ${hashOf(token)} and u.id = s.user_id and not u.disabled and ${lasts}
        returning ${userColumns}, s.csrf, s.created_at as "signedInAt"`);
      if (found === null) return null;
      const { csrf, signedInAt, ...user } = found;
      return { user, csrf, signedInAt };
    },

    async sessionLasts(token) {
      const found = await one(sql`
        select from console_sessions s join console_users u on u.id = s.user_id
        where s.token_hash = ${hashOf(token)} and not u.disabled and ${lasts}`);
      return found !== null;
    },

    async sessions(user, own) {
      const { rows } = await sql<OwnSession>`
        select ${sessionName} as name, s.browser, s.created_at as "signedInAt", s.seen_at as "seenAt",
          s.token_hash = ${hashOf(own)} as "isThis"
        from console_sessions s where s.user_id = ${user} and ${lasts}
        order by "isThis" desc, s.seen_at desc`.execute(db);
      return rows;
    },

    async leaveNotice(token, notice) {
      await sql`update console_sessions set notice = ${notice} where token_hash = ${hashOf(token)}`.execute(
        db,
      );
    },

    async takeNotice(token) {
      const taken = await one(sql<{ readonly notice: string | null }>`
        update console_sessions n set notice = null from console_sessions o
        where n.token_hash = ${hashOf(token)} and o.token_hash = n.token_hash and o.notice is not null
        returning o.notice`);
      return taken?.notice ?? null;
    },

    async endSession(token) {
      await sql`delete from console_sessions where token_hash = ${hashOf(token)}`.execute(db);
    },

    async endSessions(user, but) {
      const { numAffectedRows } = await sql`
        delete from console_sessions where user_id = ${user}
          and token_hash is distinct from ${but === null ? null : hashOf(but)}::bytea`.execute(db);
      return Number(numAffectedRows ?? 0);
    },

    async endSessionNamed(user, name) {
      const { numAffectedRows } = await sql`
        delete from console_sessions s where s.user_id = ${user} and ${sessionName} = ${name}`.execute(db);
      return numAffectedRows === 1n;
    },
  };
}

/** 256 bits, as a URL takes them. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

export function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
