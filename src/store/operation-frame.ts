/** What every operation on a link is handed, how it refuses, and how it tells what it did. */
import { sql } from 'kysely';
import type { Link, Reason } from '../domain/link';
import { sides, type Kind, type Side } from '../domain/record';
import type { OperationResult, Refusal } from '../ports/operations';
import { journal, type JournalEvent } from './journal';
import { recordsOf, type Ref } from './record-rows';
import type { Tx } from './transaction';

export interface Frame {
  readonly tx: Tx;
  readonly site: string;
  /** The operation's own id, told in the journal. */
  readonly id: string;
  readonly link: Link;
}

export interface Holder {
  readonly kind: Kind;
  readonly side: Side;
  readonly id: string;
  readonly link: number | null;
}

/** Undoes the transaction. */
export class OperationRefused extends Error {
  constructor(
    readonly why: Refusal,
    readonly facts: {
      readonly reason?: Reason | null;
      readonly holder?: Holder | null;
      readonly candidates?: readonly string[];
    } = {},
  ) {
    super(`The operation was refused: ${why}.`);
  }

  get result(): OperationResult {
    const { reason = null, holder = null, candidates = [] } = this.facts;
    return { done: false, why: this.why, reason, holder, candidates };
  }
}

export function refsOf(link: Link): Ref[] {
  return sides.flatMap((side) => {
    const id = link.ids[side];
    return id === null ? [] : [{ side, id }];
  });
}

/** The sides on which the link's record is there, as last read. */
export async function sidesThere({ tx, site, link }: Frame): Promise<readonly Side[]> {
  const records = await recordsOf(tx, site, link.kind, refsOf(link));
  return sides.filter((side) =>
    [...records.values()].some((record) => record.side === side && record.presence !== 'gone'),
  );
}

/** A write under way ends first, so that what comes of it is not put upon a link that has become another. */
export async function refuseInWork({ tx, site, link }: Frame, links = [link.number]): Promise<void> {
  const { rows } = await sql`
    select from intents where site = ${site} and link = any(${links}::bigint[]) and state in ('sent', 'unknown')`.execute(
    tx,
  );
  if (rows.length > 0) throw new OperationRefused('in_work');
}

/** R32: of whom nothing is kept any more, nothing can be joined either. */
export async function refuseForgotten({ tx, site, link }: Frame): Promise<void> {
  if (link.kind === 'company') return;
  const { rows } = await sql`
    select from forgotten where site = ${site}
      and (side = 'teamwork' and id = ${link.ids.teamwork} or side = 'desk' and id = ${link.ids.desk})`.execute(
    tx,
  );
  if (rows.length > 0) throw new OperationRefused('forgotten');
}

export async function tell(
  { tx, site, id, link }: Frame,
  event: JournalEvent,
  detail: Readonly<Record<string, unknown>> = {},
  side: Side | null = null,
): Promise<void> {
  await journal(tx, site, [{ link: link.number, event, side, detail: { ...detail, operation: id } }]);
}
