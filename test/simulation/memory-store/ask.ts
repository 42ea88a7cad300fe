/** R5, R7: somebody asks for a Desk record in Teamwork.com, as `src/store/ask.ts` takes it. */
import type { LinkView, Plan } from '../../../src/domain/plan';
import { planLink } from '../../../src/domain/planner';
import { OperationRefused } from '../../../src/store/operation-frame';
import { addDue } from './due';
import { changeLink, linkHolding } from './link-rows';
import { sidesThere, tell, type Frame } from './operation-frame';
import { viewsOf } from './views';
import { wakePeopleOfLinked } from './wakes';

/** For a record that has no counterpart yet. What the rules say to it is said now, before anything is promised. */
export function ask(frame: Frame): Plan['status'] {
  const { memory, rows, link } = frame;
  const { kind, ids, number, phase } = link;
  if (ids.desk === null) throw new OperationRefused('not_in_desk');
  if (phase === 'active') {
    const holder =
      ids.teamwork === null ? null : { kind, side: 'teamwork' as const, id: ids.teamwork, link: number };
    throw new OperationRefused('already_linked', { holder });
  }
  if (sidesThere(frame).length === 0) throw new OperationRefused('both_gone');
  const [view] = viewsOf(memory, rows, kind, [{ ...link, asked: 'yes', paused: false }], null);
  if (view === undefined) throw new OperationRefused('not_read');
  const plan = planLink(view);
  refuseUnwanted(view, plan);
  changeLink(rows, number, { asked: 'yes' });
  tell(frame, 'asked', {}, 'desk');
  addDue(memory, rows, [{ link: number, priority: 2, run: null, at: null, read: [] }]);
  return plan.status;
}

function refuseUnwanted({ link: { kind } }: LinkView, plan: Plan): void {
  if (plan.situation === 'taken') {
    const found = plan.because.find((fact) => fact.side === 'teamwork');
    const id = found?.id ?? null;
    const holder = id === null ? null : { kind, side: 'teamwork' as const, id, link: found?.link ?? null };
    throw new OperationRefused('taken', { reason: found?.reason ?? plan.reason, holder });
  }
  if (plan.status === 'excluded' && plan.situation !== 'essential_missing') {
    throw new OperationRefused('not_wanted', { reason: plan.reason });
  }
}

/** R7: everybody in the company who has no counterpart yet. Answers how many are asked for by this. */
export function askForPeople(frame: Frame): number {
  const { memory, rows, link } = frame;
  if (link.phase !== 'active') throw new OperationRefused('not_linked');
  wakePeopleOfLinked(memory, rows, link.ids, null);
  const asked = rows.records.peopleIn('desk', link.ids.desk ?? '').flatMap(({ record }) => {
    const own = linkHolding(rows, 'customer', record);
    const isThere = record.presence !== 'gone' && record.scope === 'client';
    return isThere && own?.phase === 'lone' && own.asked !== 'yes' ? [own.number] : [];
  });
  for (const number of asked) changeLink(rows, number, { asked: 'yes' });
  tell(frame, 'asked', { people: asked.length }, 'desk');
  return asked.length;
}
