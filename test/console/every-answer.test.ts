/** What every answer carries, whatever is asked and whoever asks; and that looking changes nothing. */
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import { assetPath } from '../../src/console/asset-routes';
import { routes } from '../../src/console/routes';
import type { Engine } from '../../src/engine';
import { formOf, host, openConsole, signIn, type Person } from '../support/console-on';
import { createMigratedDatabase, type TestDatabase } from '../support/database';
import { openEngineOn } from '../support/engine-on';
import { everyRow } from '../support/every-row';
import { aNewSite } from '../support/store-world';

let database: TestDatabase;
let engine: Engine;
let app: FastifyInstance;
let ada: Person;

beforeAll(async () => {
  database = await createMigratedDatabase();
  engine = await openEngineOn(database.url);
  app = await openConsole(engine);
  await engine.store.addSite(aNewSite({ id: 'acme' }));
  ada = await signIn(app, engine, 'Ada', 'administrator');
});
afterAll(async () => {
  await app.close();
  await engine.close();
  await database.drop();
});

const addressOf = (path: string) => path.replace(':site', 'acme').replace(/:\w+/g, '999999');
/** Their page never ends. */
const ended = routes.filter(({ path }) => !path.endsWith('/live'));
const looks = ended.filter(({ method }) => method === 'GET').map(({ path }) => path);
const changes = routes.filter(({ method }) => method === 'POST').map(({ path }) => path);

const headers = {
  'content-security-policy':
    "default-src 'none';script-src 'self';style-src 'self';img-src 'self';connect-src 'self';form-action 'self';base-uri 'none';frame-ancestors 'none';object-src 'none';require-trusted-types-for 'script';trusted-types live-region",
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
};

function carriedBy(answer: LightMyRequestResponse): object {
  return Object.fromEntries(Object.keys(headers).map((name) => [name, answer.headers[name]]));
}

describe('the security headers are on', () => {
  const of = async (method: 'GET' | 'POST', url: string, cookie?: string) => {
    const { payload, headers: own } = formOf({});
    const asked = { method, url, headers: { ...own, ...(cookie === undefined ? {} : { cookie }) } };
    return app.inject(method === 'POST' ? { ...asked, payload } : asked);
  };

  test.each([...looks, '/sign-in', '/sign-in/no-such-link'])('GET %s', async (path) => {
    for (const cookie of [ada.cookie, undefined]) {
      const answer = await of('GET', addressOf(path), cookie);
      expect([answer.headers['set-cookie'], carriedBy(answer)]).toEqual([undefined, headers]);
    }
  });

  test.each([...changes, '/sign-in/no-such-link'])('the refusals of POST %s', async (path) => {
    for (const cookie of [ada.cookie, undefined]) {
      const answer = await of('POST', addressOf(path), cookie);
      expect(answer.statusCode).toBeGreaterThanOrEqual(300);
      expect([answer.headers['set-cookie'], carriedBy(answer)]).toEqual([undefined, headers]);
    }
  });

  test('what pages are dressed in, which may be kept', async () => {
    const assets = (['console.css', 'parts.css', 'live.js', 'icon.svg'] as const).map(assetPath);
    const answers = await Promise.all(assets.map((path) => of('GET', path)));
    expect(answers.map(({ statusCode }) => statusCode)).toEqual(answers.map(() => 200));
    for (const answer of answers) {
      expect(carriedBy(answer)).toEqual({
        ...headers,
        'cache-control': 'public, max-age=31536000, immutable',
      });
    }
  });
});

describe('a form that a page of another site sends with the cookie and the token', () => {
  test.each(changes)('is refused by POST %s before it does anything', async (path) => {
    const before = await everyRow(database.url);
    const { payload, headers: own } = formOf({ csrf: ada.csrf, name: 'Trudy', role: 'administrator' });
    const { 'sec-fetch-site': _ours, ...form } = own;
    for (const from of [{ 'sec-fetch-site': 'cross-site' }, { origin: 'null' }]) {
      const sent = { ...form, ...from, cookie: ada.cookie };
      const answer = await app.inject({ method: 'POST', url: addressOf(path), payload, headers: sent });
      expect([path, answer.statusCode]).toEqual([path, 403]);
    }
    expect(await everyRow(database.url)).toEqual(before);
  });

  test.each(changes)('and without the token by POST %s from a page of ours', async (path) => {
    const { payload, headers: own } = formOf({ name: 'Trudy', role: 'administrator' });
    const sent = { ...own, cookie: ada.cookie };
    const answer = await app.inject({ method: 'POST', url: addressOf(path), payload, headers: sent });
    expect([path, answer.statusCode]).toEqual([path, 403]);
  });
});

test('GET changes nothing', async () => {
  const seen = ({ console_sessions: _sessions, ...rest }: Record<string, readonly string[]>) => rest;
  const before = seen(await everyRow(database.url));
  for (const path of looks) {
    const answer = await app.inject({
      method: 'GET',
      url: addressOf(path),
      headers: { host, cookie: ada.cookie },
    });
    expect([path, answer.statusCode < 500]).toEqual([path, true]);
  }
  expect(seen(await everyRow(database.url))).toEqual(before);
});

test('what fails here is told without its insides', async () => {
  const away = await openEngineOn(database.url);
  const lost = await openConsole(away);
  const joan = await signIn(lost, away, 'Joan', 'viewer');
  await away.close();
  const answers = [await joan.get('/sites/acme'), await joan.post('/sites/acme/runs/plan')];
  await lost.close();
  for (const answer of answers) {
    expect([answer.statusCode, carriedBy(answer)]).toEqual([500, headers]);
    expect(answer.body).toContain('Something failed here');
    expect(answer.body).not.toMatch(/postgres|pool|select |driver|node_modules|\.js:\d/i);
  }
});
