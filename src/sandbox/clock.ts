/** The sandbox's clock: both vendors stamp whole seconds, the call log milliseconds. */

export interface Clock {
  /** Milliseconds since 1970, as on the wall. */
  nowMs(): number;
}

export const wallClock: Clock = { nowMs: () => Date.now() };

/** The vendors' time form: RFC 3339, UTC, whole seconds. */
export function toSeconds(ms: number): string {
  return new Date(Math.floor(ms / 1000) * 1000).toISOString().replace('.000Z', 'Z');
}
