/** I5, I10, R22: a link breaks only where a record was deleted, and then for good. */
import { otherSide, sides, type Kind, type Side } from '../../../src/domain/record';
import type { Link } from '../../../src/domain/link';
import type { Site } from '../engine/site';
import { rowKey } from '../memory-store/memory';
import { emailsOf } from '../products/products';
import type { Change } from '../products/rows';
import { nameOf } from './agreement';
import { actsOf, presentNumber } from './asked-for';
import { isJoinedSince, isOfJoined, longestCallMs } from './joined-other';
import { isAnotherSince, isGivenSince, madeForMerged } from './made-for';
import { plain } from './same';

export function breaks(site: Site): string[] {
  const broken = [...site.rows.links.values()]
    .map(({ link }) => link)
    .filter(({ phase }) => phase === 'broken');
  return broken.flatMap((link) => [...unproven(site, link), ...revived(site, link)]);
}

function unproven(site: Site, link: Link): string[] {
  if (link.tombstone?.reason === 'unlinked_by_operator') {
    return isUnlinkedByHand(site, link) ? [] : [`R22: ${nameOf(link)} is unlinked, and no operator did it`];
  }
  const { products } = site;
  // What an operator's restore left behind tells of the break, of whichever of the two records it was.
  const isLeft = link.activeSince === null;
  const at = isLeft ? Infinity : Date.parse(link.tombstone?.at ?? '');
  const wasDeleted = sides.some((side) =>
    products.changes.some(
      ({ what, after, at: when }) =>
        what === 'delete' &&
        after.side === side &&
        after.kind === link.kind &&
        after.id === link.ids[side] &&
        when <= at,
    ),
  );
  return wasDeleted ? [] : [`I10: ${nameOf(link)} is broken and no record of it was deleted before`];
}

/** The link itself, or what an operator left of it by restoring it. */
function isUnlinkedByHand(site: Site, { kind, ids }: Link): boolean {
  return actsOf(site, 'unlink').some(
    ({ link }) =>
      link?.kind === kind && sides.some((side) => ids[side] !== null && ids[side] === link.ids[side]),
  );
}

/** Neither is what remained written to, nor linked with a record that was there at the break. */
function revived(site: Site, link: Link): string[] {
  const { products, rows } = site;
  const brokenAt = Date.parse(link.tombstone?.at ?? '');
  return sides.flatMap((side) => {
    const id = link.ids[side];
    if (id === null) return [];
    const later = [...rows.links.values()]
      .map((row) => row.link)
      .filter(
        ({ number, kind, ids, activeSince }) =>
          number !== link.number &&
          kind === link.kind &&
          ids[side] === id &&
          Date.parse(activeSince ?? '') >= brokenAt,
      );
    const again = later.flatMap(({ ids, number }) => {
      // A merge in Desk may have moved it on since (R17).
      const linked = rows.journal.find(
        ({ event, link: of, detail }) => event === 'linked' && of === number && detail[side] === id,
      );
      const partner = (linked?.detail[otherSide(side)] as string | undefined) ?? ids[otherSide(side)];
      // R17: users merged another customer into the one that remained, who takes that one's link over.
      const isMergedInto =
        side === 'desk' &&
        rows.journal.some(
          ({ event, link: of, detail }) => event === 'merged' && of === number && detail.to === id,
        );
      const isJoined = isJoinedSince(rows, number, { side, id }, brokenAt);
      // R14: an operator said that the two are the same.
      const isAnswered = saidSame(site, link.kind, side, [id, partner]);
      return isMergedInto ||
        isJoined ||
        isAnswered ||
        isAskedSince(site, link.kind, number, brokenAt) ||
        (partner !== null &&
          (madeAfterBreak(site, { side: otherSide(side), id: partner }, link) ||
            madeForMerged(products, side, id, partner)))
        ? []
        : [`R22: ${nameOf(link)} is broken, and ${side}:${id} is linked again with ${String(partner)}`];
    });
    const written = products.changes.some(
      ({ actor, after, at }) =>
        actor === 'engine' &&
        after.side === side &&
        after.kind === link.kind &&
        after.id === id &&
        at > brokenAt + longestCallMs &&
        !isOfJoined(rows, link, side, id, at),
    );
    // Linked anew by another link, which a merge may have moved on since (R17, R22).
    const isLinkedAnew = rows.journal.some(
      ({ event, link: of, detail, at }) =>
        of !== link.number &&
        Date.parse(at) >= brokenAt &&
        (event === 'linked'
          ? detail[side] === id
          : event === 'merged' && side === 'desk' && detail.to === id),
    );
    const isWritten = written && later.length === 0 && !isLinkedAnew;
    return isWritten
      ? [...again, `I5: ${nameOf(link)} is broken, and ${side}:${id} was written to after that`]
      : again;
  });
}

/**
 * R5: somebody asked for the Desk company, or had it restored that was asked for (R22), since the break or with nothing come
 * of it till then, and the client of its name is what remained.
 */
function isAskedSince(site: Site, kind: Kind, number: number, brokenAt: number): boolean {
  const acts = kind === 'company' ? actsOf(site, 'ask', 'restore') : [];
  const asked = acts.filter(({ operation: { verb }, link }) => verb === 'ask' || link?.asked === 'yes');
  const cameOfIt = (askedAt: number) =>
    site.rows.journal.some(
      ({ event, link, at }) =>
        (event === 'linked' || event === 'created') &&
        presentNumber(site, link) === number &&
        Date.parse(at) >= askedAt &&
        Date.parse(at) < brokenAt,
    );
  return asked.some(
    ({ at, result }) =>
      result.done && presentNumber(site, result.link) === number && (at >= brokenAt || !cameOfIt(at)),
  );
}

function madeAfterBreak(
  site: Pick<Site, 'products' | 'rows'>,
  { side, id }: { readonly side: Side; readonly id: string },
  link: Link,
): boolean {
  const { rows, products } = site;
  const { changes } = products;
  const isOf = ({ after }: Change, of: Side, its: string | null) =>
    after.side === of && after.kind === link.kind && after.id === its;
  const made = changes.find((change) => change.what === 'create' && isOf(change, side, id));
  const pair = pairOf(rows, link);
  const brokenAt = Date.parse(link.tombstone?.at ?? '');
  const deletions = changes.filter(
    (change) => change.what === 'delete' && sides.some((of) => isOf(change, of, pair[of])),
  );
  // Of two that were deleted, the one whose place was taken.
  const deleted =
    deletions.find((change) => isOf(change, side, pair[side]) && change.at <= brokenAt) ?? deletions[0];
  if (made === undefined) return false;
  const isForOther = () => isAnotherSince(changes, made) || isGivenSince(changes, made, pair);
  if (made.actor === 'engine' && !isForOther()) return false;
  // Neither of the two that were unlinked by hand is new; a third one, made since then, is.
  if (link.tombstone?.reason === 'unlinked_by_operator')
    return wholeSeconds(made.at) >= wholeSeconds(Date.parse(link.tombstone.at));
  if (deleted === undefined) return false;
  if (wholeSeconds(made.at) >= wholeSeconds(deleted.at)) return true;
  // Who holds a merged customer's email since was there before the merge (R17).
  if (link.tombstone?.reason === 'merged_in_desk') return false;
  // No vendor tells when a contact was deleted: it may have been at any time since it was last read as present.
  const { kind, id: lost } = deleted.after;
  const aliveAt = rows.records.get(rowKey(kind, deleted.after.side, lost))?.aliveAt ?? null;
  if (aliveAt === null || wholeSeconds(made.at) < wholeSeconds(Date.parse(aliveAt))) return false;
  // Emails are unique: who was met with that of what remained was made when the lost one had it no more.
  const metAt = Date.parse(rows.records.get(rowKey(kind, side, id))?.firstSeenAt ?? '');
  const met = changes.findLast(
    (change) => isOf(change, side, id) && wholeSeconds(change.at) <= wholeSeconds(metAt),
  );
  const emails = (change: Change) => emailsOf(change.after).map((email) => plain('email', email));
  const ofRemained = changes.filter((change) => isOf(change, otherSide(side), pair[otherSide(side)]));
  const were = new Set(ofRemained.flatMap(emails));
  return met !== undefined && emails(met).some((email) => were.has(email));
}

/** What an operator's restore left behind has one record of the pair that broke; the story of the break has both. */
function pairOf({ journal, links }: Site['rows'], { kind, ids, tombstone, activeSince }: Link): Link['ids'] {
  if (activeSince !== null) return ids;
  const broken = journal.find(
    ({ event, link: of, at, detail }) =>
      event === 'broken' &&
      links.get(of)?.link.kind === kind &&
      sides.every((side) => ids[side] === null || ids[side] === detail[side]) &&
      Date.parse(at) >= Date.parse(tombstone?.at ?? ''),
  );
  const idOf = (side: Side) => {
    const id = ids[side] ?? broken?.detail[side];
    return typeof id === 'string' ? id : null;
  };
  return { teamwork: idOf('teamwork'), desk: idOf('desk') };
}

/** The vendors tell in them when a record was made. */
function wholeSeconds(at: number): number {
  return Math.floor(at / 1_000);
}

function saidSame(site: Site, kind: Kind, side: Side, [id, partner]: readonly (string | null)[]): boolean {
  return actsOf(site, 'answer').some(({ link, operation, candidates }) => {
    if (operation.verb !== 'answer' || operation.verdict !== 'same' || link?.kind !== kind) return false;
    const other = operation.id ?? candidates[0] ?? null;
    const own = link.ids[side];
    return own === null
      ? other === id && link.ids[otherSide(side)] === partner
      : own === id && other === partner;
  });
}
