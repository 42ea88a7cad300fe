/** The fields that every kind of record can be filtered and ordered by, and short ways to name the others. */
import type { Field, FieldKind } from './filter-match';
import type { Scalar } from './filter-syntax';
import type { Table } from '../table';
import type { SoftRow } from './rows';

export function own<R>(kind: FieldKind, read: (row: R) => Scalar): Field<R> {
  return { kind, read: (row) => [read(row)] };
}

export function related<R>(kind: FieldKind, read: (row: R) => readonly Scalar[]): Field<R> {
  return { kind, read, related: true };
}

/** A documented order field that the sandbox never fills. */
export function unfilled<R>(): Field<R> {
  return { kind: 'text', read: () => [], orderOnly: true };
}

export function stampFields<R extends SoftRow>(): [string, Field<R>][] {
  return [
    ['id', own('number', (row) => row.id)],
    ['state', own('text', (row) => row.state)],
    ['createdAt', own('time', (row) => row.createdAt)],
    ['createdBy', own('number', (row) => row.createdBy)],
    ['updatedAt', own('time', (row) => row.updatedAt)],
    ['updatedBy', own('number', (row) => row.updatedBy)],
    ['deletedAt', own('time', (row) => row.deletedAt)],
    ['deletedBy', own('number', (row) => row.deletedBy)],
  ];
}

/** Fields of plain text that the row holds itself. */
export function textFields<R extends Record<K, string>, K extends string>(
  keys: readonly K[],
): [string, Field<R>][] {
  return keys.map((key) => [key, own<R>('text', (row) => row[key])]);
}

/** The look-up of a table by id, where the id came as a number or as text. */
export function byId<R extends SoftRow>(table: Pick<Table<R>, 'get'>): (id: Scalar) => readonly R[] {
  return (id) => {
    const row = table.get(Number(id));
    return row ? [row] : [];
  };
}
