/** Brings a database to this program's schema: forward only, and safe when several processes start at once. */
import { sql } from 'kysely';
import { connectDatabase } from './database';
import * as sites from './migrations/0001-sites';
import * as mirror from './migrations/0002-mirror';
import * as links from './migrations/0003-links';
import * as work from './migrations/0004-work';
import * as planned from './migrations/0005-planned';
import * as deliveries from './migrations/0006-deliveries';
import * as watch from './migrations/0007-watch';
import * as holds from './migrations/0008-holds';
import * as operations from './migrations/0009-operations';
import * as appliedPlans from './migrations/0010-applied-plans';
import * as console from './migrations/0011-console';
import * as refusals from './migrations/0012-refusals';
import * as linkOrder from './migrations/0013-link-order';
import * as intentsOfLink from './migrations/0014-intents-of-link';
import * as runLinks from './migrations/0015-run-links';
import * as journalWorkflow from './migrations/0016-journal-workflow';
import * as siteWall from './migrations/0017-site-wall';
import * as walledOrders from './migrations/0018-walled-orders';
import * as certificates from './migrations/0019-certificates';
import * as linksByStanding from './migrations/0020-links-by-standing';
import * as plannedDues from './migrations/0021-planned-dues';
import * as announcedBreaks from './migrations/0022-announced-breaks';
import * as recordsOfCompanies from './migrations/0023-records-of-companies';
import * as pollIntervals from './migrations/0024-poll-intervals';
import * as sessionBrowser from './migrations/0025-session-browser';
import * as compactMirror from './migrations/0026-compact-mirror';
import * as droppedPlans from './migrations/0027-dropped-plans';
import * as perhapsMade from './migrations/0028-perhaps-made';
import { prepareSiteRole } from './site-wall';
import type { Tx } from './transaction';

interface Migration {
  up(tx: Tx): Promise<void>;
}

export const migrations: readonly (readonly [name: string, migration: Migration])[] = [
  ['0001-sites', sites],
  ['0002-mirror', mirror],
  ['0003-links', links],
  ['0004-work', work],
  ['0005-planned', planned],
  ['0006-deliveries', deliveries],
  ['0007-watch', watch],
  ['0008-holds', holds],
  ['0009-operations', operations],
  ['0010-applied-plans', appliedPlans],
  ['0011-console', console],
  ['0012-refusals', refusals],
  ['0013-link-order', linkOrder],
  ['0014-intents-of-link', intentsOfLink],
  ['0015-run-links', runLinks],
  ['0016-journal-workflow', journalWorkflow],
  ['0017-site-wall', siteWall],
  ['0018-walled-orders', walledOrders],
  ['0019-certificates', certificates],
  ['0020-links-by-standing', linksByStanding],
  ['0021-planned-dues', plannedDues],
  ['0022-announced-breaks', announcedBreaks],
  ['0023-records-of-companies', recordsOfCompanies],
  ['0024-poll-intervals', pollIntervals],
  ['0025-session-browser', sessionBrowser],
  ['0026-compact-mirror', compactMirror],
  ['0027-dropped-plans', droppedPlans],
  ['0028-perhaps-made', perhapsMade],
];

/** Any number that nothing else in the database locks by. */
const migrationLock = 7_326_541_900_114;

/** Applies what is missing, in one transaction. Answers the names applied. */
export async function migrate(databaseUrl: string): Promise<readonly string[]> {
  const { acrossSites, close } = connectDatabase({ databaseUrl, poolSize: 1 });
  try {
    return await acrossSites.transaction().execute(async (tx) => {
      // Whoever comes second waits here as long as the first takes, then finds nothing to do.
      await sql`set local lock_timeout = 0`.execute(tx);
      await sql`set local statement_timeout = '10min'`.execute(tx);
      await sql`select pg_advisory_xact_lock(${migrationLock})`.execute(tx);
      // A change of a table that waits behind a long reader would stop everybody else behind itself.
      await sql`set local lock_timeout = '5s'`.execute(tx);
      await sql`
        create table if not exists migrations (
          name text primary key,
          applied_at timestamptz not null default clock_timestamp()
        )`.execute(tx);
      const { rows } = await sql<{ name: string }>`select name from migrations`.execute(tx);
      const done = new Set(rows.map((row) => row.name));
      const missing = migrations.filter(([name]) => !done.has(name));
      for (const [name, migration] of missing) {
        await migration.up(tx);
        await sql`insert into migrations (name) values (${name})`.execute(tx);
      }
      await prepareSiteRole(tx);
      return missing.map(([name]) => name);
    });
  } finally {
    await close();
  }
}

/** Names of the migrations that the database lacks; changes nothing. */
export async function missingMigrations(databaseUrl: string): Promise<readonly string[]> {
  const { acrossSites, close } = connectDatabase({ databaseUrl, poolSize: 1 });
  try {
    const { rows: tables } = await sql<{
      there: boolean;
    }>`select to_regclass('migrations') is not null as there`.execute(acrossSites);
    const applied =
      tables[0]?.there === true
        ? await sql<{ name: string }>`select name from migrations`.execute(acrossSites)
        : { rows: [] };
    const done = new Set(applied.rows.map(({ name }) => name));
    return migrations.map(([name]) => name).filter((name) => !done.has(name));
  } finally {
    await close();
  }
}
