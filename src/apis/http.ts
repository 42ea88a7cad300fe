/**
 * One call = one request with one permit. Owns time and size limits, the credential's place (the header and nowhere
 * else), what counts as an answer, and that every answer tells the budget what it says about the limit.
 */
import type { Side } from '../domain/record';
import type { Permit } from '../ports/budget';
import { failed, isWrite, notUnderstood, type Call } from './call';
import { parseJson } from './json-text';
import { rateSignal } from './rate-signal';
import { looksLikeHtml, refusalOf } from './refusal';

/** A page of the longest listings is below 2 MB. */
const largestAnswerBytes = 32 * 1024 * 1024;

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** The parsed JSON object. */
  readonly body: Readonly<Record<string, unknown>>;
}

/** Throws `ApiError`. */
export type Http = (permit: Permit, call: Call) => Promise<Answer>;

export function createHttp(options: {
  readonly side: Side;
  /** Where the API begins, without a trailing slash. */
  readonly baseUrl: string;
  /** The value of the Authorization header. */
  readonly authorization: string;
  readonly timeoutMs: number;
}): Http {
  const { side } = options;

  return async function send(permit, call) {
    const response = await request(call);
    const { status, headers } = response;
    const signal = rateSignal(side, status, headers, Date.now());
    await permit.answered(signal);
    const text = await textOf(call, response);
    if (!response.ok) throw refusalOf(side, call, { status, headers, text }, signal);
    return { status, headers, body: objectIn(call, status, text) };
  };

  async function request(call: Call): Promise<Response> {
    const query = new URLSearchParams(call.query).toString();
    try {
      return await fetch(`${options.baseUrl}${call.path}${query === '' ? '' : `?${query}`}`, {
        method: call.method,
        headers: {
          Authorization: options.authorization,
          Accept: 'application/json',
          'Content-Type': 'application/json',
        },
        body: call.body === undefined ? null : JSON.stringify(call.body),
        redirect: 'manual',
        signal: AbortSignal.timeout(options.timeoutMs),
      });
    } catch (error) {
      const code = codeOf(error);
      throw failed(side, call, 'unavailable', {
        status: null,
        effectUnknown: !beforeSending.test(code),
        detail: code === 'TimeoutError' ? `none within ${options.timeoutMs} ms` : code,
      });
    }
  }

  async function textOf(call: Call, response: Response): Promise<string> {
    const { status } = response;
    const decoder = new TextDecoder();
    let bytes = 0;
    let text = '';
    try {
      for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
        bytes += chunk.byteLength;
        if (bytes > largestAnswerBytes) break;
        text += decoder.decode(chunk, { stream: true });
      }
    } catch (error) {
      // A refusal stands by its status even where its body did not arrive.
      if (!response.ok) return text;
      const detail = `the answer broke off: ${codeOf(error)}`;
      throw failed(side, call, 'unavailable', { status, effectUnknown: true, detail });
    }
    if (bytes > largestAnswerBytes) throw notUnderstood(side, call, status, 'an answer too large to be one');
    return text + decoder.decode();
  }

  function objectIn(call: Call, status: number, text: string): Answer['body'] {
    const wrong = (detail: string) => notUnderstood(side, call, status, detail);
    if (text.trim() === '') throw wrong('an empty answer');
    if (looksLikeHtml(text)) throw wrong('a web page instead of JSON');
    let body: unknown;
    try {
      body = parseJson(text);
    } catch {
      throw wrong('JSON that breaks off or is malformed');
    }
    if (typeof body !== 'object' || body === null || Array.isArray(body))
      throw wrong('JSON that is no object');
    if (tellsOfErrors(body))
      throw wrong(isWrite(call) ? 'errors beside a success' : 'errors instead of records');
    return body as Answer['body'];
  }
}

/** Some failures come with a success code: `{"errors": …}`, or v1's `{"STATUS": "Error"}`. */
function tellsOfErrors(body: object): boolean {
  return Object.entries(body).some(([key, value]: [string, unknown]) => {
    if (key === 'STATUS') return value !== 'OK';
    if (key.toLowerCase() !== 'errors' || typeof value !== 'object' || value === null) return false;
    return Object.keys(value).length > 0;
  });
}

/** Names of failures that come before the first byte is sent: no connection, no host, no trusted certificate. */
const beforeSending =
  /^(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|UND_ERR_CONNECT_TIMEOUT|ERR_TLS_|CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_)/;

/** The name of what went wrong, never its message: that may repeat a header or a URL. */
function codeOf(error: unknown): string {
  const { cause, code, name } = error as { cause?: unknown; code?: unknown; name?: unknown };
  if (typeof cause === 'object' && cause !== null) return codeOf(cause);
  return typeof code === 'string' ? code : typeof name === 'string' ? name : 'unknown cause';
}
