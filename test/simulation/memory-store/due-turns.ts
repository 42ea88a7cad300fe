/** What a link's turn begins with, as in `src/store/due-turns.ts`. */
import type { Priority } from '../../../src/ports/budget';
import type { DueLink } from '../../../src/ports/due';
import { openIntentOf } from './link-rows';
import { plusMs, type DueRow, type SiteRows } from './memory';

const echoesWithinMs = 60_000;
const echoesAtOnceMs = 5_000;

/** A hook told of a change that is not our own. */
export function isLikelyEdit(rows: SiteRows, due: DueRow, now: string): boolean {
  return (
    isOfOneChange(due) &&
    rows.links.get(due.link)?.link.phase === 'active' &&
    !wroteSince(rows, due, plusMs(now, -echoesWithinMs))
  );
}

export function urgency(rows: SiteRows, due: DueRow): Priority {
  const isEcho = isOfOneChange(due) && wroteSince(rows, due, plusMs(due.addedAt, -echoesAtOnceMs));
  return isEcho ? 3 : due.priority;
}

function isOfOneChange({ priority, read, deleted }: DueRow): boolean {
  return priority === 1 && read.length === 1 && deleted.length === 0;
}

function wroteSince(rows: SiteRows, { link, read: [side] }: DueRow, since: string): boolean {
  return [...rows.intents.values()].some(
    (intent) => intent.link === link && intent.side === side && intent.sentAt > since,
  );
}

export function planOf(rows: SiteRows, link: number): DueLink['plan'] {
  const plan = rows.plans.get(link);
  if (plan === undefined || plan.version !== rows.links.get(link)?.link.version) return null;
  if (openIntentOf(rows, link) !== null) return null;
  return { planId: plan.id, steps: plan.steps.map(({ side, action }) => ({ side, action })) };
}
