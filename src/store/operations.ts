/** Operators' actions on a link: each one transaction under the link's lock, told in the journal (B2, R22). */
import { sql } from 'kysely';
import type { Link, Status } from '../domain/link';
import type { Operation, OperationResult, OperationStore } from '../ports/operations';
import { answerQuestion } from './answer';
import { ask, askForPeople } from './ask';
import { breakLink } from './breaks';
import { choose } from './choose';
import type { WalledDatabase } from './database';
import { addDueLinks } from './due';
import { forget } from './forget';
import { joinAgain, relink, restore } from './join-again';
import { countPeopleToJoin, joinPeople } from './join-people';
import { linkByNumber } from './link-rows';
import { OperationRefused, refsOf, refuseInWork, sidesThere, tell, type Frame } from './operation-frame';
import { withSite, type Tx } from './transaction';

/** What an operation comes to, beside the link's own fate. */
interface Outcome {
  readonly status: Status;
  readonly people?: number;
  readonly offered?: number;
}

export function operateMethod(db: WalledDatabase): Pick<OperationStore, 'operate'> {
  return {
    async operate(site, number, operation, id) {
      try {
        return await withSite(db, site, async (tx): Promise<OperationResult> => {
          const link = await lockedLink(tx, site, number);
          const frame = { tx, site, id, link };
          const isSecond = await wasDone(tx, site, link.number, id);
          const outcome = isSecond ? { status: link.status } : await carryOut(frame, operation);
          return {
            ...{ done: true, link: link.number, people: 0, offered: 0 },
            ...outcome,
            status: await unlessPaused(frame, outcome.status),
          };
        });
      } catch (error) {
        if (error instanceof OperationRefused) return error.result;
        throw error;
      }
    },
  };
}

async function lockedLink(tx: Tx, site: string, number: number): Promise<Link> {
  const found = await linkByNumber(tx, site, number);
  if (found === null) throw new OperationRefused('no_such_link');
  await sql`select from links where site = ${site} and number = ${found.number} for no key update`.execute(
    tx,
  );
  const link = await linkByNumber(tx, site, found.number);
  if (link === null) throw new OperationRefused('no_such_link');
  return link;
}

/** Its answer was lost, and it came a second time. */
async function wasDone(tx: Tx, site: string, link: number, id: string): Promise<boolean> {
  const { rows } = await sql`
    select from journal where site = ${site} and link = ${link} and detail ->> 'operation' = ${id}`.execute(
    tx,
  );
  return rows.length > 0;
}

/** R31: a pause comes before whatever else is said of a link that is not broken; a row taken along may have brought it (R30). */
async function unlessPaused({ tx, site, link }: Frame, status: Status): Promise<Status> {
  const { rows } = await sql`
    select from links where site = ${site} and number = ${link.number} and paused and phase <> 'broken'`.execute(
    tx,
  );
  return rows.length > 0 ? 'paused' : status;
}

async function carryOut(frame: Frame, operation: Operation): Promise<Outcome> {
  const { link } = frame;
  switch (operation.verb) {
    case 'pause':
    case 'resume':
      return setPaused(frame, operation.verb === 'pause');
    case 'retry':
      return retry(frame);
    case 'choose':
      await refuseInWork(frame);
      await choose(frame, operation.field, operation.side);
      return { status: 'pending' };
    case 'unlink':
      await refuseInWork(frame);
      return unlink(frame);
    case 'relink':
    case 'restore':
      await refuseInWork(frame);
      return join(frame, operation);
    case 'answer':
      await answerQuestion(frame, operation.verdict, operation.id);
      return { status: 'pending' };
    case 'ask':
      await refuseInWork(frame);
      return link.phase === 'broken' ? askForBroken(frame) : { status: await ask(frame) };
    case 'askForPeople':
      return { status: link.status, people: await askForPeople(frame) };
    case 'forget':
      await refuseInWork(frame);
      await forget(frame);
      return { status: 'broken' };
  }
}

/**
 * R30: what was noticed meanwhile is read once more when it goes on. A pause outlives the link's break, and would come back
 * with a relink: so it can be ended on a tombstone, too, where nothing goes on by that.
 */
async function setPaused(frame: Frame, paused: boolean): Promise<Outcome> {
  const { tx, site, link } = frame;
  const isBroken = link.phase === 'broken';
  if (isBroken && (paused || !link.paused)) throw new OperationRefused('broken');
  await sql`
    update links set paused = ${paused}, version = version + 1
    where site = ${site} and number = ${link.number} and paused <> ${paused}`.execute(tx);
  await tell(frame, paused ? 'paused' : 'resumed');
  if (paused) return { status: 'paused' };
  if (isBroken) return { status: 'broken' };
  await readAndDecide(frame);
  return { status: 'pending' };
}

async function retry(frame: Frame): Promise<Outcome> {
  if (frame.link.phase === 'broken') throw new OperationRefused('broken');
  await tell(frame, 'retried');
  await readAndDecide(frame);
  return { status: 'pending' };
}

async function readAndDecide({ tx, site, link }: Frame): Promise<void> {
  const read = refsOf(link).map(({ side }) => side);
  await addDueLinks(tx, site, [{ link: link.number, priority: 2, run: null, at: null, read }]);
}

/** R22: neither record is new by it, and nothing happens by itself. */
async function unlink(frame: Frame): Promise<Outcome> {
  const { tx, site, id, link } = frame;
  if (link.phase !== 'active') throw new OperationRefused(link.phase === 'broken' ? 'broken' : 'not_linked');
  await breakLink(tx, site, link, { reason: 'unlinked_by_operator', side: null, causeLink: null }, null);
  await tell({ tx, site, id, link }, 'unlinked');
  return { status: 'broken' };
}

async function join(
  frame: Frame,
  { verb, withPeople }: Extract<Operation, { verb: 'relink' | 'restore' }>,
): Promise<Outcome> {
  const { link } = frame;
  if (link.phase !== 'broken') throw new OperationRefused('not_broken');
  const [side, other] = await sidesThere(frame);
  if (side === undefined) throw new OperationRefused('both_gone');
  if (verb === 'relink') {
    if (other === undefined) throw new OperationRefused('one_gone');
    await relink(frame);
  } else {
    if (other !== undefined) throw new OperationRefused('both_there');
    await restore(frame, side);
  }
  return withItsPeople(frame, withPeople);
}

/** R5: asked for, a company with a tombstone is relinked, or restored if it was deleted; its customers come along. */
async function askForBroken(frame: Frame): Promise<Outcome> {
  const { tx, site, link } = frame;
  if (link.kind === 'customer') throw new OperationRefused('broken');
  await joinAgain(frame);
  await sql`update links set asked = 'yes' where site = ${site} and number = ${link.number}`.execute(tx);
  return withItsPeople(frame, true);
}

async function withItsPeople(frame: Frame, withPeople: boolean): Promise<Outcome> {
  const { link } = frame;
  if (link.kind === 'customer') return { status: 'pending' };
  if (withPeople) return { status: 'pending', people: await joinPeople(frame, link) };
  return { status: 'pending', offered: await countPeopleToJoin(frame, link) };
}
