/**
 * Keeps deliveries, many in one transaction: those that come while one is being committed go together into the next,
 * so that a flood costs few commits and no site waits for another's.
 */
import type { Delivery, Kept } from '../ports/deliveries';
import type { Store } from '../ports/store';

interface Entry {
  readonly delivery: Delivery;
  readonly kept: (outcome: Kept) => void;
  readonly failed: (error: unknown) => void;
}

const mostAtOnce = 200;
/** Beyond this the sender is asked to come again: it would wait too long here. */
const mostWaiting = 2_000;
/** Postgres that takes longer is as good as down; what it commits after all is known when it is sent again. */
export const patienceMs = 1_000;

export interface Recorder {
  /** Resolves once it is committed. */
  keep(site: string, delivery: Delivery): Promise<Kept>;
}

export function recorderOn(store: Pick<Store, 'keepDeliveries'>): Recorder {
  const waiting = new Map<string, Entry[]>();

  return {
    keep(site, delivery) {
      return new Promise((kept, failed) => {
        const entries = waiting.get(site);
        if (entries === undefined) {
          waiting.set(site, [{ delivery, kept, failed }]);
          void drain(site);
        } else if (entries.length < mostWaiting) entries.push({ delivery, kept, failed });
        else failed(new Error('Too many deliveries wait; the vendor sends this one again.'));
      });
    },
  };

  async function drain(site: string): Promise<void> {
    for (let entries = waiting.get(site); entries !== undefined && entries.length > 0;) {
      const batch = entries.splice(0, mostAtOnce);
      try {
        const outcomes = await inTime(
          store.keepDeliveries(
            site,
            batch.map(({ delivery }) => delivery),
          ),
        );
        batch.forEach(({ kept, failed }, index) => {
          const outcome = outcomes[index];
          if (outcome === undefined) failed(new Error('The store did not tell what became of a delivery.'));
          else kept(outcome);
        });
      } catch (error) {
        for (const { failed } of batch) failed(error);
      }
    }
    waiting.delete(site);
  }
}

/** Rejects when it takes too long. */
export async function inTime<T>(work: Promise<T>, withinMs = patienceMs): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_done, failed) => {
    timer = setTimeout(() => failed(new Error(`Postgres did not answer within ${withinMs} ms.`)), withinMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
