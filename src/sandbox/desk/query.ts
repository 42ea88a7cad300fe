/** Answers a list request from the tables: filter, order and page, through an index or a kept order where one serves. */
import type { Table } from '../table';
import { invalidField } from './errors';
import type { Field, Fields } from './filter-match';
import { compareBy, predicateOf } from './filter-match';
import type { Condition, Scalar } from './filter-syntax';
import { conjuncts, fieldsOf, parseFilter } from './filter-syntax';
import type { Span } from './ordered-span';
import { orderedSpan } from './ordered-span';
import type { SoftRow } from './rows';

/** A table as lists see it. */
export interface Collection<R extends SoftRow> {
  readonly table: Pick<Table<R>, 'all' | 'inOrder'>;
  readonly fields: Fields<R>;
  /** Rows by a field's value through an index. */
  readonly lookUps: ReadonlyMap<string, (value: Scalar) => readonly R[]>;
}

export interface ListQuery {
  readonly filter: string | undefined;
  readonly orderBy: string;
  readonly descending: boolean;
  readonly page: number;
  readonly pageSize: number;
}

export interface ListPage<R> {
  readonly rows: readonly R[];
  readonly total: number;
  readonly page: number;
  readonly pageSize: number;
}

/** Throws a 400 at a bad filter or an unknown order. */
export function listPage<R extends SoftRow>(collection: Collection<R>, query: ListQuery): ListPage<R> {
  const { fields, table } = collection;
  const condition = activeUnlessAsked(parseFilter(query.filter));
  const predicate = predicateOf(condition, fields);
  const parts = conjuncts(condition);
  const found = lookUp(collection, parts);
  if (found) return sortedPage(found.filter(predicate), fields, query);
  const span = orderFieldOf(fields, query).related ? null : orderedSpan(table, fields, query.orderBy, parts);
  return span ? pageOf(span, query) : sortedPage([...table.all()].filter(predicate), fields, query);
}

/** One page of rows that are already chosen. */
export function sortedPage<R extends SoftRow>(
  rows: readonly R[],
  fields: Fields<R>,
  query: ListQuery,
): ListPage<R> {
  const compare = compareBy(orderFieldOf(fields, query));
  const sorted = [...rows].sort((a, b) => compare(a, b) || a.id - b.id);
  return pageOf({ rows: sorted, start: 0, end: sorted.length }, query);
}

function orderFieldOf<R>(fields: Fields<R>, { orderBy }: ListQuery): Field<R> {
  const field = fields.get(orderBy);
  if (!field) throw invalidField('orderBy', `${orderBy} is not a field to order by`);
  return field;
}

/** Deleted rows are left out unless the filter speaks of the state. */
function activeUnlessAsked(condition: Condition): Condition {
  if (fieldsOf(condition).includes('state')) return condition;
  return { every: [condition, { field: 'state', comparison: '$eq', values: ['active'] }] };
}

/** The rows that an index offers for one of the conditions; null where none does. */
function lookUp<R extends SoftRow>(collection: Collection<R>, parts: readonly Condition[]): R[] | null {
  for (const [name, rowsOf] of collection.lookUps) {
    for (const part of parts) {
      if (!('field' in part) || part.field !== name) continue;
      if (part.comparison !== '$eq' && part.comparison !== '$in') continue;
      return [...new Map(part.values.flatMap(rowsOf).map((row) => [row.id, row])).values()];
    }
  }
  return null;
}

function pageOf<R>(span: Span<R>, { page, pageSize, descending }: ListQuery): ListPage<R> {
  const skipped = (page - 1) * pageSize;
  const from = descending ? Math.max(span.start, span.end - skipped - pageSize) : span.start + skipped;
  const to = descending ? span.end - skipped : Math.min(span.end, from + pageSize);
  const rows = to > from ? span.rows.slice(from, to) : [];
  return { rows: descending ? rows.reverse() : rows, total: span.end - span.start, page, pageSize };
}
