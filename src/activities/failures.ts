/** The one place where a failed call becomes a Temporal failure: its type is our error kind, its delay the vendor's own. */
import { ApplicationFailure } from '@temporalio/activity';
import type { ApiError } from '../domain/errors';

/** It is tried again, whatever it is: no workflow fails because a vendor refuses to show something (R23). */
export function failureOf(error: ApiError): ApplicationFailure {
  const { retryAfterMs } = error.facts;
  return ApplicationFailure.create({
    type: error.kind,
    message: error.message,
    category: 'BENIGN',
    ...(retryAfterMs === undefined ? {} : { nextRetryDelay: retryAfterMs }),
  });
}

/** No token yet: give the slot back and come again when there is one. */
export function tryAgainIn(waitMs: number): ApplicationFailure {
  return ApplicationFailure.create({
    type: 'budget',
    message: `The API budget has no free call for ${waitMs} ms; the engine comes back by itself.`,
    category: 'BENIGN',
    nextRetryDelay: waitMs,
  });
}

/** The site is frozen or paused, or the run was stopped: the operator moves next. */
export class Stopped extends Error {
  override readonly name = 'Stopped';
  constructor(readonly why: 'paused' | 'frozen' | 'cancelled') {
    super(`Stopped: the site or run is ${why}.`);
  }
}
