/** What the clients are tried against: a sandbox on a port of its own, or a server that answers as it is told. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createSideApi } from '../../src/apis/side-api';
import { ApiError } from '../../src/domain/errors';
import type { Side } from '../../src/domain/record';
import type { SideApi } from '../../src/ports/apis';
import type { Permit, RateSignal } from '../../src/ports/budget';
import { buildSandbox } from '../../src/sandbox/server';
import type { SandboxContext } from '../../src/sandbox/context';

export const token = 'secret-token-4711';

/** A permit that keeps what it is told. */
export function recordingPermit(): Permit & { readonly signals: RateSignal[] } {
  const signals: RateSignal[] = [];
  return {
    grantedAt: '2026-01-02T03:04:05.000Z',
    signals,
    answered: (signal) => {
      signals.push(signal);
      return Promise.resolve();
    },
  };
}

export function client(
  side: Side,
  url: string,
  ownerCompanyId: string | null = '1',
  timeoutMs = 5_000,
): SideApi {
  return createSideApi({ side, url, token, ownerCompanyId, timeoutMs, fileHosts: [] });
}

/** The `ApiError` that a call ends in; fails where it ends otherwise. */
export async function failureOf(call: Promise<unknown>): Promise<ApiError> {
  const outcome = await call.then(
    () => 'it succeeded',
    (error: unknown) => error,
  );
  if (outcome instanceof ApiError) return outcome;
  throw outcome instanceof Error ? outcome : new Error(String(outcome));
}

export interface Told {
  readonly url: string;
  /** What arrived, oldest first. */
  readonly requests: {
    readonly method: string;
    readonly url: URL;
    readonly headers: IncomingMessage['headers'];
    readonly body: unknown;
  }[];
  close(): Promise<void>;
}

export type AnswerOf = (url: URL, response: ServerResponse, method: string) => void;

/** A server that answers every request with `answer`. */
export async function serve(answer: AnswerOf): Promise<Told> {
  const requests: Told['requests'] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const url = new URL(request.url ?? '/', 'http://told.test');
      const text = Buffer.concat(chunks).toString();
      const method = request.method ?? '';
      requests.push({ method, url, headers: request.headers, body: text === '' ? null : JSON.parse(text) });
      answer(url, response, method);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** An answer with a JSON body. */
export function json(body: unknown, status = 200, headers: Record<string, string> = {}): AnswerOf {
  return raw(JSON.stringify(body), status, { 'content-type': 'application/json', ...headers });
}

export function raw(body: string, status = 200, headers: Record<string, string> = {}): AnswerOf {
  return (_url, response) => {
    response.writeHead(status, headers).end(body);
  };
}

export interface OpenSandbox {
  readonly url: string;
  readonly ctx: SandboxContext;
  readonly teamwork: SideApi;
  readonly desk: SideApi;
  /** Puts in one fault of the sandbox. */
  fault(rule: {
    side: Side;
    kind: string;
    method?: string;
    status?: number;
    delayMs?: number;
  }): Promise<void>;
  control(name: string, body: object): Promise<void>;
  close(): Promise<void>;
}

/** A small agency; `token` is an admin of both sides. */
export async function openSandbox(size = { companies: 6, people: 30 }, perMinute = 0): Promise<OpenSandbox> {
  const { app, ctx } = buildSandbox({
    tokens: [token],
    size: { seed: 1, scenario: 'agency', ...size },
    latencyMs: 0,
    perMinute: { teamwork: perMinute, desk: perMinute },
  });
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  const owner = ctx.world.tables.teamworkCompanies.by('owner', 'owner')[0];
  const ownerId = String(owner?.id);
  const control = async (name: string, body: object): Promise<void> => {
    const answer = await fetch(`${url}/sandbox/${name}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${name}: ${await answer.text()}`);
  };
  return {
    url,
    ctx,
    teamwork: client('teamwork', url, ownerId),
    desk: client('desk', url, null),
    control,
    fault: (rule) => control('faults', { times: 1, ...rule }),
    close: () => app.close(),
  };
}
