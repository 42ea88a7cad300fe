/** What an operator asked for of a link is no mass change (R26): it is announced here, and taken by the next decision. */
import { sql } from 'kysely';
import type { Tx } from './transaction';

/** An announcement that nothing came of is none. */
const validFor = sql`interval '1 hour'`;

export async function announce(tx: Tx, site: string, links: readonly number[]): Promise<void> {
  if (links.length === 0) return;
  await sql`
    insert into announced as a (site, link, until)
    select ${site}, x.link, clock_timestamp() + ${validFor} from unnest(${links}::bigint[]) as x(link)
    on conflict (link, site) do update set until = excluded.until`.execute(tx);
}

/** Those of the links that were announced; each announcement serves once. */
export async function takeAnnounced(
  tx: Tx,
  site: string,
  links: readonly number[],
): Promise<ReadonlySet<number>> {
  const { rows } = await sql<{ link: number; valid: boolean }>`
    delete from announced where site = ${site} and link = any(${links}::bigint[])
    returning link, until > clock_timestamp() as valid`.execute(tx);
  return new Set(rows.filter(({ valid }) => valid).map(({ link }) => link));
}
