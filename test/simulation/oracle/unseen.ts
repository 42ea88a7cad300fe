/** Creates whose answer was lost, and whose record was another one before anybody looked for it. */
import type { Site } from '../engine/site';
import { keyOfRow, type Change } from '../products/rows';
import { pairsToldApart } from './joined';
import { plain, same } from './same';

/**
 * R15: a record is adopted where it is equal to what was sent; else R14 decides. Where the product itself kept another
 * value, or somebody deleted the record before it was looked for, nothing tells whose it is. Where somebody edited it, an
 * operator is asked, and may say that it is another one. A look that the product refused, or whose answer was lost, was none.
 */
export function isUnrecognisable(site: Site, made: Change): boolean {
  const { products, rows, calls, marks } = site;
  const { at, after, sent } = made;
  const wasLost = !rows.journal.some(
    ({ event, side, detail }) =>
      (event === 'created' || (event === 'adopted' && detail.action === 'create')) &&
      side === after.side &&
      detail.id === after.id,
  );
  const identity = `${after.kind} ${plain('email', sent.name ?? sent.email)}`;
  const lookedForAt =
    calls.find(
      (call) =>
        call.what === 'find' &&
        call.isAnswered &&
        call.side === after.side &&
        call.identity === identity &&
        call.at > at,
    )?.until ?? Infinity;
  const isOther = products.changes.some(
    ({ actor, what, at: when, after: later, before }) =>
      keyOfRow(later) === keyOfRow(after) &&
      (before === null
        ? Object.entries(sent).some(([name, value]) => !same(name, value, later.fields[name as 'name']))
        : actor !== 'engine' && when < lookedForAt && (what === 'delete' || isToldApart(site, made))),
  );
  if (wasLost && isOther) marks.add('unrecognisable');
  return wasLost && isOther;
}

function isToldApart(site: Site, { after: { side, kind, id } }: Change): boolean {
  return pairsToldApart(site).some((told) => told.kind === kind && told[side] === id);
}
