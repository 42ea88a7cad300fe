/** Which records without a link are the same company or person (R14). */
import type { Side } from './record';

/** What matching may look at of one record. */
export interface MatchRecord {
  readonly side: Side;
  readonly id: string;
  /** Company: its name as it stands; customer: ''. */
  readonly name: string;
  /** Company: canonical domains, public ones left out. */
  readonly domains: readonly string[];
  /** Customer: primary email, then alternative emails, canonical. */
  readonly email: string;
  readonly alternativeEmails: readonly string[];
  /** Customer: the company it stands in on its side, and that company's active link. */
  readonly companyId: string | null;
  readonly companyLink: number | null;
  /** The active link that holds this record; such a record is no candidate (R14) but may be named as holder. */
  readonly heldBy: number | null;
  /** Out of scope (R1): never matched, but its identity is taken. */
  readonly outOfScope: boolean;
}

/** All records connected with each other by a signal, on both sides. */
export interface MatchGroup {
  readonly teamwork: readonly MatchRecord[];
  readonly desk: readonly MatchRecord[];
}

export type Signal = 'name_and_domain' | 'name' | 'domain' | 'email' | 'alternative_email';

export type Match =
  | { readonly verdict: 'none' }
  | { readonly verdict: 'one'; readonly id: string; readonly by: Signal }
  | {
      readonly verdict: 'question';
      readonly candidates: readonly string[];
      readonly reason: 'ambiguous_match' | 'contradicting_match' | 'companies_not_linked_to_each_other';
    }
  /** The identity is taken by a record that cannot be linked to: one held by a link, or out of scope. */
  | {
      readonly verdict: 'taken';
      readonly id: string;
      readonly heldBy: number | null;
      readonly outOfScope: boolean;
    };
