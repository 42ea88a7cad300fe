/** Decides which rows satisfy a filter, and how rows are ordered by a field. */
import { invalidField } from './errors';
import type { Comparison, Condition, Scalar, Test } from './filter-syntax';

export type FieldKind = 'number' | 'text' | 'time' | 'flag';

/** A field of a resource by which lists can be filtered and ordered. */
export interface Field<R> {
  readonly kind: FieldKind;
  /** What a row holds there; several values, or none, along a relation. */
  readonly read: (row: R) => readonly Scalar[];
  /** Reads other tables than the row's own. */
  readonly related?: boolean;
  readonly orderOnly?: boolean;
}

export type Fields<R> = ReadonlyMap<string, Field<R>>;
export type Predicate<R> = (row: R) => boolean;

type Comparable = string | number | null;

/** The predicate of a condition; throws a 400 at an unknown field or a value of another kind. */
export function predicateOf<R>(condition: Condition, fields: Fields<R>): Predicate<R> {
  if ('field' in condition) return testPredicate(condition, fields);
  if ('every' in condition) {
    const parts = condition.every.map((part) => predicateOf(part, fields));
    return (row) => parts.every((part) => part(row));
  }
  const parts = condition.some.map((part) => predicateOf(part, fields));
  return (row) => parts.some((part) => part(row));
}

function testPredicate<R>(test: Test, fields: Fields<R>): Predicate<R> {
  const field = fields.get(test.field);
  if (!field || field.orderOnly) throw invalidField(test.field, 'is not a field to filter by');
  const wanted = test.values.map((value) => operandOf(test.field, field.kind, value));
  const holds = HOLDS[test.comparison];
  const negative = test.comparison === '$ne' || test.comparison === '$nin';
  return (row) => {
    const found = field.read(row).map((value) => comparableOf(field.kind, value));
    if (found.length === 0) found.push(null);
    return negative
      ? found.every((value) => holds(value, wanted))
      : found.some((value) => holds(value, wanted));
  };
}

const HOLDS: Record<Comparison, (value: Comparable, wanted: readonly Comparable[]) => boolean> = {
  $eq: (value, wanted) => wanted.includes(value),
  $in: (value, wanted) => wanted.includes(value),
  $ne: (value, wanted) => !wanted.includes(value),
  $nin: (value, wanted) => !wanted.includes(value),
  $lt: (value, [wanted]) => isAbove(wanted, value),
  $lte: (value, [wanted]) => value === wanted || isAbove(wanted, value),
  $gt: (value, [wanted]) => isAbove(value, wanted),
  $gte: (value, [wanted]) => value === wanted || isAbove(value, wanted),
  $contains: (value, [wanted]) =>
    typeof value === 'string' && typeof wanted === 'string' && value.includes(wanted),
};

function isAbove(left: Comparable | undefined, right: Comparable | undefined): boolean {
  const known = left !== null && left !== undefined && right !== null && right !== undefined;
  return known && left > right;
}

/** A stored value as it is compared: text without case, times in milliseconds, flags as 0 and 1. */
export function comparableOf(kind: FieldKind, value: Scalar): Comparable {
  if (value === null) return null;
  if (kind === 'text') return String(value).toLowerCase();
  if (kind === 'time') return Date.parse(String(value));
  return Number(value);
}

/** A value of the filter, as the field's kind takes it. */
export function operandOf(field: string, kind: FieldKind, value: Scalar): Comparable {
  const comparable = kind === 'flag' ? flagOf(value) : comparableOf(kind, value);
  if (typeof comparable !== 'number' || (Number.isFinite(comparable) && value !== '')) return comparable;
  throw invalidField(field, WRONG_KIND[kind]);
}

const WRONG_KIND: Readonly<Record<FieldKind, string>> = {
  number: 'must be a number',
  text: 'must be text',
  time: 'must be a valid date',
  flag: 'must be true or false',
};

function flagOf(value: Scalar): number | null {
  if (value === null) return null;
  if (value === true || value === 1 || value === '1' || value === 'true') return 1;
  if (value === false || value === 0 || value === '0' || value === 'false') return 0;
  return Number.NaN;
}

/** Orders rows by one field, unset ones first. */
export function compareBy<R>(field: Field<R>): (a: R, b: R) => number {
  // Times are all of one form, so they sort as the text they are.
  const kind = field.kind === 'time' ? null : field.kind;
  const valueOf = (row: R): Comparable => {
    const value = field.read(row)[0] ?? null;
    return kind === null ? (value as string | null) : comparableOf(kind, value);
  };
  return (a, b) => {
    const left = valueOf(a);
    const right = valueOf(b);
    if (left === right) return 0;
    if (left === null) return -1;
    if (right === null) return 1;
    return left < right ? -1 : 1;
  };
}
