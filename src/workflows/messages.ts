/** What can be said to a workflow and asked of it. */
import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { MakeCompanyResult } from '../activities/make-company';
import type { Kind, Side } from '../domain/record';
import type { Priority } from '../ports/budget';
import type { Operation, OperationResult } from '../ports/operations';
import type { SavedPlan } from '../ports/links';
import type { RunMode, RunPhase } from '../ports/runs';
import type { WatchIntervals } from '../ports/watch';

/** Why an entity workflow is woken: what to read first, how urgent it is, and for which run. */
export interface Hint {
  readonly read: readonly Side[];
  readonly priority: Priority;
  readonly run: string | null;
  /** What was decided already, by ids and sides alone; absent: decide first. */
  readonly plan?: SavedPlan;
}

export interface EntityInput {
  readonly site: string;
  readonly kind: Kind;
  readonly link: number;
}

export const changed = defineSignal<[Hint]>('changed');
export const teamworkDeleted = defineSignal('teamworkDeleted');
export const deskDeleted = defineSignal('deskDeleted');

/** What an operator asks of a link: an update each, answered when it is carried out. */
export const operationUpdates: Readonly<
  Record<Operation['verb'], ReturnType<typeof defineUpdate<OperationResult, [Operation]>>>
> = {
  pause: defineUpdate('pause'),
  resume: defineUpdate('resume'),
  unlink: defineUpdate('unlink'),
  relink: defineUpdate('relink'),
  restore: defineUpdate('restore'),
  retry: defineUpdate('retry'),
  choose: defineUpdate('choose'),
  answer: defineUpdate('answer'),
  ask: defineUpdate('ask'),
  askForPeople: defineUpdate('askForPeople'),
  forget: defineUpdate('forget'),
};

/** What the workflow itself knows of its link; everything else is in the store. */
export interface EntityState {
  readonly link: number;
  /** What it does now; null while it has nothing to do. */
  readonly at: 'settling' | Operation['verb'] | null;
  /** Hints and operations that wait for their turn. */
  readonly waiting: number;
}

export const stateQuery = defineQuery<EntityState>('state');

/** What comes of a company that an operator ordered in Desk. */
export type NewCompanyResult = Exclude<MakeCompanyResult, { readonly state: 'settling' }>;

export interface InitialSyncInput {
  readonly site: string;
  readonly mode: RunMode;
  /** The plan that an InitialSync carries out, and nothing else. */
  readonly applies?: string;
  /** Set by continue-as-new: the phase to go on with. */
  readonly from?: RunPhase;
}

/** What the workflow itself knows; the numbers are in the store. */
export interface InitialSyncState {
  readonly run: string;
  readonly phase: RunPhase;
  /** `skipped`: a sweep that another run makes needless. */
  readonly state: 'running' | 'paused' | 'cancelled' | 'finished' | 'skipped';
  /** The site is frozen: the run goes on by itself once the operator has helped. */
  readonly waiting: boolean;
}

export const pauseRun = defineSignal('pause');
export const resumeRun = defineSignal('resume');
export const cancelRun = defineSignal('cancel');
export const progressQuery = defineQuery<InitialSyncState>('progress');

export interface WatchInput {
  readonly site: string;
  readonly every: WatchIntervals;
  /** The database's epoch as remembered by the run before. */
  readonly epoch?: number;
}

export interface WatchState {
  readonly epoch: number;
  readonly every: WatchIntervals;
}

export const reconfigureWatch = defineSignal<[WatchIntervals]>('reconfigure');
export const pollNow = defineSignal('pollNow');
export const stopWatching = defineSignal('stop');
export const watchQuery = defineQuery<WatchState>('state');
