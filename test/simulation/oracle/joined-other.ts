/** R22: what remained of a broken link was a record of another tombstone too, and an operator joined that one again. */
import type { Link } from '../../../src/domain/link';
import type { Side } from '../../../src/domain/record';
import type { Site } from '../engine/site';

/** A call that was sent before the break may take effect after it. */
export const longestCallMs = 1_000;

/** The link had that record when it was relinked, or restored with another one in the place of the missing. */
export function isJoinedSince(
  { journal }: Site['rows'],
  number: number,
  { side, id }: { readonly side: Side; readonly id: string },
  since: number,
): boolean {
  return journal.some(({ event, link, side: missing, at, detail }, index) => {
    if (link !== number || Date.parse(at) < since) return false;
    if (event === 'relinked') return detail[side] === id;
    if (event !== 'restored' || missing === side) return false;
    // A restore tells only whom the link lost; the break before it, whom it had.
    const broken = journal
      .slice(0, index)
      .findLast((entry) => entry.link === number && entry.event === 'broken');
    return broken?.detail[side] === id;
  });
}

/** An operator had joined another tombstone of that record by then, which has lost it only later. */
export function isOfJoined(
  { journal, links }: Site['rows'],
  { number, kind }: Link,
  side: Side,
  id: string,
  at: number,
): boolean {
  return journal.some(({ event, link: of, at: joinedAt }, index) => {
    if (event !== 'relinked' && event !== 'restored') return false;
    if (of === number || links.get(of)?.link.kind !== kind || Date.parse(joinedAt) > at) return false;
    // It ended by a break, or moved on by a merge in Desk (R17): both tell whom it had till then.
    const lost = journal
      .slice(index)
      .find(
        (later) => later.link === of && (later.event === 'broken' || typeof later.detail.from === 'string'),
      );
    const had = lost?.event === 'broken' ? lost.detail[side] : side === 'desk' && lost?.detail.from;
    return lost !== undefined && had === id && at <= Date.parse(lost.at) + longestCallMs;
  });
}
