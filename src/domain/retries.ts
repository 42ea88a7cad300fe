/** Writes that did not take effect are tried again, ever more rarely, and not for ever; an edit heals them at once. */
import { sameFields } from './canonical';
import { about, nothingToDo } from './plan-shapes';
import type { LinkView, Plan } from './plan';

const firstMs = 15 * 60_000;
const growth = 4;
const mostTries = 5;

/** How long after the `tries`-th failure in a row of the same write; null: not by itself any more. */
export function retryAfterMs(tries: number): number | null {
  return tries >= mostTries ? null : firstMs * growth ** Math.max(0, tries - 1);
}

/** R13: what the other side accepted and ignored is not written again by every sign of it, its own echo among them. */
export function unlessIgnored(view: LinkView, plan: Plan): Plan {
  const { ignored, link } = view;
  if (ignored === null || plan.steps.length === 0) return plan;
  const isSame = plan.steps.every(
    ({ side, values }) =>
      side === ignored.side &&
      Object.keys(values).length === Object.keys(ignored.values).length &&
      sameFields(link.kind, values, ignored.values) &&
      Object.keys(values).every((field) => field in ignored.values),
  );
  if (!isSame) return plan;
  return {
    ...nothingToDo('ignored', 'failing', 'remote_ignored', [about(view, 'remote_ignored', ignored.side)]),
    agreed: plan.agreed,
    notes: plan.notes,
  };
}
