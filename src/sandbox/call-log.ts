/** Every call that reached a vendor's API, refused ones too, in the order in which they were answered. */
import type { Side } from './settings';

export interface Call {
  /** Counts from 1 and goes on over resets and restarts. */
  readonly n: number;
  /** When the call arrived. */
  readonly at: string;
  readonly side: Side;
  /** The literal text given to --token; null for a call without one of them. */
  readonly token: string | null;
  readonly method: string;
  /** Path with its query, as sent. */
  readonly path: string;
  /** 0 where the caller never got an answer. */
  readonly status: number;
}

export function createCallLog() {
  let calls: Call[] = [];
  let lastN = 0;
  let onCall: (call: Call) => void = () => undefined;

  return {
    add(call: Omit<Call, 'n'>): void {
      lastN += 1;
      const entry = { n: lastN, ...call };
      calls.push(entry);
      onCall(entry);
    },
    /** Calls numbered above `n`. */
    since: (n: number): readonly Call[] => calls.slice(Math.max(0, n - (calls[0]?.n ?? 1) + 1)),
    /** Forgets the entries, not the number reached. */
    clear(): void {
      calls = [];
    },
    lastN: () => lastN,
    /** Takes back an entry, or the number reached, after a restart. */
    restore(entry: Call): void {
      calls.push(entry);
      lastN = entry.n;
    },
    continueFrom(n: number): void {
      lastN = Math.max(lastN, n);
    },
    onCall(listener: (call: Call) => void): void {
      onCall = listener;
    },
  };
}

export type CallLog = ReturnType<typeof createCallLog>;
