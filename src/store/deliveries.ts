/** The inbox of the vendors' hooks: kept once, then turned into links that are due. */
import { sql } from 'kysely';
import { kinds, type Kind, type Side } from '../domain/record';
import type { Backlog, Delivery, Kept } from '../ports/deliveries';
import type { Store } from '../ports/store';
import type { WalledDatabase } from './database';
import { linksOf } from './link-rows';
import { dueForRecords } from './record-dues';
import { keyOf, type Ref } from './record-rows';
import { storable } from './storable';
import { withSite, type Tx } from './transaction';

type DeliveryMethods = Pick<
  Store,
  'keepDeliveries' | 'dispatchDeliveries' | 'sitesWithWork' | 'dropOldDeliveries' | 'backlogs'
>;

/** Longer than any vendor repeats one. */
const keptForDays = 14;

export function deliveryMethods(
  db: WalledDatabase,
  { redispatchMs }: { readonly redispatchMs: number },
): DeliveryMethods {
  return {
    keepDeliveries: (site, deliveries) => withSite(db, site, (tx) => keep(tx, site, deliveries)),

    dispatchDeliveries: (site, limit) =>
      withSite(db, site, async (tx) => {
        const waiting = await take(tx, site, limit);
        for (const kind of kinds) {
          await makeDue(
            tx,
            site,
            kind,
            waiting.filter((one) => one.kind === kind),
          );
        }
        await noteArrivals(tx, site, waiting);
        return waiting.length;
      }),

    async sitesWithWork() {
      const { rows } = await sql<{ site: string }>`
        select s.site from sites s
        where exists (select from deliveries d where d.site = s.site and d.dispatched_at is null)
            and exists (select from runs r where r.site = s.site and r.mode = 'sync')
          or not s.paused and s.frozen is null and (
            exists (select from due d where d.site = s.site and (d.run is null or d.priority <= 2)
              and d.dispatched_at is null and d.at <= clock_timestamp())
            or exists (select from due d where d.site = s.site and (d.run is null or d.priority <= 2)
              and d.dispatched_at < clock_timestamp() - ${redispatchMs} * interval '1 ms'))
        order by s.site`.execute(db.acrossSites);
      return rows.map(({ site }) => site);
    },

    async dropOldDeliveries() {
      const { numAffectedRows } = await sql`
        delete from deliveries where dispatched_at < clock_timestamp() - ${keptForDays} * interval '1 day'`.execute(
        db.acrossSites,
      );
      return Number(numAffectedRows ?? 0);
    },

    async backlogs() {
      const { rows } = await sql<Backlog>`
        select s.site, w.waiting, w.oldest as "oldestWaitingSeconds",
          (select count(*) from due d where d.site = s.site and d.at <= clock_timestamp()) as due
        from sites s cross join lateral (
          select count(*) as waiting,
            coalesce(extract(epoch from clock_timestamp() - min(d.received_at)), 0)::float8 as oldest
          from deliveries d where d.site = s.site and d.dispatched_at is null) w
        order by s.site`.execute(db.acrossSites);
      return rows;
    },
  };
}

/**
 * An equal one that waits is met by the unique index, which also waits for a dispatcher that is just taking it: then
 * this one is new, for the record may have been read before it came.
 */
async function keep(tx: Tx, site: string, deliveries: readonly Delivery[]): Promise<readonly Kept[]> {
  const column = (value: (delivery: Delivery) => string | null) =>
    deliveries.map((one) => {
      const text = value(one);
      return text === null ? null : storable(text);
    });
  const { rows } = await sql<{ side: Side; delivery: string; outcome: Kept }>`
    with incoming as (
      select * from unnest(${column(({ side }) => side)}::text[], ${column((one) => one.delivery)}::text[],
        ${column(({ event }) => event)}::text[], ${column(({ about }) => about?.kind ?? null)}::text[],
        ${column(({ about }) => about?.id ?? null)}::text[], ${column(({ about }) => about?.news ?? null)}::text[],
        ${column(({ bodyHash }) => bodyHash)}::text[])
        as i(side, delivery, event, kind, record_id, news, body_hash)
    ), fresh as (
      insert into deliveries (site, side, delivery, event, kind, record_id, news, body_hash, outcome, dispatched_at)
      select ${site}, i.*, case when kind is null then 'noted' else 'waiting' end,
        case when kind is null then clock_timestamp() end
      from incoming i order by i.delivery
      on conflict do nothing returning side, delivery, outcome
    ), rest as (
      insert into deliveries (site, side, delivery, event, kind, record_id, news, body_hash, outcome, dispatched_at)
      select ${site}, i.*, 'coalesced', clock_timestamp()
      from incoming i
      where not exists (select from fresh f where f.side = i.side and f.delivery = i.delivery) order by i.delivery
      on conflict do nothing returning side, delivery, outcome
    )
    select * from fresh union all select * from rest`.execute(tx);
  const kept = new Map(rows.map(({ side, delivery, outcome }) => [`${side} ${delivery}`, outcome]));
  return deliveries.map(({ side, delivery }) => {
    const key = `${side} ${storable(delivery)}`;
    const outcome = kept.get(key) ?? 'repeated';
    kept.delete(key);
    return outcome;
  });
}

interface Waiting extends Ref {
  readonly number: number;
  readonly event: string;
  readonly kind: Kind;
  readonly news: 'changed' | 'deleted';
  readonly receivedAt: string;
  /** The mirror holds a reading that began after this was received: nothing newer is to be had (R28). */
  readonly readSince: boolean;
}

async function take(tx: Tx, site: string, limit: number): Promise<readonly Waiting[]> {
  const { rows } = await sql<Waiting>`
    select d.number, d.event, d.kind, d.side, d.record_id as id, d.news, d.received_at as "receivedAt",
      exists (select from records r where r.site = d.site and r.kind = d.kind and r.side = d.side
        and r.id = d.record_id and r.read_at > d.received_at) as "readSince"
    from deliveries d
    where d.site = ${site} and d.dispatched_at is null
      and exists (select from runs r where r.site = ${site} and r.mode = 'sync')
    order by d.number limit ${limit} for update of d skip locked`.execute(tx);
  return rows;
}

async function makeDue(tx: Tx, site: string, kind: Kind, waiting: readonly Waiting[]): Promise<void> {
  const links = await linksOf(
    tx,
    site,
    kind,
    waiting.filter(({ news }) => news === 'deleted'),
  );
  const isWorked = (one: Waiting) => one.news === 'changed' || links.has(keyOf(one));
  for (const deleted of [false, true]) {
    for (const read of [false, true]) {
      const refs = waiting.filter(
        (one) => isWorked(one) && one.readSince !== read && (one.news === 'deleted') === deleted,
      );
      await dueForRecords(tx, site, kind, refs, { priority: 1, read, deleted });
    }
  }
  await mark(tx, site, waiting.filter(isWorked), 'dispatched');
  await mark(
    tx,
    site,
    waiting.filter((one) => !isWorked(one)),
    'noted',
  );
}

async function mark(
  tx: Tx,
  site: string,
  taken: readonly Waiting[],
  outcome: 'dispatched' | 'noted',
): Promise<void> {
  if (taken.length === 0) return;
  await sql`
    update deliveries set outcome = ${outcome}, dispatched_at = clock_timestamp()
    where site = ${site} and number = any(${taken.map(({ number }) => number)}::bigint[])`.execute(tx);
}

/** When each hook was last heard of: here, and not where an answer waits for it. */
async function noteArrivals(tx: Tx, site: string, waiting: readonly Waiting[]): Promise<void> {
  if (waiting.length === 0) return;
  const column = (value: (one: Waiting) => string) => waiting.map(value);
  await sql`
    update hooks h set last_delivery_at = greatest(h.last_delivery_at, heard.at)
    from (select side, event, max(at) as at
      from unnest(${column(({ side }) => side)}::text[], ${column(({ event }) => event)}::text[],
        ${column(({ receivedAt }) => receivedAt)}::timestamptz[]) as x(side, event, at)
      group by side, event) heard
    where h.site = ${site} and h.side = heard.side and h.event = heard.event`.execute(tx);
}
