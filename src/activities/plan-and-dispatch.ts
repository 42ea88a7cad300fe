/** Pages are decided while what earlier ones made due is written: no vendor's budget lies idle meanwhile (I19). */
import { activityInfo, cancellationSignal, heartbeat } from '@temporalio/activity';
import type { EntityStarter } from '../ports/due';
import type { Reads } from '../ports/reads';
import type { Store } from '../ports/store';
import { dispatchWith, type DispatchResult } from './dispatch';
import { planPagesWith, type PlanPagesInput } from './plan-pages';

export function planAndDispatchWith(ports: { store: Store; reads: Reads; entities: EntityStarter }) {
  const [planPages, dispatch] = [planPagesWith(ports), dispatchWith(ports)];

  return async function planAndDispatch(input: PlanPagesInput): Promise<DispatchResult> {
    const failed = new AbortController();
    const signal = AbortSignal.any([cancellationSignal(), failed.signal]);
    // Whichever part fails ends the other: the next attempt does both.
    const endBoth = (error: unknown): never => {
      failed.abort(error);
      throw error;
    };
    let place: unknown = activityInfo().heartbeatDetails;
    const beat = () => heartbeat(place);
    const planning = planPages(input, { signal, beat: (told) => heartbeat((place = told)) }).catch(endBoth);
    const planned = Promise.allSettled([planning]);
    const dispatched = dispatch(input, { signal, beat, planned }).catch(endBoth);
    await Promise.allSettled([planned, dispatched]);
    await planning;
    return dispatched;
  };
}
