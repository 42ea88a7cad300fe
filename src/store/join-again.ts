/** Relink and restore: a tombstone's records become one pair again, by three-way merge from its base (R22, R25). */
import { sql } from 'kysely';
import { otherSide, sides, type Side } from '../domain/record';
import { announce } from './announced';
import { addDueLinks } from './due';
import { lockLinks, numbersHolding } from './locked-links';
import { idColumn } from './lookups';
import { mergeInto } from './merged-rows';
import {
  OperationRefused,
  refsOf,
  refuseForgotten,
  refuseInWork,
  sidesThere,
  tell,
  type Frame,
} from './operation-frame';
import { keyOf, refsIn } from './record-rows';
import { wakeRivals } from './rivals';
import { wakePeopleOfLinked } from './wakes';

/** Joins what is there: both records again, or the one left with a new one in place of the missing. */
export async function joinAgain(frame: Frame): Promise<'relinked' | 'restored'> {
  const there = await sidesThere(frame);
  const [side, other] = there;
  if (side === undefined) throw new OperationRefused('both_gone');
  if (other !== undefined) {
    await relink(frame);
    return 'relinked';
  }
  await restore(frame, side);
  return 'restored';
}

/** Both records are read once more before anything is decided, and the base is the tombstone's. */
export async function relink(frame: Frame): Promise<void> {
  const { tx, site, link } = frame;
  await takeRecords(frame, sides);
  await sql`
    update links set phase = 'active', status = 'pending', reason = 'changes_to_write', tombstone = null,
      active_since = clock_timestamp(), version = version + 1
    where site = ${site} and number = ${link.number}`.execute(tx);
  if (link.kind === 'customer') await forgetBlankedCompany(frame);
  await wakeRivals(tx, site, link.kind, refsIn(link.ids), null);
  await tell(frame, 'relinked', { reason: link.tombstone?.reason ?? null, ...link.ids });
  await wake(frame, sides);
  if (link.kind === 'company') {
    await wakePeopleOfLinked(tx, site, [{ teamworkId: link.ids.teamwork, deskId: link.ids.desk }], null);
  }
}

/**
 * The link keeps its number and the record that is left; the id that is gone keeps a tombstone of its own, so that it
 * stays dead should it come back from the trash. What somebody asked for was the Desk record (R5): where that is gone,
 * whoever takes its place was not asked for.
 */
export async function restore(frame: Frame, left: Side): Promise<void> {
  const { tx, site, link } = frame;
  const missing = otherSide(left);
  await takeRecords(frame, [left]);
  await sql`
    insert into links (site, kind, phase, ${idColumn(missing)}, status, reason, tombstone)
    select site, kind, 'broken', ${idColumn(missing)}, 'broken', reason, tombstone from links
    where site = ${site} and number = ${link.number} and ${idColumn(missing)} is not null`.execute(tx);
  await sql`
    update links set phase = 'lone', ${idColumn(missing)} = null, status = 'pending', reason = 'changes_to_write',
      tombstone = null, active_since = null, teamwork_base = '{}', desk_base = '{}', choices = '{}',
      asked = case when ${missing} = 'desk' then null else asked end,
      incarnation = incarnation + 1, version = version + 1
    where site = ${site} and number = ${link.number}`.execute(tx);
  await tell(frame, 'restored', { reason: link.tombstone?.reason ?? null, gone: link.ids[missing] }, missing);
  await wake(frame, [left]);
}

/** A record held by another pair is not taken away from it; one that stands alone comes along. */
async function takeRecords(frame: Frame, which: readonly Side[]): Promise<void> {
  const { tx, site, link } = frame;
  await refuseForgotten(frame);
  const refs = refsOf(link).filter(({ side }) => which.includes(side));
  const holding = await numbersHolding(tx, site, link.kind, refs);
  const locked = await lockLinks(tx, site, [...holding.values()], 'wait');
  const others = refs.flatMap((ref) => {
    const number = holding.get(keyOf(ref));
    return number === undefined || number === link.number ? [] : [{ ref, number }];
  });
  for (const { ref, number } of others) {
    if (locked.get(number)?.phase === 'lone') continue;
    throw new OperationRefused('held_by_other', { holder: { kind: link.kind, ...ref, link: number } });
  }
  await refuseInWork(
    frame,
    others.map(({ number }) => number),
  );
  for (const { number } of others) await mergeInto(tx, site, link.number, { link: number });
}

/**
 * R25: a company that went blank by a deletion was given up by nobody. Without a base for it the blank is no edit, and
 * the other side's company is taken.
 */
async function forgetBlankedCompany({ tx, site, link }: Pick<Frame, 'tx' | 'site' | 'link'>): Promise<void> {
  await sql`
    update links l set teamwork_base = teamwork_base - 'company', desk_base = desk_base - 'company',
      version = version + 1
    where l.site = ${site} and l.number = ${link.number} and exists (
      select from records r where r.site = l.site and r.kind = 'customer' and r.fields ->> 'company' = ''
        and (r.side = 'teamwork' and r.id = l.teamwork_id or r.side = 'desk' and r.id = l.desk_id))`.execute(
    tx,
  );
}

async function wake({ tx, site, link }: Frame, read: readonly Side[]): Promise<void> {
  await announce(tx, site, [link.number], { breaks: false });
  await addDueLinks(tx, site, [{ link: link.number, priority: 2, run: null, at: null, read }]);
}
