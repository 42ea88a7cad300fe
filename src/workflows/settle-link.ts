/** One link's turn: read what the hints ask for, decide, write, until the decision is carried out or parked. */
import { patched } from '@temporalio/workflow';
import type { ObserveResult } from '../activities/observe';
import type { ApplyResult } from '../activities/step';
import { otherSide, type Side } from '../domain/record';
import type { SavedPlan } from '../ports/links';
import type { Standing } from '../ports/reads';
import type { EntityInput, Hint } from './messages';
import { callsOf, decide, finishDue, releaseDue } from './proxies';

/** How the link stood at the turn's end; a worker of an older version does not say it. */
export type TurnEnd = Standing | null | undefined;

/** A link that moves more often than this within one turn is left due, and its next turn goes on. */
const maxRounds = 8;

export async function settleLink(input: EntityInput, hint: Hint): Promise<TurnEnd> {
  const { site, link, kind } = input;
  const { priority, run } = hint;
  const call = { site, link, kind, priority, run };
  // What no run waits for is a user's edit, beside an echo too, and is written as one: with a look at its target (R10, R11).
  const urgency = run === null && priority > 2 ? 2 : priority;
  const readDirectly = new Set<Side>();

  if ((await read(hint.read)) === 'stopped') return releaseDue({ site, link });
  if (hint.plan !== undefined && hint.read.length === 0) {
    const carriedOut = await carryOut(hint.plan);
    if (carriedOut === 'stopped') return releaseDue({ site, link });
    if (carriedOut !== 'again') return finishDue({ site, link });
  }
  for (let round = 0; round < maxRounds; round++) {
    const decided = await decide({ site, link });
    if (decided === null) break;
    if (decided.look !== null) {
      const looked = await callsOf(decided.look).look({ ...call, side: decided.look });
      if (looked === 'stopped') return releaseDue({ site, link });
      // The look itself has made the link due again for later.
      if (looked === 'unconfirmed') break;
      continue;
    }
    if (decided.companyFirst !== null) {
      const { side, link: company } = decided.companyFirst;
      const seen = await callsOf(side).observe({ ...call, kind: 'company', link: company, side });
      if (seen === 'stopped') return releaseDue({ site, link });
      // It looks gone and proves nothing (R23); the next sign or sweep asks again.
      if (seen === 'unconfirmed') break;
      continue;
    }
    if (decided.readAgain.length > 0) {
      const seen = await read(decided.readAgain);
      if (seen === 'stopped') return releaseDue({ site, link });
      // Nothing is proved (R23); the read itself has made the link due again for later.
      if (seen === 'unconfirmed') break;
      continue;
    }
    const carriedOut = await carryOut(decided);
    if (carriedOut === 'stopped') return releaseDue({ site, link });
    if (carriedOut !== 'again') break;
  }
  return finishDue({ site, link });

  async function read(wanted: readonly Side[]): Promise<'read' | 'unconfirmed' | 'stopped'> {
    const observe = (side: Side) => callsOf(side).observe({ ...call, side });
    const seen: ObserveResult[] = [];
    // Turns begun on a version before this one read one side after the other.
    if (wanted.length > 1 && patched('both sides at once')) {
      seen.push(...(await Promise.all(wanted.map(observe))));
    } else {
      for (const side of wanted) {
        seen.push(await observe(side));
        if (seen.includes('stopped')) break;
      }
    }
    if (seen.includes('stopped')) return 'stopped';
    for (const side of wanted) readDirectly.add(side);
    return seen.includes('unconfirmed') ? 'unconfirmed' : 'read';
  }

  async function carryOut({ planId, steps }: SavedPlan): Promise<ApplyResult> {
    if (planId === null) return 'confirmed';
    for (const [index, { side, action }] of steps.entries()) {
      const fromListing = action === 'create' && !readDirectly.has(otherSide(side));
      const applied = await callsOf(side).apply({
        ...call,
        priority: urgency,
        planId,
        index,
        side,
        fromListing,
      });
      if (applied !== 'confirmed') return applied;
    }
    return 'confirmed';
  }
}
