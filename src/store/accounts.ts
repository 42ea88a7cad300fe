/** The console's users, their links and sessions, and the audit list. Of every token only its hash is kept. */
import { sql, type RawBuilder } from 'kysely';
import type { AccountStore, AuditEntry, User } from '../ports/accounts';
import type { WalledDatabase } from './database';
import { hashOf, newToken, sessionMethods, userColumns } from './sessions';
import { jsonb } from './storable';

export function accountMethods(database: WalledDatabase): AccountStore {
  const { acrossSites: db, ofSite } = database;
  // Users are of no site, and so is what was done of none.
  const listOf = (site: string | null) => (site === null ? db : ofSite(site));
  const one = async <T>(query: RawBuilder<T>): Promise<T | null> => (await query.execute(db)).rows[0] ?? null;

  return {
    ...sessionMethods(database),

    async users() {
      const { rows } =
        await sql<User>`select ${userColumns} from console_users u order by lower(u.name)`.execute(db);
      return rows;
    },

    async signInLink(name, role, expiresInMs) {
      const token = newToken();
      await sql`delete from sign_in_links where expires_at < clock_timestamp()`.execute(db);
      await sql`
        with made as (
          insert into console_users (name, role) values (${name}, ${role})
          on conflict (lower(name)) do update set name = console_users.name returning id)
        insert into sign_in_links (token_hash, user_id, expires_at)
        select ${hashOf(token)}, id, clock_timestamp() + ${expiresInMs} * interval '1 ms' from made`.execute(
        db,
      );
      return token;
    },

    linkFor: (token) =>
      one(sql<User>`
        select ${userColumns} from sign_in_links l join console_users u on u.id = l.user_id
        where l.token_hash = ${hashOf(token)} and l.expires_at > clock_timestamp() and not u.disabled`),

    useLink: (token) =>
      one(sql<User>`
        with used as (
          delete from sign_in_links where token_hash = ${hashOf(token)} and expires_at > clock_timestamp()
          returning user_id)
        select ${userColumns} from used join console_users u on u.id = used.user_id where not u.disabled`),

    async passwordOf(name) {
      const found = await one(sql<User & { readonly password: string }>`
        select ${userColumns}, u.password from console_users u
        where lower(u.name) = lower(${name}) and not u.disabled and u.password is not null`);
      if (found === null) return null;
      const { password, ...user } = found;
      return { user, password };
    },

    async setPassword(user, password) {
      await sql`update console_users set password = ${password} where id = ${user}`.execute(db);
    },

    changeUser: (user, { role, disabled }) =>
      db
        .transaction()
        .execute(async (tx) => {
          await sql`select from console_users where role = 'administrator' order by id for update`.execute(
            tx,
          );
          await sql`
          update console_users set role = coalesce(${role ?? null}, role), disabled = coalesce(${disabled ?? null}, disabled)
          where id = ${user}`.execute(tx);
          const { rows } = await sql`
          select from console_users where role = 'administrator' and not disabled limit 1`.execute(tx);
          if (rows.length === 0) throw new LastAdministrator();
          await sql`delete from console_sessions where user_id = ${user}`.execute(tx);
          return 'changed' as const;
        })
        .catch((error: unknown) => {
          if (error instanceof LastAdministrator) return 'last_administrator' as const;
          throw error;
        }),

    async noteAudit({ who, site, what, detail }) {
      await sql`
        insert into audit (who, site, what, detail) values (${who}, ${site}, ${what}, ${jsonb(detail)})`.execute(
        listOf(site),
      );
    },

    async audit(site, limit) {
      const { rows } = await sql<AuditEntry>`
        select at, who, site, what, detail from audit
        where site is not distinct from ${site} order by number desc limit ${limit}`.execute(listOf(site));
      return rows;
    },
  };
}

class LastAdministrator extends Error {}
