/** Operators' actions on a link, as `src/store/operations.ts` carries them out: all of an action or nothing. */
import type { Link, Status } from '../../../src/domain/link';
import type { Operation, OperationResult, OperationStore } from '../../../src/ports/operations';
import { OperationRefused } from '../../../src/store/operation-frame';
import { answerQuestion } from './answer';
import { ask, askForPeople } from './ask';
import { choose } from './choose';
import { addDue } from './due';
import { joinAgain, relink, restore } from './join-again';
import { joinPeople, peopleToJoin } from './join-people';
import { changeLink, linkByNumber, openIntentOf, refsOf } from './link-rows';
import type { Memory, SiteRows } from './memory';
import { sidesThere, tell, type Frame } from './operation-frame';
import { breakLink } from './plans';
import { transactions } from './transactions';

/** What an operation comes to, beside the link's own fate. */
interface Outcome {
  readonly status: Status;
  readonly people?: number;
  readonly offered?: number;
}

/** Every operation is refused before it changes anything, so that nothing has to be undone. */
export function operateMethod(memory: Memory): Pick<OperationStore, 'operate'> {
  return transactions<Pick<OperationStore, 'operate'>>({
    operate(site, number, operation, id): OperationResult {
      const rows = memory.of(site);
      try {
        const link = linkByNumber(rows, number);
        if (link === null) throw new OperationRefused('no_such_link');
        const done = { done: true, link: link.number, people: 0, offered: 0 } as const;
        const outcome = wasDone(rows, link, id)
          ? { status: link.status }
          : carryOut({ memory, rows, id, link }, operation);
        return { ...done, ...outcome, status: unlessPaused(rows, link, outcome.status) };
      } catch (error) {
        if (error instanceof OperationRefused) return error.result;
        throw error;
      }
    },
  });
}

/** Its answer was lost, and it came a second time. */
function wasDone(rows: SiteRows, link: Link, id: string): boolean {
  return rows.journal.some((entry) => entry.link === link.number && entry.detail.operation === id);
}

/** R31: a pause comes before whatever else is said of a link that is not broken. */
function unlessPaused(rows: SiteRows, link: Link, status: Status): Status {
  const now = rows.links.get(link.number)?.link;
  return now?.paused === true && now.phase !== 'broken' ? 'paused' : status;
}

function carryOut(frame: Frame, operation: Operation): Outcome {
  const { link } = frame;
  switch (operation.verb) {
    case 'pause':
    case 'resume':
      return setPaused(frame, operation.verb === 'pause');
    case 'retry':
      return retry(frame);
    case 'choose':
      refuseInWork(frame);
      choose(frame, operation.field, operation.side);
      return { status: 'pending' };
    case 'unlink':
      refuseInWork(frame);
      return unlink(frame);
    case 'relink':
    case 'restore':
      refuseInWork(frame);
      return join(frame, operation);
    case 'answer':
      answerQuestion(frame, operation.verdict, operation.id);
      return { status: 'pending' };
    case 'ask':
      refuseInWork(frame);
      return link.phase === 'broken' ? askForBroken(frame) : { status: ask(frame) };
    case 'askForPeople':
      return { status: link.status, people: askForPeople(frame) };
    case 'forget':
      throw new Error(
        'Nobody is forgotten in the simulation: values would be missing from its ground truth.',
      );
  }
}

/** A write under way ends first. */
function refuseInWork({ rows, link }: Frame): void {
  if (openIntentOf(rows, link.number) !== null) throw new OperationRefused('in_work');
}

function setPaused(frame: Frame, paused: boolean): Outcome {
  const { rows, link } = frame;
  const isBroken = link.phase === 'broken';
  if (isBroken && (paused || !link.paused)) throw new OperationRefused('broken');
  if (link.paused !== paused) changeLink(rows, link.number, { paused });
  tell(frame, paused ? 'paused' : 'resumed');
  if (paused) return { status: 'paused' };
  if (isBroken) return { status: 'broken' };
  readAndDecide(frame);
  return { status: 'pending' };
}

function retry(frame: Frame): Outcome {
  if (frame.link.phase === 'broken') throw new OperationRefused('broken');
  tell(frame, 'retried');
  readAndDecide(frame);
  return { status: 'pending' };
}

function readAndDecide({ memory, rows, link }: Frame): void {
  const read = refsOf(link.ids).map(({ side }) => side);
  addDue(memory, rows, [{ link: link.number, priority: 2, run: null, at: null, read }]);
}

function unlink(frame: Frame): Outcome {
  const { memory, rows, link } = frame;
  if (link.phase !== 'active') throw new OperationRefused(link.phase === 'broken' ? 'broken' : 'not_linked');
  breakLink(memory, rows, link, { reason: 'unlinked_by_operator', side: null, causeLink: null }, null);
  tell(frame, 'unlinked');
  return { status: 'broken' };
}

function join(
  frame: Frame,
  { verb, withPeople }: Extract<Operation, { verb: 'relink' | 'restore' }>,
): Outcome {
  if (frame.link.phase !== 'broken') throw new OperationRefused('not_broken');
  const [side, other] = sidesThere(frame);
  if (side === undefined) throw new OperationRefused('both_gone');
  if (verb === 'relink') {
    if (other === undefined) throw new OperationRefused('one_gone');
    relink(frame);
  } else {
    if (other !== undefined) throw new OperationRefused('both_there');
    restore(frame, side);
  }
  return withItsPeople(frame, withPeople);
}

function askForBroken(frame: Frame): Outcome {
  const { rows, link } = frame;
  if (link.kind === 'customer') throw new OperationRefused('broken');
  joinAgain(frame);
  changeLink(rows, link.number, { asked: 'yes' });
  return withItsPeople(frame, true);
}

function withItsPeople(frame: Frame, withPeople: boolean): Outcome {
  const { link } = frame;
  if (link.kind === 'customer') return { status: 'pending' };
  if (withPeople) return { status: 'pending', people: joinPeople(frame, link) };
  return { status: 'pending', offered: peopleToJoin(frame, link).length };
}
