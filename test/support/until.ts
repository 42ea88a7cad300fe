/** Waits for a fact that comes about by itself. It gives up just before the run's own limit, which could not say why. */
import { setTimeout as sleep } from 'node:timers/promises';

const patienceMs = 600_000;

/** `instead`: what is there in place of the fact, for whoever reads the failure. */
export async function until(
  isTrue: () => boolean | Promise<boolean>,
  instead: () => unknown = () => isTrue.toString(),
): Promise<void> {
  const begun = Date.now();
  while (!(await isTrue())) {
    if (Date.now() - begun > patienceMs) throw new Error(`Waited in vain; instead: ${String(instead())}`);
    await sleep(50);
  }
}
