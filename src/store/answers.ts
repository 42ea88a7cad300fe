/** What operators answered about pairs of records, remembered for good (R14). */
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
  const idsOn = (side: Side) => refs.filter((ref) => ref.side === side).map(({ id }) => id);
  const { rows } = await sql<Answer>`
    select teamwork, desk, verdict from answers
    where site = ${site} and kind = ${kind} and teamwork = any(${idsOn('teamwork')}::text[])
      and desk = any(${idsOn('desk')}::text[])`.execute(tx);
  return rows;
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
