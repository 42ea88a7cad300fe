/** Observations into the mirror: a page in one statement, merged by field, older reads left out. */
import { sql } from 'kysely';
import { forgottenAmong } from './forgotten';
import { keysOfRecord, recordAt, type RecordKey } from './lookups';
import type { Kind, Observation, Side } from '../domain/record';
import { longestLagMs } from '../domain/versions';
import { keysRead } from './match-keys';
import { wakeTaken } from './retries';
import { wakeAskedAbout, wakeSharers } from './rivals';
import { instant, instantOf, instantText, json, jsonb, storable } from './storable';
import type { Tx } from './transaction';

export interface Page {
  readonly side: Side;
  readonly kind: Kind;
  readonly observations: readonly Observation[];
  /** The survey that saw them; null for a record read by itself. */
  readonly survey: number | null;
  /** Ids that the listing named and nobody could read: seen, and not changed. */
  readonly unreadable?: readonly string[];
}

/**
 * Upserts records of one listing. A field that was not read keeps its value (R8); an observation older than the stored
 * one, begun before the record's last confirmed write ended, or of an older version (A10), changes nothing. Idempotent. Answers the ids of records
 * that are new or differ now and wait for a decision.
 */
export async function upsertRecords(tx: Tx, site: string, page: Page): Promise<readonly string[]> {
  // A vendor may name a record twice in a page; rows are locked in the order of ids, so that two pages never deadlock.
  const observations = await withoutForgotten(tx, site, page);
  const byId = new Map(observations.map((observation) => [observation.id, observation]));
  const ids = [...byId.keys()].sort();
  const input = ids
    .flatMap((id) => byId.get(id) ?? [])
    .map((observation) => toInput(observation, page.survey));
  const { side, kind, survey, unreadable = [] } = page;
  if (input.length > 0) {
    // Locked first, so that the statement below sees what the last writer of each row left, keys included.
    await sql`
      select from unnest(${ids}::text[]) as x(id)
      cross join lateral (
        select from records r
        where r.site = ${site} and r.kind = ${kind} and r.side = ${side} and r.id = x.id offset 0 for update
      ) r`.execute(tx);
  }
  const { stored, news, freed } =
    input.length === 0 ? { stored: 0, news: [], freed: [] } : await upsert(tx, site, { side, kind }, input);
  if (stored > 0) await wakeTaken(tx, site, kind, side);
  await wakeAskedAbout(tx, site, kind, side, news);
  if (freed.length > 0) await wakeSharers(tx, site, sql`select unnest(${freed}::text[]) as key`);
  const seen = [...ids, ...unreadable];
  if (survey !== null && stored < seen.length) {
    await sql`
      update records u set survey = ${survey}
      from unnest(${seen}::text[]) as x(id) cross join ${recordAt(site, keyOf({ side, kind }))} r
      where u.ctid = r.place and r.survey is distinct from ${survey}`.execute(tx);
  }
  return news;
}

/** R32: of somebody forgotten it is known that the record is there, and nothing else. */
async function withoutForgotten(
  tx: Tx,
  site: string,
  { side, kind, observations }: Page,
): Promise<readonly Observation[]> {
  if (kind === 'company' || observations.length === 0) return observations;
  const forgotten = await forgottenAmong(
    tx,
    site,
    side,
    observations.map(({ id }) => id),
  );
  return observations.map((observation) =>
    forgotten.has(observation.id)
      ? { ...observation, fields: {}, domains: [], createdBy: null, updatedBy: null }
      : observation,
  );
}

/** The record of that listing which a row `x(id)` names. */
function keyOf({ side, kind }: Pick<Page, 'side' | 'kind'>): RecordKey {
  return { kind: sql`${kind}`, side: sql`${side}`, id: sql`x.id` };
}

function toInput(observation: Observation, survey: number | null) {
  const { kind, fields, domains, readAt, createdAt, updatedAt, deleted, ...rest } = observation;
  // Domains come from name-giving fields; a read that covered none of them says nothing about domains.
  const domainsRead =
    kind === 'company' && (fields.website !== undefined || domains.length > 0) ? domains : null;
  const { fields: keyFields, keys } = keysRead(kind, fields, domainsRead);
  return {
    ...rest,
    fields,
    domains: domainsRead,
    deleted,
    // A listing may show deleted records; only a direct read says gone (R23).
    presence: deleted && survey === null ? 'gone' : 'present',
    createdAt: instant(createdAt),
    updatedAt: instant(updatedAt),
    readAt: instantOf(readAt),
    survey,
    keyFields,
    keys,
  };
}

async function upsert(
  tx: Tx,
  site: string,
  { side, kind }: Pick<Page, 'side' | 'kind'>,
  input: readonly ReturnType<typeof toInput>[],
): Promise<Stored> {
  const ours = sql`excluded.updated_by = (select users ->> ${side} from sites where site = ${site})`;
  const presence = sql`case when excluded.deleted and r.presence = 'gone' then 'gone' else excluded.presence end`;
  const domains = sql`coalesce(excluded.domains, r.domains)`;
  const changedAt = sql`case when ${ours} then coalesce(r.updated_at, r.created_at, r.read_at)
    else coalesce(excluded.updated_at, excluded.created_at, excluded.read_at) end`;
  const { rows } = await sql<Stored>`
    with input as (
      select * from jsonb_to_recordset(${jsonb(input)}) as i(id text, fields jsonb, scope text, "signsIn" boolean,
        domains text[], deleted boolean, presence text, origin text, "createdAt" timestamptz, "updatedAt" timestamptz,
        "createdBy" text, "updatedBy" text, "readAt" timestamptz, survey bigint, "keyFields" text[], keys jsonb)
    ), before as (
      select r.id, r.fields, r.domains, r.scope, r.signs_in, r.deleted, r.presence, r.decided from input x cross join ${recordAt(site, keyOf({ side, kind }))} r
    ), stored as (
      insert into records as r (site, kind, side, id, fields, scope, signs_in, domains, deleted, presence, origin,
        created_at, updated_at, created_by, updated_by, read_at, survey, changed_at, first_changed_at)
      select ${site}, ${kind}, ${side}, id, fields, scope, "signsIn", domains, deleted, presence, origin,
        "createdAt", "updatedAt", "createdBy", "updatedBy", "readAt", survey,
        '{}', coalesce("updatedAt", "createdAt", "readAt")
      from input i
      on conflict (site, kind, side, id) do update set
        fields = r.fields || excluded.fields,
        scope = excluded.scope,
        signs_in = excluded.signs_in,
        domains = ${domains},
        deleted = excluded.deleted,
        presence = ${presence},
        origin = excluded.origin,
        created_at = coalesce(excluded.created_at, r.created_at),
        updated_at = excluded.updated_at,
        created_by = coalesce(excluded.created_by, r.created_by),
        updated_by = excluded.updated_by,
        read_at = excluded.read_at,
        survey = coalesce(excluded.survey, r.survey),
        -- The time that our own write moved says nothing about when somebody else changed another field (R11).
        changed_at = r.changed_at || coalesce((
          select jsonb_object_agg(f.key, ${instantText(changedAt)})
          from jsonb_each(excluded.fields) f where r.fields -> f.key is distinct from f.value), '{}'),
        decided = r.decided and r.fields || excluded.fields = r.fields and excluded.scope = r.scope
          and excluded.signs_in = r.signs_in and excluded.deleted = r.deleted and ${presence} = r.presence
          and ${domains} is not distinct from r.domains
      where excluded.read_at >= r.read_at and not ${isOlderVersion}
      returning r.id, r.fields, r.domains, r.scope, r.signs_in, r.deleted, r.presence, r.decided
    ), changed as (
      select s.id from stored s left join before b on b.id = s.id
      where b.id is null or b.fields <> s.fields or b.domains is distinct from s.domains
    ), wanted as (
      select i.id, k.field, k.key from input i
      join changed c on c.id = i.id
      cross join jsonb_to_recordset(i.keys) as k(field text, key text)
    ), dropped as (
      delete from record_keys u
      using changed c, input x cross join ${keysOfRecord(site, keyOf({ side, kind }))} k
      where u.ctid = k.place and x.id = c.id and k.field = any(x."keyFields")
        and not exists (select from wanted w where w.id = k.id and w.field = k.field and w.key = k.key)
      returning u.field, u.key
    ), added as (
      insert into record_keys (site, kind, side, id, field, key)
      select ${site}, ${kind}, ${side}, id, field, key from wanted
      on conflict do nothing
    )
    select count(*) as stored, coalesce(array_agg(s.id) filter (where not s.decided and (b.id is null or b.decided
        or (b.fields, b.domains, b.scope, b.signs_in, b.deleted, b.presence)
          is distinct from (s.fields, s.domains, s.scope, s.signs_in, s.deleted, s.presence))), '{}') as news,
      array(
        select key from dropped where field in ('email', 'alternativeEmails')
        union
        select k.key from stored g join before w on w.id = g.id
        cross join ${keysOfRecord(site, { kind: sql`${kind}`, side: sql`${side}`, id: sql`g.id` })} k
        where (g.deleted or g.presence = 'gone') and not w.deleted and w.presence <> 'gone'
          and k.field in ('email', 'alternativeEmails')) as freed
    from stored s left join before b on b.id = s.id`.execute(tx);
  return rows[0] ?? { stored: 0, news: [], freed: [] };
}

/** As `versionOf` says 'older' of it, of `records r` and the row that it would become. */
const lag = sql`${longestLagMs} * interval '1 ms'`;
const isOlderVersion = sql`coalesce(r.presence = 'present' and excluded.deleted = r.deleted
  and r.updated_at <= r.read_at + ${lag} and excluded.read_at < r.updated_at + ${lag}
  and excluded.updated_at < r.updated_at and r.fields || excluded.fields <> r.fields, false)`;

interface Stored {
  readonly stored: number;
  readonly news: readonly string[];
  /** Keys of emails that these records had and have no more, or that went with them. */
  readonly freed: readonly string[];
}

/** A direct read said that the record is gone; a later one may find it back. */
export async function markGone(tx: Tx, site: string, gone: GoneRecord): Promise<void> {
  const readAt = instantOf(gone.readAt);
  await sql`
    update records set presence = 'gone', read_at = ${readAt},
      alive_at = case presence when 'gone' then alive_at else read_at end, decided = decided and presence = 'gone'
    where site = ${site} and kind = ${gone.kind} and side = ${gone.side} and id = ${storable(gone.id)}
      and ${readAt} >= read_at`.execute(tx);
  await wakeTaken(tx, site, gone.kind, gone.side);
  await wakeAskedAbout(tx, site, gone.kind, gone.side, [gone.id]);
  if (gone.kind === 'company') return;
  await wakeSharers(
    tx,
    site,
    sql`
    select key from record_keys where site = ${site} and kind = ${gone.kind} and side = ${gone.side}
      and id = ${storable(gone.id)} and field in ('email', 'alternativeEmails')`,
  );
}

export interface GoneRecord {
  readonly side: Side;
  readonly kind: Kind;
  readonly id: string;
  readonly readAt: string;
}

/** JSON of the problems of unreadable records, by id. */
export function problemsById(
  unreadable: readonly { readonly id: string; readonly problem: string }[],
): string {
  return json(Object.fromEntries(unreadable.map(({ id, problem }) => [id, problem])));
}
