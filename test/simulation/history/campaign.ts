/** Histories by the seed, one after the other: which marks they reach, and what of the invariants they break. */
import { orderFree } from '../oracle/order-free';
import { burst, burstOf, tellings } from './burst';
import type { Operation } from './chosen';
import { operationsFor, runHistory } from './history';
import { shrunken } from './shrink';

export const operationsEach = 60;

export interface Campaign {
  /** By mark: how many histories reached it. */
  readonly marks: ReadonlyMap<string, number>;
  /** Seeds with what they break; the first one with the shortest history that breaks the same invariant. */
  readonly failed: readonly string[];
}

export async function campaign(first: number, histories: number): Promise<Campaign> {
  const marks = new Map<string, number>();
  const failed: string[] = [];
  for (let seed = first; seed < first + histories; seed++) {
    const {
      violations,
      operations,
      marks: met,
    } = await runHistory(seed, operationsFor(seed, operationsEach));
    for (const mark of met) marks.set(mark, (marks.get(mark) ?? 0) + 1);
    const unordered = seed % burstEvery === 0 ? await inEveryOrder(seed) : [];
    if (unordered.length > 0) failed.push(`seed ${seed}: ${unordered.join('; ')}`);
    if (violations.length === 0) continue;
    const short = failed.length === 0 ? `, as in ${await shortest(seed, operations, violations)}` : '';
    failed.push(`seed ${seed}: ${violations.join('; ')}${short}`);
  }
  return { marks, failed };
}

/** I11: of every twentieth world, so that they cost little. */
const burstEvery = 20;
const burstOperations = 15;

async function inEveryOrder(seed: number): Promise<string[]> {
  const operations = burstOf(operationsFor(seed, burstOperations));
  const ends: string[] = [];
  for (const telling of tellings) ends.push(await burst(seed, operations, telling));
  return orderFree(ends);
}

/** The shorter history breaks the same invariant, not another one. */
async function shortest(
  seed: number,
  operations: readonly Operation[],
  violations: readonly string[],
): Promise<string> {
  const [broken] = violations[0]?.split(':') ?? [];
  const short = await shrunken(operations, async (fewer) =>
    (await runHistory(seed, fewer)).violations.some((violation) => violation.startsWith(`${broken}:`)),
  );
  return `${short.length} operations: ${JSON.stringify(short)}`;
}
