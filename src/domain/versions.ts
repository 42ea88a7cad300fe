/** Which version of a record a reading shows: a vendor may answer from a copy that lags behind what was read before (A10). */
import { sameValue } from './canonical';
import type { RecordView } from './plan';
import { fieldsOf, type Observation } from './record';

/** No copy lags longer. What still shows other values then is how the record is, whatever time it carries. */
export const longestLagMs = 60_000;

/**
 * `older`: a version of before the one that is known, which is no edit of anybody's. `unsure`: other values under the same
 * time, which vendors tell in whole seconds: an edit in the very second, or the state of before it.
 */
export type Version = 'current' | 'unsure' | 'older';

export function versionOf(known: RecordView | null, seen: Observation): Version {
  if (known === null || known.presence !== 'present' || known.deleted !== seen.deleted) return 'current';
  if (known.updatedAt === null || seen.updatedAt === null) return 'current';
  const [knownAt, seenAt] = [Date.parse(known.updatedAt), Date.parse(seen.updatedAt)];
  // Counted from the version's own time: readings that tell of it again do not make it younger.
  const mayLag = Date.parse(seen.readAt) < knownAt + longestLagMs;
  // A time from the future orders nothing.
  const isOrdered = knownAt <= Date.parse(known.readAt) + longestLagMs;
  if (!mayLag || !isOrdered || seenAt > knownAt || showsSame(known, seen)) return 'current';
  return seenAt < knownAt ? 'older' : 'unsure';
}

/** Whether the version that a reading shows is of before that moment (ISO): vendors tell times in whole seconds. */
export function isOfBefore({ updatedAt }: Observation, moment: string): boolean {
  return updatedAt !== null && Date.parse(updatedAt) + 1_000 <= Date.parse(moment);
}

function showsSame(known: RecordView, seen: Observation): boolean {
  return fieldsOf[seen.kind].every((field) => {
    const [before, now] = [known.fields[field], seen.fields[field]];
    return before === undefined || now === undefined || sameValue(field, before, now);
  });
}
