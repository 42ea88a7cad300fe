/** What both products hold, and the account of everything that happened to it: the ground truth of a history. */
import type { Field, Fields, FieldValue, Kind, Observation, Side } from '../../../src/domain/record';

export interface Row {
  readonly side: Side;
  readonly kind: Kind;
  readonly id: string;
  /** Every field of the kind. */
  readonly fields: Fields;
  readonly scope: Observation['scope'];
  readonly signsIn: boolean;
  /** Desk companies: domains that pull customers in. */
  readonly domains: readonly string[];
  readonly deleted: boolean;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly createdBy: string;
  readonly updatedBy: string;
}

export type Actor = 'user' | 'engine' | 'vendor';

export interface Change {
  readonly at: number;
  readonly actor: Actor;
  readonly what: 'create' | 'update' | 'delete' | 'restore';
  readonly before: Row | null;
  readonly after: Row;
  /** What the write asked for; of the vendor's own changes what came of it. */
  readonly sent: Fields;
  /** What of it the product accepted and did not make (R13). */
  readonly ignored: readonly Field[];
}

export const users: Readonly<Record<Side, string>> = { teamwork: '900', desk: '901' };

export function keyOfRow({ side, kind, id }: Pick<Row, 'side' | 'kind' | 'id'>): string {
  return `${side} ${kind} ${id}`;
}

export function text(value: FieldValue | undefined): string {
  return typeof value === 'string' ? value : '';
}

export function texts(value: FieldValue | undefined): readonly string[] {
  return value === undefined ? [] : [value].flat();
}

export function field(row: Row, name: Field): string {
  return text(row.fields[name]);
}
