/** One burst of what users do at one moment, told by the hooks in several ways: whichever way, it ends the same (I11). */
import { onClock } from '../engine/virtual-time';
import { Site } from '../engine/site';
import { finalState } from '../oracle/order-free';
import { edits } from './edits';
import type { Acts, Operation } from './chosen';
import { settle } from './history';
import { lives } from './lives';
import { perform } from './operations';
import { seedWorld } from './seed-world';

interface Telling {
  readonly lost: number;
  readonly doubled: number;
  readonly latestMs: number;
}

/** As it happened; shuffled and repeated; half of it; nothing at all, so that sweeps find it. */
export const tellings: readonly Telling[] = [
  { lost: 0, doubled: 0, latestMs: 1 },
  { lost: 0, doubled: 1, latestMs: 30_000 },
  { lost: 0.5, doubled: 0.5, latestMs: 5_000 },
  { lost: 1, doubled: 0, latestMs: 1 },
];

/** By then every hook and poll has told what it has to. */
const lastToldMs = 130_000;

/** What the burst ends in, or why it does not end. */
export async function burst(
  seed: number,
  operations: readonly Operation[],
  telling: Telling,
): Promise<string> {
  const site = new Site(seed);
  return onClock(site.time, async () => {
    await site.connect(seedWorld(site));
    site.sweep();
    await settle(site);
    // What a poll has just read is written to without another look, and polls read what the run wrote again and again.
    await site.time.until(site.time.now + lastToldMs);
    Object.assign(site.hooks, telling);
    for (const operation of operations) perform(site, operation);
    await site.time.until(site.time.now + lastToldMs);
    const still = await settle(site);
    return still ?? finalState(site);
  });
}

/**
 * What users do in the products, and nothing of the engine's own troubles. A deletion is a burst of its own: an edit made
 * beside it travels if it is heard of first, and else stays where it was made (RULES.md, the last line), and of many
 * deletions those above R26's allowance wait.
 */
export function burstOf(operations: readonly Operation[]): readonly Operation[] {
  const told = operations.filter(({ what }) => what in users);
  const [first] = told;
  return first !== undefined && taking.has(first.what)
    ? [first]
    : told.filter(({ what }) => !taking.has(what));
}

/** What waits for the engine's own writes depends on how many there are. */
const { edit_beside: _, ignored: ____, ...edited } = edits;
/** Desk tells nobody of a new company: what is created before a poll finds one of that name stands beside it. */
const { create_matching: __, bulk_delete: ___, ...lived } = lives;
const users: Acts = { ...edited, ...lived };
const taking = new Set([
  'delete',
  'delete_company',
  'delete_both',
  'delete_and_edit',
  'merge',
  'make_again',
  'restore',
]);
