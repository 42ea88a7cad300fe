/** What an operator asked for of a link is no mass change (R26): it is announced here, and taken by the next decision. */
import { sql } from 'kysely';
import type { Tx } from './transaction';

/** An announcement that nothing came of is none. */
const validFor = sql`interval '1 hour'`;

/** `breaks`: their breaks, too, which a plan tells of; nobody who joins records or chooses a value asks for a break. */
export async function announce(
  tx: Tx,
  site: string,
  links: readonly number[],
  { breaks }: { readonly breaks: boolean },
): Promise<void> {
  if (links.length === 0) return;
  await sql`
    insert into announced as a (site, link, until, breaks)
    select ${site}, x.link, clock_timestamp() + ${validFor}, ${breaks} from unnest(${links}::bigint[]) as x(link)
    on conflict (link, site) do update set until = excluded.until, breaks = excluded.breaks`.execute(tx);
}

/** Of the links that were announced, whether their breaks were, too; each announcement serves once. */
export async function takeAnnounced(
  tx: Tx,
  site: string,
  links: readonly number[],
): Promise<ReadonlyMap<number, { readonly breaks: boolean }>> {
  const { rows } = await sql<{ link: number; valid: boolean; breaks: boolean }>`
    delete from announced where site = ${site} and link = any(${links}::bigint[])
    returning link, until > clock_timestamp() as valid, breaks`.execute(tx);
  return new Map(rows.filter(({ valid }) => valid).map(({ link, breaks }) => [link, { breaks }]));
}
