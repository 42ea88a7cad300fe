/** A sandbox on a port of its own and plain calls to it: Teamwork.com at /, Desk below /desk, the controls below /sandbox. */
import type { SandboxOptions } from '../../src/sandbox/server';
import { buildSandbox } from '../../src/sandbox/server';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The parsed body; null where it is no JSON. */
  readonly body: unknown;
}

const SMALL_SITE: SandboxOptions = {
  tokens: ['token-a', 'token-b'],
  size: { seed: 1, companies: 0, people: 0, scenario: 'empty-desk' },
  perMinute: { teamwork: 0, desk: 0 },
  latencyMs: 0,
};

export interface Extra {
  /** Null sends no credential. */
  readonly token?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
}

export async function openSandbox(options: Partial<SandboxOptions> = {}) {
  const { app, ctx } = buildSandbox({ ...SMALL_SITE, ...options });
  const address = await app.listen({ host: '127.0.0.1', port: 0 });

  async function call(method: string, path: string, body?: unknown, extra: Extra = {}): Promise<Answer> {
    const { token = 'token-a', headers = {} } = extra;
    const response = await fetch(path.startsWith('http') ? path : address + path, {
      method,
      redirect: 'manual',
      headers: {
        ...(token === null ? {} : { Authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...headers,
      },
      body: body === undefined ? null : bodyOf(body),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, body: parsed(text) };
  }

  return {
    address,
    ctx,
    call,
    get: (path: string, extra?: Extra) => call('GET', path, undefined, extra),
    post: (path: string, body: unknown, extra?: Extra) => call('POST', path, body, extra),
    control: (path: string, body?: unknown) =>
      call(body === undefined ? 'GET' : 'POST', `/sandbox${path}`, body),
    close: () => app.close(),
  };
}

export type OpenSandbox = Awaited<ReturnType<typeof openSandbox>>;

function bodyOf(body: unknown): string | Uint8Array<ArrayBuffer> {
  if (body instanceof Uint8Array) return new Uint8Array(body);
  return typeof body === 'string' ? body : JSON.stringify(body);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
