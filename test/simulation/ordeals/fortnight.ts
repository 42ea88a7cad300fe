/** Two weeks of a site: what users and operators do at their own pace, and a sweep every night (R24). */
import type { Operation } from '../history/chosen';
import { operationsFor } from '../history/history';
import { Random } from '../random';

const operationsEach = 400;
const dayMs = 24 * 3_600_000;
/** Half of the operations follow one another as in any history; hours pass after the others. */
const longestGapMs = (4 * 14 * dayMs) / operationsEach;

export function fortnight(seed: number): Operation[] {
  const random = new Random(seed);
  let untilNight = dayMs / 2;
  return operationsFor(seed, operationsEach).flatMap((operation) => {
    const gapMs = random.chance(0.5) ? operation.gapMs : random.below(longestGapMs);
    untilNight -= gapMs;
    if (untilNight > 0) return [{ ...operation, gapMs }];
    untilNight += dayMs;
    return [
      { ...operation, gapMs },
      { ...operation, what: 'sweep', gapMs: 0 },
    ];
  });
}
