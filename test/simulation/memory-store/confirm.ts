/** Confirms a step: intent, mirror, link, bases, journal and who waited for it, at once. */
import { otherSide } from '../../../src/domain/record';
import type { LinkStore, StepDone } from '../../../src/ports/links';
import { agreedOn } from '../../../src/store/agreed-bases';
import { addDue, parkUntil } from './due';
import { closeIntent, intentOf } from './intents';
import { without } from './link-changes';
import { changeLink, isOpen, journal, linkHolding, mergeInto } from './link-rows';
import { sameJson, type IntentRow, type Memory, type SiteRows } from './memory';
import { recordRow, setDecided, upsertRecords } from './mirror';
import { parkIntent, wakeTaken } from './retries';
import { wakePeopleOfLinked, wakeRivals, wakeSharers } from './wakes';
import { transactions } from './transactions';

export function confirmMethods(memory: Memory): Pick<LinkStore, 'confirmStep'> {
  return transactions<Pick<LinkStore, 'confirmStep'>>({
    confirmStep(site, id, done) {
      const rows = memory.of(site);
      const intent = intentOf(rows, site, id);
      // Told a second time, because the answer to the first was lost.
      if (!isOpen(intent)) return;
      const { side, kind, link, run } = intent;
      closeIntent(memory, rows, intent, 'confirmed', done.base);
      const observation = { ...done.observation, id: done.id, readAt: memory.now() };
      const freed = upsertRecords(memory, rows, side, kind, { observations: [observation], survey: null });
      wakeTaken(memory, rows, kind, side);
      wakeSharers(memory, rows, freed);
      setDecided(rows, kind, { side, id: done.id }, !done.decideAgain);
      if (intent.action === 'create' && !takeCreated(memory, rows, intent, done)) return;
      moveOn(memory, rows, intent, done);
      const ids = rows.links.get(link)?.link.ids;
      if (intent.action === 'create' && ids !== undefined) wakeRivals(memory, rows, { kind, ids }, run);
      if (kind === 'company' && intent.action === 'create' && ids !== undefined) {
        wakePeopleOfLinked(memory, rows, ids, run);
      }
      tellConfirmed(memory, rows, intent, done);
    },
  });
}

/** The link becomes active with the record created. False when that record is another link's already. */
function takeCreated(memory: Memory, rows: SiteRows, intent: IntentRow, done: StepDone): boolean {
  const { link, kind, side, run } = intent;
  const holder = linkHolding(rows, kind, { side, id: done.id });
  if (holder !== null && holder.number !== link) {
    if (holder.phase === 'active') {
      // The record is another's: this link has made none, and may make one (R15).
      closeIntent(memory, rows, intent, 'refused');
      changeLink(rows, link, { status: 'failing', reason: 'taken' });
      const detail = { reason: 'taken', id: done.id, holder: holder.number };
      journal(memory, rows, [{ link, event: 'refused', side, detail }]);
      return false;
    }
    // A survey saw the record before we were told of it, and gave it a row of its own.
    mergeInto(memory, rows, link, { link: holder.number, run });
  }
  return true;
}

/** Bases, notes and status; the plan's next step stays valid, for the link moved by this one only. */
function moveOn(memory: Memory, rows: SiteRows, intent: IntentRow, done: StepDone): void {
  const row = rows.links.get(intent.link);
  if (row === undefined) return;
  const { bases, isLast } = agreedBy(rows, intent, done);
  const settled = isLast && !done.decideAgain;
  const { link } = row;
  const ignoredBefore = settled && link.status === 'failing' && link.reason === 'remote_ignored';
  const failed = done.ignored.length > 0 || ignoredBefore;
  const created = intent.action === 'create';
  const keepsAction =
    intent.run === null || (row.run === intent.run && (row.action === 'created' || row.action === 'linked'));
  const notes = [...link.notes, ...done.notes];
  const moved = changeLink(
    rows,
    intent.link,
    {
      ...(created
        ? {
            phase: 'active' as const,
            ids: { ...link.ids, [intent.side]: done.id },
            activeSince: memory.now(),
          }
        : {}),
      bases: {
        teamwork: { ...link.bases.teamwork, ...bases.teamwork },
        desk: { ...link.bases.desk, ...bases.desk },
      },
      choices: without(link.choices, Object.keys(bases[intent.side])),
      status: failed ? 'failing' : settled ? 'in_sync' : 'pending',
      reason: failed ? 'remote_ignored' : settled ? 'agreed' : 'changes_to_write',
      notes: notes.filter((note, at) => !notes.slice(0, at).some((earlier) => sameJson(earlier, note))),
    },
    { run: intent.run ?? row.run, action: keepsAction ? row.action : created ? 'created' : 'updated' },
  );
  const plan = rows.plans.get(intent.link);
  if (plan?.id === intent.plan && plan.version === moved.version - 1) {
    rows.plans.set(intent.link, { ...plan, version: moved.version });
  }
  if (done.ignored.length > 0) {
    const at = parkIntent(memory, rows, intent, 'remote_ignored');
    if (at !== null) parkUntil(memory, rows, intent.link, at, [intent.side]);
  }
  if (done.decideAgain) {
    addDue(memory, rows, [{ link: intent.link, priority: 2, run: intent.run, at: null, read: [] }]);
  }
}

function agreedBy(rows: SiteRows, intent: IntentRow, done: StepDone) {
  const plan = rows.plans.get(intent.link);
  const link = rows.links.get(intent.link)?.link;
  const source = otherSide(intent.side);
  const ref = { side: source, id: link?.ids[source] ?? '' };
  const confirmed = [...rows.intents.values()].filter(
    (one) => one.plan === intent.plan && one.link === intent.link && one.state === 'confirmed',
  );
  const known = {
    steps: plan?.id === intent.plan ? plan.steps : [],
    confirmed: confirmed.flatMap(({ side, base }) => (base === null ? [] : [{ side, base }])),
    before: link?.bases ?? null,
    fields: recordRow(rows, intent.kind, ref)?.record.fields ?? null,
  };
  return agreedOn(known, intent, done);
}

function tellConfirmed(memory: Memory, rows: SiteRows, intent: IntentRow, done: StepDone): void {
  const { link, side, run, action, sent } = intent;
  const ignored: readonly string[] = done.ignored;
  const fields = Object.keys(sent).filter((field) => !ignored.includes(field));
  const event = done.adopted ? 'adopted' : action === 'create' ? 'created' : 'updated';
  const reformatted = done.notes.filter(({ reason }) => reason === 'reformatted').map(({ field }) => field);
  const detail = { id: done.id, action, fields, ...(reformatted.length === 0 ? {} : { reformatted }) };
  journal(memory, rows, [{ link, event, side, run, detail }]);
  if (ignored.length > 0) {
    journal(memory, rows, [{ link, event: 'ignored', side, run, detail: { id: done.id, fields: ignored } }]);
  }
}
