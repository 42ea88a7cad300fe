/** The values both vendors send, as zod reads them: ids, text, flags, times, references. Unknown keys are ignored. */
import { z } from 'zod';
import { storable } from './json-text';

/** Ids are whole numbers or digits in a string; outside this folder they are strings. */
export const recordId = z
  .union([z.int().positive(), z.string().regex(/^[1-9]\d*$/, 'no id')])
  .transform((id) => String(id));

/** Text of a record; null is blank, an absent key is unread (R8). */
export const text = z
  .string()
  .nullable()
  .transform((value) => storable(value ?? ''))
  .optional();

/** v1 writes flags as "0" and "1" as well. */
export const flag = z
  .union([z.boolean(), z.enum(['0', '1', 'true', 'false', '']), z.literal([0, 1])])
  .nullable()
  .transform((value) => value === true || value === 1 || value === '1' || value === 'true')
  .optional();

/** `{"id": n, "type": "…"}`, a bare id, or none (null, 0). Not a synced value: a form not known here is none. */
export const authorId = z
  .union([recordId, z.object({ id: recordId }).transform(({ id }) => id)])
  .nullish()
  .catch(null)
  .transform((id) => id ?? null);

export const reference = z.object({ id: recordId });
export const references = z.array(reference).nullable().optional();

const timeForm = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)(\.\d+)?(Z|[+-]\d\d:?\d\d)$/i;

/**
 * RFC 3339 UTC with milliseconds; null for an unset, impossible or never-reached time (`""`, year 1, 30 February).
 * A time is no synced value, so one that cannot be read does not make its record unreadable.
 */
export const time = z
  .unknown()
  .optional()
  .transform((value) => (typeof value === 'string' ? instantOf(value) : null));

function instantOf(value: string): string | null {
  const match = timeForm.exec(value.trim());
  if (match === null) return null;
  const [, year = '', month = '', day = '', hour = '', minute = '', second = '', fraction = '', zone = ''] =
    match;
  const wall = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
  const shown = new Date(`${wall}Z`);
  // Date rolls 30 February over into March; what it shows must be what was written.
  if (Number.isNaN(shown.getTime()) || !shown.toISOString().startsWith(wall) || year < '0002') return null;
  const offset = /^z$/i.test(zone) ? 'Z' : `${zone.slice(0, 3)}:${zone.slice(-2)}`;
  const at = new Date(`${wall}${fraction.slice(0, 4)}${offset}`);
  return Number.isNaN(at.getTime()) ? null : at.toISOString();
}

/** What made a record unreadable: places and kinds, never values. */
export function problemOf(error: z.ZodError): string {
  return error.issues.map(({ path, message }) => `${path.map(String).join('.')}: ${message}`).join('; ');
}

/** A JSON number where a number can hold the id, else its digits: never a rounded one. */
export function jsonId(id: string): number | string {
  const number = Number(id);
  return Number.isSafeInteger(number) ? number : id;
}
