/** Breaking a link: it becomes a tombstone for good; what it says never changes by itself (R22). */
import { sql } from 'kysely';
import type { Link, Tombstone } from '../domain/link';
import { journal } from './journal';
import { refsIn } from './record-rows';
import { wakeAlike, wakeRivals } from './rivals';
import { instantText, jsonb } from './storable';
import type { Tx } from './transaction';
import { wakePeopleOfBroken, wakePeopleWaitingFor } from './wakes';

export async function breakLink(
  tx: Tx,
  site: string,
  link: Pick<Link, 'number' | 'kind' | 'ids'>,
  breakAs: Omit<Tombstone, 'at'>,
  run: string | null,
): Promise<void> {
  const { rows } = await sql<{ tombstone: Tombstone }>`
    update links set phase = 'broken', status = 'broken', reason = ${breakAs.reason}, version = version + 1,
      notes = '[]', tombstone = ${jsonb(breakAs)} || jsonb_build_object('at', ${instantText(sql`clock_timestamp()`)})
    where site = ${site} and number = ${link.number}
    returning tombstone`.execute(tx);
  await dropPlan(tx, site, link.number);
  await sql`delete from questions where site = ${site} and link = ${link.number}`.execute(tx);
  await journal(
    tx,
    site,
    rows.map(({ tombstone: { reason, side, causeLink } }) => ({
      link: link.number,
      event: 'broken',
      side,
      run,
      detail: { reason, causeLink, ...link.ids },
    })),
  );
  await wakeRivals(tx, site, link.kind, refsIn(link.ids), run);
  await wakeAlike(tx, site, link.kind, refsIn(link.ids), run);
  if (link.kind === 'company') {
    await wakePeopleOfBroken(tx, site, { teamworkId: link.ids.teamwork, deskId: link.ids.desk });
    await wakePeopleWaitingFor(tx, site, link.ids.teamwork);
  }
}

export async function dropPlan(tx: Tx, site: string, link: number): Promise<void> {
  await sql`delete from plans where site = ${site} and link = ${link}`.execute(tx);
}
