/** A vendor's refusal of a write, as a reason and the time of the next try (situations `refused` and `refused, taken`). */
import type { ApiError } from '../domain/errors';
import type { Reason } from '../domain/link';
import type { Step } from '../domain/plan';

/** A refusal heals by the record's next edit; now and then the same write is tried again, for causes we cannot see. */
const retryAfterMs = 15 * 60_000;

/** "No such record" is no cause that may pass: the record is read, soon, and not at once lest both answers take turns. */
const readAfterMs = 5_000;

export function refusalOf(
  error: ApiError,
  start: { readonly step: Step },
): { readonly reason: Reason; readonly retryAt: string | null } {
  const waitMs = error.kind === 'gone' ? readAfterMs : retryAfterMs;
  return { reason: reasonOf(error, start.step), retryAt: new Date(Date.now() + waitMs).toISOString() };
}

function reasonOf(error: ApiError, step: Step): Reason {
  switch (error.kind) {
    case 'conflict':
      return 'taken';
    case 'forbidden':
      return 'forbidden';
    case 'gone':
      return 'gone_to_be_confirmed';
    case 'contract':
      return 'vendor_answer_not_understood';
    case 'invalid':
      return 'email' in step.values && error.facts.refusedFields?.includes('email') === true
        ? 'taken'
        : 'refused';
    case 'auth':
    case 'rate_limited':
    case 'unavailable':
      return 'vendor_unavailable';
  }
}
