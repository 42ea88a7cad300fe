/** What the writes of a plan cost, and when they would be done with a share of the vendors' limits. */
import { sides } from '../domain/record';
import type { PlanReport } from '../ports/runs';
import { countText, durationText, numberText, productOf } from './words';

/** `present`: the share that the plan's own limits are of; `share`: the one that is asked about. */
export function planCostText(
  { calls, limitPerMinute }: Pick<PlanReport, 'calls' | 'limitPerMinute'>,
  present: number,
  share: number,
): string {
  const limits = sides.map((side) => Math.max(1, Math.round((limitPerMinute[side] / present) * share)));
  const minutes = Math.max(...sides.map((side, index) => calls[side] / (limits[index] ?? 1)));
  const parts = sides.map(
    (side, index) =>
      `${countText(calls[side], 'call')} to ${productOf[side]} at ${numberText(limits[index] ?? 1)} a minute`,
  );
  const percent = Math.round(share * 100);
  return `Writing needs ${parts.join(' and ')}: with ${percent} % of the vendors’ limits about ${durationText(minutes * 60)}.`;
}
