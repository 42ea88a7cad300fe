/** Who survived a merge in Desk (R17): the one customer there who holds the email of a linked one that is gone. */
import { sql } from 'kysely';
import type { Link } from '../domain/link';
import type { LinkView, RecordView } from '../domain/plan';
import { linkHolding, holdersOfKey, recordAt } from './lookups';
import { emailKey } from './match-keys';
import { jsonb } from './storable';
import type { Tx } from './transaction';

export type Survivors = ReadonlyMap<number, NonNullable<LinkView['survivor']>>;

interface Lost {
  readonly link: Link;
  readonly desk: RecordView | null;
}

/**
 * By link. One who has the email as an alternative took it over; one who has it as the primary may as well have been
 * made anew (R22), and counts only if both were there at the same time.
 */
export async function survivorsOf(tx: Tx, site: string, links: readonly Lost[]): Promise<Survivors> {
  const lost = links.flatMap(({ link, desk }) => {
    const { email } = desk?.fields ?? {};
    const isLost = link.kind === 'customer' && link.phase === 'active' && desk?.presence === 'gone';
    return isLost && typeof email === 'string' && email !== ''
      ? [{ link: link.number, id: desk.id, key: emailKey(email), since: link.activeSince }]
      : [];
  });
  if (lost.length === 0) return new Map();
  const [customer, desk] = [sql`'customer'`, sql`'desk'`];
  const { rows } = await sql<{ of: number; id: string; link: number | null }>`
    select distinct x.link as of, r.id, case l.phase when 'active' then l.number end as link
    from jsonb_to_recordset(${jsonb(lost)}) as x(link bigint, id text, key text, since timestamptz)
    cross join ${holdersOfKey(site, { kind: customer, key: sql`x.key` })} k
    cross join ${recordAt(site, { kind: customer, side: desk, id: sql`k.id` })} r
    left join ${linkHolding(site, customer, 'desk', sql`r.id`)} l on true
    where k.side = 'desk' and k.id <> x.id and r.presence <> 'gone' and not r.deleted and r.scope = 'client'
      and (k.field = 'alternativeEmails' or k.field = 'email' and r.created_at < x.since)`.execute(tx);
  const found = new Map<number, { readonly id: string; readonly link: number | null }>();
  const several = new Set<number>();
  for (const { of, id, link } of rows) {
    if (found.has(of)) several.add(of);
    found.set(of, { id, link });
  }
  for (const link of several) found.delete(link);
  return found;
}
