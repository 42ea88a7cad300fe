/** An older copy of the store put back in its place, amid a history (A59): told by the epoch, frozen, gone on with by an operator. */
import { siteId, type Site } from '../engine/site';
import type { Ordeal } from '../history/ordeal';
import type { Field } from '../../../src/domain/record';
import type { JournalEntry } from '../../../src/ports/reads';
import { linkHolding } from '../memory-store/link-rows';
import { same } from '../oracle/same';
import { keyOfRow, type Change } from '../products/rows';
import { Random } from '../random';

/** The watch looks at the epoch as often as it polls; a worker that starts has it look at once. */
const watchedEveryMs = 60_000;
const startedWithinMs = 2_000;

export function restoreAt(seed: number): Ordeal {
  const random = new Random(seed * 3 + 2);
  const copiedAt = 4 + random.below(10);
  const restoredAt = copiedAt + 4 + random.below(10);
  const isRestarted = random.chance(0.5);
  let restore = (): void => undefined;
  let [before, until, restoredAtMs] = [0, 0, Infinity];
  const forgotten: JournalEntry[] = [];
  let restored = false;
  return {
    before(site, operation) {
      if (operation === copiedAt) {
        restore = site.memory.copy();
        before = site.products.changes.length;
      }
      if (operation !== restoredAt) return;
      for (const { actor, what } of site.products.changes.slice(before))
        if (actor === 'engine' || what !== 'update') site.marks.add(`ordeal: ${what} of ${actor}`);
      until = site.products.changes.length;
      const kept = site.rows.journal;
      restore();
      forgotten.push(...kept.slice(site.rows.journal.length));
      restored = true;
      restoredAtMs = site.time.now;
      tellAgain(site, before);
      if (isRestarted) site.server.crash();
      const withinMs = isRestarted ? startedWithinMs : watchedEveryMs;
      site.time.at(site.time.now + random.below(withinMs), () => void freeze(site));
    },
    after: () => (restored ? [] : ['nothing was restored']),
    // The copy lacks what was told in the journal after it, writes and the values that lost a conflict then, and runs
    // begun since, which end.
    excuses: (site, violation) =>
      violation.startsWith('I23:') ||
      (violation.startsWith('I19:') && isOfMinute(violation, restoredAtMs)) ||
      violation.includes('it is an older copy. Start a run anew.') ||
      (violation.startsWith('I4:') && isLeftAlone(site, violation)) ||
      (violation.startsWith('I7:') &&
        isWrittenFrom(site.products.changes.slice(before, until), site, violation)) ||
      (violation.startsWith('I6:') && forgotten.some((entry) => tellsOf(entry, violation))),
  };
}

/** The copy's budget knows nothing of the calls made after it: in one minute, theirs and those that follow are too many. */
function isOfMinute(violation: string, restoredAtMs: number): boolean {
  const from = Number(violation.split(' ').at(-1));
  return from <= restoredAtMs && restoredAtMs <= from + 60_000;
}

/**
 * What the copy does not know that we made: of a record that is deleted since it stands alone, as R20 and R21 leave it, and
 * where one of the two was given another name or email since, by which the other cannot be found (R14); of one that waits for
 * an answer, or whose company does, it waits as well (R14, R16).
 */
function isLeftAlone({ products, rows }: Site, violation: string): boolean {
  const made = products.changes.find(
    ({ actor, what, after }) =>
      actor === 'engine' && what === 'create' && violation.includes(`made ${keyOfRow(after)},`),
  );
  if (made === undefined) return false;
  const { side, kind } = made.after;
  const name = kind === 'company' ? 'name' : 'email';
  if (!same(name, made.sent[name], products.get(side, kind, made.after.id)?.fields[name])) return true;
  return products.changes.some(({ after }) => {
    if (after.side === side || after.kind !== kind || !same(name, made.sent[name], after.fields[name]))
      return false;
    const source = products.get(after.side, kind, after.id);
    const isOther = !same(name, made.sent[name], source?.fields[name]);
    const status = linkHolding(rows, kind, after)?.status;
    return source?.deleted === true || isOther || status === 'question' || status === 'waiting';
  });
}

/** What a link wrote from a record that it had moved to since the copy (R17), which the copy cannot tell any more. */
function isWrittenFrom(since: readonly Change[], { products }: Site, violation: string): boolean {
  return since.some(
    ({ actor, after, sent }) =>
      actor === 'engine' &&
      violation.includes(` to ${after.side} ${after.kind} ${after.id},`) &&
      Object.entries(sent).some(
        ([name, value]) =>
          violation.includes(`wrote ${name} ${JSON.stringify(value)} `) &&
          products.changes.some(
            ({ after: other }) =>
              other.side !== after.side &&
              other.kind === after.kind &&
              same(name, value, other.fields[name as Field]),
          ),
      ),
  );
}

function tellsOf({ event, detail }: JournalEntry, violation: string): boolean {
  const { field, value } = detail;
  return event === 'conflict' && violation.includes(`: ${String(field)} ${JSON.stringify(value)} of`);
}

/** The polls' cursors are in the copy, too: deletions since then are listed to them once more. */
function tellAgain({ products, time, random, hooks }: Site, since: number): void {
  for (const change of products.changes.slice(since))
    if (change.what === 'delete')
      time.at(time.now + random.below(watchedEveryMs), () => hooks.repeat(change));
}

/** As the store does where the epoch is lower than the watch remembers; whoever heals the history lifts it. */
function freeze(site: Site): Promise<void> {
  site.marks.add('ordeal: told by the epoch');
  return site.store.freeze(siteId, 'The database is an older copy.');
}
