/** What the engine needs of the world. Types only. Every store method is one transaction and carries the site. */
import type { Link, Reason, Status } from './domain/link';
import type { LinkView, OpenIntent, Plan, Policy, Step } from './domain/plan';
import type { Field, Fields, Kind, Observation, Side } from './domain/record';

// ---------------------------------------------------------------- budget

/** 1 live edits, 2 operators, 3 sweeps, 4 InitialSync. */
export type Priority = 1 | 2 | 3 | 4;

/** What an answer's headers say about the limit. */
export interface RateSignal {
  readonly limitPerMinute: number | null;
  readonly remaining: number | null;
  /** How long the vendor asks us to stay away; null unless it refused or said so. */
  readonly waitMs: number | null;
  readonly refused: boolean;
}

/** The right to one call. `grantedAt` is the store's clock, and so the begin of the read that uses it. */
export interface Permit {
  readonly grantedAt: string;
  /** Told by the API client with every answer, so that all processes obey it. */
  answered(signal: RateSignal): Promise<void>;
}

export interface BudgetRequest {
  readonly site: string;
  readonly side: Side;
  readonly priority: Priority;
  /** How long the caller may wait in place, in milliseconds. */
  readonly patienceMs: number;
  /** A write for this link: pause is read where the token is taken (R30). Null for reads, which pause does not stop. */
  readonly write: { readonly kind: Kind; readonly link: number } | null;
  /** The InitialSync run the call belongs to; its pause and cancellation stop the call too. */
  readonly run: string | null;
}

export type BudgetAnswer =
  | { readonly granted: Permit }
  | { readonly waitMs: number }
  | { readonly stopped: 'paused' | 'frozen' | 'cancelled' };

export interface Budget {
  take(request: BudgetRequest): Promise<BudgetAnswer>;
}

// ---------------------------------------------------------------- the two APIs

/** Whose credential it is and what it may do. */
export interface Account {
  readonly userId: string;
  /** Teamwork.com: the owner company's id; Desk: null. */
  readonly ownerCompanyId: string | null;
  /** May create and change companies and people. */
  readonly mayWrite: boolean;
}

export interface ListingPage {
  readonly observations: readonly Observation[];
  /** Opaque; null after the last page. JSON, small enough for a heartbeat. */
  readonly next: string | null;
  /** The vendor's own count of all records of the listing, where it tells one. */
  readonly total: number | null;
  /** Records of this page that could not be understood, with their ids; never dropped silently. */
  readonly unreadable: readonly { readonly id: string; readonly problem: string }[];
  /** Desk companies: how many of the page have a domain that Desk itself ties to a Teamwork.com company (R33). */
  readonly vendorSyncSigns?: number;
}

/** A record as a direct read showed it, with what only its own API's updates need. */
export interface Reading extends Observation {
  /** Desk keeps a customer's emails as rows of their own, and changing one names its row. Absent where not read. */
  readonly emailRows?: readonly EmailRow[];
}

export interface EmailRow {
  readonly id: string;
  readonly value: string;
  readonly isMain: boolean;
}

/** A write's answer: Teamwork.com's v1 writes answer no record, so the caller reads it back (R13). */
export interface WriteAnswer {
  readonly id: string;
  readonly observation: Observation | null;
}

/**
 * One side's API for one site. Every method makes exactly one HTTP call and uses one permit.
 * All throw `ApiError`; `read` throws kind `gone` for 404, 410 and a record in state deleted.
 */
export interface SideApi {
  readonly side: Side;
  account(permit: Permit): Promise<Account>;
  /** A page of the whole listing; `cursor` null for the first. */
  list(permit: Permit, kind: Kind, cursor: string | null): Promise<ListingPage>;
  read(permit: Permit, kind: Kind, id: string): Promise<Reading>;
  create(permit: Permit, kind: Kind, values: Fields): Promise<WriteAnswer>;
  /** True where `update` of these values needs the record as `read` just before (Desk customers' emails). */
  needsReading(kind: Kind, values: Fields): boolean;
  /** `reading` is needed where `needsReading` says so, and unused elsewhere. */
  update(permit: Permit, kind: Kind, id: string, values: Fields, reading?: Reading): Promise<WriteAnswer>;
  /** Records that may have this identity: a company by name, a customer by email (primary or alternative). */
  find(permit: Permit, kind: Kind, identity: string): Promise<readonly Observation[]>;
}

/** What reaches an installation. */
export interface Access {
  readonly url: string;
  readonly credentials: Credentials;
  /** Null while it is not known: companies then say themselves which one is the owner. */
  readonly ownerCompanyId: string | null;
}

export interface Apis {
  /** The client of a connected site, with its credentials. */
  of(site: string, side: Side): Promise<SideApi>;
  /** A client for what is not connected yet, or not with these credentials. */
  withAccess(access: Access, side: Side): SideApi;
}

// ---------------------------------------------------------------- sites

export interface Settings {
  readonly automaticallyCreateContacts: boolean;
  readonly conflictPolicy: Policy['conflict'];
  /** Share of the vendor's limit that the engine may use, 0.05–1. */
  readonly budgetShare: number;
}

export interface Site {
  readonly id: string;
  /** The installation's address; Desk is at `/desk/api/v2` below it. */
  readonly url: string;
  readonly deskCreatedAt: string | null;
  readonly settings: Settings;
  /** The accounts first seen (R29). */
  readonly ownerCompanyId: string | null;
  readonly users: Readonly<Record<Side, string | null>>;
  readonly deskPins: readonly DeskPin[];
  /** Set while nothing may be written (R29, R33): says why and who moves next. */
  readonly frozen: string | null;
  /** Signs of the vendor's own sync were seen and no operator has decided (R33). */
  readonly adoptOnly: boolean;
  readonly paused: { readonly site: boolean; readonly kinds: readonly Kind[] };
  readonly createdAt: string;
}

export interface Credentials {
  readonly teamwork: string;
  readonly desk: string;
}

/** One of the oldest readable records of Desk: tells later whether the same account still answers (R29). */
export interface DeskPin {
  readonly kind: Kind;
  readonly id: string;
  readonly createdAt: string;
}

export interface NewSite {
  readonly id: string;
  readonly url: string;
  readonly credentials: Credentials;
  readonly deskCreatedAt: string | null;
  readonly ownerCompanyId: string;
  readonly users: Readonly<Record<Side, string>>;
  readonly deskPins: readonly DeskPin[];
  readonly adoptOnly: boolean;
}

// ---------------------------------------------------------------- runs

export type RunMode = 'sync' | 'plan';
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

/** What a decision means for one record or pair in a plan or a run's report. */
export type Outcome =
  'linked' | 'created' | 'updated' | 'asked' | 'excluded' | 'waiting' | 'failing' | 'unchanged';

// ---------------------------------------------------------------- links at work

export interface Decision {
  readonly view: LinkView;
  readonly plan: Plan;
}

export interface SavedPlan {
  /** Null when there is nothing to write. */
  readonly planId: string | null;
  readonly steps: readonly Pick<Step, 'side' | 'action'>[];
}

export type StepStart =
  | {
      readonly intent: string;
      readonly kind: Kind;
      readonly link: number;
      readonly step: Step;
      /** Id on the target side; null for a create. */
      readonly targetId: string | null;
      /** The target's fields before the write; null for a create. */
      readonly before: Fields | null;
      /** The target side's base until now; `{}` for a create. */
      readonly base: Fields;
    }
  | {
      readonly refused: 'stale' | 'paused' | 'frozen' | 'identity_claimed' | 'intent_open' | 'already_done';
    };

export interface StepDone {
  /** Id on the target side. */
  readonly id: string;
  /** The record as read back or answered. */
  readonly observation: Observation;
  /** The new base of the target side for the written fields (R13). */
  readonly base: Fields;
  readonly notes: Plan['notes'];
  /** Fields that the side accepted and did not change: the link is failing `remote_ignored` (R13). */
  readonly ignored: readonly Field[];
  /** True when another decision is due: an edit made meanwhile travels. */
  readonly decideAgain: boolean;
  /** An intent whose outcome had been unknown, found to have taken effect. */
  readonly adopted: boolean;
}

export interface DueLink {
  readonly link: number;
  readonly kind: Kind;
  readonly priority: Priority;
  readonly run: string | null;
  /** Read these sides before deciding. */
  readonly read: readonly Side[];
  /** The plan that is stored for it already; null: decide first. */
  readonly plan: SavedPlan | null;
}

export interface DrainState {
  /** Dispatched and unfinished. */
  readonly open: number;
  /** Could be dispatched now. */
  readonly ready: number;
  /** Waiting for a time. */
  readonly later: number;
  readonly nextAt: string | null;
}

// ---------------------------------------------------------------- the store

export interface Store {
  // sites
  addSite(site: NewSite): Promise<void>;
  site(id: string): Promise<Site | null>;
  sites(): Promise<readonly Site[]>;
  credentials(site: string): Promise<Credentials>;
  /** Everything that `connect` establishes of a site known already: it replaces what was there and lifts a freeze. */
  reconnectSite(site: NewSite): Promise<void>;
  changeSettings(site: string, settings: Partial<Settings>): Promise<void>;
  setPaused(site: string, scope: 'site' | Kind | { readonly link: number }, paused: boolean): Promise<void>;
  freeze(site: string, why: string | null): Promise<void>;
  setAdoptOnly(site: string, adoptOnly: boolean): Promise<void>;

  // surveys and observations
  /** Begins (or goes on with) the survey of one listing; its number marks the records seen. */
  beginSurvey(site: string, run: string, side: Side, kind: Kind): Promise<number>;
  /** Upserts a page into the mirror. Older observations than the record's last confirmed write are dropped. Idempotent. */
  recordPage(site: string, survey: number, page: ListingPage): Promise<void>;
  /** After the last page: marks the side's records not seen as `missing`, when the listing is complete (R23). */
  endSurvey(
    site: string,
    survey: number,
  ): Promise<{ readonly seen: number; readonly missing: number; readonly complete: boolean }>;
  /** One record read directly; `null` fields mean a direct read said gone. */
  recordObservation(site: string, observation: Observation): Promise<void>;
  recordGone(site: string, side: Side, kind: Kind, id: string, readAt: string): Promise<void>;
  /** A linked record of this side, other than `not`, for the control read of R23. */
  controlRecord(site: string, side: Side, kind: Kind, not: string): Promise<string | null>;

  // planning in bulk
  /** Views of the next records (by id, after `after`) of this side that no decision has been taken on, or that wait for one. */
  undecided(
    site: string,
    run: string,
    kind: Kind,
    side: Side,
    after: string | null,
    limit: number,
  ): Promise<{ readonly views: readonly LinkView[]; readonly last: string | null }>;
  /** Carries out decisions in bulk: links pairs, settles lone records, makes due what needs a write. Skips what is in work. */
  settle(site: string, run: string, decisions: readonly Decision[]): Promise<void>;
  /** Keeps decisions of a plan (mode `plan`), for its report and as assumptions for the customers' pages. */
  keepPlanned(site: string, run: string, decisions: readonly Decision[]): Promise<void>;
  planReport(site: string, run: string): Promise<PlanReport>;

  // one link
  /** Follows `mergedInto`. Null when there is no such link. */
  view(site: string, link: number): Promise<LinkView | null>;
  /** As a link's view, for a record that may have no link yet; the link's number is then 0. */
  viewOfRecord(site: string, kind: Kind, side: Side, id: string): Promise<LinkView | null>;
  /** Stores the decision: status, agreed base, losers, pairing, break, with their consequences. Null when the link moved since. */
  savePlan(site: string, decision: Decision): Promise<SavedPlan | null>;
  beginStep(site: string, planId: string, index: number): Promise<StepStart>;
  confirmStep(site: string, intent: string, done: StepDone): Promise<void>;
  refuseStep(
    site: string,
    intent: string,
    refusal: { readonly reason: Reason; readonly retryAt: string | null },
  ): Promise<void>;
  /** The answer was lost: the link is due again after the settle time. */
  leaveUnknown(site: string, intent: string): Promise<void>;
  /** Whether the mirror first saw this record before that time (R15: what was there before the intent is not adopted). */
  wasKnownBefore(site: string, side: Side, kind: Kind, id: string, at: string): Promise<boolean>;
  openIntent(site: string, link: number): Promise<(OpenIntent & { readonly sentAt: string }) | null>;
  /** An unknown intent that had no effect: closed, so that the write is decided anew. */
  closeIntent(site: string, intent: string): Promise<void>;

  // due
  claimDue(site: string, run: string | null, limit: number): Promise<readonly DueLink[]>;
  /** Takes the due row away, unless something was added to it since `claimDue`; then it is ready again. */
  finishDue(site: string, link: number): Promise<void>;
  /** Makes the link due at that time, besides what it is due for already. */
  wakeAt(site: string, link: number, at: string): Promise<void>;
  /** Gives the row back undone: paused or stopped meanwhile. */
  releaseDue(site: string, link: number): Promise<void>;
  drainState(site: string, run: string): Promise<DrainState>;

  // runs
  startRun(site: string, run: string, mode: RunMode): Promise<Run>;
  run(site: string, run: string): Promise<Run | null>;
  /** The run started last; with a state, the last one of that state. */
  latestRun(site: string, mode: RunMode, state?: RunState): Promise<Run | null>;
  setRunPhase(site: string, run: string, phase: RunPhase): Promise<void>;
  setRunState(site: string, run: string, state: RunState): Promise<void>;
  /** Counts the run's outcomes and, over the mirror, whether active links agree; idempotent. */
  reportRun(site: string, run: string): Promise<void>;
  progress(site: string, run: string): Promise<Progress | null>;
}

/** Starts or signals the entity workflow of a link. */
export interface EntityStarter {
  start(site: string, due: DueLink): Promise<void>;
}

// ---------------------------------------------------------------- what people read

export interface LinkRow {
  readonly link: Link;
  readonly names: Readonly<Record<Side, string>>;
  readonly emails: Readonly<Record<Side, string>>;
  readonly companyLink: number | null;
  readonly people: number;
}

export interface JournalEntry {
  readonly at: string;
  readonly link: number;
  readonly event: string;
  readonly side: Side | null;
  readonly run: string | null;
  /** Ids, field names, reasons and, for conflicts, the values kept. */
  readonly detail: Readonly<Record<string, unknown>>;
}

export interface LinkFilter {
  readonly kind: Kind;
  readonly status?: Status;
  readonly search?: string;
  readonly limit: number;
  readonly after?: number;
}

export interface Reads {
  links(site: string, filter: LinkFilter): Promise<readonly LinkRow[]>;
  /** Links of every record that a name, email, `teamwork:<id>`, `desk:<id>`, bare id or link number names. */
  resolve(site: string, record: string): Promise<readonly LinkRow[]>;
  statusCounts(
    site: string,
  ): Promise<Readonly<Record<Kind, Readonly<Partial<Record<Status, Readonly<Record<string, number>>>>>>>>;
  timeline(site: string, link: number, limit: number): Promise<readonly JournalEntry[]>;
  budgets(
    site: string,
  ): Promise<Readonly<Record<Side, { readonly limitPerMinute: number; readonly usedLastMinute: number }>>>;
}
