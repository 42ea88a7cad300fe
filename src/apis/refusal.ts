/** Maps an answer that is no success to the closed kinds of failure. */
import type { ApiError, ErrorKind } from '../domain/errors';
import type { Field, Side } from '../domain/record';
import type { RateSignal } from '../ports/budget';
import { failed, isWrite, type Call } from './call';

/** An error body, as far as it can be read; the vendors' forms differ by product and version. */
interface Complaint {
  /** Keys of Desk's `errors`, such as `email` or `included.contacts[0].value`. */
  readonly names: readonly string[];
  readonly text: string;
}

/**
 * Neither vendor documents how a taken name or email is refused, and both may answer 400 or 422; these words are the
 * only sign. The text is looked at and never kept: it may repeat the value.
 */
const saysTaken =
  /already (?:in use|exists|taken|been|registered|used)|in use|is taken|duplicate|must be unique/i;

export function refusalOf(
  side: Side,
  call: Call,
  answer: { readonly status: number; readonly headers: Headers; readonly text: string },
  signal: RateSignal,
): ApiError {
  const { status, headers, text } = answer;
  const waiting = signal.waitMs === null ? {} : { retryAfterMs: signal.waitMs };
  if (signal.refused) return failed(side, call, 'rate_limited', { status, ...waiting });
  if (status >= 300 && status < 400) {
    const detail = `a redirect${hostIn(headers.get('location'))}, which is not followed`;
    return failed(side, call, 'contract', { status, effectUnknown: true, detail });
  }
  if (status >= 500 || status === 408) {
    return failed(side, call, 'unavailable', { status, effectUnknown: true, ...waiting });
  }
  if (status === 404 || status === 410) return notThere(side, call, status, text);
  const complaint = complaintIn(text);
  const refusedFields = fieldsNamed(call, complaint.names);
  const kind = kindOf(status, isWrite(call) && saysTaken.test(complaint.text));
  return failed(side, call, kind, { status, refusedFields });
}

function kindOf(status: number, taken: boolean): ErrorKind {
  switch (status) {
    case 401:
      return 'auth';
    case 402: // the plan does not have it
    case 403:
    case 451:
      return 'forbidden';
    case 409:
      return 'conflict';
    case 400:
    case 413:
    case 414:
    case 422:
      return taken ? 'conflict' : 'invalid';
    default:
      return 'contract';
  }
}

/** A missing listing is a wrong address, and a web page is somebody else's answer: neither says that a record is gone (R23). */
function notThere(side: Side, call: Call, status: number, text: string): ApiError {
  const namesRecord = /\/\d+\.json$/.test(call.path);
  if (looksLikeHtml(text)) return failed(side, call, 'contract', { status, detail: 'a web page' });
  if (!namesRecord && !isWrite(call)) {
    return failed(side, call, 'contract', {
      status,
      detail: 'no such address: is the URL that of the site?',
    });
  }
  return failed(side, call, 'gone', { status });
}

export function looksLikeHtml(text: string): boolean {
  return text.trimStart().startsWith('<');
}

function hostIn(location: string | null): string {
  if (location === null || !URL.canParse(location)) return '';
  return ` to ${new URL(location).host}`;
}

function complaintIn(text: string): Complaint {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return { names: [], text: '' };
  }
  if (typeof body !== 'object' || body === null) return { names: [], text: '' };
  const errors = Object.entries(body).find(([key]) => key.toLowerCase() === 'errors')?.[1] as unknown;
  const named = typeof errors === 'object' && errors !== null && !Array.isArray(errors);
  return { names: named ? Object.keys(errors) : [], text };
}

function fieldsNamed(call: Call, names: readonly string[]): Field[] {
  const fields = names.map((name) => call.fieldNamed?.(name) ?? null);
  return [...new Set(fields.filter((field) => field !== null))];
}
