/** What the parts of carrying out one step share. */
import type { Fields, Kind, Side } from '../domain/record';
import type { WriteAnswer } from '../ports/apis';
import type { Budget, Permit, Priority } from '../ports/budget';
import type { StepStart } from '../ports/links';
import { permitInPlace } from './permits';

export interface ApplyInput {
  readonly site: string;
  readonly link: number;
  readonly kind: Kind;
  readonly planId: string;
  readonly index: number;
  readonly side: Side;
  readonly priority: Priority;
  readonly run: string | null;
  /** It creates from a record that its turn has not read directly; a workflow of an older version does not say it. */
  readonly fromListing?: boolean;
}

/**
 * `confirmed`: written and read back. `again`: what it was decided on has moved, decide anew. `parked`: refused or of
 * unknown outcome, stored with its reason and time. `stopped`: paused, frozen or cancelled; nothing was sent.
 */
export type ApplyResult = 'confirmed' | 'again' | 'parked' | 'stopped';

export type Started = Extract<StepStart, { intent: string }>;

export interface Written {
  /** The step's values, without a picture that cannot be had: each side then keeps its own. */
  readonly sent: Fields;
  /** Before which the write cannot have taken effect; ISO, by our clock. */
  readonly begunAt: string;
  readonly answer: WriteAnswer;
}

/** A read that belongs to a write under way: no pause or cancellation leaves it half done (R30). */
export function inPlace(budget: Budget, { site, side, priority }: ApplyInput): Promise<Permit> {
  return permitInPlace(budget, { site, side, priority, run: null, write: null });
}
