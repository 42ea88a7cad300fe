/** Reads Desk's `filter` parameter: Mongo-like JSON made into conditions. */
import { isJsonObject } from '../bodies';
import { invalidField } from './errors';

export const COMPARISONS = ['$eq', '$ne', '$lt', '$lte', '$gt', '$gte', '$in', '$nin', '$contains'] as const;
export type Comparison = (typeof COMPARISONS)[number];
export type Scalar = string | number | boolean | null;

export interface Test {
  readonly field: string;
  readonly comparison: Comparison;
  /** One value, or several for $in and $nin. */
  readonly values: readonly Scalar[];
}

export type Condition =
  Test | { readonly every: readonly Condition[] } | { readonly some: readonly Condition[] };

const NO_CONDITION: Condition = { every: [] };

/** Throws a 400 where the text is no filter. */
export function parseFilter(text: string | undefined): Condition {
  if (text === undefined || text.trim() === '') return NO_CONDITION;
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw invalidField('filter', 'must be valid JSON');
  }
  return conditionOf(parsed);
}

function conditionOf(value: unknown): Condition {
  if (!isJsonObject(value)) throw invalidField('filter', 'must be an object');
  return { every: Object.entries(value).flatMap(([key, operand]) => partsOf(key, operand)) };
}

function partsOf(key: string, operand: unknown): readonly Condition[] {
  if (key === '$and') return [{ every: listOf(key, operand).map(conditionOf) }];
  if (key === '$or') {
    const some = listOf(key, operand).map(conditionOf);
    return some.length === 0 ? [] : [{ some }];
  }
  if (key.startsWith('$')) throw invalidField('filter', `unknown operator ${key}`);
  if (!isJsonObject(operand)) return [{ field: key, comparison: '$eq', values: [scalarOf(key, operand)] }];
  return Object.entries(operand).map(([operator, value]) => testOf(key, operator, value));
}

function testOf(field: string, operator: string, value: unknown): Test {
  const comparison = COMPARISONS.find((known) => known === operator);
  if (comparison === undefined) throw invalidField('filter', `unknown operator ${operator}`);
  const many = comparison === '$in' || comparison === '$nin';
  const values = many ? listOf(operator, value) : [value];
  return { field, comparison, values: values.map((one) => scalarOf(field, one)) };
}

function listOf(operator: string, value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw invalidField('filter', `${operator} must have an array`);
  return value as unknown[];
}

function scalarOf(field: string, value: unknown): Scalar {
  if (
    value === null ||
    typeof value === 'string' ||
    typeof value === 'number' ||
    typeof value === 'boolean'
  ) {
    return value;
  }
  throw invalidField(field, 'must be compared with a single value');
}

/** The conditions that must all hold, nested ones drawn up. */
export function conjuncts(condition: Condition): readonly Condition[] {
  return 'every' in condition ? condition.every.flatMap(conjuncts) : [condition];
}

/** Every field that the condition names, at any depth. */
export function fieldsOf(condition: Condition): readonly string[] {
  if ('field' in condition) return [condition.field];
  return ('every' in condition ? condition.every : condition.some).flatMap(fieldsOf);
}
