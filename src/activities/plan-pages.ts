/**
 * Decides whole pages of records at once: pairs that agree are linked without a workflow or a call each,
 * what needs a write becomes due (DESIGN §2, InitialSync). In mode `plan` the decisions are only kept.
 */
import { activityInfo, cancellationSignal, heartbeat } from '@temporalio/activity';
import { planLink } from '../domain/planner';
import { sides, type Kind, type Side } from '../domain/record';
import type { RunMode } from '../ports/runs';
import type { Store } from '../ports/store';
import { mustKnowRun } from './known-run';

/** What makes long work end early, and what it tells of itself. */
export interface Going<Told> {
  readonly signal: AbortSignal;
  readonly beat: (told: Told) => void;
}

export interface PlanPagesInput {
  readonly site: string;
  readonly run: string;
  readonly mode: RunMode;
  readonly kind: Kind;
}

/** How far it has come: a later attempt goes on there. */
export interface Place {
  readonly side: Side;
  readonly after: string | null;
  readonly decided: number;
}

const pageSize = 500;

export function planPagesWith(ports: { store: Store }) {
  return async function planPages(
    { site, run, mode, kind }: PlanPagesInput,
    { signal, beat }: Going<Place> = { signal: cancellationSignal(), beat: heartbeat },
  ): Promise<{ readonly decided: number }> {
    await mustKnowRun(ports.store, site, run);
    let place = (activityInfo().heartbeatDetails as Place | undefined) ?? {
      side: 'teamwork',
      after: null,
      decided: 0,
    };
    for (const side of sides.slice(sides.indexOf(place.side))) {
      if (place.side !== side) place = { ...place, side, after: null };
      for (;;) {
        signal.throwIfAborted();
        beat(place);
        const page = await ports.store.undecided(site, run, kind, side, place.after, pageSize);
        const decisions = page.views.map((view) => ({ view, plan: planLink(view) }));
        if (mode === 'plan') await ports.store.keepPlanned(site, run, decisions);
        else await ports.store.settle(site, run, decisions);
        place = { side, after: page.last, decided: place.decided + decisions.length };
        if (page.last === null) break;
      }
    }
    return { decided: place.decided };
  };
}
