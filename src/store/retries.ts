/** How often a write failed in a row, when it is tried again, and what heals it before (R13, situations `refused` and `taken`). */
import { sql } from 'kysely';
import { retryAfterMs } from '../domain/retries';
import type { Kind, Side } from '../domain/record';
import type { LinkView } from '../domain/plan';
import { addDue, parkUntil } from './due';
import type { IntentRow } from './intents';
import type { Tx } from './transaction';

/** Notes why the closed intent had no effect; answers when the same write is to be tried again. */
export async function parkIntent(
  tx: Tx,
  site: string,
  { id, link, side }: Pick<IntentRow, 'id' | 'link' | 'side'>,
  refusal: string,
): Promise<string | null> {
  await sql`update intents set refusal = ${refusal} where site = ${site} and id = ${id}`.execute(tx);
  const { rows } = await sql<{ tries: number }>`
    select count(*) as tries from intents i join intents own on own.site = i.site and own.id = ${id}
    where i.site = ${site} and i.link = ${link} and i.side = ${side} and i.refusal is not null and i.sent = own.sent
      and not exists (select from intents o where o.site = i.site and o.link = i.link and o.side = i.side
        and o.sent <> own.sent and o.sent_at > i.sent_at)`.execute(tx);
  const waitMs = retryAfterMs(rows[0]?.tries ?? 1);
  const { rows: times } = await sql<{ at: string | null }>`
    update intents set retry_at = clock_timestamp() + ${waitMs}::double precision * interval '1 ms'
    where site = ${site} and id = ${id} returning retry_at as at`.execute(tx);
  return times[0]?.at ?? null;
}

/** By link: what its latest write was told and the side ignored, while its time has not come and nobody asked for it. */
export async function ignoredWrites(
  tx: Tx,
  site: string,
  links: readonly number[],
): Promise<ReadonlyMap<number, NonNullable<LinkView['ignored']>>> {
  if (links.length === 0) return new Map();
  const { rows } = await sql<NonNullable<LinkView['ignored']> & { readonly link: number }>`
    select distinct on (i.link) i.link, i.side, i.sent as values
    from intents i
    where i.site = ${site} and i.link = any(${links}::bigint[]) and i.refusal = 'remote_ignored'
      and coalesce(i.retry_at > clock_timestamp(), true)
      and not exists (select from intents o where o.site = i.site and o.link = i.link and o.sent_at > i.sent_at)
      and not exists (select from journal j where j.site = i.site and j.link = i.link and j.event = 'retried'
        and j.at > i.closed_at)`.execute(tx);
  return new Map(rows.map(({ link, ...write }) => [link, write]));
}

/** The link has a turn when its latest write is to be tried again, whatever other turns it had meanwhile. */
export async function wakeForRetry(tx: Tx, site: string, link: number): Promise<void> {
  const { rows } = await sql<{ at: string; side: Side }>`
    select i.retry_at as at, i.side from intents i
    where i.site = ${site} and i.link = ${link} and i.retry_at > clock_timestamp()
      and not exists (select from intents o where o.site = i.site and o.link = i.link and o.sent_at > i.sent_at)`.execute(
    tx,
  );
  for (const { at, side } of rows) await parkUntil(tx, site, link, at, [side]);
}

/** Whoever starts a run wants everything tried again. */
export async function retryIgnored(tx: Tx, site: string): Promise<void> {
  await sql`
    update intents i set retry_at = clock_timestamp() from links l
    where i.site = ${site} and i.refusal = 'remote_ignored' and l.site = i.site and l.number = i.link
      and l.status = 'failing'`.execute(tx);
}

/**
 * Some records of this side changed: whoever waited for a name or an email there that nobody else holds any more is due
 * in the same transaction. Who was refused on the other side waits for that side's records: two that were refused on
 * different sides would else wake each other for ever. Those that wait are few; without any this is one look into an index.
 */
export async function wakeTaken(tx: Tx, site: string, kind: Kind, side: Side): Promise<void> {
  const [own, target] = side === 'desk' ? ['teamwork', 'desk'] : ['desk', 'teamwork'];
  await addDue(
    tx,
    site,
    sql`
    select l.number, l.kind, clock_timestamp(), 2::smallint, '{}'::text[], null::text
    from (select number, kind, teamwork_id, desk_id from links
      where status = 'failing' and reason = 'taken' and site = ${site} and kind = ${kind}
        and phase in ('lone', 'active')
      union all
      select w.number, w.kind, w.teamwork_id, w.desk_id
      from questions q join links w on w.site = q.site and w.number = q.link
      where q.site = ${site} and q.reason = 'wait_for_each_other' and w.kind = ${kind} and w.phase = 'active'
      offset 0) l
    where not exists (select from due d where d.site = ${site} and d.link = l.number and d.at <= clock_timestamp())
      and not exists (select from intents i
        where i.site = ${site} and i.link = l.number and i.side = ${own} and i.refusal = 'taken'
          and not exists (select from intents o
            where o.site = i.site and o.link = i.link and o.sent_at > i.sent_at))
      and exists (select from record_keys k where k.site = ${site} and k.kind = ${kind} and k.side = ${own}
        and k.id = l.${sql.ref(`${own}_id`)} and k.field in ('name', 'email'))
      and not exists (select from record_keys k
        join record_keys h on h.key = k.key and h.site = k.site and h.kind = k.kind and h.side = ${target}
          and h.id is distinct from l.${sql.ref(`${target}_id`)}
        join records r on r.site = h.site and r.kind = h.kind and r.side = h.side and r.id = h.id
        where k.site = ${site} and k.kind = ${kind} and k.side = ${own} and k.id = l.${sql.ref(`${own}_id`)}
          and k.field in ('name', 'email') and r.presence <> 'gone' and not r.deleted)`,
  );
}
