/** R22: what a lost create made of a record that is deleted since is not copied back to where that was. */
import { otherSide } from '../../../src/domain/record';
import type { Site } from '../engine/site';
import { keyOfRow, type Change } from '../products/rows';
import { actsOf, presentNumber } from './asked-for';
import { isPerhapsItsOwn } from './perhaps-made';

type Truth = Pick<Site, 'rows' | 'products' | 'operators'>;

export function copiedBack(site: Truth): string[] {
  const creates = site.products.changes.filter(({ actor, what }) => actor === 'engine' && what === 'create');
  return creates.flatMap((copy) => {
    const source = sourceOf(site, copy);
    const made = creates.find(({ after }) => after.kind === copy.after.kind && keyOfRow(after) === source);
    if (made === undefined || isByOperator(site, copy)) return [];
    return deletedSources(site, made, copy.at).map(
      (gone) => `R22: ${keyOfRow(copy.after)} was made of ${source}, which a lost create made of ${gone}`,
    );
  });
}

/** The row that the copy's link has on the other side. */
function sourceOf({ rows }: Truth, { after }: Change): string | null {
  const side = otherSide(after.side);
  const holder = [...rows.links.values()].find(
    ({ link }) => link.kind === after.kind && link.phase !== 'merged' && link.ids[after.side] === after.id,
  );
  const id = holder?.link.ids[side] ?? null;
  return id === null ? null : keyOfRow({ ...after, side, id });
}

/** Records of which it was perhaps made, and which were deleted by then. */
function deletedSources(site: Truth, made: Change, by: number): readonly string[] {
  const { side, kind } = made.after;
  const ofSource = { ...made.after, side: otherSide(side) };
  return [...site.rows.links.values()].flatMap(({ link }) => {
    const id = link.ids[ofSource.side];
    if (link.kind !== kind || link.ids[side] !== null || id === null) return [];
    const key = keyOfRow({ ...ofSource, id });
    const last = site.products.changes.findLast(({ after, at }) => keyOfRow(after) === key && at <= by);
    return last?.what === 'delete' && isPerhapsItsOwn(site, link, made) ? [key] : [];
  });
}

/** R14, R22: told apart from what it was perhaps made of, or restored. */
function isByOperator(site: Truth, { after, at }: Change): boolean {
  return actsOf(site, 'answer', 'restore').some(({ result, at: when }) => {
    const number = result.done ? presentNumber(site, result.link) : 0;
    return when <= at && site.rows.links.get(number)?.link.ids[after.side] === after.id;
  });
}
