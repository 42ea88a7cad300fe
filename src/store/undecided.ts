/** Records that no decision has been taken on, or that wait for one: the pages of a run's decisions, and single views. */
import { sql, type RawBuilder } from 'kysely';
import type { Kind, Side } from '../domain/record';
import type { Store } from '../ports/store';
import type { WalledDatabase } from './database';
import { hypotheticalLink, linkByNumber, linksOf } from './link-rows';
import { viewsOf } from './link-views';
import { idColumn } from './lookups';
import { keyOf } from './record-rows';
import { withSite, type Tx } from './transaction';

export function viewMethods(db: WalledDatabase): Pick<Store, 'undecided' | 'view' | 'viewOfRecord'> {
  return {
    undecided: (site, run, kind, side, after, limit) =>
      withSite(db, site, async (tx) => {
        const planRun = (await isPlan(tx, site, run)) ? run : null;
        const ids = await nextIds(tx, { site, kind, side, after, limit, planRun });
        const refs = ids.map((id) => ({ side, id }));
        const links = await linksOf(tx, site, kind, refs);
        const views = await viewsOf(
          tx,
          site,
          kind,
          refs.map((ref) => links.get(keyOf(ref)) ?? hypotheticalLink(kind, ref)),
          planRun,
        );
        return { views, last: ids.length < limit ? null : (ids.at(-1) ?? null) };
      }),

    view: (site, number) =>
      withSite(db, site, async (tx) => {
        const link = await linkByNumber(tx, site, number);
        if (link === null) return null;
        const [view] = await viewsOf(tx, site, link.kind, [link], null);
        return view ?? null;
      }),

    viewOfRecord: (site, kind, side, id) =>
      withSite(db, site, async (tx) => {
        const ref = { side, id };
        const links = await linksOf(tx, site, kind, [ref]);
        const link = links.get(keyOf(ref)) ?? hypotheticalLink(kind, ref);
        const [view] = await viewsOf(tx, site, kind, [link], null);
        return view ?? null;
      }),
  };
}

async function isPlan(tx: Tx, site: string, run: string): Promise<boolean> {
  const row = await tx
    .selectFrom('runs')
    .select('mode')
    .where('site', '=', site)
    .where('run', '=', run)
    .executeTakeFirst();
  if (row === undefined) throw new Error(`Site ${site} has no run ${run}; the engine starts one first.`);
  return row.mode === 'plan';
}

interface Place {
  readonly site: string;
  readonly kind: Kind;
  readonly side: Side;
  readonly after: string | null;
  readonly limit: number;
  readonly planRun: string | null;
}

/** Ids are text; shorter first puts numbers in their order. By columns of their lengths: see 0018-walled-orders. */
async function nextIds(tx: Tx, { site, kind, side, after, limit, planRun }: Place): Promise<string[]> {
  const mayFollow = (length: RawBuilder<unknown>, id: RawBuilder<unknown>) => {
    const beyond = after === null ? sql`true` : sql`(${length}, ${id}) > (length(${after}::text), ${after})`;
    if (planRun === null) return beyond;
    return sql`${beyond} and not exists (select from planned p
      where p.site = ${site} and p.run = ${planRun} and p.kind = ${kind} and p.${idColumn(side)} = ${id})`;
  };
  const linkId = sql`l.${idColumn(side)}`;
  const linkIdLength = sql`l.${sql.ref(`${side}_id_length`)}`;
  // A pair that waits is met once, on the Teamwork.com side.
  const metHere = side === 'teamwork' ? sql`l.phase in ('lone', 'active')` : sql`l.phase = 'lone'`;
  const { rows } = await sql<{ id: string }>`
    select id from (
      (select r.id from records r
        where r.site = ${site} and r.kind = ${kind} and r.side = ${side} and not r.decided and ${mayFollow(sql`r.id_length`, sql`r.id`)}
        order by r.id_length, r.id limit ${limit})
      union
      (select ${linkId} from links l
        where l.site = ${site} and l.kind = ${kind} and ${metHere} and l.status in ('question', 'waiting', 'failing')
          and ${linkId} is not null and ${mayFollow(linkIdLength, linkId)}
        order by ${linkIdLength}, ${linkId} limit ${limit})
      union
      -- R33: what was left to the vendor's own sync, which may be off by now.
      (select ${linkId} from links l
        where l.site = ${site} and l.kind = ${kind} and ${metHere} and l.status in ('excluded', 'held')
          and l.reason = 'vendor_sync_running' and ${linkId} is not null and ${mayFollow(linkIdLength, linkId)}
        order by ${linkIdLength}, ${linkId} limit ${limit})
    ) page
    order by length(id), id limit ${limit}`.execute(tx);
  return rows.map((row) => row.id);
}
