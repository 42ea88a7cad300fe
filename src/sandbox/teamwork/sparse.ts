/** Sparse fields of v3: `fields[companies]=id,name`. A key for another kind of record is ignored, like any unknown one. */
import type { JsonObject } from '../bodies';
import type { Parameters } from './parameters';

export function sparse(parameters: Parameters, entity: string): (record: JsonObject) => JsonObject {
  const asked = parameters[`fields[${entity}]`];
  if (!asked) return (record) => record;
  const names = asked.split(',').map((name) => name.trim());
  return (record) =>
    Object.fromEntries(
      names.filter((name) => Object.hasOwn(record, name)).map((name) => [name, record[name]]),
    );
}
