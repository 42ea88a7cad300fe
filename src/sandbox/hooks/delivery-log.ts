/** Every call to a hook, repeated ones too, and what was lost on the way, in the order in which they ended. */
import type { Delivery } from './delivery';

export interface LoggedDelivery extends Delivery {
  /** Counts from 1 and goes on over resets and restarts. */
  readonly id: number;
  /** When the call began. */
  readonly at: string;
  /** The status of the answer, 0 where there was none, 'dropped' where the sandbox lost it without a call. */
  readonly status: number | 'dropped';
}

/** Bodies kept for sending again; the entries themselves stay. */
const MOST_BODIES = 20_000;

export function createDeliveryLog() {
  let entries: LoggedDelivery[] = [];
  let bodiless = 0;
  let lastId = 0;
  let onDelivery: (entry: LoggedDelivery) => void = () => undefined;

  function push(entry: LoggedDelivery): void {
    entries.push(entry);
    lastId = entry.id;
    for (; entries.length - bodiless > MOST_BODIES; bodiless += 1) {
      const oldest = entries[bodiless];
      if (oldest) entries[bodiless] = { ...oldest, body: '' };
    }
  }

  return {
    add(delivery: Omit<LoggedDelivery, 'id'>): LoggedDelivery {
      const entry = { ...delivery, id: lastId + 1 };
      push(entry);
      onDelivery(entry);
      return entry;
    },
    all: (): readonly LoggedDelivery[] => entries,
    find: (id: number): LoggedDelivery | undefined => entries[id - (entries[0]?.id ?? 0)],
    /** Forgets the entries, not the number reached. */
    clear(): void {
      entries = [];
      bodiless = 0;
    },
    lastId: () => lastId,
    /** Takes back an entry, or the number reached, after a restart. */
    restore: push,
    continueFrom(id: number): void {
      lastId = Math.max(lastId, id);
    },
    onDelivery(listener: (entry: LoggedDelivery) => void): void {
      onDelivery = listener;
    },
  };
}

export type DeliveryLog = ReturnType<typeof createDeliveryLog>;
