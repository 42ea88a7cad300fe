/** A row turns out to be of a record that is another link's: it lives on in that one. */
import { sql } from 'kysely';
import type { Side } from '../domain/record';
import { journal } from './journal';
import type { Tx } from './transaction';

/** R30: a pause that was acknowledged for the row holds for what it has become, until somebody resumes that. */
export async function mergeInto(
  tx: Tx,
  site: string,
  into: number,
  row: { readonly link: number; readonly side?: Side; readonly run?: string | null },
): Promise<void> {
  await sql`
    with merged as (update links set phase = 'merged', merged_into = ${into}, version = version + 1
      where site = ${site} and number = ${row.link}
      returning paused)
    update links l set paused = true, version = l.version + 1 from merged
    where l.site = ${site} and l.number = ${into} and merged.paused and not l.paused`.execute(tx);
  await journal(tx, site, [{ ...row, event: 'merged', detail: { into } }]);
}
