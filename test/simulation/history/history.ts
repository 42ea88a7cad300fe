/** One history: a world, operations mixed with faults, then healing until nothing moves any more. */
import { onClock } from '../engine/virtual-time';
import { Site, siteId } from '../engine/site';
import { Random } from '../random';
import type { Field, Side } from '../../../src/domain/record';
import type { Form } from '../products/manners';
import { judge } from '../oracle/judge';
import { same } from '../oracle/same';
import type { Operation } from './chosen';
import { isLarge, withMass } from './masses';
import { met } from './met';
import { acts, perform } from './operations';
import { none, type Ordeal } from './ordeal';
import { seedWorld } from './seed-world';

export interface Outcome {
  readonly violations: readonly string[];
  readonly marks: ReadonlySet<string>;
  readonly operations: readonly Operation[];
  /** What happened, in short: the same seed tells the same. */
  readonly trace: string;
}

/** Forms in which a product may keep what it is sent. */
const ownForms: readonly (readonly [Form, Side, Field])[] = [
  ['capitals', 'desk', 'firstName'],
  ['cut', 'desk', 'lastName'],
  ['plain', 'teamwork', 'twitter'],
  ['cut', 'teamwork', 'linkedin'],
];

const settledWithinMs = 3 * 3_600_000;

export function operationsFor(seed: number, count: number): Operation[] {
  const random = new Random(seed * 2 + 1);
  const weighted = Object.entries(acts).flatMap(([what, [weight]]) =>
    Array.from({ length: weight }, () => what),
  );
  const operations = Array.from({ length: count }, () => ({
    what: random.pick(weighted) ?? 'edit',
    a: random.below(1_000_000),
    b: random.below(1_000_000),
    c: random.below(1_000_000),
    gapMs: random.chance(0.2) ? 0 : random.chance(0.1) ? random.below(120_000) : random.below(4_000),
  }));
  return isLarge(seed) ? withMass(seed, operations) : operations;
}

export async function runHistory(
  seed: number,
  operations: readonly Operation[],
  ordeal: Ordeal = none,
): Promise<Outcome> {
  const site = new Site(seed);
  return onClock(site.time, async () => {
    const violations: string[] = [];
    await site.connect(seedWorld(site, isLarge(seed)));
    begin(site);
    for (const [index, operation] of operations.entries()) {
      ordeal.before(site, index);
      perform(site, operation);
      await site.time.until(site.time.now + operation.gapMs);
      site.hooks.send();
    }
    await ordeal.atEnd?.(site);
    await heal(site);
    const still = await settle(site);
    if (still !== null) violations.push(still);
    else violations.push(...judge(site));
    for (const mark of met(site)) site.marks.add(mark);
    violations.push(...site.server.failed.map((failed) => `workflow failed: ${failed}`));
    violations.push(...ordeal.after(site));
    const unexcused = violations.filter((violation) => ordeal.excuses?.(site, violation) !== true);
    return { violations: unexcused, marks: site.marks, operations, trace: traceOf(site) };
  });
}

/** How bad this world is, by its seed. */
function begin(site: Site): void {
  const { random, faults, hooks, products } = site;
  faults.rate = random.pick([0, 0.03, 0.1]) ?? 0;
  faults.sparse = random.pick([0, 0.6]) ?? 0;
  hooks.lost = random.pick([0, 0.3]) ?? 0;
  hooks.doubled = random.pick([0, 0.5]) ?? 0;
  hooks.latestMs = random.pick([500, 5_000, 60_000]) ?? 500;
  // A03
  if (random.chance(0.2)) products.manners.keepAs('cut', 'desk', 'company', 'name');
  const [form, side, name] = random.pick(ownForms) ?? [];
  if (form !== undefined && side !== undefined && name !== undefined && random.chance(0.4))
    products.manners.keepAs(form, side, 'customer', name);
  site.sweep();
}

async function heal(site: Site): Promise<void> {
  site.faults.rate = 0;
  site.faults.sparse = 0;
  site.hooks.lost = 0;
  // What was accepted and not made is taken from now on, or never will be.
  if (site.random.chance(0.5)) site.products.manners.takeAll();
  await site.time.until(site.time.now + 130_000);
  site.faults.revoked.teamwork = false;
  site.faults.revoked.desk = false;
  await site.store.freeze(siteId, null);
  for (const scope of ['site', 'company', 'customer'] as const) site.resume(scope);
  const paused = [...site.rows.links.values()].filter(({ link }) => link.paused && link.phase !== 'broken');
  for (const { link } of paused) void site.operators.resume(link);
}

/** I30, I2: sweeps until three in a row write nothing; what it says otherwise. */
export async function settle(site: Site): Promise<string | null> {
  let quiet = 0;
  for (let sweep = 0; sweep < 20; sweep++) {
    const [before, told] = [effects(site), site.products.changes.length];
    site.sweep();
    await site.time.until(site.time.now + settledWithinMs, () => !site.isSweeping);
    if (site.isSweeping) return `I30: a sweep does not end: ${JSON.stringify([...site.rows.due.values()])}`;
    site.hooks.send();
    // Refused writes are tried again after a quarter of an hour.
    await site.time.until(site.time.now + 20 * 60_000, () => isIdle(site));
    quiet = effects(site) === before && !isTakenNext(site, told) ? quiet + 1 : 0;
    if (quiet === 3) return null;
  }
  return `I2: still writing after 20 sweeps: ${JSON.stringify(site.engineChanges().slice(-4))}`;
}

/** What a product accepts and does not make is tried again by whoever starts a run (R13), and changes nothing. */
function effects(site: Site): number {
  return site.engineChanges().filter(({ before, after, sent, ignored }) =>
    Object.entries(sent).some(([name, value]) => {
      const field = name as Field;
      const isKeptAsBefore = same(name, before?.fields[field], after.fields[field]);
      return !ignored.includes(field) && (!isKeptAsBefore || same(name, value, after.fields[field]));
    }),
  ).length;
}

/** Something was ignored for the last time: the next try makes it. */
function isTakenNext({ products: { changes, manners } }: Site, since: number): boolean {
  return changes
    .slice(since)
    .some(({ after, ignored }) => ignored.some((name) => !manners.isIgnoring(after, name)));
}

function isIdle({ rows, server }: Site): boolean {
  return rows.due.size === 0 && server.openRuns.length === 0;
}

function traceOf(site: Site): string {
  const changes = site.products.changes.map(({ at, actor, what, after }) => [at, actor, what, after]);
  return JSON.stringify([changes, [...site.rows.links.values()].map(({ link }) => link)]);
}
