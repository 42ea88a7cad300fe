/** How far each side is known by now, in words. */
import { sides, type Side } from '../domain/record';
import type { Freshness, PollInterval } from '../ports/watch';
import { durationText, productOf } from './words';

type BothSides = Readonly<Record<Side, Freshness>>;

/** `12 s ago`, of what was read longest ago; `not yet` before the first poll of everything. */
export function freshnessWord(freshness: BothSides): string {
  const times = sides.flatMap((side) => [freshness[side].changes, freshness[side].deletions]);
  const known = times.filter((at) => at !== null);
  return known.length < times.length ? 'not yet' : agoText(known.sort()[0] ?? '');
}

/** How often it is polled where that is less often than asked for; of both sides the one that is further behind. */
export function pollingWord(freshness: BothSides): string {
  const [worst] = sides
    .flatMap((side) => freshness[side].polled ?? [])
    .filter(isStretched)
    .sort((one, other) => other.everySeconds / other.askedSeconds - one.everySeconds / one.askedSeconds);
  return worst === undefined ? 'as asked' : intervalText(worst);
}

/** `edits as of 12 s ago, deletions as of 40 s ago`, and how often it is polled where that is less often than asked for. */
export function freshnessClause({ changes, deletions, polled }: Freshness): string {
  const asOf = (at: string | null) => (at === null ? 'not polled yet' : `as of ${agoText(at)}`);
  const pace = polled !== null && isStretched(polled) ? `, polled ${intervalText(polled)}` : '';
  return `edits ${asOf(changes)}, deletions ${asOf(deletions)}${pace}`;
}

/** A poll is late by the calls before it, mostly; one and a half times is more than that. */
export function isStretched({ everySeconds, askedSeconds }: PollInterval): boolean {
  return everySeconds > askedSeconds * 1.5 + 1;
}

/** `every 1 min 20 s (asked: every 15 s)`. */
export function intervalText({ everySeconds, askedSeconds }: PollInterval): string {
  return `every ${durationText(everySeconds)} (asked: every ${durationText(askedSeconds)})`;
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
