/** Relink and restore (R22, R25), as `src/store/join-again.ts` carries them out. */
import { otherSide, sides, type Fields, type Side } from '../../../src/domain/record';
import type { Link } from '../../../src/domain/link';
import { OperationRefused } from '../../../src/store/operation-frame';
import { addDue } from './due';
import { announce } from './guard';
import { changeLink, insertLink, linkHolding, mergeInto, openIntentOf, refsOf } from './link-rows';
import { recordRow } from './mirror';
import { sidesThere, tell, type Frame } from './operation-frame';
import { wakePeopleOfLinked, wakeRivals } from './wakes';

export function joinAgain(frame: Frame): void {
  const [side, other] = sidesThere(frame);
  if (side === undefined) throw new OperationRefused('both_gone');
  if (other !== undefined) relink(frame);
  else restore(frame, side);
}

export function relink(frame: Frame): void {
  const { memory, rows, link } = frame;
  takeRecords(frame, sides);
  changeLink(rows, link.number, {
    phase: 'active',
    status: 'pending',
    reason: 'changes_to_write',
    tombstone: null,
    activeSince: memory.now(),
    ...(isBlanked(frame) ? { bases: withoutCompanies(link) } : {}),
  });
  wakeRivals(memory, rows, link, null);
  tell(frame, 'relinked', { reason: link.tombstone?.reason ?? null, ...link.ids });
  wake(frame, sides);
  if (link.kind === 'company') wakePeopleOfLinked(memory, rows, link.ids, null);
}

/** The id that is gone keeps a tombstone of its own. */
export function restore(frame: Frame, left: Side): void {
  const { memory, rows, link } = frame;
  const missing = otherSide(left);
  takeRecords(frame, [left]);
  const nothing = { bases: { teamwork: {}, desk: {} }, choices: {}, activeSince: null };
  if (link.ids[missing] !== null) {
    insertLink(memory, rows, {
      ...link,
      ...nothing,
      ids: { teamwork: null, desk: null, [missing]: link.ids[missing] },
      notes: [],
      asked: null,
      paused: false,
      incarnation: 1,
    });
  }
  changeLink(rows, link.number, {
    ...nothing,
    phase: 'lone',
    ids: { ...link.ids, [missing]: null },
    asked: missing === 'desk' ? null : link.asked,
    status: 'pending',
    reason: 'changes_to_write',
    tombstone: null,
    incarnation: link.incarnation + 1,
  });
  tell(frame, 'restored', { reason: link.tombstone?.reason ?? null, gone: link.ids[missing] }, missing);
  wake(frame, [left]);
}

/** A record held by another pair is not taken away from it; one that stands alone comes along. */
function takeRecords({ memory, rows, link }: Frame, which: readonly Side[]): void {
  const others = refsOf(link.ids)
    .filter(({ side }) => which.includes(side))
    .flatMap((ref) => {
      const holder = linkHolding(rows, link.kind, ref);
      return holder === null || holder.number === link.number ? [] : [{ ref, holder }];
    });
  for (const { ref, holder } of others) {
    if (holder.phase === 'lone') continue;
    throw new OperationRefused('held_by_other', {
      holder: { kind: link.kind, ...ref, link: holder.number },
    });
  }
  if (others.some(({ holder }) => openIntentOf(rows, holder.number) !== null))
    throw new OperationRefused('in_work');
  for (const { holder } of others) mergeInto(memory, rows, link.number, { link: holder.number });
}

/** R25: a person whose company went blank by a deletion. */
function isBlanked({ rows, link: { kind, ids } }: Frame): boolean {
  return (
    kind === 'customer' && refsOf(ids).some((ref) => recordRow(rows, kind, ref)?.record.fields.company === '')
  );
}

export function withoutCompanies({ bases }: Link): Link['bases'] {
  const without = ({ company: _, ...others }: Fields): Fields => others;
  return { teamwork: without(bases.teamwork), desk: without(bases.desk) };
}

function wake({ memory, rows, link }: Frame, read: readonly Side[]): void {
  announce(memory, rows, link.number);
  addDue(memory, rows, [{ link: link.number, priority: 2, run: null, at: null, read }]);
}
