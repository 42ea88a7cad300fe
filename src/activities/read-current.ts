/** A direct read that a lagging copy of the vendor's does not deceive (A10). */
import { sleep } from '@temporalio/activity';
import type { RecordView } from '../domain/plan';
import type { Observation } from '../domain/record';
import { versionOf } from '../domain/versions';

/** Pauses before a record that shows what it was before is read again; what may as well be an edit waits less. */
const readAgainAfterMs = { older: [500, 1_500, 3_000], unsure: [500, 1_500] } as const;

/**
 * Reads until the answer is no older than what is known; null when it still is after some seconds. Values that may be
 * either, of before or of after what is known, are taken as they are in the end. Throws what `read` throws.
 */
export async function readCurrent(
  read: () => Promise<Observation>,
  known: RecordView | null,
): Promise<Observation | null> {
  let seen = await read();
  let version = versionOf(known, seen);
  for (let times = 0; version !== 'current'; times++) {
    const waitMs = readAgainAfterMs[version][times];
    if (waitMs === undefined) break;
    await sleep(waitMs);
    seen = await read();
    version = versionOf(known, seen);
  }
  return version === 'older' ? null : seen;
}
