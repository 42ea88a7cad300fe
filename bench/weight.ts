/** What the database weighs. */
import type { Lab } from '../test/support/lab';
import { inPostgres } from '../test/support/long-lists';

export function databaseBytes(lab: Lab): Promise<number> {
  return inPostgres(lab.databaseUrl, async (postgres) => {
    const { rows } = await postgres.query<{ bytes: string }>(
      'select pg_database_size(current_database()) as bytes',
    );
    return Number(rows[0]?.bytes);
  });
}
