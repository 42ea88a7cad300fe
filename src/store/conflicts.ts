/** Values that lost (R11, R12) in the journal: a conflict that is decided again before its write is told once. */
import { sql, type RawBuilder } from 'kysely';
import type { Loser } from '../domain/plan';
import { journal, type Entry } from './journal';
import type { ChangedLink } from './link-changes';
import { jsonb } from './storable';
import type { Tx } from './transaction';

/** The parts of a conflict that are somebody's values: what is forgotten of it (R32). */
export const conflictValues: readonly (keyof Loser)[] = ['value', 'against', 'base'];

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
  // Two values that meet are one conflict, whatever else was known when it was decided again.
  const met = sql`jsonb_build_object('field', x.detail -> 'field', 'rule', x.detail -> 'rule',
    'value', x.detail -> 'value', 'against', x.detail -> 'against')`;
  const { rows } = await sql<{ index: number }>`
    select x.index from jsonb_to_recordset(${jsonb(asked)}) as x(index bigint, link bigint, side text, detail jsonb)
    where exists (select from (${storyOf(site)}) j
      where j.event = 'conflict' and j.side = x.side and j.detail @> ${met}
        and not exists (select from (${storyOf(site)}) o where o.number > j.number
          and (o.event in ('chosen', 'relinked', 'broken') or o.event in ('updated', 'adopted')
            and o.detail -> 'fields' ? (x.detail ->> 'field'))))`.execute(tx);
  const told = new Set(rows.map(({ index }) => index));
  await journal(
    tx,
    site,
    entries.filter((_, index) => !told.has(index)),
  );
}

/** What the journal tells of the link that a row `x(link)` names: by its index, however little is known of the table. */
function storyOf(site: string): RawBuilder<unknown> {
  return sql`select j.number, j.event, j.side, j.detail from journal j where j.site = ${site} and j.link = x.link offset 0`;
}
