/** The console over a database, asked without a network; and people who are signed in to it. */
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import type { Logger } from 'pino';
import { createApp } from '../../src/bridge/app';
import { consoleOn } from '../../src/console/console';
import type { Engine } from '../../src/engine';
import { createLogger } from '../../src/logging';
import type { Role } from '../../src/ports/accounts';

export interface Person {
  readonly cookie: string;
  readonly csrf: string;
  get(path: string): Promise<LightMyRequestResponse>;
  /** As the page's own form would send it. */
  post(path: string, form?: Readonly<Record<string, string>>): Promise<LightMyRequestResponse>;
}

export const host = 'sync.example.test';

export async function openConsole(
  engine: Engine,
  log: Logger = createLogger('silent'),
): Promise<FastifyInstance> {
  const app = createApp({ ...engine, log, poke: () => undefined });
  await consoleOn(app, {
    ...engine,
    pollMs: 60_000,
    temporalUi: { url: 'http://ui.example.test', namespace: 'default' },
  });
  await app.ready();
  return app;
}

export const formOf = (fields: Readonly<Record<string, string>>) => ({
  payload: new URLSearchParams(fields).toString(),
  headers: { host, 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' },
});

export async function signIn(
  app: FastifyInstance,
  engine: Engine,
  name: string,
  role: Role,
): Promise<Person> {
  const token = await engine.accounts.signInLink(name, role, 60_000);
  const form = formOf({});
  const agent = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
  const headers = { ...form.headers, 'user-agent': agent };
  const answer = await app.inject({ method: 'POST', url: `/sign-in/${token}`, ...form, headers });
  const cookie = String(answer.headers['set-cookie']).split(';')[0] ?? '';
  const account = await app.inject({ method: 'GET', url: '/account', headers: { host, cookie } });
  const csrf = /name="csrf" value="([^"]+)"/.exec(account.body)?.[1] ?? '';
  return {
    cookie,
    csrf,
    get: (url) => app.inject({ method: 'GET', url, headers: { host, cookie } }),
    post(url, form = {}) {
      const { payload, headers } = formOf({ csrf, ...form });
      return app.inject({ method: 'POST', url, payload, headers: { ...headers, cookie } });
    },
  };
}
