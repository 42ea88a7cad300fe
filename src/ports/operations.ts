/** What operators do to one link; carried out in its entity workflow, one after the other (B2). Types only. */
import type { Reason, Status } from '../domain/link';
import type { Field, Kind, Side } from '../domain/record';
import type { NewCompanyStore } from './new-companies';

export type Operation =
  | { readonly verb: 'pause' | 'resume' | 'unlink' | 'retry' | 'forget' }
  /** A tombstone whose records are both there is linked again; `restore` makes the missing one first (R22). */
  | { readonly verb: 'relink' | 'restore'; readonly withPeople: boolean }
  /** R11, R27: this side's value is to be the field's value on both. */
  | { readonly verb: 'choose'; readonly field: Field; readonly side: Side }
  /** R14: of a question; `id` on the other side, null for the only candidate (`same`) or all of them (`apart`). */
  | { readonly verb: 'answer'; readonly verdict: 'same' | 'apart'; readonly id: string | null }
  /** R5: a Desk company becomes a client; R7: a Desk customer becomes a contact. */
  | { readonly verb: 'ask' }
  /** R7: the customers of a linked company whom nobody has brought over yet become contacts. */
  | { readonly verb: 'askForPeople' };

export type Refusal =
  | 'no_such_link'
  | 'not_linked'
  | 'not_broken'
  | 'already_linked'
  | 'broken'
  | 'both_there'
  | 'one_gone'
  | 'both_gone'
  | 'not_read'
  | 'held_by_other'
  | 'in_work'
  | 'forgotten'
  | 'no_question'
  | 'no_candidate'
  | 'several_candidates'
  | 'nothing_to_choose'
  | 'already_so'
  | 'not_choosable'
  | 'company_not_linked'
  | 'not_in_desk'
  | 'taken'
  | 'not_wanted';

export type OperationResult =
  | {
      readonly done: true;
      readonly link: number;
      readonly status: Status;
      /** People of the company that came along. */
      readonly people: number;
      /** People whom `--with-people` would have brought along, too. */
      readonly offered: number;
    }
  | {
      readonly done: false;
      readonly why: Refusal;
      /** Why the rules do not want it, where they have the word. */
      readonly reason: Reason | null;
      /** Who is in the way, where somebody is. */
      readonly holder: {
        readonly kind: Kind;
        readonly side: Side;
        readonly id: string;
        readonly link: number | null;
      } | null;
      /** Between whom to choose, where that is the trouble. */
      readonly candidates: readonly string[];
    };

/** Operators' actions on links, and their companies to be made. */
export interface OperationStore extends NewCompanyStore {
  /** One transaction: the operation with all that follows from it, or nothing. `id` makes a repetition answer the same. */
  operate(site: string, link: number, operation: Operation, id: string): Promise<OperationResult>;
  /** The link of a record that is named by its id; allocated if there is none, not even a broken one. */
  linkFor(site: string, kind: Kind, side: Side, id: string): Promise<number>;
  /** Every link that fails is due; answers how many. */
  retryFailing(site: string): Promise<number>;
  /** These links are due, with their records read first. */
  makeDue(site: string, links: readonly number[]): Promise<void>;
  /** Due rows of these links that are not finished. */
  unfinished(site: string, links: readonly number[]): Promise<number>;
  /** R7: how many Desk customers of linked companies stay out for the setting's sake. */
  excludedCustomers(site: string): Promise<number>;
  /** R7: all of them become contacts; answers how many. */
  askForExcluded(site: string): Promise<number>;
}
