/** The only queue of work. Types only. */
import type { Kind, Side } from '../domain/record';
import type { Priority } from './budget';
import type { SavedPlan } from './links';

export interface DueLink {
  readonly link: number;
  readonly kind: Kind;
  readonly priority: Priority;
  readonly run: string | null;
  /** Read these sides before deciding. */
  readonly read: readonly Side[];
  /** Sides that told of a deletion, which the workflow is told as such. */
  readonly deleted: readonly Side[];
  /** The plan that is stored for it already; null: decide first. */
  readonly plan: SavedPlan | null;
}

export interface DrainState {
  /** Dispatched and unfinished, and not for so long that it may be dispatched again. */
  readonly open: number;
  /** Could be dispatched now. */
  readonly ready: number;
  /** Waiting for a time. */
  readonly later: number;
  readonly nextAt: string | null;
}

/** Links that have something to do. */
export interface DueStore {
  claimDue(site: string, run: string | null, limit: number): Promise<readonly DueLink[]>;
  /** Takes the due row away, unless something was added to it since `claimDue`; then it is ready again. */
  finishDue(site: string, link: number): Promise<void>;
  /** Makes the link due at that time, besides what it is due for already. */
  wakeAt(site: string, link: number, at: string): Promise<void>;
  /** What `from` is in work for, `to` is due for: the link that it was merged into. One writer per link (I18). */
  handOver(site: string, from: number, to: number): Promise<void>;
  /** As `wakeAt`, with the sides to read then, and the run that waits for it does so no longer. */
  parkUntil(site: string, link: number, at: string, read: readonly Side[]): Promise<void>;
  /** Gives the row back undone: paused or stopped meanwhile. */
  releaseDue(site: string, link: number): Promise<void>;
  /** Gives the row back unstarted, for later: its workflow could not be told. */
  postponeDue(site: string, link: number, ms: number): Promise<void>;
  /** Of a run; without one, of what `claimDue` gives without one. */
  drainState(site: string, run: string | null): Promise<DrainState>;
}

/** Starts or signals the entity workflow of a link. */
export interface EntityStarter {
  start(site: string, due: DueLink): Promise<void>;
}
