/** Every site in numbers, as `/metrics` tells them. */
import { sql, type Kysely } from 'kysely';
import type { FigureReads, SiteFigures } from '../ports/figures';
import type { HookStore } from '../ports/hooks';
import { limitsOf } from './budget-limits';
import type { WalledDatabase } from './database';
import { isHeldBack } from './due';
import { freshnessOf } from './freshness';
import { shownReason, shownStatus } from './link-lists';
import type { Database } from './tables';

type Own = Omit<SiteFigures, 'links' | 'freshness' | 'budgets' | 'hooks'>;
type Counted = SiteFigures['links'][number] & { readonly site: string };

export function figureReads(db: WalledDatabase, hooks: Pick<HookStore, 'siteHooks'>): FigureReads {
  return {
    async figures() {
      const [sites, links] = await Promise.all([own(db.acrossSites), counted(db.acrossSites)]);
      const figures: SiteFigures[] = [];
      // One after the other: nobody waits for it but a machine, and the pool is everybody's.
      for (const one of sites) {
        const { site } = one;
        figures.push({
          ...one,
          links: links.filter((link) => link.site === site),
          freshness: await freshnessOf(db.ofSite(site), site),
          budgets: await limitsOf(db.ofSite(site), site),
          hooks: await hooks.siteHooks(site),
        });
      }
      return figures;
    },
  };
}

async function own(db: Kysely<Database>): Promise<readonly Own[]> {
  const { rows } = await sql<Own>`
    select s.site, s.frozen is not null as frozen, s.paused, w.ready, w.at_work as "atWork",
      w.oldest as "oldestDueSeconds",
      (select count(*) from holds h where h.site = s.site and h.state = 'open') as holds,
      (select count(*) from journal j where j.site = s.site and j.event = 'refused'
        and j.at > clock_timestamp() - interval '1 hour') as refusals
    from sites s cross join lateral (
      select count(*) filter (where d.dispatched_at is null) as ready,
        count(*) filter (where d.dispatched_at is not null) as at_work,
        coalesce(extract(epoch from clock_timestamp() - min(d.at)), 0)::float8 as oldest
      from due d join links l on l.site = d.site and l.number = d.link
      where d.site = s.site and d.at <= clock_timestamp() and not l.paused and not ${isHeldBack}) w
    order by s.site`.execute(db);
  return rows;
}

async function counted(db: Kysely<Database>): Promise<readonly Counted[]> {
  const { rows } = await sql<Counted>`
    select l.site, l.kind, ${shownStatus} as status, coalesce(${shownReason}, '') as reason, count(*) as count
    from links l join sites s on s.site = l.site
    where l.phase <> 'merged' group by 1, 2, 3, 4 order by 1, 2, 3, 4`.execute(db);
  return rows;
}
