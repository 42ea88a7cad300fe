/** Values that lost (R11, R12) in the journal: a conflict that is decided again before its write is told once. */
import { sql } from 'kysely';
import { journal, type Entry } from './journal';
import type { ChangedLink } from './link-changes';
import { jsonb } from './storable';
import type { Tx } from './transaction';

/** Tells the losers of these decisions, but for those told already of which nothing has been written since. */
export async function tellConflicts(
  tx: Tx,
  site: string,
  changed: readonly ChangedLink[],
  run: string | null,
): Promise<void> {
  const entries = changed.flatMap(({ number, change }) =>
    change.plan.losers.map(({ side, ...detail }): Entry => ({
      link: number,
      event: 'conflict',
      side,
      run,
      detail,
    })),
  );
  if (entries.length === 0) return;
  const asked = entries.map(({ link, side, detail }, index) => ({ index, link, side, detail }));
  const { rows } = await sql<{ index: number }>`
    select x.index from jsonb_to_recordset(${jsonb(asked)}) as x(index bigint, link bigint, side text, detail jsonb)
    where exists (select from journal j
      where j.site = ${site} and j.link = x.link and j.event = 'conflict' and j.side = x.side and j.detail = x.detail
        and not exists (select from journal o where o.site = j.site and o.link = j.link and o.number > j.number
          and (o.event in ('chosen', 'relinked', 'broken') or o.event in ('updated', 'adopted')
            and o.detail -> 'fields' ? (x.detail ->> 'field'))))`.execute(tx);
  const told = new Set(rows.map(({ index }) => index));
  await journal(
    tx,
    site,
    entries.filter((_, index) => !told.has(index)),
  );
}
