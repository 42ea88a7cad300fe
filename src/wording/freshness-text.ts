/** How far each side is known by now, in words. */
import { sides, type Side } from '../domain/record';
import type { Freshness } from '../ports/watch';
import { durationText, productOf } from './words';

type BothSides = Readonly<Record<Side, Freshness>>;

/** `12 s ago`, of what was read longest ago; `not yet` before the first poll of everything. */
export function freshnessWord(freshness: BothSides): string {
  const times = sides.flatMap((side) => [freshness[side].changes, freshness[side].deletions]);
  const known = times.filter((at) => at !== null);
  return known.length < times.length ? 'not yet' : agoText(known.sort()[0] ?? '');
}

/** `edits as of 12 s ago, deletions as of 40 s ago`. */
export function freshnessClause({ changes, deletions }: Freshness): string {
  const asOf = (at: string | null) => (at === null ? 'not polled yet' : `as of ${agoText(at)}`);
  return `edits ${asOf(changes)}, deletions ${asOf(deletions)}`;
}

export function freshnessLines(freshness: BothSides): readonly string[] {
  return sides.map((side) => `${productOf[side]}: ${freshnessClause(freshness[side])}.`);
}

function agoText(at: string): string {
  return `${durationText(secondsSince(at))} ago`;
}

export function secondsSince(at: string): number {
  return (Date.now() - Date.parse(at)) / 1_000;
}
