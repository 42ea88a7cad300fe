/** I3, I4, I20: one link per record, one create per source, and a link keeps its records. */
import { kinds, sides } from '../../../src/domain/record';
import type { Site } from '../engine/site';
import { emailsOf } from '../products/products';
import { keyOfRow, type Change } from '../products/rows';
import { nameOf } from './agreement';
import { allIds, formerIds } from './asked-for';
import { plain } from './same';
import { isUnrecognisable } from './unseen';

export function identity(site: Site): string[] {
  return [...doublyHeld(site), ...orphans(site), ...repointed(site), ...withoutLink(site)];
}

function doublyHeld({ rows }: Site): string[] {
  const seen = new Map<string, number>();
  return [...rows.links.values()].flatMap(({ link }) => {
    if (link.phase === 'merged' || link.phase === 'broken') return [];
    return sides.flatMap((side) => {
      const id = link.ids[side];
      if (id === null) return [];
      const key = `${link.kind} ${side} ${id}`;
      const other = seen.get(key);
      seen.set(key, link.number);
      return other === undefined ? [] : [`I3: ${key} is in links ${other} and ${link.number}`];
    });
  });
}

/** What the engine made belongs to a link that made it, one for each. */
function orphans(site: Site): string[] {
  const { products, rows } = site;
  const created = products.changes.filter(({ actor, what }) => actor === 'engine' && what === 'create');
  const links = [...rows.links.values()].map(({ link }) => link);
  const pairs = links.filter(
    (link) => link.phase !== 'merged' && sides.every((side) => allIds(site, link, side).length > 0),
  );
  return created.flatMap((made) => {
    const { side, kind, id } = made.after;
    const now = products.get(side, kind, id);
    const isPaired = pairs.some((link) => link.kind === kind && allIds(site, link, side).includes(id));
    const isAsked = links.some(
      ({ kind: of, ids, status }) =>
        of === kind && ids[side] === id && (status === 'question' || status === 'failing'),
    );
    const isExcused = isUnrecognisable(site, made) || isPerhapsMade(site, made);
    return isPaired || isAsked || now?.deleted === true || isExcused
      ? []
      : [`I4: the engine made ${keyOfRow({ side, kind, id })}, which is in no pair`];
  });
}

/** R15: it was found edited, and an operator is asked whose it is; out of scope since, it waits for the answer all the same. */
function isPerhapsMade({ rows }: Site, { after: { side, kind, id } }: Change): boolean {
  return rows.journal.some(
    ({ event, side: of, link, detail: { candidates } }) =>
      event === 'no_effect' &&
      of === side &&
      rows.links.get(link)?.link.kind === kind &&
      Array.isArray(candidates) &&
      candidates.includes(id),
  );
}

/** Whoever was linked stays linked to the same record, unless a customer of Desk took its email over (R17). */
function repointed(site: Site): string[] {
  const { rows } = site;
  return rows.journal.flatMap(({ event, link, detail }) => {
    const now = rows.links.get(link)?.link;
    if (event !== 'linked' || now === undefined || now.phase === 'merged') return [];
    if (hasMoved(site, link)) return [];
    return sides.flatMap((side) =>
      detail[side] === now.ids[side] || formerIds(site, now, side).includes(String(detail[side]))
        ? []
        : [`I20: ${nameOf(now)} was linked with ${side}:${String(detail[side])}`],
    );
  });
}

/** The link went from customer to customer, each of whom held an email of the one before after that was deleted. */
function hasMoved({ rows, products }: Site, link: number): boolean {
  const moves = rows.journal.filter(
    ({ event, link: of, detail }) => event === 'merged' && of === link && detail.from !== undefined,
  );
  const versionsOf = (id: unknown) =>
    products.changes.filter(
      ({ after }) => after.side === 'desk' && after.kind === 'customer' && after.id === id,
    );
  return (
    moves.length > 0 &&
    moves.every(({ detail: { from, to } }) => {
      const lost = versionsOf(from);
      const emails = new Set(
        lost.flatMap(({ after }) => emailsOf(after)).map((email) => plain('email', email)),
      );
      const isGone = lost.some(({ what }) => what === 'delete');
      return (
        isGone &&
        versionsOf(to).some(({ after }) => emailsOf(after).some((email) => emails.has(plain('email', email))))
      );
    })
  );
}

/** Every live client record is known to the engine. */
function withoutLink({ products, rows }: Site): string[] {
  return sides.flatMap((side) =>
    kinds.flatMap((kind) =>
      products.live(side, kind).flatMap((row) => {
        const isKnown = [...rows.links.values()].some(
          ({ link }) => link.kind === kind && link.ids[side] === row.id,
        );
        return isKnown ? [] : [`R31: ${keyOfRow(row)} has no link row`];
      }),
    ),
  );
}
