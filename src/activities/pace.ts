/**
 * How fast the watches of this process poll together: what is beyond it waits, first come first served, so that many
 * sites are all polled a little later and what is live keeps its part of the machine.
 */

export type Pace = <T>(polls: number, work: () => Promise<T>) => Promise<T>;

/** A vendor that does not answer holds a place until its call's time is up; this many do not hold up the others. */
const atOnce = 100;

export function paceOf(pollsPerSecond: number): Pace {
  let free = atOnce;
  let nextAt = 0;
  let line: Promise<void> = Promise.resolve();
  const waiting: (() => void)[] = [];

  return async function paced(polls, work) {
    if (free > 0) free -= 1;
    else await new Promise<void>((go) => waiting.push(go));
    try {
      line = line.then(() => turn(polls));
      await line;
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) free += 1;
      else next();
    }
  };

  /** One after the other: timers that are due at once go off in no order. */
  async function turn(polls: number): Promise<void> {
    const waitMs = nextAt - performance.now();
    if (waitMs > 0) await new Promise((begin) => setTimeout(begin, waitMs));
    nextAt = Math.max(nextAt, performance.now()) + (polls * 1_000) / pollsPerSecond;
  }
}
