/**
 * One writer per record: everything that happens to a link is told to its workflow, which drains what it was told and
 * completes. Nothing is lost, for the server refuses to close a run that has an unread signal or update.
 */
import {
  allHandlersFinished,
  condition,
  continueAsNew,
  setCurrentDetails,
  setHandler,
  uuid4,
  workflowInfo,
} from '@temporalio/workflow';
import { sides } from '../domain/record';
import type { Operation, OperationResult } from '../ports/operations';
import {
  changed,
  deskDeleted,
  operationUpdates,
  stateQuery,
  teamworkDeleted,
  type EntityInput,
  type EntityState,
  type Hint,
} from './messages';
import { callsOf, operate } from './proxies';
import { settleLink, type TurnEnd } from './settle-link';
import { tellEnd } from './tell-end';

type Entity = (input: EntityInput, carried?: readonly Hint[]) => Promise<void>;

/** An operation that waits for its turn, then for its asker to have taken the answer. */
interface Asked {
  readonly id: string;
  readonly operation: Operation;
  result?: OperationResult;
}

/** Started for an operation that never came, because its asker went away: nothing is waited for. */
const longestWait = '1 min';

/** These need to know whether the records are there (R22, R23). */
const readFirst: ReadonlySet<Operation['verb']> = new Set(['relink', 'restore', 'ask']);
const notRead = { done: false, why: 'not_read', reason: null, holder: null, candidates: [] } as const;

export async function syncEntity(input: EntityInput, carried: readonly Hint[]): Promise<void> {
  const { site, link, kind } = input;
  const hints: Hint[] = [...carried];
  const asked: Asked[] = [];
  let at: EntityState['at'] = null;
  let ended: TurnEnd;

  setHandler(changed, (hint) => void hints.push(hint));
  setHandler(teamworkDeleted, () => void hints.push({ read: ['teamwork'], priority: 1, run: null }));
  setHandler(deskDeleted, () => void hints.push({ read: ['desk'], priority: 1, run: null }));
  for (const update of Object.values(operationUpdates)) setHandler(update, inItsTurn);
  // R30: a pause does not wait behind a write that the vendor does not answer; the store itself keeps writes and it apart.
  setHandler(operationUpdates.pause, atOnce);
  setHandler(operationUpdates.resume, atOnce);
  setHandler(stateQuery, () => ({ link, at, waiting: hints.length + asked.length }));

  // Always started with a signal or an update; it is there once the handlers are.
  await condition(hasWork, longestWait);
  for (;;) {
    while (hasWork()) {
      const next = asked.shift();
      if (next === undefined) {
        at = 'settling';
        setCurrentDetails('Reads, decides and writes what the link was told.');
        ended = await settleLink(input, coalesce(hints.splice(0)));
      } else {
        at = next.operation.verb;
        setCurrentDetails(`Carries out what an operator asked for: ${at}.`);
        next.result = await carryOut(next);
      }
      at = null;
      // What is asked is answered by the run that was asked; only hints are handed over.
      if (workflowInfo().continueAsNewSuggested && !isAsked()) {
        await condition(allHandlersFinished);
        if (!isAsked()) await continueAsNew<Entity>(input, hints.splice(0));
      }
    }
    await condition(allHandlersFinished);
    // Hazard: no await between this check and the return, or what comes in between is lost.
    if (!hasWork() && allHandlersFinished()) {
      // Histories of before know nothing of it, and replay without it.
      if (ended) tellEnd(ended);
      return;
    }
  }

  function hasWork(): boolean {
    return hints.length > 0 || isAsked();
  }

  function isAsked(): boolean {
    return asked.length > 0;
  }

  async function inItsTurn(operation: Operation): Promise<OperationResult> {
    const waiting: Asked = { id: uuid4(), operation };
    asked.push(waiting);
    await condition(() => waiting.result !== undefined);
    return waiting.result ?? notRead;
  }

  function atOnce(operation: Operation): Promise<OperationResult> {
    return carriedOut({ id: uuid4(), operation });
  }

  async function carryOut({ id, operation }: Asked): Promise<OperationResult> {
    for (const side of readFirst.has(operation.verb) ? sides : []) {
      const call = { site, link, kind, priority: 2, run: null, side } as const;
      const seen = await callsOf(side).observe(call);
      if (seen === 'stopped' || seen === 'unconfirmed') return notRead;
    }
    return carriedOut({ id, operation });
  }

  async function carriedOut({ id, operation }: Asked): Promise<OperationResult> {
    const { standing, ...result } = await operate({ site, link, operation, id });
    ended = standing ?? ended;
    return result;
  }
}

/** Many hints are one turn: the most urgent priority, everything to read, the run that waits for it. */
function coalesce(hints: readonly Hint[]): Hint {
  const [only, ...others] = hints;
  if (only !== undefined && others.length === 0) return only;
  return {
    read: [...new Set(hints.flatMap((hint) => hint.read))],
    priority: hints.reduce<Hint['priority']>(
      (least, hint) => (hint.priority < least ? hint.priority : least),
      4,
    ),
    run: hints.find((hint) => hint.run !== null)?.run ?? null,
  };
}
