/** How far each side is known: as far as the poll of it that is furthest behind. */
import { sql, type Kysely } from 'kysely';
import type { Kind, Side } from '../domain/record';
import type { Freshness, News, PollInterval } from '../ports/watch';
import type { Database } from './tables';

interface Poll {
  readonly side: Side;
  readonly kind: Kind;
  readonly news: News;
  readonly begunAt: string;
  readonly everySeconds: number | null;
  readonly askedSeconds: number | null;
}

/** What tells of deletions: Teamwork.com lists no deleted company, so the list of all its companies does. */
const tellsOfDeletions: Readonly<Record<Side, Readonly<Record<Kind, News>>>> = {
  teamwork: { company: 'listed', customer: 'deleted' },
  desk: { company: 'deleted', customer: 'deleted' },
};

export async function freshnessOf(
  db: Kysely<Database>,
  site: string,
): Promise<Readonly<Record<Side, Freshness>>> {
  const { rows } = await sql<Poll>`
    select side, kind, news, begun_at as "begunAt",
      extract(epoch from came_after)::float8 as "everySeconds", extract(epoch from asked_every)::float8 as "askedSeconds"
    from watched where site = ${site}`.execute(db);
  const freshOn = (side: Side): Freshness => {
    const begunAt = (kind: Kind, news: News) =>
      rows.find((row) => row.side === side && row.kind === kind && row.news === news)?.begunAt ?? null;
    const { company, customer } = tellsOfDeletions[side];
    return {
      changes: earliest(begunAt('company', 'changed'), begunAt('customer', 'changed')),
      deletions: earliest(begunAt('company', company), begunAt('customer', customer)),
      polled: mostStretched(rows.filter((row) => row.side === side && row.news === 'changed')),
    };
  };
  return { teamwork: freshOn('teamwork'), desk: freshOn('desk') };
}

function mostStretched(polls: readonly Poll[]): PollInterval | null {
  const known = polls.flatMap(({ everySeconds, askedSeconds }) =>
    everySeconds === null || askedSeconds === null ? [] : [{ everySeconds, askedSeconds }],
  );
  const stretch = ({ everySeconds, askedSeconds }: PollInterval) => everySeconds / askedSeconds;
  return known.sort((one, other) => stretch(other) - stretch(one))[0] ?? null;
}

/** Times of the store sort as text. */
function earliest(one: string | null, other: string | null): string | null {
  if (one === null || other === null) return null;
  return one < other ? one : other;
}
