/** A listing that lies while runs read it (R23), in a history whose users delete nothing. */
import { otherSide, sides, type Kind, type Side } from '../../../src/domain/record';
import type { Link } from '../../../src/domain/link';
import type { Site } from '../engine/site';
import { kindOf, sideOf } from '../history/chosen';
import type { Ordeal } from '../history/ordeal';
import { keyOfRow } from '../products/rows';
import { allIds } from '../oracle/asked-for';
import { isPerhapsItsOwn } from '../oracle/perhaps-made';
import { isUnrecognisable } from '../oracle/unseen';
import type { LieName } from '../products/lies';

const begunAt = 8;
const lasts = 12;

/** Ends with the last of so many operations at the latest. */
export function poisonedBy(lie: LieName, seed: number, operations: number): Ordeal {
  const [side, kind]: readonly [Side, Kind] = [sideOf(seed), kindOf(seed)];
  let endsAt = Infinity;
  return {
    before(site, operation) {
      // Of a first InitialSync there is nothing yet that a lie could break: R29 asks whose the listings are.
      if (endsAt === Infinity && operation >= begunAt && hasFinished(site)) {
        endsAt = Math.min(operation + lasts, operations - 1);
        site.liar.begin(lie, side, kind);
      }
      if (endsAt < Infinity) site.sweep();
      if (operation === endsAt) site.liar.end();
    },
    // A lone record may be taken for the counterpart of what is not there, and take its values; it ends with the lie.
    excuses: (site, violation) => {
      const isExcused =
        /^(I10|I20): .*(teamwork|desk):1000\d{3}/.test(violation) ||
        // Linked at last with the record that had been told under another id.
        /^R22: .*(teamwork|desk):1000(\d{3})\b.* is linked again with \2$/.test(violation) ||
        (violation.startsWith('I7:') &&
          [...site.rows.links.values()].some(({ link }) => isWithStranger(link, violation)));
      if (isExcused) site.marks.add('ordeal: a link with what is not there');
      return isExcused;
    },
    after: (site) => [
      ...(site.liar.told === 0 ? ['no listing lied'] : []),
      ...broken(site),
      ...createdForNobody(site),
    ],
  };
}

/** The link that the writing was done for had a record that only a listing knew. */
function isWithStranger({ kind, ids }: Link, violation: string): boolean {
  return sides.some(
    (side) =>
      violation.includes(` ${side} ${kind} ${String(ids[side])},`) &&
      /^1000\d{3}$/.test(ids[otherSide(side)] ?? ''),
  );
}

function hasFinished({ rows }: Site): boolean {
  return [...rows.runs.values()].some(({ state }) => state === 'finished');
}

function broken({ rows, products }: Site): string[] {
  return [...rows.links.values()].flatMap(({ link }) =>
    link.phase === 'broken' && sides.every((side) => products.get(side, link.kind, link.ids[side] ?? ''))
      ? [`R23: link ${link.number} is broken, and nobody deleted a record`]
      : [],
  );
}

/** What the engine made is the counterpart of a record that is there. */
function createdForNobody(site: Site): string[] {
  const links = [...site.rows.links.values()].map(({ link }) => link);
  return site.engineChanges().flatMap((change) => {
    const { what, after } = change;
    if (what !== 'create') return [];
    const isFounded = links.some(
      (link) =>
        link.kind === after.kind &&
        (allIds(site, link, after.side).includes(after.id) || isPerhapsItsOwn(site, link, change)) &&
        allIds(site, link, otherSide(after.side)).some(
          (id) => site.products.get(otherSide(after.side), after.kind, id) !== undefined,
        ),
    );
    return isFounded || isUnrecognisable(site, change)
      ? []
      : [`the engine made ${keyOfRow(after)} for a record that never was`];
  });
}
