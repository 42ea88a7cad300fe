/** How a command has one link operated on: the link that is meant, the refusal as a sentence, the answer as JSON. */
import { explanations } from '../domain/explain';
import type { Kind } from '../domain/record';
import type { Operation, OperationResult, Refusal } from '../ports/operations';
import type { LinkRow } from '../ports/reads';
import { CommandFailure, exitCode, usageFailure } from './failures';
import { nameOf } from './link-table';
import { linksNamed } from './matches';
import { harmless } from './plain-text';
import type { EngineParts } from './session';
import { productOf } from './words';

export type Done = Extract<OperationResult, { done: true }>;

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

/** The links that a record names and that `fits` lets pass: the only one, or exit 2 with the list. */
export async function oneLink(
  reads: EngineParts['reads'],
  site: string,
  record: string,
  fits: (row: LinkRow) => boolean = () => true,
): Promise<LinkRow> {
  const rows = await linksNamed(reads, site, record);
  const fitting = rows.filter(fits);
  const [only, ...others] = fitting.length > 0 ? fitting : rows;
  if (only !== undefined && others.length === 0) return only;
  const list = rows.map((row) => `  ${describeRow(row)}`).join('\n');
  throw usageFailure(`Several records go by that; name one by its link number or its id:\n${list}`, {
    matches: rows.map(({ link: { kind, number, ids } }) => ({
      ...{ kind, link: number, teamworkId: ids.teamwork, deskId: ids.desk },
    })),
  });
}

function describeRow(row: LinkRow): string {
  const { kind, number, ids, status } = row.link;
  const where = (['teamwork', 'desk'] as const).map((side) => `${productOf[side]} ${ids[side] ?? 'none'}`);
  return `${number === 0 ? 'no link yet' : `link ${number}`}: ${kind} ${harmless(nameOf(row))} (${where.join(', ')}; ${status})`;
}

/** The number of the row's link; a record that has none yet gets one. */
async function linkNumber(parts: EngineParts, site: string, { link }: LinkRow): Promise<number> {
  if (link.number !== 0) return link.number;
  const side = link.ids.teamwork === null ? 'desk' : 'teamwork';
  return parts.operations.linkFor(site, link.kind, side, link.ids[side] ?? '');
}

/** Carries it out, or ends with exit code 1 and why not. */
export async function carryOut(
  parts: EngineParts,
  site: string,
  row: LinkRow,
  operation: Operation,
): Promise<Done> {
  return operateOn(parts, site, { kind: row.link.kind, link: await linkNumber(parts, site, row) }, operation);
}

export async function operateOn(
  parts: EngineParts,
  site: string,
  { kind, link }: { readonly kind: Kind; readonly link: number },
  operation: Operation,
): Promise<Done> {
  const result = await parts.client.operate(site, kind, link, operation);
  if (result.done) return result;
  const { why, reason, holder, candidates } = result;
  const because = reason === null ? '' : ` ${explanations[reason].sentence}`;
  const who =
    holder === null
      ? ''
      : ` It is ${holder.kind} ${holder.side}:${holder.id}${holder.link === null ? '' : `, link ${holder.link}`}.`;
  const which = candidates.length === 0 ? '' : ` Candidates: ${candidates.join(', ')}.`;
  throw new CommandFailure(exitCode.no, `${refusals[why]}${because}${who}${which}`, {
    ...{ refused: why, reason, holder, candidates },
  });
}

/** R2: until the first InitialSync is started nothing is written remotely. */
export async function refuseBeforeFirstSync({ store }: EngineParts, site: string): Promise<void> {
  if ((await store.latestRun(site, 'sync')) !== null) return;
  throw new CommandFailure(
    exitCode.no,
    'The first InitialSync has not been started, and until then nothing is written. `sync start` starts it.',
  );
}

export function toJsonDone({ link, status, people, offered }: Done) {
  return { done: true, link, status, people, offered };
}
