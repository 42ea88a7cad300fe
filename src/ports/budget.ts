/** The API budget: every call to a vendor needs a permit (A8). Types only. */
import type { Kind, Side } from '../domain/record';

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
  /** When one may be free, and when to come again who does not wait: not everybody at once. */
  | { readonly waitMs: number; readonly comeBackMs: number }
  | { readonly stopped: 'paused' | 'frozen' | 'cancelled' };

export interface Budget {
  take(request: BudgetRequest): Promise<BudgetAnswer>;
}
