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
  /** Decisions of this side that nobody carries out, for what they were taken on has moved meanwhile. */
  readonly left: number;
  /** Whether the side is gone through for those, once more. What is left then, others have moved again: it is theirs. */
  readonly again: boolean;
}

const atFirst: Place = { side: 'teamwork', after: null, decided: 0, left: 0, again: false };

const pageSize = 500;

export function planPagesWith(ports: { store: Store }) {
  return async function planPages(
    { site, run, mode, kind }: PlanPagesInput,
    { signal, beat }: Going<Place> = { signal: cancellationSignal(), beat: heartbeat },
  ): Promise<{ readonly decided: number }> {
    await mustKnowRun(ports.store, site, run);
    let place = (activityInfo().heartbeatDetails as Place | undefined) ?? atFirst;
    for (const side of sides.slice(sides.indexOf(place.side))) {
      if (place.side !== side) place = { ...atFirst, side, decided: place.decided };
      await decideSide(side);
      if (place.left === 0 || place.again) continue;
      place = { ...place, after: null, left: 0, again: true };
      await decideSide(side);
    }
    return { decided: place.decided };

    async function decideSide(side: Side): Promise<void> {
      const read = (after: string | null) => ports.store.undecided(site, run, kind, side, after, pageSize);
      for (let next = read(place.after); ;) {
        signal.throwIfAborted();
        beat(place);
        const { views, last } = await next;
        // Read while this one is settled, as if both were one page: no decision is carried out on what has moved.
        if (last !== null) {
          next = read(last);
          next.catch(() => undefined);
        }
        const decisions = views.map((view) => ({ view, plan: planLink(view) }));
        let left = 0;
        if (mode === 'plan') await ports.store.keepPlanned(site, run, decisions);
        else left = await ports.store.settle(site, run, decisions);
        const decided = place.decided + decisions.length;
        place = { ...place, after: last, decided, left: place.left + left };
        if (last === null) return;
      }
    }
  };
}
