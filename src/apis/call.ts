/** One call as data, and what becomes of it in words: every failure of a call is told here. */
import { ApiError, type ErrorKind } from '../domain/errors';
import type { Field, Side } from '../domain/record';

export interface Call {
  /** There is no call that deletes (R24). */
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT';
  /** Below the side's API; holds ids, never values. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** The vendor's name of a refused field → ours; null where it is none of ours. */
  readonly fieldNamed?: (name: string) => Field | null;
}

const sideNames: Readonly<Record<Side, string>> = { teamwork: 'Teamwork.com', desk: 'Desk' };

/** What each kind means and whose move is next. */
const meaning: Readonly<Record<ErrorKind, string>> = {
  auth: 'the credential is not accepted; connect the site again with a valid one',
  forbidden:
    "the credential's user lacks the right; give it to that user or connect with another's credential",
  gone: 'the record is not there; the engine makes sure of that before it draws conclusions',
  conflict: 'another record already holds this name or email; change one of the two',
  invalid: 'the values were refused; correct the record on the side they come from',
  rate_limited: 'too many calls; the engine waits and goes on',
  unavailable: 'no usable answer; the engine tries again',
  contract:
    'the answer is not what the API promises; the engine tries again; if it stays, look at what stands between',
};

export interface FailureFacts {
  readonly status: number | null;
  /** A write that was sent and got no clear answer (R15); reads never have an effect. */
  readonly effectUnknown?: boolean;
  readonly retryAfterMs?: number;
  readonly refusedFields?: readonly Field[];
  /** What exactly happened, in our words: never a value of a record, never text of the vendor. */
  readonly detail?: string;
}

export function isWrite(call: Call): boolean {
  return call.method !== 'GET';
}

/** Names side, call, status and fields; the query is left out, for it may hold a name or an email. */
export function failed(side: Side, call: Call, kind: ErrorKind, facts: FailureFacts): ApiError {
  const { status, detail, refusedFields = [] } = facts;
  const effectUnknown = facts.effectUnknown === true && isWrite(call);
  const words = [
    `${sideNames[side]}: ${call.method} ${call.path}`,
    status === null ? ' got no answer' : ` was answered ${status}`,
    detail === undefined ? '' : ` (${detail})`,
    refusedFields.length === 0 ? '' : ` for ${refusedFields.join(', ')}`,
    `: ${meaning[kind]}`,
    effectUnknown ? '. The write may have taken effect; the engine looks before it writes again' : '',
  ];
  return new ApiError(kind, words.join(''), {
    status,
    effectUnknown,
    ...(facts.retryAfterMs === undefined ? {} : { retryAfterMs: facts.retryAfterMs }),
    ...(refusedFields.length === 0 ? {} : { refusedFields }),
  });
}

/** An answer with a success code that cannot be used: a failed read, or a write of unknown effect. */
export function notUnderstood(side: Side, call: Call, status: number, detail: string): ApiError {
  return failed(side, call, 'contract', { status, effectUnknown: true, detail });
}
