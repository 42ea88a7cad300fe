/** When the vendor answered, by its own clock: no record's time can be later and still be true. */
import type { Answer } from './http';

export function answeredAt({ headers }: Answer): string | null {
  const at = Date.parse(headers.get('date') ?? '');
  return Number.isNaN(at) ? null : new Date(at).toISOString();
}
