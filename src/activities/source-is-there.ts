/** A listing may show what is not there (R23): what is created from it is read directly before. */
import { otherSide } from '../domain/record';
import type { ApplyInput, ApplyResult } from './apply';
import type { ObserveInput, ObserveResult } from './observe';
import type { Store } from '../ports/store';

const instead: Readonly<Record<Exclude<ObserveResult, 'present'>, ApplyResult>> = {
  stopped: 'stopped',
  unconfirmed: 'parked',
  gone: 'again',
  absent: 'again',
};

/**
 * Null: go on. In a site's first InitialSync everything is new and nothing tells a lie from it; whose the listings are was
 * asked just before (R29), and a plan can be looked at first.
 */
export async function insteadOfCreating(
  store: Store,
  observe: (input: ObserveInput) => Promise<ObserveResult>,
  { site, link, kind, side, priority, run }: ApplyInput,
): Promise<ApplyResult | null> {
  if ((await store.latestRun(site, 'sync', 'finished')) === null) return null;
  if ((await store.view(site, link))?.link.ids[side] !== null) return null;
  const seen = await observe({ site, link, kind, side: otherSide(side), priority, run });
  return seen === 'present' ? null : instead[seen];
}
