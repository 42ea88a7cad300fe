/** Links as people read them: with names and emails from the mirror, the company, the number of people. */
import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { Link } from '../domain/link';
import { sides, type Kind } from '../domain/record';
import type { LinkFilter, LinkRow, Standing } from '../ports/reads';
import { linksFound } from './link-finding';
import { chainOf, hypotheticalLink, linkColumns, numbersHoldingAny } from './link-rows';
import { keyOf, type Ref } from './record-rows';
import { refsNamed } from './resolve';
import { jsonb } from './storable';
import type { Database } from './tables';

/** Of `links l` and `sites s`: a pause stands above every status but `broken` (R31), without a write to each link. */
const isPaused = sql`((l.paused or s.paused or l.kind = any(s.paused_kinds)) and l.status <> 'broken')`;
export const shownStatus = sql`case when ${isPaused} then 'paused' else l.status end`;
export const shownReason = sql`case when ${isPaused} then 'paused_by_operator' else l.reason end`;

export async function listLinks(db: Kysely<Database>, site: string, filter: LinkFilter): Promise<LinkRow[]> {
  const { kind, status, search, after = 0, limit } = filter;
  const ofStatus = status === undefined ? sql`true` : sql`${shownStatus} = ${status}`;
  const isFound =
    search === undefined || search.trim() === ''
      ? sql`true`
      : sql`l.number in (select f.number from (${linksFound(site, kind, search)}) f)`;
  return linkRows(
    db,
    site,
    sql`l.phase <> 'merged' and l.kind = ${kind} and l.number > ${after} and ${ofStatus}
    and ${isFound} order by l.number limit ${limit}`,
  );
}

export async function standingOf(db: Kysely<Database>, site: string, link: number): Promise<Standing | null> {
  const { rows } = await sql<Standing>`
    select ${shownStatus} as status, ${shownReason} as reason,
      jsonb_build_object('teamwork', l.teamwork_id, 'desk', l.desk_id) as ids
    from ${chainOf(site, link)} c
    join links l on l.site = ${site} and l.number = c.number
    join sites s on s.site = l.site
    where c.merged_into is null`.execute(db);
  return rows[0] ?? null;
}

/** Every record that `text` may name, linked or not; a record without a link row comes with number 0. */
export async function resolveLinks(db: Kysely<Database>, site: string, text: string): Promise<LinkRow[]> {
  const { refs, numbers } = await refsNamed(db, site, text);
  const ofKind = (kind: Kind) =>
    numbersHoldingAny(
      site,
      kind,
      refs.filter((ref) => ref.kind === kind),
    );
  const linked = await linkRows(
    db,
    site,
    sql`l.phase <> 'merged' and l.number in (
      select unnest(${numbers}::bigint[]) union ${ofKind('company')} union ${ofKind('customer')}) order by l.number`,
  );
  const held = new Set(linked.flatMap(({ link }) => refsOf(link).map((ref) => `${link.kind} ${keyOf(ref)}`)));
  const lone = refs.filter(({ kind, ...ref }) => !held.has(`${kind} ${keyOf(ref)}`));
  return [...linked, ...(await recordsWithoutLink(db, site, lone))];
}

type Row = Link & Omit<LinkRow, 'link'>;

export async function linkRows(
  db: Kysely<Database>,
  site: string,
  where: RawBuilder<unknown>,
): Promise<LinkRow[]> {
  // The shown status comes after the link's own, and takes its place.
  const { rows } = await sql<Row>`
    select ${linkColumns}, ${shownStatus} as status, ${shownReason} as reason,
      jsonb_build_object('teamwork', ${nameOf('t')}, 'desk', ${nameOf('d')}) as names,
      jsonb_build_object('teamwork', ${emailOf('t')}, 'desk', ${emailOf('d')}) as emails,
      (select c.number from links c
        where c.site = l.site and c.kind = 'company' and c.phase in ('lone', 'active') and l.kind = 'customer'
          and (c.teamwork_id = t.company_id or c.desk_id = d.company_id)
        order by c.phase, c.number limit 1) as "companyLink",
      (select count(distinct p.number) from (
        select p.number from records r join links p on p.site = r.site and p.kind = 'customer'
          and p.phase in ('lone', 'active') and p.teamwork_id = r.id
        where r.site = l.site and r.side = 'teamwork' and r.company_id = l.teamwork_id and r.presence <> 'gone'
        union all
        select p.number from records r join links p on p.site = r.site and p.kind = 'customer'
          and p.phase in ('lone', 'active') and p.desk_id = r.id
        where r.site = l.site and r.side = 'desk' and r.company_id = l.desk_id and r.presence <> 'gone'
      ) p where l.kind = 'company') as people
    from links l
    join sites s on s.site = l.site
    left join records t on t.site = l.site and t.kind = l.kind and t.side = 'teamwork' and t.id = l.teamwork_id
    left join records d on d.site = l.site and d.kind = l.kind and d.side = 'desk' and d.id = l.desk_id
    where l.site = ${site} and ${where}`.execute(db);
  return rows.map(({ names, emails, companyLink, people, ...link }) => ({
    link,
    names,
    emails,
    companyLink,
    people,
  }));
}

function nameOf(table: 't' | 'd'): RawBuilder<string> {
  const fields = sql.ref(`${table}.fields`);
  return sql<string>`coalesce(${fields} ->> 'name', trim(concat(${fields} ->> 'firstName', ' ', ${fields} ->> 'lastName')))`;
}

function emailOf(table: 't' | 'd'): RawBuilder<string> {
  return sql<string>`coalesce(${sql.ref(`${table}.fields`)} ->> 'email', '')`;
}

function refsOf(link: Link): Ref[] {
  return sides.flatMap((side) => {
    const id = link.ids[side];
    return id === null ? [] : [{ side, id }];
  });
}

async function recordsWithoutLink(
  db: Kysely<Database>,
  site: string,
  refs: readonly (Ref & { readonly kind: Kind })[],
): Promise<LinkRow[]> {
  if (refs.length === 0) return [];
  const { rows } = await sql<Ref & { kind: Kind; name: string; email: string }>`
    select t.kind, t.side, t.id, ${nameOf('t')} as name, ${emailOf('t')} as email
    from jsonb_to_recordset(${jsonb(refs)}) as x(kind text, side text, id text)
    join records t on t.site = ${site} and t.kind = x.kind and t.side = x.side and t.id = x.id
    order by t.kind, t.side, length(t.id), t.id`.execute(db);
  return rows.map(({ kind, side, id, name, email }) => {
    const none = { teamwork: '', desk: '' };
    return {
      link: hypotheticalLink(kind, { side, id }),
      names: { ...none, [side]: name },
      emails: { ...none, [side]: email },
      companyLink: null,
      people: 0,
    };
  });
}
