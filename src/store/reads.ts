/** What console and CLI read: links, their counts and stories, the budgets. */
import { sql } from 'kysely';
import type { Status } from '../domain/link';
import type { Kind } from '../domain/record';
import type { FigureReads } from '../ports/figures';
import type { Reads } from '../ports/reads';
import { attentionOf, openHolds } from './attention';
import { limitsOf } from './budget-limits';
import type { WalledDatabase } from './database';
import { freshnessOf } from './freshness';
import { pageOfLinks } from './link-pages';
import { linkRows, listLinks, resolveLinks, shownReason, shownStatus, standingOf } from './link-lists';
import { runLinkCounts, runLinks } from './run-links';
import { latestRuns } from './runs';
import { timelineOf } from './timeline';

export function postgresReads(db: WalledDatabase): Omit<Reads, keyof FigureReads> {
  return {
    linkPage: (site, filter) => pageOfLinks(db.ofSite(site), site, filter),

    links: (site, filter) => listLinks(db.ofSite(site), site, filter),

    linksNumbered: (site, numbers) =>
      linkRows(db.ofSite(site), site, sql`l.number = any(${numbers}::bigint[]) order by l.number`),

    holdMembers: (site, hold, limit) =>
      linkRows(
        db.ofSite(site),
        site,
        sql`l.number in (select m.link from hold_members m where m.site = ${site} and m.hold = ${hold}
          order by m.link limit ${limit}) order by l.number`,
      ),

    resolve: (site, record) => resolveLinks(db.ofSite(site), site, record),

    standing: (site, link) => standingOf(db.ofSite(site), site, link),

    async statusCounts(site) {
      const { rows } = await sql<{ kind: Kind; status: Status; reason: string; links: number }>`
        select l.kind, ${shownStatus} as status, coalesce(${shownReason}, '') as reason, sum(l.links)::bigint as links
        from (
          select site, kind, status, reason, paused, count(*) as links from links
          where site = ${site} and phase <> 'merged' group by 1, 2, 3, 4, 5) l
        join sites s on s.site = l.site group by 1, 2, 3`.execute(db.ofSite(site));
      const counts: Record<Kind, Partial<Record<Status, Record<string, number>>>> = {
        company: {},
        customer: {},
      };
      for (const { kind, status, reason, links } of rows) {
        counts[kind][status] = { ...counts[kind][status], [reason]: links };
      }
      return counts;
    },

    timeline: (site, link, limit) => timelineOf(db.ofSite(site), site, link, limit),
    runs: (site, limit) => latestRuns(db.ofSite(site), site, limit),
    runLinks: (site, run, after, limit) => runLinks(db.ofSite(site), site, run, after, limit),
    runLinkCounts: (site, run) => runLinkCounts(db.ofSite(site), site, run),
    attention: (site) => attentionOf(db.ofSite(site), site),
    holds: (site) => openHolds(db.ofSite(site), site),
    freshness: (site) => freshnessOf(db.ofSite(site), site),

    budgets: (site) => limitsOf(db.ofSite(site), site),
  };
}
