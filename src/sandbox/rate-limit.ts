/** Counts calls per token (or per site) over a sliding minute. */
import type { Clock } from './clock';
import type { Settings, Side } from './settings';

const WINDOW_MS = 60_000;
/** What the headers show where no limit is set. */
const UNLIMITED = 1_000_000;

export interface Allowance {
  readonly allowed: boolean;
  readonly limit: number;
  readonly remaining: number;
  /** Seconds until the next counted call leaves the window so that one more fits. */
  readonly resetSeconds: number;
}

interface Window {
  times: number[];
  head: number;
}

export function createRateLimiter(clock: Clock) {
  const windows = new Map<string, Window>();

  function windowOf(key: string, now: number): Window {
    let window = windows.get(key);
    if (!window) {
      window = { times: [], head: 0 };
      windows.set(key, window);
    }
    while (window.head < window.times.length && (window.times[window.head] ?? 0) <= now - WINDOW_MS) {
      window.head += 1;
    }
    if (window.head > 10_000 && window.head * 2 > window.times.length) {
      window.times = window.times.slice(window.head);
      window.head = 0;
    }
    return window;
  }

  return {
    /** Counts one call. Desk counts refused calls too, Teamwork.com does not. */
    take(side: Side, token: string, settings: Settings): Allowance {
      const now = clock.nowMs();
      const limit = settings.perMinute[side] === 0 ? UNLIMITED : settings.perMinute[side];
      const owner = settings.switches.rateLimitPer === 'site' ? '' : token;
      const window = windowOf(`${side} ${owner}`, now);
      const allowed = window.times.length - window.head < limit;
      if (allowed || side === 'desk') window.times.push(now);
      const used = window.times.length - window.head;
      const frees = window.head + Math.max(0, used - limit);
      const freesAt = (window.times[frees] ?? now) + WINDOW_MS;
      return {
        allowed,
        limit,
        remaining: limit - used,
        resetSeconds: Math.max(1, Math.ceil((freesAt - now) / 1000)),
      };
    },
    clear: () => windows.clear(),
  };
}

export type RateLimiter = ReturnType<typeof createRateLimiter>;
