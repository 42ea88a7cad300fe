/** What a link's turn begins with: the plan that it is due for, and which sides are read first (R11, R15, R28). */
import { sql, type RawBuilder } from 'kysely';
import { recordAt } from './lookups';

/**
 * Of `due d`: the plan that it is due for, if neither link nor records moved since and no write of it is still unknown
 * (R15); the turn then begins with its first step. Whoever is due for another reason is decided anew: some fact that the
 * plan was made on is another one now.
 */
export const planOf = (site: string): RawBuilder<unknown> => sql`(
  select jsonb_build_object('planId', p.id, 'steps', (
    select jsonb_agg(jsonb_build_object('side', s ->> 'side', 'action', s ->> 'action')) from jsonb_array_elements(p.steps) s))
  from plans p join links l on l.site = p.site and l.number = p.link and l.version = p.version
  where d.planned and p.site = d.site and p.link = d.link
    and not exists (select from intents i where i.site = d.site and i.link = d.link and i.state in ('sent', 'unknown'))
    and not exists (select from (values ('teamwork', l.teamwork_id), ('desk', l.desk_id)) x(side, id)
      cross join ${recordAt(site, { kind: sql`d.kind`, side: sql`x.side`, id: sql`x.id` })} r where not r.decided))`;

/** Our own write of that side is told of within this, mostly: its echo is worth one read, not two (R28). */
const echoesWithin = sql`interval '1 minute'`;

/** What is told of so soon after our own write is its echo, and users' edits go before it. */
const echoesAtOnce = sql`interval '5 seconds'`;

/**
 * Of `due d` and `links l`: a hook told of a change that is not our own. What is to be written across for it is decided
 * on the target as it is now, too (R11), so both sides are read at once.
 */
export const isLikelyEdit = sql`(d.priority = 1 and l.phase = 'active' and cardinality(d.read_sides) = 1
  and cardinality(d.deleted_sides) = 0
  and not ${wroteSince(sql`clock_timestamp() - ${echoesWithin}`)})`;

/** Of `due d`: how urgent its turn is. */
export const urgency = sql`
  case when d.priority = 1 and cardinality(d.read_sides) = 1 and cardinality(d.deleted_sides) = 0
    and ${wroteSince(sql`d.added_at - ${echoesAtOnce}`)} then 3::smallint else d.priority end`;

/** Of `due d`: we wrote to the side that it tells of. */
function wroteSince(time: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`exists (select from intents i
    where i.link = d.link and i.site = d.site and i.side = d.read_sides[1] and i.sent_at > ${time})`;
}
