/** Pages of links in the order of their names, as the console lists them: each page costs what it shows. */
import { sql, type Kysely, type RawBuilder } from 'kysely';
import { companyNameKey, foldCase } from '../domain/company-name';
import type { Kind, Origin } from '../domain/record';
import type { LinkPage, LinkPageFilter } from '../ports/reads';
import { linkRows } from './link-lists';
import { storable } from './storable';
import type { Database } from './tables';

interface Place {
  readonly number: number;
  readonly key: string;
}

/** With fewer links of a status than this, they are found first and then put in order; else the other way round. */
const fewLinks = 2_000;

/** A search that finds more than this is to be narrowed. */
export const mostHits = 2_000;

/** How the keys of names begin, and what comes just after all of them. */
const nameKeys: Readonly<Record<Kind, readonly [string, string]>> = {
  company: ['n:', 'n;'],
  customer: ['p:', 'p;'],
};

/** Of `record_keys k` and `links l`: the key is of the record that names the link, Teamwork.com's where there is one. */
const isKeyOfLink = sql`
  k.site = l.site and k.kind = l.kind and k.side = case when l.teamwork_id is null then 'desk' else 'teamwork' end
  and k.id = coalesce(l.teamwork_id, l.desk_id)`;

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
    companiesAndOrigins(db, site, numbers),
  ]);
  const byNumber = new Map(
    rows.map((row) => [
      row.link.number,
      { ...row, ...(more.get(row.link.number) ?? { companyName: '', origin: null }) },
    ]),
  );
  const last = shown.at(-1);
  return {
    rows: shown.flatMap(({ number }) => byNumber.get(number) ?? []),
    next: places.length > limit && last !== undefined ? { key: last.key, number: last.number } : null,
    isFirst: after === null,
  };
}

async function companiesAndOrigins(db: Kysely<Database>, site: string, numbers: readonly number[]) {
  const companyOf = (table: 't' | 'd', side: string) => sql`(select c.fields ->> 'name' from records c
    where c.site = ${site} and c.kind = 'company' and c.side = ${side} and c.id = ${sql.ref(`${table}.company_id`)})`;
  const { rows } = await sql<{ number: number; companyName: string; origin: Origin }>`
    select l.number, coalesce(${companyOf('t', 'teamwork')}, ${companyOf('d', 'desk')}, '') as "companyName", d.origin
    from links l
    left join records t on t.site = l.site and t.kind = l.kind and t.side = 'teamwork' and t.id = l.teamwork_id
    left join records d on d.site = l.site and d.kind = l.kind and d.side = 'desk' and d.id = l.desk_id
    where l.site = ${site} and l.kind = 'customer' and l.number = any(${numbers}::bigint[])`.execute(db);
  return new Map(rows.map(({ number, ...facts }) => [number, facts]));
}

/** One more than the page has, to know whether there is a next one. Links without a name come last, the newest first. */
async function placesOf(db: Kysely<Database>, site: string, filter: LinkPageFilter): Promise<Place[]> {
  const { limit, after } = filter;
  const wanted = limit + 1;
  const named = after?.key === '' ? [] : await namedPlaces(db, site, filter, wanted);
  if (named.length === wanted) return named;
  const nameless = await namelessPlaces(db, site, filter, wanted - named.length);
  return [...named, ...nameless];
}

async function namedPlaces(
  db: Kysely<Database>,
  site: string,
  { kind, status, search, after }: LinkPageFilter,
  wanted: number,
): Promise<Place[]> {
  const [from, to] = nameKeys[kind];
  const beyond = after === undefined ? sql`true` : sql`(k.key, l.number) > (${after.key}, ${after.number})`;
  const start = after === undefined ? from : after.key;
  const isFew =
    search !== undefined || (status !== undefined && (await countUpTo(db, site, kind, status)) < fewLinks);
  const source = isFew
    ? sql`(${found(site, kind, search)}) l cross join lateral (
        select key from record_keys k where ${isKeyOfLink} and k.key >= ${from} and k.key < ${to} offset 0) k`
    : sql`(select * from record_keys k where k.site = ${site} and k.kind = ${kind} and k.key >= ${start} and k.key < ${to}
        order by k.key offset 0) k cross join lateral (
          select l.* from links l where l.site = k.site and l.kind = k.kind and l.phase in ('lone', 'active', 'broken')
            and (k.side = 'teamwork' and l.teamwork_id = k.id or k.side = 'desk' and l.desk_id = k.id and l.teamwork_id is null)
          offset 0) l`;
  const { rows } = await sql<Place>`
    select l.number, k.key from ${source} join sites s on s.site = ${site}
    where ${hasStatus(status)} and ${beyond} order by k.key, l.number limit ${wanted}`.execute(db);
  return rows;
}

async function namelessPlaces(
  db: Kysely<Database>,
  site: string,
  { kind, status, search, after }: LinkPageFilter,
  wanted: number,
): Promise<Place[]> {
  const [from, to] = nameKeys[kind];
  const before = after?.key === '' ? sql`l.number < ${after.number}` : sql`true`;
  const { rows } = await sql<Place>`
    select l.number, '' as key from (${found(site, kind, search)}) l join sites s on s.site = l.site
    where ${hasStatus(status)} and ${before} and not exists (select from record_keys k
      where ${isKeyOfLink} and k.key >= ${from} and k.key < ${to})
    order by l.number desc limit ${wanted}`.execute(db);
  return rows;
}

/** Links of a kind; those only of which a name, an email, a domain or an id holds the text. */
function found(site: string, kind: Kind, search: string | undefined): RawBuilder<unknown> {
  if (search === undefined) {
    return sql`select l.* from links l where l.site = ${site} and l.kind = ${kind} and l.phase <> 'merged'`;
  }
  const text = storable(search.trim().toLowerCase());
  // As the keys are written: of a company's name no space and no legal form counts.
  const folded = kind === 'company' ? companyNameKey(text) : foldCase(text).replace(/\s+/gu, ' ');
  const texts = [...new Set([text, folded])].filter((one) => one !== '');
  return sql`
    select distinct l.* from (
      select k.side, k.id from record_keys k
      where k.site = ${site} and k.kind = ${kind} and (${sql.join(
        texts.map((one) => sql`strpos(substr(k.key, 3), ${one}) > 0`),
        sql` or `,
      )})
      union select side, ${text} from (values ('teamwork'), ('desk')) x(side) limit ${mostHits}) hit
    cross join lateral (
      select l.* from links l where l.site = ${site} and l.kind = ${kind} and l.phase in ('lone', 'active', 'broken')
        and (hit.side = 'teamwork' and l.teamwork_id = hit.id or hit.side = 'desk' and l.desk_id = hit.id) offset 0) l`;
}

/** Of `links l` and `sites s`: the status as it is shown (R31: a pause stands above all but `broken`). */
function hasStatus(status: LinkPageFilter['status']): RawBuilder<unknown> {
  if (status === undefined) return sql`true`;
  if (status === 'broken') return sql`l.status = 'broken'`;
  const isPaused = sql`(l.paused or s.paused or l.kind = any(s.paused_kinds))`;
  if (status === 'paused') return sql`l.status <> 'broken' and ${isPaused}`;
  return sql`l.status = ${status} and not ${isPaused}`;
}

async function countUpTo(
  db: Kysely<Database>,
  site: string,
  kind: Kind,
  status: NonNullable<LinkPageFilter['status']>,
): Promise<number> {
  const { rows } = await sql<{ links: number }>`
    select count(*) as links from (select from links l join sites s on s.site = l.site
      where l.site = ${site} and l.kind = ${kind} and l.phase <> 'merged' and ${hasStatus(status)} limit ${fewLinks}) x`.execute(
    db,
  );
  return rows[0]?.links ?? 0;
}
