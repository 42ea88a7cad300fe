/** An operator's answer to a mass change (R26): bound to the set that was seen, single-use, valid for an hour. */
import { sql } from 'kysely';
import type { Hold, HoldAnswer } from '../ports/holds';
import type { Store } from '../ports/store';
import type { WalledDatabase } from './database';
import { addDue } from './due';
import { journal } from './journal';
import { withSite, type Tx } from './transaction';

export function holdMethods(db: WalledDatabase): Pick<Store, 'approveHold' | 'rejectHold'> {
  const answering =
    (answer: 'approved' | 'rejected') =>
    (site: string, number: number, seen: number | null): Promise<HoldAnswer> =>
      withSite(db, site, async (tx) => {
        const hold = await lockHold(tx, site, number);
        if (hold === null) return { unknown: true };
        if (seen !== null && seen !== hold.version) return { moved: hold };
        await sql`
          update holds set state = ${answer}, answered_at = clock_timestamp(),
            expires_at = case when ${answer} = 'approved' then clock_timestamp() + interval '1 hour' end
          where site = ${site} and number = ${number}`.execute(tx);
        await tellMembers(tx, site, number, answer);
        if (answer === 'approved') await wakeMembers(tx, site, number);
        else await keepRejected(tx, site, number);
        return { done: hold };
      });

  return { approveHold: answering('approved'), rejectHold: answering('rejected') };
}

/** The columns of a Hold, of `holds h`. */
export const holdColumns = sql`
  h.number, h.kind, h.change, nullif(h.field, '') as field, h.version, h.opened_at as "openedAt",
  (select count(*) from hold_members m where m.site = h.site and m.hold = h.number) as count`;

/** Behind the guard's lock, so that nobody joins meanwhile. Null when it is not open. */
async function lockHold(tx: Tx, site: string, number: number): Promise<Hold | null> {
  await sql`
    select from guards g join holds h on h.site = g.site and h.kind = g.kind
    where h.site = ${site} and h.number = ${number} for update of g`.execute(tx);
  const { rows } = await sql<Hold>`
    select ${holdColumns} from holds h
    where h.site = ${site} and h.number = ${number} and h.state = 'open'`.execute(tx);
  return rows[0] ?? null;
}

async function wakeMembers(tx: Tx, site: string, hold: number): Promise<void> {
  await addDue(
    tx,
    site,
    sql`
    select l.number, l.kind, clock_timestamp(), 2::smallint, '{}'::text[], null::text
    from hold_members m join links l on l.site = m.site and l.number = m.link
    where m.site = ${site} and m.hold = ${hold}`,
  );
}

async function keepRejected(tx: Tx, site: string, hold: number): Promise<void> {
  await sql`
    update links l set reason = 'mass_change_rejected', version = version + 1 from hold_members m
    where m.site = ${site} and m.hold = ${hold} and l.site = m.site and l.number = m.link
      and l.status = 'held'`.execute(tx);
}

async function tellMembers(
  tx: Tx,
  site: string,
  hold: number,
  event: 'approved' | 'rejected',
): Promise<void> {
  const { rows } = await sql<{ link: number }>`
    select link from hold_members where site = ${site} and hold = ${hold} order by link`.execute(tx);
  await journal(
    tx,
    site,
    rows.map(({ link }) => ({ link, event, detail: { hold } })),
  );
}
