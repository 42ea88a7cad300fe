/** The oracle's own idea of when two values are the same: it shares no code with the engine. */
import type { FieldValue } from '../../../src/domain/record';

export function plain(name: string, value: FieldValue | undefined): string {
  if (typeof value === 'object')
    return [...new Set([...value].map((one) => plain('email', one)))].sort().join(' ');
  const text = (value ?? '').normalize('NFC').trim();
  if (name === 'email') return text.toLowerCase();
  if (name === 'website')
    return text
      .replace(/^https?:\/\//, '')
      .replace(/^www\./, '')
      .replace(/\/+$/, '');
  return text;
}

export function same(name: string, one: FieldValue | undefined, other: FieldValue | undefined): boolean {
  return plain(name, one) === plain(name, other);
}
