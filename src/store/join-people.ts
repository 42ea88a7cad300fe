/** A company's people in the same action as the company (R25): those whom its break took along, and those whom it blanked. */
import { sql, type RawBuilder } from 'kysely';
import type { Link } from '../domain/link';
import { sides, type Side } from '../domain/record';
import { joinAgain } from './join-again';
import { linkColumns } from './link-rows';
import { OperationRefused, type Frame } from './operation-frame';
import { addDueLinks } from './due';

/** `company` is the link as it was before it was joined again. Answers how many of its people come along. */
export async function joinPeople(frame: Frame, company: Link): Promise<number> {
  const people = await peopleToJoin(frame, company);
  let joined = 0;
  for (const person of people) {
    if (await joinPerson({ ...frame, link: person })) joined++;
  }
  return joined;
}

export async function countPeopleToJoin(frame: Frame, company: Link): Promise<number> {
  return (await peopleToJoin(frame, company)).length;
}

/** One who is held by another pair, or gone on both sides, does not stop the others. */
async function joinPerson(frame: Frame): Promise<boolean> {
  const { tx, site, link } = frame;
  if (link.phase === 'active') {
    await sql`
      update links set teamwork_base = teamwork_base - 'company', desk_base = desk_base - 'company', version = version + 1
      where site = ${site} and number = ${link.number}`.execute(tx);
    await addDueLinks(tx, site, [{ link: link.number, priority: 2, run: null, at: null, read: sides }]);
    return true;
  }
  try {
    await joinAgain(frame);
    return true;
  } catch (error) {
    if (error instanceof OperationRefused) return false;
    throw error;
  }
}

/** Broken with the company or standing in it; or suspended since it was blanked. What an operator unlinked stays so. */
async function peopleToJoin({ tx, site }: Frame, { number, ids }: Link): Promise<readonly Link[]> {
  const standsIn = sql`exists (
    select from records r where r.site = l.site and r.kind = 'customer'
      and (r.side = 'teamwork' and r.id = l.teamwork_id and r.company_id = ${ids.teamwork}
        or r.side = 'desk' and r.id = l.desk_id and r.company_id = ${ids.desk}))`;
  const stoodIn = sql`(l.teamwork_base ->> 'company' = ${ids.teamwork} or l.desk_base ->> 'company' = ${ids.desk})`;
  // The blank that the company's deletion left may not have been read yet: the record then still says the id that is gone.
  const blanked = sql`exists (
    select from records r where r.site = l.site and r.kind = 'customer' and (
      ${blankedOn('teamwork', ids.teamwork)} or ${blankedOn('desk', ids.desk)}))`;
  const { rows } = await sql<Link>`
    select ${linkColumns} from links l
    where l.site = ${site} and l.kind = 'customer' and (
      l.phase = 'broken' and l.reason in ('deleted_in_teamwork', 'deleted_in_desk')
        and ((l.tombstone ->> 'causeLink')::bigint = ${number} or ${stoodIn} or ${standsIn})
        and num_nonnulls(l.teamwork_id, l.desk_id) = 2
      or l.phase = 'active' and ${blanked})
    order by l.number for no key update`.execute(tx);
  return rows;
}

/** Of `links l` and `records r`: the record stood in that company, and stands in none now, or in one that is gone. */
function blankedOn(side: Side, company: string | null): RawBuilder<unknown> {
  const base = sql.ref(side === 'teamwork' ? 'l.teamwork_base' : 'l.desk_base');
  const id = sql.ref(side === 'teamwork' ? 'l.teamwork_id' : 'l.desk_id');
  return sql`(r.side = ${side} and r.id = ${id} and ${base} ->> 'company' = ${company} and (
    r.fields ->> 'company' = '' or r.company_id = ${company} and exists (
      select from records c where c.site = r.site and c.kind = 'company' and c.side = ${side}
        and c.id = ${company} and c.presence = 'gone')))`;
}
