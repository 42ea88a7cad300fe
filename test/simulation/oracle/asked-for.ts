/** What operators asked for, as far as it bears on what is right elsewhere. */
import type { Field, Side } from '../../../src/domain/record';
import type { Link } from '../../../src/domain/link';
import type { Operation } from '../../../src/ports/operations';
import type { Act } from '../engine/operators';
import type { Site } from '../engine/site';

type Asked = Pick<Site, 'operators' | 'rows'>;

/** Actions that were carried out. */
export function actsOf({ operators }: Asked, ...verbs: readonly Operation['verb'][]): readonly Act[] {
  return operators.acts.filter(({ result, operation }) => result.done && verbs.includes(operation.verb));
}

/** The link that this one has become. */
export function presentNumber({ rows }: Pick<Site, 'rows'>, number: number): number {
  const into = rows.links.get(number)?.link.mergedInto ?? null;
  return into === null ? number : presentNumber({ rows }, into);
}

/** Ids that the link had there until an operator restored it, the earliest first. */
export function formerIds(site: Pick<Site, 'rows'>, { number }: Link, side: Side): readonly string[] {
  const restored = site.rows.journal.filter((entry) => entry.event === 'restored' && entry.side === side);
  return restored.flatMap(({ link, detail }) =>
    typeof detail.gone === 'string' && presentNumber(site, link) === number ? [detail.gone] : [],
  );
}

export function allIds(site: Pick<Site, 'rows'>, link: Link, side: Side): readonly string[] {
  return [...formerIds(site, link, side), ...(link.ids[side] === null ? [] : [link.ids[side]])];
}

/** The record that the link had there at that moment; a restore may have put another in its place since. */
export function idThen({ rows }: Pick<Site, 'rows'>, { number, ids }: Link, side: Side, at: number) {
  const gone = rows.journal.find(
    (entry) =>
      entry.event === 'restored' &&
      entry.link === number &&
      entry.side === side &&
      Date.parse(entry.at) > at &&
      typeof entry.detail.gone === 'string',
  )?.detail.gone;
  return typeof gone === 'string' ? gone : ids[side];
}

/** Whose value of that field operators chose for the link. */
export function choicesOf(site: Asked, { number }: Link, name: Field): readonly Act[] {
  return actsOf(site, 'choose').filter(
    ({ operation, result }) =>
      operation.verb === 'choose' &&
      operation.field === name &&
      result.done &&
      presentNumber(site, result.link) === number,
  );
}
