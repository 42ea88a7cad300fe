/** Times of seeded records: between the agency's first day and a fixed last one, so that a seed is the same forever. */
import type { Random } from '../random';
import { toSeconds } from '../clock';

const FIRST_DAY_MS = Date.parse('2023-11-06T09:00:00Z');
const LAST_DAY_MS = Date.parse('2025-06-30T17:00:00Z');

/** When a record was made, and when it was last edited: two in five never were. */
export function someTimes(random: Random): { createdAt: string; updatedAt: string | null } {
  const createdMs = FIRST_DAY_MS + random.below(LAST_DAY_MS - FIRST_DAY_MS);
  const edited = random.chance(0.6);
  const updatedMs = createdMs + random.below(LAST_DAY_MS - createdMs + 1000);
  return { createdAt: toSeconds(createdMs), updatedAt: edited ? toSeconds(updatedMs) : null };
}
