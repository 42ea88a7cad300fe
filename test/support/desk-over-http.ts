/** A sandbox on a port of its own, and plain calls to its Desk API. */
import type { Clock } from '../../src/sandbox/clock';
import type { Sandbox, SandboxOptions } from '../../src/sandbox/server';
import { buildSandbox } from '../../src/sandbox/server';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The parsed body; null where it is no JSON. */
  readonly body: unknown;
}

export interface CallOptions {
  readonly token?: string | null;
  readonly contentType?: string | null;
}

/** A clock that a test moves by hand. */
export class HandClock implements Clock {
  private ms = Date.parse('2026-03-02T10:00:00Z');
  nowMs = () => this.ms;
  /** The present time as the vendors write it. */
  get now(): string {
    return new Date(this.ms).toISOString().replace('.000Z', 'Z');
  }
  forward(seconds: number): void {
    this.ms += seconds * 1000;
  }
}

const EMPTY_SITE: SandboxOptions = {
  tokens: ['token-a', 'token-b'],
  size: { seed: 1, companies: 0, people: 0, scenario: 'empty-desk' },
  perMinute: { teamwork: 0, desk: 0 },
  latencyMs: 0,
};

export async function openDesk(options: Partial<SandboxOptions> = {}) {
  const sandbox: Sandbox = buildSandbox({ ...EMPTY_SITE, ...options });
  const address = await sandbox.app.listen({ port: 0, host: '127.0.0.1' });

  async function call(
    method: string,
    path: string,
    body?: unknown,
    options: CallOptions = {},
  ): Promise<Answer> {
    const { token = 'token-a', contentType = 'application/json' } = options;
    const headers: Record<string, string> = {};
    if (token !== null) headers.Authorization = `Bearer ${token}`;
    if (contentType !== null && body !== undefined) headers['Content-Type'] = contentType;
    const sent = body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body);
    const url = path.startsWith('/sandbox') ? `${address}${path}` : `${address}/desk/api/v2${path}`;
    const response = await fetch(url, { method, headers, body: sent });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, body: parsed(text) };
  }

  /** Creates a record and gives its id. */
  async function create(path: string, body: unknown): Promise<number> {
    const answer = await call('POST', path, body);
    if (answer.status !== 201) throw new Error(`${path} answered ${answer.status}: ${answer.text}`);
    return Number(/"id":(\d+)/.exec(answer.text)?.[1]);
  }

  /** The ids of a list, in its order. */
  async function ids(kind: string, parameters: Record<string, string>): Promise<number[]> {
    const answer = await call('GET', `/${kind}.json?${new URLSearchParams(parameters).toString()}`);
    if (answer.status !== 200) throw new Error(`${kind} answered ${answer.status}: ${answer.text}`);
    return (answer.body as Record<string, { id: number }[]>)[kind]?.map(({ id }) => id) ?? [];
  }

  return {
    address,
    ctx: sandbox.ctx,
    call,
    ids,
    company: (name: string, ...domains: string[]) =>
      create('/companies.json', {
        company: { name },
        included: { domains: domains.map((domain) => ({ name: domain })) },
      }),
    customer: (email: string, rest: object = {}) =>
      create('/customers.json', { customer: { email }, ...rest }),
    close: () => sandbox.app.close(),
  };
}

export type Desk = Awaited<ReturnType<typeof openDesk>>;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
