/** Rows of the mirror as the records of a view. */
import { sql } from 'kysely';
import { recordAt, refRows, type RecordKey } from './lookups';
import type { RecordView } from '../domain/plan';
import { sides, type Fields, type Kind, type Side } from '../domain/record';
import { instantText, jsonb } from './storable';
import type { Tx } from './transaction';

/** One record among those of a site and kind. */
export interface Ref {
  readonly side: Side;
  readonly id: string;
}

export function keyOf({ side, id }: Ref): string {
  return `${side} ${id}`;
}

/** The records that a link's ids name. */
export function refsIn(ids: Readonly<Record<Side, string | null>>): Ref[] {
  return sides.flatMap((side) => {
    const id = ids[side];
    return id === null ? [] : [{ side, id }];
  });
}

/** By field, of `records r`. */
const changedAt = sql`case when r.first_changed_at is null then r.changed_at else (
    select coalesce(jsonb_object_agg(f.field, ${instantText(sql`r.first_changed_at`)}), '{}')
    from jsonb_object_keys(r.fields) f(field)) || r.changed_at end`;

/** The columns of a RecordView, of `records r`. */
export const recordColumns = sql`
  r.side, r.kind, r.id, r.fields, r.scope, r.signs_in as "signsIn", coalesce(r.domains, '{}') as domains, r.deleted,
  r.origin, r.created_at as "createdAt", r.updated_at as "updatedAt", r.created_by as "createdBy",
  r.updated_by as "updatedBy", r.read_at as "readAt", r.presence, ${changedAt} as "changedAt",
  r.first_seen_at as "firstSeenAt"`;

/** Records of one kind, by their refs; what the mirror does not have is left out. */
export async function recordsOf(
  tx: Tx,
  site: string,
  kind: Kind,
  refs: readonly Ref[],
): Promise<Map<string, RecordView>> {
  if (refs.length === 0) return new Map();
  const { rows } = await sql<RecordView>`
    select ${recordColumns}
    from ${refRows(refs)}
    cross join ${recordAt(site, keyed(kind))} r`.execute(tx);
  return new Map(rows.map((row) => [keyOf(row), row]));
}

/** The record that a row `x(side, id)` names. */
export function keyed(kind: Kind): RecordKey {
  return { kind: sql`${kind}`, side: sql`x.side`, id: sql`x.id` };
}

/** What a decision looked at of a record; while the mirror still says the same, the decision holds. */
export interface SeenContent extends Ref {
  readonly fields: Fields;
  readonly domains: readonly string[];
  readonly scope: string;
  readonly signsIn: boolean;
  readonly presence: string;
  readonly deleted: boolean;
}

export function contentOf(record: RecordView): SeenContent {
  const { side, id, fields, domains, scope, signsIn, presence, deleted } = record;
  return { side, id, fields, domains, scope, signsIn, presence, deleted };
}

/** Marks records as decided, but for those that changed since they were looked at. */
export async function markDecided(
  tx: Tx,
  site: string,
  kind: Kind,
  contents: readonly SeenContent[],
): Promise<void> {
  if (contents.length === 0) return;
  await sql`
    update records u set decided = true
    from jsonb_to_recordset(${jsonb(contents)})
      as x(side text, id text, fields jsonb, domains text[], scope text, "signsIn" boolean, presence text, deleted boolean)
    cross join ${recordAt(site, keyed(kind))} r
    where u.ctid = r.place and not r.decided and r.fields = x.fields and coalesce(r.domains, '{}') = x.domains
      and r.scope = x.scope and r.signs_in = x."signsIn" and r.presence = x.presence and r.deleted = x.deleted`.execute(
    tx,
  );
}
