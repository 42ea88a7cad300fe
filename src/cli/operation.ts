/** How a command has one link operated on: the link that is meant, and the answer as JSON. */
import { noteOperation, theCli } from '../change-note';
import { numberOf, operateOn, type Done } from '../operate';
import type { Operation } from '../ports/operations';
import type { LinkRow } from '../ports/reads';
import { productOf } from '../wording/words';
import { usageFailure } from './failures';
import { nameOf } from './link-table';
import { linksNamed } from './matches';
import { harmless } from './plain-text';
import type { EngineParts } from '../engine-parts';

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

/** Carries it out and notes it, or throws `Refused`. */
export async function carryOut(
  parts: EngineParts,
  site: string,
  { link }: LinkRow,
  operation: Operation,
): Promise<Done> {
  const number = await numberOf(parts.operations, site, link);
  const done = await operateOn(parts, site, { kind: link.kind, link: number }, operation);
  await noteOperation(parts, theCli, site, done.link, operation);
  return done;
}

/** R30: said after what comes of it only when it is resumed. */
export function pausedText({ link, status }: Done): string {
  return status === 'paused' ? ` It is paused: nothing is written until \`resume ${link}\`.` : '';
}

export function toJsonDone({ link, status, people, offered }: Done) {
  return { done: true, link, status, people, offered };
}
