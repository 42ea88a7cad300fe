/** What a link's turn begins with, as in `src/store/due-turns.ts`. */
import type { DueLink } from '../../../src/ports/due';
import { openIntentOf } from './link-rows';
import type { DueRow, SiteRows } from './memory';

export const echoesWithinMs = 60_000;

/** A hook told of a change that is not our own. */
export function isLikelyEdit(rows: SiteRows, due: DueRow, since: string): boolean {
  return (
    due.priority === 1 &&
    rows.links.get(due.link)?.link.phase === 'active' &&
    due.read.length === 1 &&
    due.deleted.length === 0 &&
    ![...rows.intents.values()].some(
      (intent) => intent.link === due.link && intent.side === due.read[0] && intent.sentAt > since,
    )
  );
}

export function planOf(rows: SiteRows, link: number): DueLink['plan'] {
  const plan = rows.plans.get(link);
  if (plan === undefined || plan.version !== rows.links.get(link)?.link.version) return null;
  if (openIntentOf(rows, link) !== null) return null;
  return { planId: plan.id, steps: plan.steps.map(({ side, action }) => ({ side, action })) };
}
