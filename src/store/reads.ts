/** What console and CLI read: links, their counts and stories, the budgets. */
import { sql, type Kysely } from 'kysely';
import type { Status } from '../domain/link';
import type { Kind } from '../domain/record';
import type { FigureReads } from '../ports/figures';
import type { Reads } from '../ports/reads';
import { attentionOf, openHolds } from './attention';
import { limitsOf } from './budget-limits';
import { freshnessOf } from './freshness';
import { pageOfLinks } from './link-pages';
import { linkRows, listLinks, resolveLinks, shownReason, shownStatus, standingOf } from './link-lists';
import { runLinkCounts, runLinks } from './run-links';
import { latestRuns } from './runs';
import type { Database } from './tables';
import { timelineOf } from './timeline';

export function postgresReads(db: Kysely<Database>): Omit<Reads, keyof FigureReads> {
  return {
    linkPage: (site, filter) => pageOfLinks(db, site, filter),

    links: (site, filter) => listLinks(db, site, filter),

    linksNumbered: (site, numbers) =>
      linkRows(db, site, sql`l.number = any(${numbers}::bigint[]) order by l.number`),

    holdMembers: (site, hold, limit) =>
      linkRows(
        db,
        site,
        sql`l.number in (select m.link from hold_members m where m.site = ${site} and m.hold = ${hold}
          order by m.link limit ${limit}) order by l.number`,
      ),

    resolve: (site, record) => resolveLinks(db, site, record),

    standing: (site, link) => standingOf(db, site, link),

    async statusCounts(site) {
      const { rows } = await sql<{ kind: Kind; status: Status; reason: string; links: number }>`
        select l.kind, ${shownStatus} as status, coalesce(${shownReason}, '') as reason, count(*) as links
        from links l join sites s on s.site = l.site
        where l.site = ${site} and l.phase <> 'merged' group by 1, 2, 3`.execute(db);
      const counts: Record<Kind, Partial<Record<Status, Record<string, number>>>> = {
        company: {},
        customer: {},
      };
      for (const { kind, status, reason, links } of rows) {
        counts[kind][status] = { ...counts[kind][status], [reason]: links };
      }
      return counts;
    },

    timeline: (site, link, limit) => timelineOf(db, site, link, limit),
    runs: (site, limit) => latestRuns(db, site, limit),
    runLinks: (site, run, after, limit) => runLinks(db, site, run, after, limit),
    runLinkCounts: (site, run) => runLinkCounts(db, site, run),
    attention: (site) => attentionOf(db, site),
    holds: (site) => openHolds(db, site),
    freshness: (site) => freshnessOf(db, site),

    budgets: (site) => limitsOf(db, site),
  };
}
