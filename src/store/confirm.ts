/** Confirms a step: intent, mirror, link, bases, journal and who waited for it, in one transaction. */
import { sql } from 'kysely';
import type { Side } from '../domain/record';
import type { StepDone } from '../ports/links';
import type { Store } from '../ports/store';
import { agreedBy } from './agreed-bases';
import type { WalledDatabase } from './database';
import { addDueLinks, parkUntil } from './due';
import { closeAs, isOpen, lockIntent, type IntentRow } from './intents';
import { journal } from './journal';
import { lockLinks, numbersHolding } from './locked-links';
import { mergeInto } from './merged-rows';
import { upsertRecords } from './record-pages';
import { keyOf, refsIn } from './record-rows';
import { parkIntent } from './retries';
import { wakeRivals } from './rivals';
import { jsonb } from './storable';
import { withSite, type Tx } from './transaction';
import { wakePeopleOfLinked } from './wakes';

export function confirmMethods(db: WalledDatabase): Pick<Store, 'confirmStep'> {
  return {
    confirmStep: (site, id, done) =>
      withSite(db, site, async (tx) => {
        const intent = await lockIntent(tx, site, id);
        // Told a second time, because the answer to the first was lost.
        if (!isOpen(intent)) return;
        await closeAs(tx, site, intent, 'confirmed', done.base);
        await keepObservation(tx, site, intent, done);
        if (intent.action === 'create' && !(await takeCreated(tx, site, intent, done))) return;
        await moveOn(tx, site, intent, done);
        const ids = { ...intent.ids, [intent.side]: done.id };
        if (intent.action === 'create') await wakeRivals(tx, site, intent.kind, refsIn(ids), intent.run);
        if (intent.kind === 'company' && intent.action === 'create') {
          await wakePeopleOfLinked(tx, site, [{ teamworkId: ids.teamwork, deskId: ids.desk }], intent.run);
        }
        await tellConfirmed(tx, site, intent, done);
      }),
  };
}

/** The write's own read counts as begun now, so that no read that began before it ended overwrites it. */
async function keepObservation(tx: Tx, site: string, intent: IntentRow, done: StepDone): Promise<void> {
  const { side, kind, now: readAt } = intent;
  await upsertRecords(tx, site, {
    side,
    kind,
    observations: [{ ...done.observation, id: done.id, readAt }],
    survey: null,
  });
  await sql`
    update records set decided = ${!done.decideAgain}
    where site = ${site} and kind = ${kind} and side = ${side} and id = ${done.id}`.execute(tx);
}

/** The link becomes active with the record created. False when that record is another link's already. */
async function takeCreated(tx: Tx, site: string, intent: IntentRow, done: StepDone): Promise<boolean> {
  const { link, kind, side, run } = intent;
  const created = { side, id: done.id };
  const holder = (await numbersHolding(tx, site, kind, [created])).get(keyOf(created));
  if (holder !== undefined && holder !== link) {
    const held = (await lockLinks(tx, site, [holder], 'wait')).get(holder);
    if (held?.phase === 'active') {
      // The record is another's: this link has made none, and may make one (R15).
      await closeAs(tx, site, intent, 'refused');
      await parkAsTaken(tx, site, link, created, holder);
      return false;
    }
    // A survey saw the record before we were told of it, and gave it a row of its own.
    await mergeInto(tx, site, link, { link: holder, run });
  }
  const column = side === 'teamwork' ? sql.ref('teamwork_id') : sql.ref('desk_id');
  await sql`
    update links set ${column} = ${done.id}, phase = 'active', active_since = clock_timestamp()
    where site = ${site} and number = ${link}`.execute(tx);
  return true;
}

async function parkAsTaken(
  tx: Tx,
  site: string,
  link: number,
  created: { readonly side: Side; readonly id: string },
  holder: number,
): Promise<void> {
  await sql`
    update links set status = 'failing', reason = 'taken', version = version + 1
    where site = ${site} and number = ${link}`.execute(tx);
  const detail = { reason: 'taken', id: created.id, holder };
  await journal(tx, site, [{ link, event: 'refused', side: created.side, detail }]);
}

/** Bases, notes and status; the plan's next step stays valid, for the link moved by this one only. */
async function moveOn(tx: Tx, site: string, intent: IntentRow, done: StepDone): Promise<void> {
  const { bases, isLast } = await agreedBy(tx, site, intent, done);
  const failed = done.ignored.length > 0;
  const settled = isLast && !done.decideAgain;
  const status = failed ? 'failing' : settled ? 'in_sync' : 'pending';
  const reason = failed ? 'remote_ignored' : settled ? 'agreed' : 'changes_to_write';
  // R13: what an earlier step of the plan was told and the side ignored is not made good by a later one.
  const ignoredBefore = sql`(status = 'failing' and reason = 'remote_ignored' and ${!failed && settled})`;
  const action = intent.action === 'create' ? 'created' : 'updated';
  await sql`
    with moved as (update links l set teamwork_base = teamwork_base || ${jsonb(bases.teamwork)},
      desk_base = desk_base || ${jsonb(bases.desk)}, choices = choices - ${Object.keys(bases[intent.side])}::text[],
      status = case when ${ignoredBefore} then status else ${status} end,
      reason = case when ${ignoredBefore} then reason else ${reason} end, version = version + 1,
      notes = (select coalesce(jsonb_agg(distinct n), '[]') from jsonb_array_elements(l.notes || ${jsonb(done.notes)}) n),
      run = coalesce(${intent.run}, run),
      action = case when ${intent.run}::text is null or run = ${intent.run} and action in ('created', 'linked')
        then action else ${action} end
    where site = ${site} and number = ${intent.link}
    returning version)
    update plans p set version = moved.version from moved
    where p.site = ${site} and p.link = ${intent.link} and p.id = ${intent.plan}
      and p.version = moved.version - 1`.execute(tx);
  if (failed) {
    const at = await parkIntent(tx, site, intent, 'remote_ignored');
    if (at !== null) await parkUntil(tx, site, intent.link, at, [intent.side]);
  }
  if (done.decideAgain) {
    await addDueLinks(tx, site, [{ link: intent.link, priority: 2, run: intent.run, at: null, read: [] }]);
  }
}

async function tellConfirmed(tx: Tx, site: string, intent: IntentRow, done: StepDone): Promise<void> {
  const { link, side, run, action, sent } = intent;
  const ignored: readonly string[] = done.ignored;
  const fields = Object.keys(sent).filter((field) => !ignored.includes(field));
  const event = done.adopted ? 'adopted' : action === 'create' ? 'created' : 'updated';
  const reformatted = done.notes.filter(({ reason }) => reason === 'reformatted').map(({ field }) => field);
  const detail = { id: done.id, action, fields, ...(reformatted.length === 0 ? {} : { reformatted }) };
  await journal(tx, site, [
    { link, event, side, run, detail },
    ...(ignored.length === 0
      ? []
      : [{ link, event: 'ignored' as const, side, run, detail: { id: done.id, fields: ignored } }]),
  ]);
}
