/** R5, R7: somebody asks for a Desk company to become a client, or for a Desk customer to become a contact. */
import { sql } from 'kysely';
import type { LinkView, Plan } from '../domain/plan';
import { planLink } from '../domain/planner';
import { otherSide } from '../domain/record';
import { addDueLinks } from './due';
import { viewsOf } from './link-views';
import { OperationRefused, sidesThere, tell, type Frame } from './operation-frame';
import { wakePeopleOfLinked } from './wakes';

/** For a record that has no counterpart yet. What the rules say to it is said now, before anything is promised, paused or not. */
export async function ask(frame: Frame): Promise<Plan['status']> {
  const { tx, site, link } = frame;
  if (link.ids.desk === null) throw new OperationRefused('not_in_desk');
  if (link.phase === 'active') throw new OperationRefused('already_linked', { holder: counterpartOf(frame) });
  if ((await sidesThere(frame)).length === 0) throw new OperationRefused('both_gone');
  const [view] = await viewsOf(tx, site, link.kind, [{ ...link, asked: 'yes', paused: false }], null);
  const plan = view === undefined ? null : planLink(view);
  if (view === undefined || plan === null) throw new OperationRefused('not_read');
  refuseUnwanted(view, plan);
  await sql`
    update links set asked = 'yes', version = version + 1 where site = ${site} and number = ${link.number}`.execute(
    tx,
  );
  await tell(frame, 'asked', {}, 'desk');
  await addDueLinks(tx, site, [{ link: link.number, priority: 2, run: null, at: null, read: [] }]);
  return plan.status;
}

/** A name that somebody holds is refused, naming the holder (R5); what heals by itself is promised all the same (R9). */
function refuseUnwanted({ link }: LinkView, plan: Plan): void {
  if (plan.situation === 'taken') {
    const holder = plan.because.find((fact) => fact.side === 'teamwork');
    throw new OperationRefused('taken', {
      reason: holder?.reason ?? plan.reason,
      holder:
        holder?.id === undefined || holder.id === null
          ? null
          : { kind: link.kind, side: 'teamwork', id: holder.id, link: holder.link },
    });
  }
  if (plan.status === 'excluded' && plan.situation !== 'essential_missing') {
    throw new OperationRefused('not_wanted', { reason: plan.reason });
  }
}

function counterpartOf({ link }: Frame) {
  const side = otherSide('desk');
  const id = link.ids[side];
  return id === null ? null : { kind: link.kind, side, id, link: link.number };
}

/** R7: everybody in the company who has no counterpart yet. Answers how many are asked for by this. */
export async function askForPeople(frame: Frame): Promise<number> {
  const { tx, site, link } = frame;
  const { teamwork, desk } = link.ids;
  if (link.phase !== 'active') throw new OperationRefused('not_linked');
  await wakePeopleOfLinked(tx, site, [{ teamworkId: teamwork, deskId: desk }], null);
  const asked = await sql`
    update links l set asked = 'yes', version = l.version + 1
    from records r
    where l.site = ${site} and l.kind = 'customer' and l.phase = 'lone' and l.desk_id = r.id
      and l.asked is distinct from 'yes' and r.site = l.site and r.kind = 'customer' and r.side = 'desk'
      and r.company_id = ${desk} and r.presence <> 'gone' and r.scope = 'client'`.execute(tx);
  const people = Number(asked.numAffectedRows ?? 0);
  await tell(frame, 'asked', { people }, 'desk');
  return people;
}
