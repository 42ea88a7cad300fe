/** Calls to hooks: the status of the answer, 0 where none came in time. */
import * as http from 'node:http';
import * as https from 'node:https';

interface Post {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly timeoutMs: number;
}

export function createPoster() {
  const plain = { begin: http.request, agent: new http.Agent({ keepAlive: true }) };
  const secure = { begin: https.request, agent: new https.Agent({ keepAlive: true }) };
  let stops = 0;

  function post(call: Post): Promise<number> {
    const { url, headers, body, timeoutMs } = call;
    const { begin, agent } = new URL(url).protocol === 'https:' ? secure : plain;
    const begun = stops;
    return new Promise((resolve) => {
      const request = begin(url, {
        method: 'POST',
        agent,
        headers: { ...headers, 'Content-Length': Buffer.byteLength(body) },
      });
      // It also ends an answer that never does.
      const timer = setTimeout(() => request.destroy(), timeoutMs);
      request.on('response', (answer) => {
        resolve(answer.statusCode ?? 0);
        answer.on('error', () => undefined);
        answer.resume();
      });
      request.on('error', (error: NodeJS.ErrnoException) => {
        // A kept connection may be closed by the hook at the very moment it is used again: that is no answer of it.
        const isStale = request.reusedSocket && error.code === 'ECONNRESET' && begun === stops;
        resolve(isStale ? post(call) : 0);
      });
      request.on('close', () => {
        clearTimeout(timer);
        resolve(0);
      });
      request.end(body);
    });
  }

  return {
    post,
    /** Cuts all connections. */
    stop(): void {
      stops += 1;
      plain.agent.destroy();
      secure.agent.destroy();
    },
  };
}
