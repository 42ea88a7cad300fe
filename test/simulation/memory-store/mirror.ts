/** Observations into the mirror: merged by field, older reads left out; what surveys and direct reads say of presence. */
import type { RecordView } from '../../../src/domain/plan';
import type { Field, Fields, Kind, Observation, Side } from '../../../src/domain/record';
import { versionOf } from '../../../src/domain/versions';
import { keysRead, type MatchKey } from '../../../src/store/match-keys';
import { contentOf, type Ref } from '../../../src/store/record-rows';
import { instantOf, storable } from '../../../src/store/storable';
import { isWithin, rowKey, sameJson, type Memory, type RecordRow, type SiteRows } from './memory';

export interface Page {
  readonly observations: readonly Observation[];
  /** The survey that saw them; null for a record read by itself. */
  readonly survey: number | null;
  readonly unreadable?: readonly string[];
}

/** Answers the keys of emails that these records had and have no more, or that went with them. */
export function upsertRecords(
  memory: Memory,
  rows: SiteRows,
  side: Side,
  kind: Kind,
  page: Page,
): readonly string[] {
  const { survey } = page;
  const freed = page.observations.flatMap((observation) => {
    const before = recordRow(rows, kind, observation);
    upsert(memory, rows, observation, survey);
    return freedBy(before, recordRow(rows, kind, observation));
  });
  if (survey === null) return freed;
  for (const id of [...page.observations.map((seen) => seen.id), ...(page.unreadable ?? [])]) {
    const key = rowKey(kind, side, id);
    const row = rows.records.get(key);
    if (row !== undefined && row.survey !== survey) rows.records.put(key, { ...row, survey });
  }
  return freed;
}

function freedBy(before: RecordRow | null, after: RecordRow | null): string[] {
  if (before === null || before === after) return [];
  const kept = after === null || isAway(after) ? [] : emailKeys(after);
  return isAway(before) ? [] : emailKeys(before).filter((key) => !kept.includes(key));
}

function isAway({ record: { presence, deleted } }: RecordRow): boolean {
  return presence === 'gone' || deleted;
}

function emailKeys({ keys }: RecordRow): string[] {
  return keys.flatMap(({ field, key }) => (field === 'email' || field === 'alternativeEmails' ? [key] : []));
}

function upsert(memory: Memory, rows: SiteRows, seen: Observation, survey: number | null): void {
  const { side, kind, id, deleted, scope, signsIn } = seen;
  const key = rowKey(kind, side, id);
  const before = rows.records.get(key);
  const readAt = instantOf(seen.readAt);
  if (before !== undefined && readAt < before.record.readAt) return;
  const [createdAt, updatedAt] = [memory.instant(seen.createdAt), memory.instant(seen.updatedAt)];
  if (versionOf(before?.record ?? null, { ...seen, readAt, updatedAt }) === 'older') return;

  const fields = storableFields(seen.fields);
  const domainsRead =
    kind === 'company' && (fields.website !== undefined || seen.domains.length > 0) ? seen.domains : null;
  const domains = domainsRead ?? before?.domains ?? null;
  const found = deleted && survey === null ? 'gone' : 'present';
  const presence = deleted && before?.record.presence === 'gone' ? 'gone' : found;
  const firstSeenAt = before?.firstSeenAt ?? memory.now();
  // What a record says again is kept as it is, for that is what most readings find.
  const isKnown = before !== undefined && isWithin(fields, before.record.fields);
  const record: RecordView = {
    ...seen,
    firstSeenAt,
    fields: isKnown ? before.record.fields : { ...before?.record.fields, ...fields },
    domains: domains ?? [],
    createdAt: createdAt ?? before?.record.createdAt ?? null,
    updatedAt,
    createdBy: seen.createdBy ?? before?.record.createdBy ?? null,
    readAt,
    presence,
    changedAt: isKnown
      ? before.record.changedAt
      : changedAt(rows, before?.record ?? null, { ...seen, fields, createdAt, updatedAt, readAt }),
  };
  const moved = !isKnown || !sameJson(before.domains, domains);
  rows.records.put(key, {
    record,
    domains,
    keys: moved ? keysAfter(before?.keys ?? [], kind, fields, domainsRead) : before.keys,
    survey: survey ?? before?.survey ?? null,
    firstSeenAt,
    aliveAt: before?.aliveAt ?? null,
    decided:
      before?.decided === true &&
      !moved &&
      scope === before.record.scope &&
      signsIn === before.record.signsIn &&
      deleted === before.record.deleted &&
      presence === before.record.presence,
  });
}

function keysAfter(
  before: readonly MatchKey[],
  kind: Kind,
  fields: Fields,
  domains: readonly string[] | null,
): readonly MatchKey[] {
  const read = keysRead(kind, fields, domains);
  return [...before.filter(({ field }) => !read.fields.includes(field)), ...read.keys];
}

/** The time that our own write moved says nothing about when somebody else changed another field (R11). */
function changedAt(rows: SiteRows, before: RecordView | null, seen: Observation): RecordView['changedAt'] {
  const times: Partial<Record<Field, string>> = { ...before?.changedAt };
  const ours = seen.updatedBy !== null && seen.updatedBy === rows.site.users[seen.side];
  const { updatedAt, createdAt, readAt } = before !== null && ours ? before : seen;
  for (const [field, value] of Object.entries(seen.fields)) {
    if (before !== null && sameJson(before.fields[field as Field], value)) continue;
    times[field as Field] = updatedAt ?? createdAt ?? readAt;
  }
  return times;
}

function storableFields(fields: Fields): Fields {
  // Most text is as it may be; only what is not is copied.
  const isStorable = (text: string) => !unstorable.test(text);
  if (Object.values(fields).every((value) => [value].flat().every(isStorable))) return fields;
  return Object.fromEntries(
    Object.entries(fields).map(([field, value]) => [
      field,
      typeof value === 'string' ? storable(value) : value.map(storable),
    ]),
  );
}

const unstorable = /[\0\uD800-\uDFFF]/;

/** Answers the keys of the emails that went with it. */
export function markGone(
  rows: SiteRows,
  { kind, side, id }: Ref & { readonly kind: Kind },
  at: string,
): readonly string[] {
  const key = rowKey(kind, side, id);
  const row = rows.records.get(key);
  const readAt = instantOf(at);
  if (row === undefined || readAt < row.record.readAt) return [];
  const decided = row.decided && row.record.presence === 'gone';
  const aliveAt = row.record.presence === 'gone' ? row.aliveAt : row.record.readAt;
  rows.records.put(key, { ...row, decided, aliveAt, record: { ...row.record, presence: 'gone', readAt } });
  return emailKeys(row);
}

/** Marks records as decided, but for those that changed since they were looked at. */
export function markDecided(rows: SiteRows, kind: Kind, looked: readonly RecordView[]): void {
  for (const view of looked) {
    const row = recordRow(rows, kind, view);
    if (row === null || row.decided || !sameJson(contentOf(row.record), contentOf(view))) continue;
    rows.records.put(rowKey(kind, view.side, view.id), { ...row, decided: true });
  }
}

export function setDecided(rows: SiteRows, kind: Kind, ref: Ref, decided: boolean): void {
  const row = recordRow(rows, kind, ref);
  if (row !== null) rows.records.put(rowKey(kind, ref.side, ref.id), { ...row, decided });
}

export function recordRow(rows: SiteRows, kind: Kind, { side, id }: Ref): RecordRow | null {
  return rows.records.get(rowKey(kind, side, id)) ?? null;
}

export function recordsOf(rows: SiteRows, kind: Kind, refs: readonly Ref[]): RecordView[] {
  return refs.flatMap((ref) => recordRow(rows, kind, ref)?.record ?? []);
}
