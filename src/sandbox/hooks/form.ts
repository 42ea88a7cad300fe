/** A payload as a form: nested keys joined by dots, each with a capital, `id` as `ID`. */
import type { JsonObject } from '../bodies';
import { isJsonObject } from '../bodies';

export function formOf(payload: JsonObject): string {
  const fields = fieldsOf(payload, '').sort(([a], [b]) => (a < b ? -1 : 1));
  return new URLSearchParams(fields).toString();
}

function fieldsOf(values: JsonObject, path: string): [string, string][] {
  return Object.entries(values).flatMap(([key, value]) => {
    const name = path + formKey(key);
    if (isJsonObject(value)) return fieldsOf(value, `${name}.`);
    return [[name, textOf(value)]];
  });
}

function formKey(key: string): string {
  const capital = key.charAt(0).toUpperCase() + key.slice(1);
  return capital.replace(/Id$/, 'ID');
}

function textOf(value: unknown): string {
  return value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value);
}
