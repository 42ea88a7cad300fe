/** What an answer's headers say about the vendor's limit (A8). */
import type { Side } from '../domain/record';
import type { RateSignal } from '../ports/budget';

const shortestWaitMs = 1_000;
const longestWaitMs = 65_000;
/** Both vendors count over a minute and may refuse without a word about when to come back. */
const silentWaitMs = 60_000;

/** Above this a Reset is a point in time (seconds since 1970), else a number of seconds to wait. */
const epochAbove: Readonly<Record<Side, number>> = { teamwork: 1e9, desk: 1e6 };

/** Teamwork.com spells `X-RateLimit-…`, Desk `X-Rate-Limit-…`; Teamwork.com's v1 refuses with 400 instead of 429. */
export function rateSignal(side: Side, status: number, headers: Headers, nowMs: number): RateSignal {
  const limit = numberIn(headers, 'Limit');
  const remaining = numberIn(headers, 'Remaining');
  const refused = status === 429 || (side === 'teamwork' && status === 400 && remaining === 0);
  const vendorNowMs = timeIn(headers.get('date')) ?? nowMs;
  const asked = retryAfterMs(headers, vendorNowMs);
  const waitMs = refused ? (asked ?? resetMs(side, headers, vendorNowMs) ?? silentWaitMs) : asked;
  return {
    limitPerMinute: limit !== null && limit > 0 ? limit : null,
    remaining,
    waitMs: waitMs === null ? null : Math.min(longestWaitMs, Math.max(shortestWaitMs, Math.ceil(waitMs))),
    refused,
  };
}

function retryAfterMs(headers: Headers, nowMs: number): number | null {
  const text = headers.get('retry-after')?.trim() ?? '';
  if (/^\d+$/.test(text)) return Number(text) * 1_000;
  const at = timeIn(text);
  return at === null ? null : at - nowMs;
}

function resetMs(side: Side, headers: Headers, nowMs: number): number | null {
  const reset = numberIn(headers, 'Reset');
  if (reset === null || reset < 0) return null;
  return reset > epochAbove[side] ? reset * 1_000 - nowMs : reset * 1_000;
}

function numberIn(headers: Headers, what: 'Limit' | 'Remaining' | 'Reset'): number | null {
  const text = (headers.get(`x-ratelimit-${what}`) ?? headers.get(`x-rate-limit-${what}`) ?? '').trim();
  return /^-?\d{1,15}$/.test(text) ? Number(text) : null;
}

/** Milliseconds since 1970 of an HTTP date; null where the text is none. */
function timeIn(text: string | null): number | null {
  if (text === null || !/[a-z]/i.test(text)) return null;
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? null : ms;
}
