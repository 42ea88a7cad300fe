/** Waits for a fact that comes about by itself; the run's time limit is the only one. */
import { setTimeout as sleep } from 'node:timers/promises';

export async function until(isTrue: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isTrue())) await sleep(50);
}
