/** Who is forgotten (R32): of their records no value is stored any more. */
import { sql } from 'kysely';
import type { Side } from '../domain/record';
import type { Tx } from './transaction';

/** Those of the ids that are forgotten. */
export async function forgottenAmong(
  tx: Tx,
  site: string,
  side: Side,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ id: string }>`
    select id from forgotten where site = ${site} and side = ${side} and id = any(${ids}::text[])`.execute(
    tx,
  );
  return new Set(rows.map(({ id }) => id));
}
