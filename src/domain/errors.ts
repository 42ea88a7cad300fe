/** The closed set of ways a call to a vendor can fail, and what each means for the engine. */

export type ErrorKind =
  'auth' | 'forbidden' | 'gone' | 'conflict' | 'invalid' | 'rate_limited' | 'unavailable' | 'contract';

export const errorKinds: readonly ErrorKind[] = [
  'auth',
  'forbidden',
  'gone',
  'conflict',
  'invalid',
  'rate_limited',
  'unavailable',
  'contract',
];

/** A failed call. `message` names side, call and record id; never a value of a record, never a credential. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  constructor(
    readonly kind: ErrorKind,
    message: string,
    readonly facts: {
      /** HTTP status; null when no answer arrived. */
      readonly status: number | null;
      /** A write may have taken effect although this error was seen (R15). */
      readonly effectUnknown: boolean;
      /** What the vendor asked us to wait, in milliseconds. */
      readonly retryAfterMs?: number;
      /** Names of the fields the vendor refused, in our words where known. */
      readonly refusedFields?: readonly string[];
    },
  ) {
    super(message);
  }
}

/** Whether the same call may be made again without anybody changing anything. */
export function mayRetry(kind: ErrorKind): boolean {
  return kind === 'rate_limited' || kind === 'unavailable' || kind === 'contract';
}
