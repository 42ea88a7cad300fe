/** An operator has one link operated on: carried out in its workflow, or refused with a sentence. */
import { explanations } from './domain/explain';
import type { Link } from './domain/link';
import type { Kind } from './domain/record';
import type { SyncClient } from './client';
import type { Operation, OperationResult, OperationStore, Refusal } from './ports/operations';
import type { Store } from './ports/store';
import { Refused } from './refused';

export type Done = Extract<OperationResult, { done: true }>;

interface OperatePorts {
  readonly client: Pick<SyncClient, 'operate'>;
}

const refusals: Readonly<Record<Refusal, string>> = {
  no_such_link: 'There is no such link any more: `explain <record>` shows where its records are now.',
  not_linked: 'It is not linked, so there is nothing to do this to.',
  not_broken: 'Its link is not broken, so there is nothing to join again.',
  already_linked: 'It is linked already.',
  broken: 'Its link is broken: `relink` joins both records again, `restore` makes the missing one anew.',
  both_there: 'Both records are there: `relink` joins them.',
  one_gone: 'One of its records is gone: `restore` makes it anew from the other.',
  both_gone: 'No record of it is there any more.',
  not_read: 'Its records could not be read well enough to be sure. Try again once the site answers.',
  held_by_other: 'One of its records is linked to another by now. `unlink` that one first.',
  in_work: 'A write of it is under way. Try again when it is done; `explain` shows it.',
  forgotten: 'The person was forgotten on request; nothing of them is joined again.',
  no_question: 'Nothing is asked about it. `attention` lists the questions.',
  no_candidate: 'That is not one of the candidates.',
  several_candidates: 'There are several candidates: say which one is the same.',
  nothing_to_choose: 'Both sides have the same value, and no other was kept that could be chosen.',
  already_so: 'Both sides have that value already.',
  not_choosable: 'That cannot be done to this kind of record or field.',
  company_not_linked: 'That company is not linked, so it has no counterpart on the other side.',
  not_in_desk: 'It has no record in Desk.',
  taken: 'Its name or email is held by another record.',
  not_wanted: 'The rules do not let it sync.',
};

/** Throws `Refused` with why not, where the answer is no. */
export async function operateOn(
  { client }: OperatePorts,
  site: string,
  { kind, link }: { readonly kind: Kind; readonly link: number },
  operation: Operation,
): Promise<Done> {
  const result = await client.operate(site, kind, link, operation);
  if (result.done) return result;
  const { why, reason, holder, candidates } = result;
  const because = reason === null ? '' : ` ${explanations[reason].sentence}`;
  const who =
    holder === null
      ? ''
      : ` It is ${holder.kind} ${holder.side}:${holder.id}${holder.link === null ? '' : `, link ${holder.link}`}.`;
  const which = candidates.length === 0 ? '' : ` Candidates: ${candidates.join(', ')}.`;
  throw new Refused(`${refusals[why]}${because}${who}${which}`, { refused: why, reason, holder, candidates });
}

/** The number of a link; a record that has none yet gets one. */
export async function numberOf(
  operations: OperationStore,
  site: string,
  { number, kind, ids }: Link,
): Promise<number> {
  if (number !== 0) return number;
  const side = ids.teamwork === null ? 'desk' : 'teamwork';
  return operations.linkFor(site, kind, side, ids[side] ?? '');
}

/** R2: until the first InitialSync is started nothing is written remotely. */
export async function refuseBeforeFirstSync(
  { store }: { readonly store: Store },
  site: string,
): Promise<void> {
  if ((await store.latestRun(site, 'sync')) !== null) return;
  throw new Refused(
    'The first InitialSync has not been started, and until then nothing is written. `sync start` starts it.',
  );
}
