/**
 * A connection that sees one site: role and site are set for the length of a transaction, or of a single query, and
 * are gone after it, so that the next user of the connection inherits neither. See migration `0017-site-wall`.
 */
import type { PostgresCursor, PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely';
import { Query, escapeLiteral, type Connection, type Pool, type PoolClient } from 'pg';

/** Each database user has a role of its own, who is given the tables that have a site, row by row. */
export const siteRole = `session_user || '_site'`;
export const siteSetting = 'teamwork_desk_sync.site';

const walledOff = (site: string) =>
  `select set_config('role', ${siteRole}, true), set_config('${siteSetting}', ${site}, true)`;

/** The pool's connections, each lent out for one site. */
export function poolOfSite(pool: Pool, site: string): PostgresPool {
  return {
    connect: async () => new SiteConnection(await pool.connect(), site),
    // The pool is everybody's.
    end: () => Promise.resolve(),
  };
}

class SiteConnection implements PostgresPoolClient {
  private inTransaction = false;

  constructor(
    private readonly client: PoolClient,
    private readonly site: string,
  ) {}

  query<R>(cursor: PostgresCursor<R>): PostgresCursor<R>;
  query<R>(text: string, values: readonly unknown[]): Promise<PostgresQueryResult<R>>;
  query<R>(
    text: string | PostgresCursor<R>,
    values: readonly unknown[] = [],
  ): PostgresCursor<R> | Promise<PostgresQueryResult<R>> {
    if (typeof text !== 'string') throw new Error('The store reads without cursors.');
    return this.answerTo(text, values) as Promise<PostgresQueryResult<R>>;
  }

  release(): void {
    this.client.release();
  }

  private async answerTo(text: string, values: readonly unknown[]): Promise<unknown> {
    if (text === 'begin') {
      this.inTransaction = true;
      await this.client.query(`begin; ${walledOff(escapeLiteral(this.site))}`);
      return { command: 'BEGIN', rowCount: 0, rows: [] };
    }
    if (this.inTransaction) return this.client.query(text, [...values]);
    return new Promise((resolve, reject) => {
      const answer = (error: Error | null | undefined, result: unknown) => {
        if (error) reject(error);
        else resolve(result);
      };
      this.client.query(new SiteQuery(this.site, text, values, answer));
    });
  }
}

declare module 'pg' {
  /** What the driver calls of a query; its types leave it out. */
  interface Query {
    requiresPreparation(): boolean;
    prepare(connection: Connection): void;
    handleDataRow(message: unknown): void;
    handleCommandComplete(message: unknown, connection: Connection): void;
  }
}

/**
 * One query with role and site set before it, all in one round trip: until the `Sync` at its end, Postgres takes both
 * statements for one transaction.
 */
class SiteQuery extends Query {
  private isSet = false;

  constructor(
    private readonly site: string,
    text: string,
    values: readonly unknown[],
    answer: (error: Error | undefined, result: unknown) => void,
  ) {
    super({ text, values: [...values] }, answer);
  }

  /** Without parameters, too: the simple protocol would begin a transaction of its own. */
  override requiresPreparation(): boolean {
    return true;
  }

  override prepare(connection: Connection): void {
    const more = true;
    connection.parse({ name: '', text: walledOff('$1'), types: [] }, more);
    connection.bind({ values: [this.site] }, more);
    connection.execute({}, more);
    super.prepare(connection);
  }

  override handleDataRow(message: unknown): void {
    if (this.isSet) super.handleDataRow(message);
  }

  override handleCommandComplete(message: unknown, connection: Connection): void {
    if (this.isSet) super.handleCommandComplete(message, connection);
    this.isSet = true;
  }
}
