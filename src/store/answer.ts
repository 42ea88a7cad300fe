/** R14: the answer to a question about who is whose counterpart. */
import { sql } from 'kysely';
import type { Answer } from '../domain/match';
import type { Side } from '../domain/record';
import { keepAnswers } from './answers';
import { addDueLinks } from './due';
import { awaitedRecords } from './identity-claims';
import { lockLinks, numbersHolding } from './locked-links';
import { idColumn } from './lookups';
import { OperationRefused, refsOf, tell, type Frame } from './operation-frame';
import { pairedSide } from './decided-records';
import type { Ref } from './record-rows';

/** Everybody whom the answer is about decides anew. */
export async function answerQuestion(
  frame: Frame,
  verdict: Answer['verdict'],
  id: string | null,
): Promise<void> {
  const { tx, site, link } = frame;
  const [own] = refsOf(link);
  const { rows } = await sql<{ candidates: readonly string[] }>`
    select candidates from questions where site = ${site} and link = ${link.number}`.execute(tx);
  const [question] = rows;
  if (question === undefined || own === undefined || link.phase !== 'lone') {
    throw new OperationRefused('no_question');
  }
  const { candidates } = question;
  if (id !== null && !candidates.includes(id)) throw new OperationRefused('no_candidate', { candidates });
  if (id === null && verdict === 'same' && candidates.length > 1) {
    throw new OperationRefused('several_candidates', { candidates });
  }
  const side = pairedSide(link.ids);
  const about = id === null ? candidates : [id];
  const pair = [own, ...about.map((other): Ref => ({ side, id: other }))];
  // R15: what a create under way may have made is known to be its own soon, whatever anybody says of it now.
  if ((await awaitedRecords(tx, site, link.kind, pair)).size > 0) throw new OperationRefused('in_work');
  await keepAnswers(
    tx,
    site,
    link.kind,
    about.map((other): Answer => ({
      teamwork: side === 'teamwork' ? other : own.id,
      desk: side === 'desk' ? other : own.id,
      verdict,
    })),
  );
  await tell(frame, 'answered', { verdict, candidates: about }, own.side);
  const holding = await numbersHolding(
    tx,
    site,
    link.kind,
    candidates.map((candidate) => ({ side, id: candidate })),
  );
  const rivals = await rivalsFor(frame, own.side, candidates);
  const concerned = [...new Set([link.number, ...holding.values(), ...rivals])];
  await outdateDecisions(frame, concerned);
  await addDueLinks(
    tx,
    site,
    concerned.map((number) => ({
      ...{ link: number, priority: 2 as const, run: null, at: null },
      read: number === link.number ? [own.side] : [],
    })),
  );
}

/** What is just being decided of any of them, a counterpart's link too, was decided without this answer; a merge as well (R17). */
async function outdateDecisions({ tx, site }: Frame, numbers: readonly number[]): Promise<void> {
  await lockLinks(tx, site, numbers, 'wait');
  await sql`
    update links set version = version + 1
    where site = ${site} and number = any(${numbers}::bigint[]) and phase in ('lone', 'active')`.execute(tx);
}

/** Those who are asked about one of the same candidates: what is answered of it answers theirs, too. */
async function rivalsFor(
  { tx, site, link }: Frame,
  side: Side,
  candidates: readonly string[],
): Promise<number[]> {
  const { rows } = await sql<{ link: number }>`
    select q.link from questions q join links l on l.number = q.link and l.site = q.site
    where q.site = ${site} and l.kind = ${link.kind} and l.phase = 'lone' and l.${idColumn(side)} is not null
      and q.candidates && ${candidates}::text[]`.execute(tx);
  return rows.map((row) => row.link);
}
