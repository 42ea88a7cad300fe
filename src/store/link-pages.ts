/** Pages of links as the console lists them: each page costs what it shows. */
import { sql, type Kysely } from 'kysely';
import type { Kind } from '../domain/record';
import type { LinkPage, LinkPageFilter, LinkRow, ListedLink } from '../ports/reads';
import { fewLinksOf, hasStatus, linksOfKind } from './link-finding';
import { linkRows } from './link-lists';
import { placesInOrder, type Place } from './link-order';
import { linksOfRecord } from './lookups';
import type { Database } from './tables';

/** How the keys of names begin, and what comes just after all of them. */
const nameKeys: Readonly<Record<Kind, readonly [string, string]>> = {
  company: ['n:', 'n;'],
  customer: ['p:', 'p;'],
};

/**
 * Of `record_keys k` and `links l`: the key is of the record that names the link, Teamwork.com's where there is one. Not
 * by `coalesce`, which Postgres does not look up in an index behind the wall between sites.
 */
const isKeyOfLink = sql`
  k.site = l.site and k.kind = l.kind and k.side = case when l.teamwork_id is null then 'desk' else 'teamwork' end
  and k.id = case when l.teamwork_id is null then l.desk_id else l.teamwork_id end`;

export async function pageOfLinks(
  db: Kysely<Database>,
  site: string,
  filter: LinkPageFilter,
): Promise<LinkPage> {
  const { limit, after = null } = filter;
  const places = await placesOf(db, site, filter);
  const shown = places.slice(0, limit);
  const numbers = shown.map(({ number }) => number);
  const [rows, more] = await Promise.all([
    linkRows(db, site, sql`l.number = any(${numbers}::bigint[])`),
    moreOf(db, site, numbers),
  ]);
  const byNumber = new Map(
    rows.flatMap((row) => {
      const facts = more.get(row.link.number);
      return facts === undefined ? [] : [[row.link.number, { ...row, ...facts }]];
    }),
  );
  const last = shown.at(-1);
  return {
    rows: shown.flatMap(({ number }) => byNumber.get(number) ?? []),
    next: places.length > limit && last !== undefined ? { key: last.key, number: last.number } : null,
    isFirst: after === null,
  };
}

async function moreOf(db: Kysely<Database>, site: string, numbers: readonly number[]) {
  const companyOf = (table: 't' | 'd', side: string) => sql`(select c.fields ->> 'name' from records c
    where c.site = ${site} and c.kind = 'company' and c.side = ${side} and c.id = ${sql.ref(`${table}.company_id`)})`;
  const { rows } = await sql<Omit<ListedLink, keyof LinkRow> & { number: number }>`
    select l.number, l.changed_at as "changedAt",
      case l.kind when 'customer' then coalesce(${companyOf('t', 'teamwork')}, ${companyOf('d', 'desk')}, '') else '' end
        as "companyName",
      case l.kind when 'customer' then d.origin end as origin
    from links l
    left join records t on t.site = l.site and t.kind = l.kind and t.side = 'teamwork' and t.id = l.teamwork_id
    left join records d on d.site = l.site and d.kind = l.kind and d.side = 'desk' and d.id = l.desk_id
    where l.site = ${site} and l.number = any(${numbers}::bigint[])`.execute(db);
  return new Map(rows.map(({ number, ...facts }) => [number, facts]));
}

/** One more than the page has, to know whether there is a next one. Links without a name come last, the newest first. */
async function placesOf(db: Kysely<Database>, site: string, filter: LinkPageFilter): Promise<Place[]> {
  const { limit, order = 'name', after } = filter;
  const wanted = limit + 1;
  const few = await fewLinksOf(db, site, filter);
  if (order !== 'name') {
    return (await placesInOrder(site, { ...filter, order }, wanted, few).execute(db)).rows;
  }
  const named = after?.key === '' ? [] : await namedPlaces(db, site, filter, few, wanted);
  if (named.length === wanted) return named;
  const nameless = await namelessPlaces(db, site, filter, few, wanted - named.length);
  return [...named, ...nameless];
}

async function namedPlaces(
  db: Kysely<Database>,
  site: string,
  { kind, status, after }: LinkPageFilter,
  few: readonly number[] | null,
  wanted: number,
): Promise<Place[]> {
  const [from, to] = nameKeys[kind];
  const beyond = after === undefined ? sql`true` : sql`(k.key, l.number) > (${after.key}, ${after.number})`;
  const start = after === undefined ? from : after.key;
  const source =
    few === null
      ? sql`(select * from record_keys k where k.site = ${site} and k.kind = ${kind} and k.key >= ${start} and k.key < ${to}
        order by k.key offset 0) k cross join lateral (
          select l.* from (${linksOfRecord(site, kind, sql`k.side`, sql`k.id`)}) l
          where k.side = 'teamwork' or l.teamwork_id is null offset 0) l`
      : sql`(${linksOfKind(site, kind, few)}) l cross join lateral (
        select key from record_keys k where ${isKeyOfLink} and k.key >= ${from} and k.key < ${to} offset 0) k`;
  const { rows } = await sql<Place>`
    select l.number, k.key from ${source} join sites s on s.site = ${site}
    where ${hasStatus(status)} and ${beyond} order by k.key, l.number limit ${wanted}`.execute(db);
  return rows;
}

async function namelessPlaces(
  db: Kysely<Database>,
  site: string,
  { kind, status, after }: LinkPageFilter,
  few: readonly number[] | null,
  wanted: number,
): Promise<Place[]> {
  const [from, to] = nameKeys[kind];
  const before = after?.key === '' ? sql`l.number < ${after.number}` : sql`true`;
  const { rows } = await sql<Place>`
    select l.number, '' as key from (${linksOfKind(site, kind, few)}) l join sites s on s.site = l.site
    where ${hasStatus(status)} and ${before} and not exists (select from record_keys k
      where ${isKeyOfLink} and k.key >= ${from} and k.key < ${to})
    order by l.number desc limit ${wanted}`.execute(db);
  return rows;
}
