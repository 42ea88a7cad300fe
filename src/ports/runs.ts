/** Runs of InitialSync and what they report. Types only. */
import type { Kind, Observation, Side } from '../domain/record';

/** `sync`: an InitialSync; `plan`: the same without its writes; `sweep`: the daily one. */
export type RunMode = 'sync' | 'plan' | 'sweep';
export type RunState = 'running' | 'paused' | 'finished' | 'cancelled';
export type RunPhase = 'survey' | 'companies' | 'customers' | 'proof' | 'done';

/** Records read in this run, by where they ended: `client` is in scope, the rest are not (R1). */
export type ScopeCounts = Readonly<Record<Observation['scope'], number>>;

export interface RunCounts {
  readonly read: Readonly<Record<Side, Readonly<Record<Kind, ScopeCounts>>>>;
  /** Outcomes of links, by kind: outcome or status with reason → number. */
  readonly outcomes: Readonly<Record<Kind, Readonly<Record<string, number>>>>;
  /** Records whose listing entry could not be understood. */
  readonly unreadable: number;
}

export interface Run {
  readonly id: string;
  readonly site: string;
  readonly mode: RunMode;
  readonly state: RunState;
  readonly phase: RunPhase;
  /** The plan that it carries out; null where it decides for itself. */
  readonly applies: string | null;
  /** False of a plan whose decisions were dropped, for later plans were made: it can be neither shown nor applied. */
  readonly decisionsKept: boolean;
  readonly startedAt: string;
  readonly finishedAt: string | null;
  readonly counts: RunCounts;
  /** Remote calls that this run made, by side. */
  readonly calls: Readonly<Record<Side, number>>;
}

export interface Progress {
  readonly run: string;
  readonly state: RunState;
  readonly phase: RunPhase;
  /** Links that have something to write or look for in this run: finished and all known so far. */
  readonly done: number;
  readonly total: number;
  readonly pagesRead: number;
  /** Finished links a minute over the last minute; null until known. */
  readonly ratePerMinute: number | null;
  readonly secondsLeft: number | null;
}

/** What a plan would do, by company (the link's company; '' for customers outside). */
export interface PlanReport {
  readonly run: string;
  readonly counts: Readonly<Record<Kind, Readonly<Record<string, number>>>>;
  readonly companies: readonly PlannedCompany[];
  /** Values that would be replaced at first matches (R12). */
  readonly replaced: readonly {
    readonly kind: Kind;
    readonly side: Side;
    readonly id: string;
    readonly field: string;
  }[];
  /** Calls that the writes need. */
  readonly calls: Readonly<Record<Side, number>>;
  readonly limitPerMinute: Readonly<Record<Side, number>>;
  readonly minutes: number;
}

export interface PlannedCompany {
  readonly teamworkId: string | null;
  readonly deskId: string | null;
  readonly name: string;
  readonly outcome: string;
  readonly people: Readonly<Record<string, number>>;
}

/** What came of a plan that was applied. */
export interface AppliedReport {
  readonly plan: string;
  /** Records and pairs of which the plan was carried out. */
  readonly carriedOut: number;
  /** Those that have moved since they were planned: left alone. */
  readonly moved: readonly {
    readonly kind: Kind;
    readonly teamworkId: string | null;
    readonly deskId: string | null;
    /** What was planned. */
    readonly outcome: string;
  }[];
}

/** What a decision means for one record or pair in a plan or a run's report. */
export type Outcome =
  'linked' | 'created' | 'updated' | 'asked' | 'excluded' | 'waiting' | 'failing' | 'unchanged';

/** The life of a run, and the decisions of one that only plans. */
export interface RunStore {
  /**
   * An InitialSync that begins ends the sweep that runs: it does the same, and more. One that applies a plan settles what
   * the plan says of records that have not moved since, and nothing else.
   */
  startRun(site: string, run: string, mode: RunMode, applies?: string | null): Promise<Run>;
  /** Null when the run applies no plan. */
  appliedReport(site: string, run: string): Promise<AppliedReport | null>;
  /** Not before an InitialSync has finished (R2), nor beside one or a plan: they read the same listings. */
  sweepMayStart(site: string): Promise<boolean>;
  run(site: string, run: string): Promise<Run | null>;
  /** The run started last; with a state, the last one of that state. */
  latestRun(site: string, mode: RunMode, state?: RunState): Promise<Run | null>;
  setRunPhase(site: string, run: string, phase: RunPhase): Promise<void>;
  setRunState(site: string, run: string, state: RunState): Promise<void>;
  /** Counts the run's outcomes and, over the mirror, whether active links agree; idempotent. */
  reportRun(site: string, run: string): Promise<void>;
  progress(site: string, run: string): Promise<Progress | null>;
}
