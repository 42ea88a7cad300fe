/** Mass changes that wait for an operator (R26), and all else that waits for a person. Types only. */
import type { MassChange } from '../domain/guard';
import type { Reason } from '../domain/link';
import type { Field, Kind } from '../domain/record';

export interface Hold {
  readonly number: number;
  readonly kind: Kind;
  readonly change: MassChange;
  /** Null unless it is a `field_change`. */
  readonly field: Field | null;
  /** Moves with every member that comes or goes: an approval is bound to the set that was seen. */
  readonly version: number;
  readonly count: number;
  readonly openedAt: string;
}

export type HoldAnswer =
  | { readonly done: Hold }
  /** Another set than the one that was seen; nothing was approved. */
  | { readonly moved: Hold }
  /** There is no such hold, or it was answered before. */
  | { readonly unknown: true };

export interface HoldStore {
  /** Its members may pass, once each and within the hour. `seen` null: the set as it is now. */
  approveHold(site: string, hold: number, seen: number | null): Promise<HoldAnswer>;
  /** Nothing of it is done; each member stays held until its record moves again. */
  rejectHold(site: string, hold: number, seen: number | null): Promise<HoldAnswer>;
}

/** One thing that waits for a person; `id` is what the command that answers it takes. */
export interface AttentionItem {
  readonly id: number;
  readonly kind: Kind;
  readonly reason: Reason | MassChange;
  readonly count: number;
}

export interface Attention {
  /** By link; `count`: the record itself and, of a company, the people who wait for it. */
  readonly failing: readonly AttentionItem[];
  /** By link; `count`: the candidates. */
  readonly questions: readonly AttentionItem[];
  /** By hold; `count`: its members. */
  readonly holds: readonly AttentionItem[];
  /** By link: what remained of a broken one, and Desk companies that nobody asked for; `count` as for `failing`. */
  readonly alone: readonly AttentionItem[];
}
