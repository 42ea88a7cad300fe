/** The two vendors spell their rate-limit headers differently. */
import type { Allowance } from './rate-limit';
import type { Side, Switches } from './settings';

/** Desk's library always writes the length of its window. */
const DESK_WINDOW_SECONDS = 60;

export function rateHeaders(side: Side, allowance: Allowance, switches: Switches, nowMs: number) {
  const epoch = Math.floor(nowMs / 1000) + allowance.resetSeconds;
  if (side === 'teamwork') {
    return {
      'X-RateLimit-Limit': allowance.limit,
      'X-RateLimit-Remaining': Math.max(0, allowance.remaining),
      'X-RateLimit-Reset': switches.teamworkReset === 'epoch' ? epoch : allowance.resetSeconds,
    };
  }
  return {
    'X-Rate-Limit-Limit': allowance.limit,
    'X-Rate-Limit-Remaining': allowance.remaining,
    'X-Rate-Limit-Reset': switches.deskReset === 'epoch' ? epoch : DESK_WINDOW_SECONDS,
  };
}
