/** The decision for one link, as data. */
import type { FieldNote, Link, Reason, Status, Tombstone } from './link';
import type { Field, Fields, FieldValue, Kind, Observation, Side } from './record';
import type { MatchGroup } from './match';

/** The rows of the table of situations in RULES.md. */
export type Situation =
  | 'agreed'
  | 'changed_on_one_side'
  | 'changed_on_both'
  | 'found'
  | 'ambiguous'
  | 'absent_wanted'
  | 'absent_not_wanted'
  | 'essential_missing'
  | 'parent_to_be_linked'
  | 'parent_not_linked'
  | 'gone_to_be_confirmed'
  | 'gone'
  | 'gone_on_both'
  | 'merged'
  | 'outcome_unknown'
  | 'taken'
  | 'ignored'
  | 'dead';

/** One fact in the chain of reasons (R31). `link` and `id` point to the record the fact is about. */
export interface Because {
  readonly reason: Reason;
  readonly kind: Kind;
  readonly link: number | null;
  readonly side: Side | null;
  readonly id: string | null;
}

/** One write. `values` are in the target side's own terms (its company ids) and hold only what changes (R10). */
export interface Step {
  readonly side: Side;
  readonly action: 'create' | 'update';
  readonly values: Fields;
  /** The other side's own values that this write makes agreed: its base for these fields once the write is confirmed. */
  readonly sourceBase: Fields;
}

/**
 * A value that lost a conflict or a first match (R11, R12), with all that decided it; kept in the journal and choosable
 * later. Of a company in a customer each value is an id of its own side.
 */
export interface Loser {
  readonly field: Field;
  readonly side: Side;
  readonly value: FieldValue;
  /** What the other side said, which stands. */
  readonly against: FieldValue;
  /** What the losing side said when both last agreed; null where they never had. */
  readonly base: FieldValue | null;
  readonly rule: 'policy' | 'first_match' | 'choice';
  /** The site's policy of that moment, unless a link asked for by R5 went before it, or an operator's choice. */
  readonly decidedBy: Policy['conflict'] | 'asked_for' | 'operator';
  /** The vendors' times by which `latest` decided; null where times play no part. */
  readonly changedAt: Readonly<Record<Side, string | null>> | null;
}

export interface Plan {
  readonly situation: Situation;
  readonly status: Status;
  readonly reason: Reason;
  readonly because: readonly Because[];
  readonly steps: readonly Step[];
  /** What each side agreed on without a write; becomes part of the base when the plan is stored. */
  readonly agreed: Readonly<Record<Side, Fields>>;
  readonly notes: readonly FieldNote[];
  readonly losers: readonly Loser[];
  /** Pair this lone record with that record of the other side (found). */
  readonly pairWith: string | null;
  /** The pair counts as asked for: Desk's own box made the client (R5). */
  readonly askedByBox: boolean;
  /** Break the link, with this story (gone). */
  readonly breakAs: Omit<Tombstone, 'at'> | null;
  /** Give the link to this Desk customer, who survived a merge (merged, R17). */
  readonly moveTo: string | null;
  /** The link of the company whose own fate is to be settled first (R25); `read`: it is to be read on that side before. */
  readonly companyFirst: { readonly link: number; readonly side: Side; readonly read: boolean } | null;
  /** Ids on the other side between which an operator is asked to choose (ambiguous). */
  readonly candidates: readonly string[];
  /** What must be read again before anything can be decided. */
  readonly readAgain: readonly Side[];
}

/** One side's record as the mirror holds it. */
export interface RecordView extends Observation {
  /** `missing`: absent from a complete listing. `gone`: a direct read said so (R23). */
  readonly presence: 'present' | 'missing' | 'gone';
  /** Per field, the vendor's time of the first observation that showed its present value (R11). */
  readonly changedAt: Readonly<Partial<Record<Field, string>>>;
  /** When the mirror first met this id, by the store's clock (R22). */
  readonly firstSeenAt: string;
}

/** The company that a customer stands in on one side. */
export interface ParentView {
  readonly id: string;
  readonly scope: Observation['scope'];
  readonly presence: RecordView['presence'];
  /** When it was last read; null when it never was. */
  readonly readAt: string | null;
  /** Null while its record has no link row yet. */
  readonly link: Pick<
    Link,
    'number' | 'phase' | 'ids' | 'status' | 'reason' | 'asked' | 'activeSince'
  > | null;
}

/** A write whose outcome is not known yet (R15). */
export interface OpenIntent {
  readonly id: string;
  readonly side: Side;
  readonly action: Step['action'];
  readonly values: Fields;
  /** True once the settle time is over: look for the record now. */
  readonly settled: boolean;
}

/** Settings that decide what is written (R7, R11, R33). */
export interface Policy {
  readonly conflict: 'latest' | 'teamwork' | 'desk';
  readonly automaticallyCreateContacts: boolean;
  /** When it was turned on; who came before that stays out until somebody includes them. Null: it always was. */
  readonly automaticSince: string | null;
  /** The vendor's own sync seems to run: adopt pairs, write nothing (R33). */
  readonly adoptOnly: boolean;
}

/** Everything the decision for one link depends on; loaded in one transaction. */
export interface LinkView {
  readonly link: Link;
  readonly records: Readonly<Record<Side, RecordView | null>>;
  readonly parents: Readonly<Record<Side, ParentView | null>>;
  /** The company that each side's base names, where the record is in none or another by now (R25). */
  readonly former: Readonly<Record<Side, ParentView | null>>;
  /** The Desk customer who holds the email of this link's, who is gone, and that one's own active link (R17). */
  readonly survivor: {
    readonly record: RecordView;
    readonly link: number | null;
    /** From the contact, by an operator (R14). */
    readonly toldApart: boolean;
  } | null;
  /** For a lone link: the records without a link, on both sides, that share a signal with it. */
  readonly group: MatchGroup;
  /** For a lone link: the other side's records of the group, so that a pair found can be planned at once. */
  readonly counterparts: readonly (RecordView & { readonly parent: ParentView | null })[];
  /** A Teamwork.com person of the owner company or a service account has this customer's email (R1). */
  readonly staffHasEmail: boolean;
  /** Canonical emails of this link's records that other persons hold too, on either side. */
  readonly emailsOfOthers: readonly string[];
  readonly intent: OpenIntent | null;
  /** The latest write, accepted and not carried out by that side, while its next try is still to come (R13). */
  readonly ignored: { readonly side: Side; readonly values: Fields } | null;
  /** The open hold that the link waits in (R26). */
  readonly hold: number | null;
  readonly policy: Policy;
}
