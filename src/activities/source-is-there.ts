/** A listing may show what is not there (R23): what is created from it is read directly before. */
import { otherSide } from '../domain/record';
import type { Store } from '../ports/store';
import type { ObserveInput, ObserveResult } from './observe';
import type { ApplyInput, ApplyResult } from './step';

const instead: Readonly<Record<Exclude<ObserveResult, 'present'>, ApplyResult>> = {
  stopped: 'stopped',
  unconfirmed: 'parked',
  gone: 'again',
  absent: 'again',
};

/**
 * In a site's first InitialSync everything is new and nothing tells a lie from it; whose the listings are was asked just
 * before (R29), and a plan can be looked at first.
 */
export function fromWhatIsThere(
  store: Store,
  observe: (input: ObserveInput) => Promise<ObserveResult>,
  apply: (input: ApplyInput) => Promise<ApplyResult>,
) {
  return async function applyFromWhatIsThere(input: ApplyInput): Promise<ApplyResult> {
    const { site, link, kind, side, priority, run, fromListing = false } = input;
    if (!fromListing || (await store.latestRun(site, 'sync', 'finished')) === null) return apply(input);
    const seen = await observe({ site, link, kind, side: otherSide(side), priority, run });
    return seen === 'present' ? apply(input) : instead[seen];
  };
}
