/** The records of a decision: those that it was taken on, and the side that it pairs. */
import type { RecordView } from '../domain/plan';
import { otherSide, sides, type Side } from '../domain/record';
import type { Decision } from '../ports/links';

/** The side on which a lone link has no record yet. */
export function pairedSide(ids: Readonly<Record<Side, string | null>>): Side {
  return otherSide(ids.teamwork === null ? 'desk' : 'teamwork');
}

/** The records that the decision was taken on. */
export function recordsOf({ view, plan }: Decision): RecordView[] {
  const own = sides.flatMap((side) => view.records[side] ?? []);
  return [...own, ...view.counterparts.filter(({ id }) => id === plan.pairWith)];
}
