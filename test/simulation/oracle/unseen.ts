/** Creates whose answer was lost, and whose record was another one before anybody looked for it. */
import type { Site } from '../engine/site';
import { keyOfRow, type Change } from '../products/rows';
import { same } from './same';

/**
 * R15: a record is adopted where it is equal to what was sent; else R14 decides. Where the product itself kept another
 * value, or somebody edited the record before it was looked for, nothing tells whose it is.
 */
export function isUnrecognisable({ products, rows, marks }: Site, { at, after, sent }: Change): boolean {
  const wasLost = !rows.journal.some(
    ({ event, side, detail }) =>
      (event === 'created' || event === 'adopted') && side === after.side && detail.id === after.id,
  );
  const isOther = products.changes.some(
    ({ actor, at: when, after: later, before }) =>
      keyOfRow(later) === keyOfRow(after) &&
      (before === null
        ? Object.entries(sent).some(([name, value]) => !same(name, value, later.fields[name as 'name']))
        : actor !== 'engine' && when - at < longestUnseenMs),
  );
  if (wasLost && isOther) marks.add('unrecognisable');
  return wasLost && isOther;
}

/** It is looked for after the settle time, pauses and crashes apart. */
const longestUnseenMs = 120_000;
