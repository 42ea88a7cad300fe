/** How many links of a site may be dispatched and unfinished at once: what its budget can serve in some seconds. */
import type { Side } from './record';

/** Few enough to keep the order of what is still in Postgres, enough to never leave the budget idle. */
const windowSeconds = 4;
const smallestWindow = 16;
const largestWindow = 200;
/** Of live edits besides, which runs do not hold up. */
export const liveWindow = 200;

export function dispatchWindow(budgets: Readonly<Record<Side, { readonly limitPerMinute: number }>>): number {
  const perMinute = Math.max(budgets.desk.limitPerMinute, budgets.teamwork.limitPerMinute);
  return Math.min(largestWindow, Math.max(smallestWindow, Math.ceil((perMinute / 60) * windowSeconds)));
}
