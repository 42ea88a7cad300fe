/** The connection pool, how Postgres's values become ours, and what of the database a query sees. */
import { Kysely, PostgresDialect } from 'kysely';
import { Pool, types } from 'pg';
import { poolOfSite } from './site-connection';
import { instantFromPostgres } from './storable';
import type { Database } from './tables';

const { INT8, TIMESTAMPTZ } = types.builtins;

/** Of this pool only: another user of `pg` in the process keeps the driver's own parsers. */
const getTypeParser: typeof types.getTypeParser = (id, format): unknown => {
  if (id === INT8) return Number;
  if (id === TIMESTAMPTZ) return instantFromPostgres;
  return types.getTypeParser(id, format);
};

export interface DatabaseOptions {
  readonly databaseUrl: string;
  /** Connections at most. */
  readonly poolSize: number;
  /** How long a query may wait for a connection, in milliseconds. */
  readonly connectWithinMs?: number;
}

/** Nobody queries it without having said what of it there is to be seen. */
export interface WalledDatabase {
  /** Only rows of that site are seen and can be written, whatever the query says. */
  readonly ofSite: (site: string) => Kysely<Database>;
  /** The rows of all sites, and what belongs to none. `test/architecture` lists who uses it. */
  readonly acrossSites: Kysely<Database>;
  readonly close: () => Promise<void>;
}

export function connectDatabase({
  databaseUrl,
  poolSize,
  connectWithinMs = 10_000,
}: DatabaseOptions): WalledDatabase {
  const pool = new Pool({
    connectionString: databaseUrl,
    max: poolSize,
    types: { getTypeParser },
    application_name: 'teamwork-desk-sync',
    // No transaction of ours is long; one that is has lost its process or waits for one that has.
    connectionTimeoutMillis: connectWithinMs,
    statement_timeout: 60_000,
    lock_timeout: 10_000,
    idle_in_transaction_session_timeout: 60_000,
    options: '-c TimeZone=UTC',
  });
  // A connection that Postgres closes is replaced at the next query; without a listener it would end the process, when
  // it is idle and when it is just being closed from here too.
  pool.on('error', ignore);
  pool.on('connect', (client) => client.on('error', ignore));
  const acrossSites = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });
  return {
    // Made for each use: it costs microseconds, and a deployment has thousands of sites.
    ofSite: (site) =>
      new Kysely<Database>({ dialect: new PostgresDialect({ pool: poolOfSite(pool, site) }) }),
    acrossSites,
    close: () => acrossSites.destroy(),
  };
}

function ignore(): void {
  // Whoever has a query running is told by that query.
}
