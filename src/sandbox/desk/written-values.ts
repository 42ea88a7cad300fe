/** Reads what a client wrote. Null and zero mean "not given", unknown keys are ignored. */
import type { JsonObject } from '../bodies';
import { isJsonObject } from '../bodies';
import { invalidField } from './errors';

/** A text that was given, '' included; throws a 400 at any other kind of value. */
export function textAt(record: JsonObject, key: string, named = key): string | undefined {
  const value = record[key] ?? undefined;
  if (value === undefined || typeof value === 'string') return value;
  throw invalidField(named, 'must be text');
}

/** Those of the named texts that were given. */
export function textsAt<K extends string>(
  record: JsonObject,
  keys: readonly K[],
): Partial<Record<K, string>> {
  const given: Partial<Record<K, string>> = {};
  for (const key of keys) {
    const value = textAt(record, key);
    if (value !== undefined) given[key] = value;
  }
  return given;
}

export function flagAt(record: JsonObject, key: string, named = key): boolean | undefined {
  const value = record[key] ?? undefined;
  if (value === undefined || typeof value === 'boolean') return value;
  throw invalidField(named, 'must be true or false');
}

/** One of the allowed words; '' counts as not given. */
export function wordAt<W extends string>(
  record: JsonObject,
  key: string,
  words: readonly W[],
): W | undefined {
  const value = textAt(record, key);
  if (value === undefined || value === '') return undefined;
  const word = words.find((allowed) => allowed === value);
  if (word === undefined) throw invalidField(key, `must be one of ‘${words.join(', ')}’`);
  return word;
}

/** One entry of an `included` array. */
export interface WrittenItem {
  /** Its place for messages, such as `contacts[0]`. */
  readonly place: string;
  readonly values: JsonObject;
  /** Null where a new row is meant. */
  readonly id: number | null;
  readonly remove: boolean;
}

/** The entries of one kind in `included`; throws a 400 where they are no array of objects. */
export function itemsAt(included: JsonObject, kind: string): readonly WrittenItem[] {
  const list = included[kind] ?? [];
  if (!Array.isArray(list)) throw invalidField(kind, 'must be an array');
  return list.map((values: unknown, index) => itemOf(`${kind}[${index}]`, values));
}

/** The relations that the record itself marks with `delete: true`; its other references say nothing. */
export function removedAt(record: JsonObject, kind: string): readonly WrittenItem[] {
  const list = record[kind];
  if (!Array.isArray(list)) return [];
  return list
    .map((values: unknown, index) => itemOf(`${kind}[${index}]`, values))
    .filter((item) => item.remove && item.id !== null);
}

function itemOf(place: string, values: unknown): WrittenItem {
  if (!isJsonObject(values)) throw invalidField(place, 'must be an object');
  const id = Number(values.id ?? 0);
  if (!Number.isInteger(id) || id < 0) throw invalidField(`${place}.id`, 'must be a number');
  return { place, values, id: id === 0 ? null : id, remove: values.delete === true };
}

/** An address as mail systems take it: one @, no spaces, a domain with a dot. */
export function isEmail(value: string): boolean {
  return value.length <= 254 && /^[^\s@<>()[\],;:"\\]+@[^\s@.,]+(\.[^\s@.,]+)+$/u.test(value);
}

/** A domain name, perhaps behind the wildcard * or *. */
export function isDomain(value: string): boolean {
  return value.length <= 255 && /^(\*\.?)?[\p{L}\p{N}]([\p{L}\p{N}-]*\.)+[\p{L}\p{N}-]{2,}$/u.test(value);
}
