/** The records of a decision: those that it was taken on, and the side that it pairs. */
import type { RecordView } from '../domain/plan';
import { otherSide, sides, type Side } from '../domain/record';
import type { Decision } from '../ports/links';
import { refsIn, type Ref } from './record-rows';

/** The side on which a lone link has no record yet. */
export function pairedSide(ids: Readonly<Record<Side, string | null>>): Side {
  return otherSide(ids.teamwork === null ? 'desk' : 'teamwork');
}

/** The record that a lone link is to be linked with: one at most. */
export function pairIn({ view: { link }, plan }: Decision): readonly Ref[] {
  return plan.pairWith === null ? [] : [{ side: pairedSide(link.ids), id: plan.pairWith }];
}

/** Both records of the pair that a lone link is to become; none where it stays alone. */
export function bothIn(decision: Decision): readonly Ref[] {
  const pair = pairIn(decision);
  return pair.length === 0 ? [] : [...refsIn(decision.view.link.ids), ...pair];
}

/** The records that the decision was taken on. */
export function recordsOf({ view, plan }: Decision): RecordView[] {
  const own = sides.flatMap((side) => view.records[side] ?? []);
  return [...own, ...view.counterparts.filter(({ id }) => id === plan.pairWith)];
}
