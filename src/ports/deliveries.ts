/** Deliveries: what the vendors' hooks say, kept as hints (R28). Types only. */
import type { Kind, Side } from '../domain/record';

export interface Delivery {
  readonly side: Side;
  /** The vendor's own id of it: one that is known has no second effect. */
  readonly delivery: string;
  readonly event: string;
  /** Null for an event that says nothing to the engine. */
  readonly about: { readonly kind: Kind; readonly id: string; readonly news: 'changed' | 'deleted' } | null;
  readonly bodyHash: string;
}

/** `coalesced`: an equal one about the same record waits already; `noted`: nothing follows from it. */
export type Kept = 'waiting' | 'coalesced' | 'noted' | 'repeated';

/** How much of a site's work waits. */
export interface Backlog {
  readonly site: string;
  /** Deliveries kept and not dispatched. */
  readonly waiting: number;
  readonly oldestWaitingSeconds: number;
  /** Links that are due by now, dispatched or not. */
  readonly due: number;
}

export interface DeliveryStore {
  /** Committed when it answers: what became of each, in their order. */
  keepDeliveries(site: string, deliveries: readonly Delivery[]): Promise<readonly Kept[]>;
  /**
   * Makes due what waiting deliveries are about, oldest first, and answers how many were taken. Nothing before the
   * site's first InitialSync was started (R2). A deletion of a record without a link is noted only.
   */
  dispatchDeliveries(site: string, limit: number): Promise<number>;
  /** Sites with waiting deliveries or links that are due for nobody's run alone. */
  sitesWithWork(): Promise<readonly string[]>;
  /** Takes away what was dispatched longer ago than its use as a proof of having been here. */
  dropOldDeliveries(): Promise<number>;
  backlogs(): Promise<readonly Backlog[]>;
}
