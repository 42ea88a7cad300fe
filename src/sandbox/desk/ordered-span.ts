/** Serves a list from a kept order of its table: bounds are found by halving, so deep pages and ranges cost nothing. */
import type { Fields } from './filter-match';
import { comparableOf, compareBy, operandOf, predicateOf } from './filter-match';
import type { Condition, Test } from './filter-syntax';
import type { Table } from '../table';
import type { SoftRow } from './rows';

/** Rows of an ordered array from `start` up to, not including, `end`. */
export interface Span<R> {
  readonly rows: readonly R[];
  readonly start: number;
  readonly end: number;
}

/** Serves a list from the kept order of its field; null where several states are wanted. */
export function orderedSpan<R extends SoftRow>(
  table: Pick<Table<R>, 'inOrder'>,
  fields: Fields<R>,
  orderBy: string,
  parts: readonly Condition[],
): Span<R> | null {
  const field = fields.get(orderBy);
  const state = parts.find((part): part is Test => isState(part));
  if (!state || !field) return null;
  const compare = compareBy(field);
  const rows = table.inOrder(`state, ${orderBy}`, (a, b) =>
    a.state < b.state ? -1 : a.state > b.state ? 1 : compare(a, b) || a.id - b.id,
  );
  const firstDeleted = firstWhere(rows, 0, rows.length, (row) => row.state === 'deleted');
  const deleted = state.values[0] === 'deleted';
  let start = deleted ? firstDeleted : 0;
  let end = deleted ? rows.length : firstDeleted;

  const rest: Condition[] = [];
  for (const part of parts) {
    if (part === state) continue;
    if (!('field' in part) || part.field !== orderBy || !BOUNDS.has(part.comparison)) {
      rest.push(part);
      continue;
    }
    const wanted = operandOf(orderBy, field.kind, part.values[0] ?? null);
    const reaches = (orEqual: boolean) => (row: R) => {
      const value = comparableOf(field.kind, field.read(row)[0] ?? null);
      return value !== null && wanted !== null && (value > wanted || (orEqual && value === wanted));
    };
    if (part.comparison === '$gte') start = firstWhere(rows, start, end, reaches(true));
    if (part.comparison === '$gt') start = firstWhere(rows, start, end, reaches(false));
    if (part.comparison === '$lt') end = firstWhere(rows, start, end, reaches(true));
    if (part.comparison === '$lte') end = firstWhere(rows, start, end, reaches(false));
  }
  if (rest.length === 0) return { rows, start, end };
  const left = rows.slice(start, end).filter(predicateOf({ every: rest }, fields));
  return { rows: left, start: 0, end: left.length };
}

const BOUNDS: ReadonlySet<string> = new Set(['$gte', '$gt', '$lt', '$lte']);

function isState(part: Condition): boolean {
  return (
    'field' in part &&
    part.field === 'state' &&
    part.comparison === '$eq' &&
    (part.values[0] === 'active' || part.values[0] === 'deleted')
  );
}

/** The first index from which on the test holds, by halving; `end` where it never does. */
function firstWhere<R>(rows: readonly R[], start: number, end: number, test: (row: R) => boolean): number {
  let low = start;
  let high = end;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const row = rows[middle];
    if (row !== undefined && test(row)) high = middle;
    else low = middle + 1;
  }
  return low;
}
