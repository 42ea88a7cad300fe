/** Which links a list holds: of a status, found by a text; and whether there are few of them. */
import { sql, type Kysely, type RawBuilder } from 'kysely';
import { companyNameKey, foldCase } from '../domain/company-name';
import type { Kind } from '../domain/record';
import type { LinkPageFilter } from '../ports/reads';
import { linksOfRecord } from './lookups';
import { storable } from './storable';
import type { Database } from './tables';

/** With fewer links of a status than this, they are found first and then put in order; else the other way round. */
const fewLinks = 2_000;

/** A search that finds more records than this is to be narrowed. */
const mostHits = 2_000;

/**
 * The numbers of the links that a filter lets through, where they are few: then they are found once, and put in order
 * then. Null where there are too many for that.
 */
export async function fewLinksOf(
  db: Kysely<Database>,
  site: string,
  { kind, status, search }: Pick<LinkPageFilter, 'kind' | 'status' | 'search'>,
): Promise<readonly number[] | null> {
  if (search === undefined && status === undefined) return null;
  const links = search === undefined ? linksOfKind(site, kind) : linksFound(site, kind, search);
  const { rows } = await sql<{ number: number }>`
    select l.number from (${links}) l join sites s on s.site = l.site where ${hasStatus(status)}
    limit ${search === undefined ? fewLinks : null}`.execute(db);
  return search === undefined && rows.length === fewLinks ? null : rows.map(({ number }) => number);
}

/** All of a kind, or `few` of them. */
export function linksOfKind(
  site: string,
  kind: Kind,
  few: readonly number[] | null = null,
): RawBuilder<unknown> {
  return few === null
    ? sql`select l.* from links l where l.site = ${site} and l.kind = ${kind} and l.phase <> 'merged'`
    : sql`select l.* from links l where l.site = ${site} and l.number = any(${few}::bigint[])`;
}

/** Links of which a name, an email, a domain or an id holds the text, in whatever case. */
export function linksFound(site: string, kind: Kind, search: string): RawBuilder<unknown> {
  const text = storable(search.trim().toLowerCase());
  // As the keys are written: of a company's name no space and no legal form counts.
  const folded = kind === 'company' ? companyNameKey(text) : foldCase(text).replace(/\s+/gu, ' ');
  const texts = [...new Set([text, folded])].filter((one) => one !== '');
  return sql`
    select distinct l.* from (
      select k.side, k.id from record_keys k
      where k.site = ${site} and k.kind = ${kind} and (${sql.join(
        texts.map((one) => sql`k.key like ${`__%${likeText(one)}%`}`),
        sql` or `,
      )})
      union select side, ${text} from (values ('teamwork'), ('desk')) x(side) limit ${mostHits}) hit
    cross join lateral (${linksOfRecord(site, kind, sql`hit.side`, sql`hit.id`)} offset 0) l`;
}

/** Word for word in a pattern. Keys begin with two letters that tell what they are of. */
function likeText(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}

/** Of `links l` and `sites s`: the status as it is shown (R31: a pause stands above all but `broken`). */
export function hasStatus(status: LinkPageFilter['status']): RawBuilder<unknown> {
  if (status === undefined) return sql`true`;
  if (status === 'broken') return sql`l.status = 'broken'`;
  const isPaused = sql`(l.paused or s.paused or l.kind = any(s.paused_kinds))`;
  if (status === 'paused') return sql`l.status <> 'broken' and ${isPaused}`;
  return sql`l.status = ${status} and not ${isPaused}`;
}
