/** Links that are pending and not due: their turn was lost with an older copy of the database put back (DESIGN §3). */
import { sql } from 'kysely';
import type { Tx } from './transaction';

/** A turn begun before the copy was put back may end after it, and end what the copy says is to be done: the run decides it anew. */
export async function decideLeftPending(tx: Tx, site: string): Promise<void> {
  await sql`
    update records r set decided = false from links l
    where l.site = ${site} and l.status = 'pending' and l.phase in ('lone', 'active')
      and not exists (select from due d where d.site = l.site and d.link = l.number)
      and r.site = l.site and r.kind = l.kind and r.decided
      and (r.side = 'teamwork' and r.id = l.teamwork_id or r.side = 'desk' and r.id = l.desk_id)`.execute(tx);
}
