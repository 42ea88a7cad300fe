/** Two linked records that have exchanged a name or an email wait for each other on the other side: a question (A50). */
import { sql } from 'kysely';
import type { Reason } from '../domain/link';
import { otherSide } from '../domain/record';
import type { IntentRow } from './intents';
import { journal } from './journal';
import { idColumn } from './lookups';
import { jsonb } from './storable';
import type { Tx } from './transaction';

const reason: Reason = 'wait_for_each_other';

/**
 * The intent was refused because its name or email is taken; asks about both records where each holds what the other is
 * to have. The other may be asked about already: this one had another turn since, and was refused anew.
 */
export async function askWhereTwoWait(
  tx: Tx,
  site: string,
  { link, kind, side }: Pick<IntentRow, 'link' | 'kind' | 'side'>,
): Promise<void> {
  const [own, target] = [idColumn(otherSide(side)), idColumn(side)];
  const wanted = (number: 'a' | 'b', holder: 'a' | 'b') => sql`exists (
    select from record_keys k join record_keys h on h.site = k.site and h.kind = k.kind and h.key = k.key
    where k.site = ${site} and k.kind = ${kind} and k.side = ${otherSide(side)} and k.field in ('name', 'email')
      and k.id = ${sql.ref(number)}.${own} and h.side = ${side} and h.id = ${sql.ref(holder)}.${target})`;
  const { rows } = await sql<{ link: number; id: string; other: string }>`
    with pair as (
      select a.number as one, a.${target} as one_id, b.number as two, b.${target} as two_id,
        b.reason = ${reason} as asked
      from links a join links b on b.site = a.site and b.kind = a.kind and b.number <> a.number
      where a.site = ${site} and a.number = ${link} and a.phase = 'active' and b.phase = 'active'
        and (b.status, b.reason) in (('failing', 'taken'), ('question', ${reason}))
        and ${wanted('a', 'b')} and ${wanted('b', 'a')}
      limit 1
    )
    select one as link, one_id as id, two_id as other from pair
    union all
    select two, two_id, one_id from pair where not asked`.execute(tx);
  if (rows.length === 0) return;
  await sql`
    update links set status = 'question', reason = ${reason}, version = version + 1
    where site = ${site} and number = any(${rows.map((row) => row.link)}::bigint[])`.execute(tx);
  const asked = rows.map((row) => ({ link: row.link, candidates: [row.other] }));
  await sql`
    insert into questions (site, link, reason, candidates)
    select ${site}, x.link, ${reason}, x.candidates
    from jsonb_to_recordset(${jsonb(asked)}) as x(link bigint, candidates text[])
    on conflict (site, link) do update set reason = excluded.reason, candidates = excluded.candidates`.execute(
    tx,
  );
  const detail = { situation: 'taken', status: 'question', reason };
  await journal(
    tx,
    site,
    rows.map((row) => ({ link: row.link, event: 'decided', side, detail: { ...detail, other: row.other } })),
  );
}
