/** What polls bring: news and signs become due, cursors move, and an older database is found out. */
import { sql } from 'kysely';
import { provesAbsence } from '../domain/absence';
import type { Kind, Side } from '../domain/record';
import type { Priority } from '../ports/budget';
import type { Store } from '../ports/store';
import type { WatchStore } from '../ports/watch';
import type { WalledDatabase } from './database';
import { recordAt } from './lookups';
import { dueForRecords } from './record-dues';
import { upsertRecords } from './record-pages';
import { instantOf } from './storable';
import { withSite, type Tx } from './transaction';

/** A poll finds what people did, later than a hook would: behind the hooks' own (1), before sweeps and InitialSync. */
const priority: Priority = 2;

/** How far a vendor's clock may be behind ours when the first poll takes up where the survey began. */
const clockSkew = sql`interval '5 minutes'`;

export function watchMethods(db: WalledDatabase): Pick<Store, keyof WatchStore> {
  return {
    async watchedSince(site, { side, kind, news }) {
      const { rows } = await sql<{ since: string | null }>`
        select coalesce(
          (select since from watched
            where site = ${site} and side = ${side} and kind = ${kind} and news = ${news} and r.started_at is not null),
          r.started_at - ${clockSkew}) as since
        from (select max(started_at) as started_at from runs
          where site = ${site} and mode = 'sync' and phase <> 'survey') r`.execute(db.ofSite(site));
      return rows[0]?.since ?? null;
    },

    recordNews: (site, side, kind, page) =>
      withSite(db, site, async (tx) => {
        const observations = page.observations.filter(({ deleted }) => !deleted);
        const changed = await upsertRecords(tx, site, { side, kind, observations, survey: null });
        const refs = changed.map((id) => ({ side, id }));
        await dueForRecords(tx, site, kind, refs, { priority, read: false });
        await noteUnheard(tx, site, side, kind, changed);
        let signs = 0;
        for (const { id, readAt } of page.observations.filter(({ deleted }) => deleted)) {
          signs += await markMissing(tx, site, { side, kind, readBefore: readAt }, sql`r.id = ${id}`);
        }
        return changed.length + signs;
      }),

    recordDeletionSigns: (site, side, kind, { ids, readAt }) =>
      withSite(db, site, (tx) =>
        markMissing(tx, site, { side, kind, readBefore: readAt }, sql`r.id = any(${ids}::text[])`),
      ),

    recordListed: (site, side, kind, { begunAt, seen, leastTotal, mostTotal, unreadable }) =>
      withSite(db, site, async (tx) => {
        const known = await sql<{ presentBefore: number }>`
          select count(*) as "presentBefore" from records
          where site = ${site} and kind = ${kind} and side = ${side} and presence = 'present'
            and first_seen_at < ${instantOf(begunAt)}`.execute(tx);
        const { presentBefore } = known.rows[0] ?? { presentBefore: 0 };
        const hasLinked = seen === 0 && (await hasActiveLinks(tx, site, kind));
        const complete = provesAbsence({ seen, leastTotal, mostTotal, presentBefore, hasLinked });
        if (!complete) return { missing: 0, complete };
        // Whatever was in the listing was read after it began.
        const absent = { side, kind, readBefore: begunAt };
        const missing = await markMissing(tx, site, absent, sql`r.id <> all(${unreadable}::text[])`);
        return { missing, complete };
      }),

    async moveWatched(site, { side, kind, news }, { since, begunAt, everyMs }) {
      await sql`
        insert into watched as w (site, side, kind, news, since, begun_at, asked_every)
        values (${site}, ${side}, ${kind}, ${news}, ${instantOf(since)}, ${instantOf(begunAt)},
          ${everyMs}::bigint * interval '1 ms')
        on conflict (site, side, kind, news) do update
          set since = greatest(w.since, excluded.since), begun_at = greatest(w.begun_at, excluded.begun_at),
            came_after = case when excluded.begun_at > w.begun_at then excluded.begun_at - w.begun_at else w.came_after end,
            asked_every = excluded.asked_every`.execute(db.ofSite(site));
    },

    raiseEpoch: (site, remembered) =>
      withSite(db, site, async (tx) => {
        const known = await sql`select from sites where site = ${site}`.execute(tx);
        if (known.rows.length === 0) return null;
        const { rows } = await sql<{ epoch: number }>`
          select epoch from epochs where site = ${site} for update`.execute(tx);
        const epoch = rows[0]?.epoch ?? 0;
        if (epoch < remembered) {
          await sql`update sites set frozen = ${databaseIsOlder} where site = ${site}`.execute(tx);
        }
        const raised = Math.max(epoch, remembered) + 1;
        await sql`
          insert into epochs (site, epoch) values (${site}, ${raised})
          on conflict (site) do update set epoch = excluded.epoch`.execute(tx);
        return raised;
      }),
  };
}

/** A hook that tells of changes has told of one before a poll finds it. */
async function noteUnheard(
  tx: Tx,
  site: string,
  side: Side,
  kind: Kind,
  changed: readonly string[],
): Promise<void> {
  if (changed.length === 0) return;
  await sql`
    update watched set unheard_since = least(unheard_since, (
      select min(r.updated_at) from unnest(${changed}::text[]) as x(id)
      cross join ${recordAt(site, { kind: sql`${kind}`, side: sql`${side}`, id: sql`x.id` })} r))
    where site = ${site} and side = ${side} and kind = ${kind} and news = 'changed'`.execute(tx);
}

async function hasActiveLinks(tx: Tx, site: string, kind: Kind): Promise<boolean> {
  const { rows } = await sql`
    select from links where site = ${site} and kind = ${kind} and phase = 'active' limit 1`.execute(tx);
  return rows.length > 0;
}

const databaseIsOlder =
  'The database is an older copy: what was written and linked since it was made is not in it. ' +
  'Run `verify` to see how both sides stand; when that is understood, `connect` lifts the freeze and `sync start` goes on from there.';

interface Absent {
  readonly side: Side;
  readonly kind: Kind;
  /** A record read directly at this time or later is there, whatever the sign says. */
  readonly readBefore: string;
}

/**
 * A sign of a deletion stays in the mirror until a direct read, so that nothing forgets it; the link breaks by that read
 * alone (R23). A person's company is read first: a company takes its people with it, and its deletion is then the cause
 * (R25).
 */
async function markMissing(
  tx: Tx,
  site: string,
  { side, kind, readBefore }: Absent,
  which: ReturnType<typeof sql>,
): Promise<number> {
  const { rows } = await sql<{ id: string; company: string | null }>`
    update records r set presence = 'missing', decided = false
    where r.site = ${site} and r.kind = ${kind} and r.side = ${side} and r.presence = 'present'
      and r.read_at < ${instantOf(readBefore)} and ${which}
    returning r.id, r.company_id as company`.execute(tx);
  const companies = new Set(rows.flatMap(({ company }) => company ?? []));
  const refsOf = (ids: Iterable<string>) => [...ids].map((id) => ({ side, id }));
  if (side === 'teamwork') {
    const clients = await presentClients(tx, site, [...companies]);
    await dueForRecords(tx, site, 'company', refsOf(clients), { priority, read: true });
  }
  await dueForRecords(tx, site, kind, refsOf(rows.map(({ id }) => id)), { priority, read: true });
  return rows.length;
}

async function presentClients(tx: Tx, site: string, ids: readonly string[]): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from records where site = ${site} and kind = 'company' and side = 'teamwork'
      and id = any(${ids}::text[]) and presence = 'present' and scope = 'client'`.execute(tx);
  return rows.map(({ id }) => id);
}
