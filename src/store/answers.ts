/** What operators answered about pairs of records, remembered for good (R14), and what they are still to answer (R15). */
import { sql } from 'kysely';
import type { Answer } from '../domain/match';
import type { Kind, Side } from '../domain/record';
import type { Ref } from './record-rows';
import type { Tx } from './transaction';

/** The answers that one of the records of each side has a part in. */
export async function answersAbout(
  tx: Tx,
  site: string,
  kind: Kind,
  refs: readonly Ref[],
): Promise<readonly Answer[]> {
  if (refs.length === 0) return [];
  const { rows } = await sql<Answer>`
    select teamwork, desk, verdict from answers
    where site = ${site} and kind = ${kind} and teamwork = any(${idsOn('teamwork', refs)}::text[])
      and desk = any(${idsOn('desk', refs)}::text[])`.execute(tx);
  return rows;
}

/** The pairs with one of the records that are one, or may be, whatever they are called by now. */
export async function pairsOf(
  tx: Tx,
  site: string,
  kind: Kind,
  refs: readonly Ref[],
): Promise<readonly Answer[]> {
  if (refs.length === 0) return [];
  const of = (side: Side) => sql`
    select teamwork, desk, verdict from answers
    where site = ${site} and kind = ${kind} and ${sql.ref(side)} = any(${idsOn(side, refs)}::text[])
      and verdict in ('same', 'perhaps')`;
  const { rows } = await sql<Answer>`${of('teamwork')} union ${of('desk')}`.execute(tx);
  return rows;
}

function idsOn(side: Side, refs: readonly Ref[]): string[] {
  return refs.filter((ref) => ref.side === side).map(({ id }) => id);
}

/** A record is the same as one other only, so an answer `same` takes the place of an earlier one. */
export async function keepAnswers(
  tx: Tx,
  site: string,
  kind: Kind,
  answers: readonly Answer[],
): Promise<void> {
  for (const { teamwork, desk, verdict } of answers) {
    if (verdict === 'same') {
      await sql`
        delete from answers where site = ${site} and kind = ${kind} and verdict = 'same'
          and (teamwork = ${teamwork} or desk = ${desk})`.execute(tx);
    }
    await sql`
      insert into answers (site, kind, teamwork, desk, verdict)
      values (${site}, ${kind}, ${teamwork}, ${desk}, ${verdict})
      on conflict (site, kind, teamwork, desk) do update set verdict = excluded.verdict,
        answered_at = clock_timestamp()`.execute(tx);
  }
}
