/** Links at work: decisions, steps and their outcomes. Types only. */
import type { Reason } from '../domain/link';
import type { LinkView, OpenIntent, Plan, Step } from '../domain/plan';
import type { Field, Fields, Kind, Observation, Side } from '../domain/record';
import type { PlanReport } from './runs';

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

/** Decides and writes, a page or a link at a time. */
export interface LinkStore {
  /** Views of the next records (by id, after `after`) of this side that no decision has been taken on, or that wait for one. */
  undecided(
    site: string,
    run: string,
    kind: Kind,
    side: Side,
    after: string | null,
    limit: number,
  ): Promise<{ readonly views: readonly LinkView[]; readonly last: string | null }>;
  /**
   * Carries out decisions in bulk: links pairs, settles lone records, makes due what needs a write. Skips what is in work.
   * Answers how many decisions nobody carries out: what they were taken on has moved since, and no workflow has it.
   */
  settle(site: string, run: string, decisions: readonly Decision[]): Promise<number>;
  /** Keeps decisions of a plan (mode `plan`), for its report and as assumptions for the customers' pages. */
  keepPlanned(site: string, run: string, decisions: readonly Decision[]): Promise<void>;
  planReport(site: string, run: string): Promise<PlanReport>;

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
  /** Whether we wrote to that record since then: who repeats the other side there is us (R33). */
  wroteSince(site: string, side: Side, kind: Kind, id: string, since: string): Promise<boolean>;
  openIntent(site: string, link: number): Promise<(OpenIntent & { readonly sentAt: string }) | null>;
  /**
   * An unknown intent that had no effect: closed, so that the write is decided anew. `perhaps`: records that a create may
   * have made all the same, so that it is a question first (R14).
   */
  closeIntent(site: string, intent: string, perhaps?: readonly string[]): Promise<void>;
}
