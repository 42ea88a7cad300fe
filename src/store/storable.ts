/** What Postgres can hold: text without NUL and lone surrogates, and times in one form that sorts as text. */
import { sql, type RawBuilder } from 'kysely';

/** Postgres refuses both in text and in jsonb; the API clients clean them, and this is the last line. */
export function storable(text: string): string {
  return text.replaceAll('\0', '').replace(/\p{Surrogate}/gu, '\uFFFD');
}

/** JSON as text, for a jsonb column. */
export function json(value: unknown): string {
  const text = JSON.stringify(value);
  // JSON.stringify escapes exactly these two; only then is the value walked through.
  if (!text.includes('\\u0000') && !text.includes('\\ud')) return text;
  return JSON.stringify(value, (_key, part: unknown) => (typeof part === 'string' ? storable(part) : part));
}

/** A jsonb parameter. */
export function jsonb(value: unknown): RawBuilder<unknown> {
  return sql`${json(value)}::jsonb`;
}

/**
 * A time as RFC 3339 UTC with six digits of fraction, so that text order is time order; null when it is no time that
 * Postgres holds. Vendors send offsets, nanoseconds and nonsense.
 */
export function instant(text: string | null): string | null {
  const parts =
    text === null ? null : /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/i.exec(text);
  if (text === null || parts === null) return null;
  const [, fraction = '', offset = 'Z'] = parts;
  const whole = Date.parse(text.slice(0, 10) + 'T' + text.slice(11, 19) + offset);
  if (Number.isNaN(whole) || whole < firstYear || whole > lastYear) return null;
  return `${new Date(whole).toISOString().slice(0, 19)}.${fraction.slice(1, 7).padEnd(6, '0')}Z`;
}

const firstYear = Date.parse('0001-01-02T00:00:00Z');
const lastYear = Date.parse('9999-12-30T00:00:00Z');

/** The same for a time that must be one, of our own clock. */
export function instantOf(text: string): string {
  const time = instant(text);
  if (time === null) throw new Error(`Not a time: ${JSON.stringify(text)}.`);
  return time;
}

/** The same of what Postgres writes in UTC: `2024-01-31 12:00:00.5+00`. */
export function instantFromPostgres(text: string): string {
  return `${text.slice(0, 10)}T${text.slice(11, 19)}.${text.slice(20, -3).padEnd(6, '0')}Z`;
}

/** The same, written by Postgres as text of its own. */
export function instantText(time: RawBuilder<unknown>): RawBuilder<string> {
  return sql<string>`to_char(${time}, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
}
