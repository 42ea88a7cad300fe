/** Which version of a record a reading shows: a vendor may answer from a copy that lags behind what was read before (A10). */
import { sameValue } from './canonical';
import type { RecordView } from './plan';
import { fieldsOf, type Observation } from './record';

/** No copy lags longer. What still shows an older version then is how the record is: its vendor has put it back. */
export const longestLagMs = 60_000;

/**
 * `older`: a version of before the one that is known, which is no edit of anybody's. `unsure`: other values under the same
 * time, which vendors tell in whole seconds: an edit in the very second, or the state of before it.
 */
export type Version = 'current' | 'unsure' | 'older';

export function versionOf(known: RecordView | null, seen: Observation): Version {
  if (known === null || known.presence !== 'present' || known.deleted !== seen.deleted) return 'current';
  if (known.updatedAt === null || seen.updatedAt === null) return 'current';
  const [knownAt, knownReadAt] = [Date.parse(known.updatedAt), Date.parse(known.readAt)];
  // A time from the future orders nothing.
  const isOrdered = knownAt <= knownReadAt + longestLagMs;
  if (!isOrdered || Date.parse(seen.readAt) >= knownReadAt + longestLagMs) return 'current';
  const seenAt = Date.parse(seen.updatedAt);
  if (seenAt < knownAt) return 'older';
  return seenAt === knownAt && !showsSame(known, seen) ? 'unsure' : 'current';
}

function showsSame(known: RecordView, seen: Observation): boolean {
  return fieldsOf[seen.kind].every((field) => {
    const [before, now] = [known.fields[field], seen.fields[field]];
    return before === undefined || now === undefined || sameValue(field, before, now);
  });
}
