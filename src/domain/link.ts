/** A link, its life and its status (R22, R31). */
import type { Field, Fields, FieldValue, Kind, Side } from './record';

/** `lone`: one side's record only. `merged`: this row turned out to be the same pair as `mergedInto`. */
export type LinkPhase = 'lone' | 'active' | 'broken' | 'merged';

/** By precedence: the first that applies is the status (R31). */
export const statuses = [
  'broken',
  'paused',
  'question',
  'held',
  'suspended',
  'excluded',
  'waiting',
  'failing',
  'pending',
  'in_sync',
] as const;
export type Status = (typeof statuses)[number];

/** Why a link has its status. Closed: each has a sentence in `explain.ts`. */
export type Reason =
  | 'agreed'
  | 'changes_to_write'
  | 'not_yet_decided'
  | 'settling'
  | 'not_asked'
  | 'unchecked'
  | 'no_company'
  | 'company_not_linked'
  | 'company_broken'
  | 'company_not_yet_linked'
  | 'company_failing'
  | 'companies_differ'
  | 'owner_company'
  | 'owner_company_person'
  | 'service_account'
  | 'automatic_creation_off'
  | 'earlier_customer'
  | 'missing_name'
  | 'missing_first_name'
  | 'missing_last_name'
  | 'missing_email'
  | 'malformed_email'
  | 'ambiguous_match'
  | 'contradicting_match'
  | 'companies_not_linked_to_each_other'
  | 'made_after_break'
  | 'perhaps_made_by_us'
  | 'taken'
  | 'wait_for_each_other'
  | 'refused'
  | 'remote_ignored'
  | 'credentials_refused'
  | 'forbidden'
  | 'vendor_unavailable'
  | 'vendor_answer_not_understood'
  | 'paused_by_operator'
  | 'mass_change'
  | 'mass_change_rejected'
  | 'vendor_sync_running'
  | 'gone_to_be_confirmed'
  | 'deleted_in_teamwork'
  | 'deleted_in_desk'
  | 'deleted_on_both'
  | 'merged_in_desk'
  | 'back_from_trash'
  | 'unlinked_by_operator'
  | 'forgotten';

/** A reason that belongs to one field, beside the status (R8, R9, R27). */
export type FieldReason =
  | 'essential_missing'
  | 'limit'
  | 'email_of_another_person'
  | 'login_email_protected'
  | 'login_company_protected'
  | 'reformatted'
  | 'both_kept'
  | 'unusable_picture';

export interface FieldNote {
  readonly field: keyof Fields;
  readonly reason: FieldReason;
}

/** The story of a break (R22). `cause` names the link of the company whose deletion took this one along. */
export interface Tombstone {
  readonly reason: Reason;
  readonly at: string;
  readonly side: Side | null;
  readonly causeLink: number | null;
}

/**
 * Values that an operator chose (R11, R27), by field, in each side's own terms. A choice beats what either side says and
 * ends when both sides have it.
 */
export type Choices = Readonly<Partial<Record<Field, Readonly<Record<Side, FieldValue>>>>>;

export interface Link {
  readonly number: number;
  readonly kind: Kind;
  readonly phase: LinkPhase;
  readonly ids: Readonly<Record<Side, string | null>>;
  /** Each side's own fields as they were when both last agreed. */
  readonly bases: Readonly<Record<Side, Fields>>;
  readonly status: Status;
  readonly reason: Reason | null;
  readonly notes: readonly FieldNote[];
  /** R5: `yes` when somebody asked for the client, `unchecked` when the box was left unchecked. */
  readonly asked: 'yes' | 'unchecked' | null;
  readonly choices: Choices;
  readonly paused: boolean;
  readonly activeSince: string | null;
  readonly tombstone: Tombstone | null;
  readonly mergedInto: number | null;
  /** How often the link's pair was made: raised by a restore, which may create the missing record once more (R15, R22). */
  readonly incarnation: number;
  /** Moves with every change of the row: the precondition of a step. */
  readonly version: number;
}
