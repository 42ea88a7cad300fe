/**
 * The wall between two sites, in Postgres: whoever works for one site does so as a role to whom each table shows the
 * rows of that site only. The owner of the tables is not held by it; `acrossSites` is what works as the owner.
 */
import { sql } from 'kysely';
import { siteRole, siteSetting } from './site-connection';
import { postgresCode, type Tx } from './transaction';

const policy = 'one_site';

/** For the migration that makes a table with a column `site`. Locks the table for a moment. */
export async function wallOff(tx: Tx, table: string): Promise<void> {
  await sql`alter table ${sql.table(table)} enable row level security`.execute(tx);
  await sql`
    create policy ${sql.ref(policy)} on ${sql.table(table)}
    using (site = current_setting(${sql.lit(siteSetting)}, true))`.execute(tx);
}

/** What is only added to; the journal is blanked by `forget` (R32), which its trigger sees to. */
const rightsIn: Readonly<Record<string, string>> = {
  audit: 'select, insert',
  journal: 'select, insert, update',
};

/**
 * Makes the role, where it is missing, and gives it the walled tables: at every migration, for roles are not the
 * database's but the server's, and a database restored on another one comes without.
 */
export async function prepareSiteRole(tx: Tx): Promise<void> {
  const { rows } = await sql<{ name: string; exists: boolean; user: string }>`
    select ${sql.raw(siteRole)} as name, session_user as user,
      to_regrole(quote_ident(${sql.raw(siteRole)})) is not null as exists`.execute(tx);
  const [role] = rows;
  if (role === undefined) throw new Error('Postgres did not say who is connected to it.');
  try {
    if (!role.exists) await makeRole(tx, role.name);
    await joinRole(tx, role);
  } catch (error) {
    if (postgresCode(error) !== insufficientPrivilege) throw error;
    throw new Error(
      `The database user ${role.user} may not make the role that keeps sites apart. Let an administrator of Postgres ` +
        `run, once: create role "${role.name}" nologin; grant "${role.name}" to "${role.user}"; then migrate again.`,
      { cause: error },
    );
  }
  await refuseStrongRole(tx, role.name);
  await grantTables(tx, role.name);
}

const insufficientPrivilege = '42501';
const duplicateObject = '42710';
const uniqueViolation = '23505';

/** Databases of one server may be migrated at the same moment, by one user: then the other one was first. */
async function makeRole(tx: Tx, name: string): Promise<void> {
  await sql`savepoint role`.execute(tx);
  try {
    await sql`create role ${sql.ref(name)} nologin`.execute(tx);
  } catch (error) {
    const code = postgresCode(error);
    if (code !== duplicateObject && code !== uniqueViolation) throw error;
    await sql`rollback to savepoint role`.execute(tx);
  }
  await sql`release savepoint role`.execute(tx);
}

async function joinRole(tx: Tx, { name, user }: { name: string; user: string }): Promise<void> {
  const { rows } = await sql<{ may: boolean }>`
    select pg_has_role(session_user, ${name},
      case when current_setting('server_version_num')::integer >= 160000 then 'SET' else 'MEMBER' end) as may`.execute(
    tx,
  );
  if (rows[0]?.may !== true) await sql`grant ${sql.ref(name)} to ${sql.ref(user)}`.execute(tx);
}

async function refuseStrongRole(tx: Tx, name: string): Promise<void> {
  const { rows } = await sql<{ strong: boolean }>`
    select rolbypassrls or pg_has_role(rolname, session_user, 'MEMBER') as strong
    from pg_roles where rolname = ${name}`.execute(tx);
  if (rows[0]?.strong !== false) {
    throw new Error(
      `The role ${name} sees the rows of every site, and is there to see those of one. Let an administrator of ` +
        'Postgres take superuser, bypassrls and the membership in the database user from it, then migrate again.',
    );
  }
}

async function grantTables(tx: Tx, name: string): Promise<void> {
  const role = sql.ref(name);
  const schema = await sql<{ name: string; usable: boolean }>`
    select current_schema() as name, has_schema_privilege(${name}, current_schema(), 'USAGE') as usable`.execute(
    tx,
  );
  for (const { name: own, usable } of schema.rows) {
    if (!usable) await sql`grant usage on schema ${sql.ref(own)} to ${role}`.execute(tx);
  }
  const { rows } = await sql<{ table: string }>`
    select tablename as table from pg_policies
    where schemaname = current_schema() and policyname = ${policy} order by tablename`.execute(tx);
  for (const { table } of rows) {
    const rights = sql.raw(rightsIn[table] ?? 'select, insert, update, delete');
    await sql`grant ${rights} on ${sql.table(table)} to ${role}`.execute(tx);
  }
  await sql`grant usage on sequence link_numbers to ${role}`.execute(tx);
}
