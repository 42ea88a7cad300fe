/** What a run that has ended leaves in the queue of work: taken away, given to the next one, or to nobody's. */
import { sql, type RawBuilder } from 'kysely';
import type { Tx } from './transaction';

/**
 * Takes away what only a cancelled run wanted, so that the next run decides it anew. A write whose outcome is unknown
 * is looked for all the same (R15).
 */
export async function dropCancelled(tx: Tx, site: string, which: RawBuilder<unknown>): Promise<void> {
  const ofCancelled = sql`
    d.site = ${site} and ${which} and d.dispatched_at is null and exists (select from runs r
      where r.site = d.site and r.run = d.run and r.state = 'cancelled')`;
  await sql`
    update due d set run = null where ${ofCancelled} and exists (select from intents i
      where i.site = d.site and i.link = d.link and i.state in ('sent', 'unknown'))`.execute(tx);
  await sql`
    with dropped as (delete from due d where ${ofCancelled} returning d.link)
    update records r set decided = false from dropped
    join links l on l.site = ${site} and l.number = dropped.link
    where r.site = ${site} and r.kind = l.kind
      and (r.side = 'teamwork' and r.id = l.teamwork_id or r.side = 'desk' and r.id = l.desk_id)`.execute(tx);
}

/**
 * What a cancelled run still has in work, and writes of unknown outcome that nobody's run waits for, this run waits for:
 * their decisions are taken, so it would not meet them otherwise.
 */
export async function takeOver(tx: Tx, site: string, run: string): Promise<void> {
  await sql`
    update due d set run = ${run}
    where d.site = ${site} and exists (select from runs r
        where r.site = d.site and r.run = ${run} and r.state in ('running', 'paused'))
      and (exists (select from runs r where r.site = d.site and r.run = d.run and r.state = 'cancelled')
        or d.run is null and exists (select from intents i
          where i.site = d.site and i.link = d.link and i.state in ('sent', 'unknown')))`.execute(tx);
}

/** Who was paused while the run ran goes on without it. */
export async function leaveBehind(tx: Tx, site: string, run: string): Promise<void> {
  await sql`update due set run = null where site = ${site} and run = ${run}`.execute(tx);
}
