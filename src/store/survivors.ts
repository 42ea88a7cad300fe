/** Who survived a merge in Desk (R17): the one customer there who holds the email of a linked one that is gone. */
import { sql } from 'kysely';
import type { Link } from '../domain/link';
import type { LinkView, RecordView } from '../domain/plan';
import { linkHolding, holdersOfKey, recordAt } from './lookups';
import { emailKey } from './match-keys';
import { recordColumns } from './record-rows';
import { jsonb } from './storable';
import type { Tx } from './transaction';

export type Survivors = ReadonlyMap<number, NonNullable<LinkView['survivor']>>;

interface Lost {
  readonly link: Link;
  readonly desk: RecordView | null;
}

/**
 * By link. One who has the email as an alternative took it over; one who has it as the primary may as well have been
 * made anew (R22), and counts only if both were there at the same time; not if an operator told it and the contact apart
 * (R14), for then it is more likely that the other one was deleted.
 */
export async function survivorsOf(tx: Tx, site: string, links: readonly Lost[]): Promise<Survivors> {
  const lost = links.flatMap(({ link, desk }) => {
    const { email } = desk?.fields ?? {};
    const isLost = link.kind === 'customer' && link.phase === 'active' && desk?.presence === 'gone';
    return isLost && typeof email === 'string' && email !== ''
      ? [
          {
            ...{ link: link.number, teamwork: link.ids.teamwork, id: desk.id },
            ...{ key: emailKey(email), since: link.activeSince },
          },
        ]
      : [];
  });
  if (lost.length === 0) return new Map();
  const [customer, desk] = [sql`'customer'`, sql`'desk'`];
  const { rows } = await sql<
    RecordView & { readonly of: number; readonly link: number | null; readonly toldApart: boolean }
  >`
    select distinct on (x.link, r.id) x.link as of, ${recordColumns},
      case l.phase when 'active' then l.number end as link, a.verdict is not null as "toldApart"
    from jsonb_to_recordset(${jsonb(lost)}) as x(link bigint, teamwork text, id text, key text, since timestamptz)
    cross join ${holdersOfKey(site, { kind: customer, key: sql`x.key` })} k
    cross join ${recordAt(site, { kind: customer, side: desk, id: sql`k.id` })} r
    left join ${linkHolding(site, customer, 'desk', sql`r.id`)} l on true
    left join answers a on a.teamwork = x.teamwork and a.desk = r.id and a.site = ${site} and a.kind = 'customer'
      and a.verdict = 'apart'
    where k.side = 'desk' and k.id <> x.id and r.presence <> 'gone' and not r.deleted and r.scope = 'client'
      and (k.field = 'alternativeEmails' or k.field = 'email' and r.created_at < x.since and a.verdict is null)`.execute(
    tx,
  );
  const found = new Map<number, NonNullable<LinkView['survivor']>>();
  const several = new Set<number>();
  for (const { of, link, toldApart, ...record } of rows) {
    if (found.has(of)) several.add(of);
    found.set(of, { record, link, toldApart });
  }
  for (const link of several) found.delete(link);
  return found;
}
