/** Rows of the mirror as the records of a view. */
import { sql } from 'kysely';
import type { RecordView } from '../domain/plan';
import type { Field, Fields, Kind, Side } from '../domain/record';
import { instant, jsonb } from './storable';
import type { Tx } from './transaction';

/** One record among those of a site and kind. */
export interface Ref {
  readonly side: Side;
  readonly id: string;
}

export function keyOf({ side, id }: Ref): string {
  return `${side} ${id}`;
}

/** The columns of a RecordView, of `records r`. */
export const recordColumns = sql`
  r.side, r.kind, r.id, r.fields, r.scope, r.signs_in as "signsIn", coalesce(r.domains, '{}') as domains, r.deleted,
  r.origin, r.created_at as "createdAt", r.updated_at as "updatedAt", r.created_by as "createdBy",
  r.updated_by as "updatedBy", r.read_at as "readAt", r.presence, r.changed_at as "changedAt"`;

export function toRecordView(row: RecordView): RecordView {
  const changedAt: Partial<Record<Field, string>> = {};
  for (const [field, time] of Object.entries(row.changedAt)) {
    const normal = instant(time);
    // Keys are the fields of an observation.
    if (normal !== null) changedAt[field as Field] = normal;
  }
  return { ...row, changedAt };
}

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
    from jsonb_to_recordset(${jsonb(refs.map(({ side, id }) => ({ side, id })))}) as x(side text, id text)
    join records r on r.site = ${site} and r.kind = ${kind} and r.side = x.side and r.id = x.id`.execute(tx);
  return new Map(rows.map((row) => [keyOf(row), toRecordView(row)]));
}

/** What a decision looked at of a record; while the mirror still says the same, the decision holds. */
export interface SeenContent extends Ref {
  readonly fields: Fields;
  readonly scope: string;
  readonly presence: string;
  readonly deleted: boolean;
}

export function contentOf(record: RecordView): SeenContent {
  const { side, id, fields, scope, presence, deleted } = record;
  return { side, id, fields, scope, presence, deleted };
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
    update records r set decided = true
    from jsonb_to_recordset(${jsonb(contents)})
      as x(side text, id text, fields jsonb, scope text, presence text, deleted boolean)
    where r.site = ${site} and r.kind = ${kind} and r.side = x.side and r.id = x.id and not r.decided
      and r.fields = x.fields and r.scope = x.scope and r.presence = x.presence and r.deleted = x.deleted`.execute(
    tx,
  );
}
