/** R14: the answer to a question about who is whose counterpart, as `src/store/answer.ts` keeps it. */
import type { Answer } from '../../../src/domain/match';
import type { Kind } from '../../../src/domain/record';
import { pairedSide } from '../../../src/store/decided-records';
import { OperationRefused } from '../../../src/store/operation-frame';
import { addDue } from './due';
import { changeLink, linkHolding, refsOf } from './link-rows';
import type { SiteRows } from './memory';
import { tell, type Frame } from './operation-frame';
import { isAwaited } from './steps';

/** Everybody whom the answer is about decides anew. */
export function answerQuestion(frame: Frame, verdict: Answer['verdict'], id: string | null): void {
  const { memory, rows, link } = frame;
  const [own] = refsOf(link.ids);
  const candidates = rows.questions.get(link.number);
  if (candidates === undefined || own === undefined || link.phase !== 'lone') {
    throw new OperationRefused('no_question');
  }
  if (id !== null && !candidates.includes(id)) throw new OperationRefused('no_candidate', { candidates });
  if (id === null && verdict === 'same' && candidates.length > 1) {
    throw new OperationRefused('several_candidates', { candidates });
  }
  const side = pairedSide(link.ids);
  const about = id === null ? candidates : [id];
  const pair = [own, ...about.map((other) => ({ side, id: other }))];
  if (pair.some((ref) => isAwaited(rows, link.kind, ref))) throw new OperationRefused('in_work');
  for (const other of about) {
    const pair = side === 'teamwork' ? { teamwork: other, desk: own.id } : { teamwork: own.id, desk: other };
    keepAnswer(rows, link.kind, { ...pair, verdict });
  }
  tell(frame, 'answered', { verdict, candidates: about }, own.side);
  const holding = candidates.flatMap(
    (candidate) => linkHolding(rows, link.kind, { side, id: candidate })?.number ?? [],
  );
  const rivals = [...rows.questions].flatMap(([number, asked]) => {
    const rival = rows.links.get(number)?.link;
    const isRival = rival?.phase === 'lone' && rival.kind === link.kind && rival.ids[own.side] !== null;
    return isRival && asked.some((candidate) => candidates.includes(candidate)) ? [number] : [];
  });
  const concerned = [...new Set([link.number, ...holding, ...rivals])];
  for (const number of concerned) {
    const phase = rows.links.get(number)?.link.phase;
    if (phase === 'lone' || phase === 'active') changeLink(rows, number, {});
  }
  addDue(
    memory,
    rows,
    concerned.map((number) => ({
      ...{ link: number, priority: 2 as const, run: null, at: null },
      read: number === link.number ? [own.side] : [],
    })),
  );
}

/** A record is the same as one other only, so an answer `same` takes the place of an earlier one. */
function keepAnswer(rows: SiteRows, kind: Kind, answer: Answer): void {
  const { teamwork, desk, verdict } = answer;
  const replaced = (one: Answer) =>
    (one.teamwork === teamwork && one.desk === desk) ||
    (verdict === 'same' && one.verdict === 'same' && (one.teamwork === teamwork || one.desk === desk));
  const others = rows.answers[kind].filter((one) => !replaced(one));
  rows.answers[kind].splice(0, Infinity, ...others, answer);
}
