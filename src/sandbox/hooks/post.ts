/** One call to a hook: the status of its answer, 0 where none came in time. */
import * as http from 'node:http';
import * as https from 'node:https';

interface Post {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

export function post({ url, headers, body, timeoutMs, signal }: Post): Promise<number> {
  return new Promise((resolve) => {
    const { request: begin } = new URL(url).protocol === 'https:' ? https : http;
    // A connection of its own: one kept alive may be closed by the hook at the very moment it is used again.
    const request = begin(url, {
      method: 'POST',
      agent: false,
      signal,
      headers: { ...headers, 'Content-Length': Buffer.byteLength(body) },
    });
    // It also ends an answer that never does.
    const timer = setTimeout(() => request.destroy(), timeoutMs);
    request.on('response', (answer) => {
      resolve(answer.statusCode ?? 0);
      answer.on('error', () => undefined);
      answer.resume();
    });
    request.on('error', () => {
      resolve(0);
    });
    request.on('close', () => {
      clearTimeout(timer);
      resolve(0);
    });
    request.end(body);
  });
}
