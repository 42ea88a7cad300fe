/** Whatever is asked of any route, by an administrator too: an answer, never a failure of ours, and nothing of its insides. */
import fc from 'fast-check';
import type { FastifyInstance } from 'fastify';
import { routes } from '../../src/console/routes';
import type { Engine } from '../../src/engine';
import { openConsole, signIn, type Person } from '../support/console-on';
import { createMigratedDatabase, type TestDatabase } from '../support/database';
import { openEngineOn } from '../support/engine-on';
import { aWorld } from '../support/store-world';

let database: TestDatabase;
let engine: Engine;
let app: FastifyInstance;
let ada: Person;
let link: string;

beforeAll(async () => {
  database = await createMigratedDatabase();
  engine = await openEngineOn(database.url);
  app = await openConsole(engine);
  ada = await signIn(app, engine, 'Ada', 'administrator');
  const world = await aWorld(engine, { id: 'acme' });
  link = String(await world.linkedCompany('Acme', { teamwork: '1', desk: '7' }));
});
afterAll(async () => {
  await app.close();
  await engine.close();
  await database.drop();
});

/** Every name that a form or an address of the console has. */
const names = [
  ...['site', 'url', 'name', 'role', 'disabled', 'set', 'link', 'session', 'verdict', 'id', 'field', 'side'],
  ...['search', 'status', 'order', 'after', 'choose', 'record', 'share', 'website', 'email', 'domains'],
  ...['conflictPolicy', 'budgetShare', 'automaticallyCreateContacts', 'includeEarlier', 'deskCreated'],
  ...[
    'testOnly',
    'teamworkToken',
    'deskToken',
    'vendorSync',
    'rotateHookSecrets',
    'withPeople',
    'addAsClient',
  ],
  ...['password', 'current', '__proto__', 'constructor'],
];
const odd = [
  ...['', ' ', '0', '-1', '1', '999999999999999999999', '1e309', 'NaN', 'null', 'true', '2024-02-30', '٣'],
  ...[
    '\u0000',
    'a\u0000b',
    '\ud800',
    '\u202e',
    '%',
    '%00',
    '%zz',
    '..',
    '../../etc/passwd',
    'a'.repeat(5_000),
  ],
  ...[
    "'; drop table sites; --",
    '${7*7}',
    '{{7*7}}',
    '<script>alert(1)</script>',
    '\r\nSet-Cookie: a=b',
    '__proto__',
  ],
  ...[
    'constructor',
    'desk',
    'teamwork',
    'company',
    'failing',
    'https://acme.test',
    '[]',
    '{"a":1}',
    '😀',
    'İ',
  ],
];
const value = fc.oneof(fc.constantFrom(...odd), fc.string({ unit: 'binary', maxLength: 40 }));
/** What is there, so that a request gets far; and now and then what is not. */
const mostly = (there: string) =>
  fc.oneof({ weight: 4, arbitrary: fc.constant(there) }, { weight: 1, arbitrary: fc.constantFrom(...odd) });
const fields = fc.array(fc.tuple(fc.constantFrom(...names), value), { maxLength: 6 });
/** Lone surrogates have no form in an address: they arrive as the character that replaces them. */
const encoded = (text: string) => encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\uFFFD'));

/** They are not there, which takes a while to find out. */
const asksVendors = (path: string) => /connect$/.test(path);

/** Their page never ends. Signing out and being changed end the session that asks. */
const asked = routes.filter(
  ({ path }) => !path.endsWith('/live') && !['/sign-out', '/users/:id'].includes(path),
);

test.each(asked)('$method $path', async ({ method, path }) => {
  const one = fc.tuple(mostly('acme'), mostly(link), fields);
  await fc.assert(
    fc.asyncProperty(one, async ([site, rest, given]) => {
      const url = path.replace(':site', encoded(site)).replace(/:\w+/g, encoded(rest));
      const pairs = given.map(([name, text]) => `${name}=${encoded(text)}`).join('&');
      const answer =
        method === 'GET'
          ? await ada.get(`${url}?${pairs}`)
          : await app.inject({
              method,
              url,
              payload: `csrf=${ada.csrf}&${pairs}`,
              headers: {
                cookie: ada.cookie,
                'content-type': 'application/x-www-form-urlencoded',
                'sec-fetch-site': 'same-origin',
              },
            });
      expect([url, pairs, answer.statusCode < 500]).toEqual([url, pairs, true]);
      expect(answer.body).not.toMatch(/node_modules|invalid byte sequence|error:|syntax error/i);
    }),
    { numRuns: asksVendors(path) ? 4 : 30, seed: 7 },
  );
  // Who asked is still there.
  expect((await ada.get('/account')).statusCode).toBe(200);
});
