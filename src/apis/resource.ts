/** One kind of record on one side, and the steps every resource shares: envelopes, pages with an unreadable record. */
import type { z } from 'zod';
import type { Step } from '../domain/plan';
import type { Field, Fields, FieldValue, Observation, Side } from '../domain/record';
import type { ChangesPage, DeletionsPage, ListingPage, Preparation, WriteAnswer } from '../ports/apis';
import type { Permit } from '../ports/budget';
import { failed, notUnderstood, type Call } from './call';
import type { Answer, Http } from './http';
import { problemOf, recordId } from './wire-values';

/** `SideApi` for one kind. */
export interface Resource {
  list(permit: Permit, cursor: string | null): Promise<ListingPage>;
  changes(permit: Permit, since: string, cursor: string | null): Promise<ChangesPage>;
  deletions(permit: Permit, since: string, cursor: string | null): Promise<DeletionsPage>;
  read(permit: Permit, id: string): Promise<Observation>;
  create(permit: Permit, values: Fields, preparation?: Preparation): Promise<WriteAnswer>;
  update(permit: Permit, id: string, values: Fields, preparation?: Preparation): Promise<WriteAnswer>;
  find(permit: Permit, identity: string): Promise<readonly Observation[]>;
  /** Only where some writes need it. */
  readonly preparing?: {
    isNeeded(action: Step['action'], values: Fields): boolean;
    prepare(permit: Permit, id: string | null, values: Fields): Promise<Preparation>;
  };
}

export type Unreadable = ListingPage['unreadable'][number];
export type Seen<T extends Observation = Observation> =
  { readonly seen: T } | { readonly unreadable: Unreadable };

/** Reads one record with its schema; a record that does not fit is named by its id and what does not fit. */
export function seeing<S extends z.ZodType, T extends Observation>(
  schema: S,
  raw: unknown,
  observe: (record: z.output<S>) => T | { readonly problem: string },
): Seen<T> {
  const parsed = schema.safeParse(raw);
  if (!parsed.success) return { unreadable: { id: idIn(raw), problem: problemOf(parsed.error) } };
  const observed = observe(parsed.data);
  return 'problem' in observed
    ? { unreadable: { id: idIn(raw), problem: observed.problem } }
    : { seen: observed };
}

/** `''` where the record's own id cannot be read. */
export function idIn(raw: unknown): string {
  if (typeof raw !== 'object' || raw === null || !('id' in raw)) return '';
  const id = recordId.safeParse(raw.id);
  return id.success ? id.data : '';
}

export function pageOf(rows: readonly Seen[]): Pick<ListingPage, 'observations' | 'unreadable'> {
  return {
    observations: rows.flatMap((row) => ('seen' in row ? [row.seen] : [])),
    unreadable: rows.flatMap((row) => ('unreadable' in row ? [row.unreadable] : [])),
  };
}

/** The readable ones of a look-up: what cannot be read cannot be compared, and the vendors refuse a second of a kind. */
export function readable<T extends Observation>(rows: readonly Seen<T>[]): T[] {
  return rows.flatMap((row) => ('seen' in row ? [row.seen] : []));
}

/** What a resource needs to make its calls. */
export interface Caller {
  readonly side: Side;
  readonly http: Http;
}

/** The array under the envelope's root. */
export function rowsIn(
  { side }: Caller,
  call: Call,
  { body, status }: Answer,
  root: string,
): readonly unknown[] {
  const rows = body[root];
  if (!Array.isArray(rows)) throw notUnderstood(side, call, status, `no list of ${root}`);
  return rows;
}

/** A record read directly: gone where the vendor says deleted, a failed read where it is another one or unreadable. */
export function readOne<T extends Observation>(
  { side }: Caller,
  call: Call,
  answer: Answer,
  id: string,
  row: Seen<T>,
): T {
  const { status } = answer;
  if ('unreadable' in row) throw notUnderstood(side, call, status, row.unreadable.problem);
  if (row.seen.id !== id) throw notUnderstood(side, call, status, `another record, ${row.seen.id}`);
  if (row.seen.deleted) throw failed(side, call, 'gone', { status, detail: 'marked as deleted' });
  return row.seen;
}

/** A write's answer with the record in it; the caller reads back what the answer did not show. */
export function written(
  { side }: Caller,
  call: Call,
  answer: Answer,
  id: string | null,
  row: Seen,
): WriteAnswer {
  const shown = 'seen' in row ? row.seen.id : row.unreadable.id;
  if (shown === '' || (id !== null && shown !== id)) {
    throw notUnderstood(side, call, answer.status, 'not the record that was written');
  }
  return { id: shown, observation: 'seen' in row ? row.seen : null };
}

/** Fields under the vendor's keys, as they are. */
export function renamed(
  values: Fields,
  keys: Readonly<Partial<Record<Field, string>>>,
): Record<string, FieldValue> {
  const body: Record<string, FieldValue> = {};
  for (const [field, value] of Object.entries(values) as [Field, FieldValue][]) {
    const key = keys[field];
    if (key !== undefined) body[key] = value;
  }
  return body;
}

/** The canonical fields that the answer carried; an absent key is unread (R8). */
export function covered(fields: { readonly [F in Field]?: FieldValue | undefined }): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
