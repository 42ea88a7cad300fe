/** Who may use the console: signing in, roles, sessions, forms of other sites. */
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { routes } from '../../src/console/routes';
import type { Engine } from '../../src/engine';
import type { Role } from '../../src/ports/accounts';
import { formOf, host, openConsole, signIn, type Person } from '../support/console-on';
import { createMigratedDatabase, type TestDatabase } from '../support/database';
import { openEngineOn } from '../support/engine-on';

let database: TestDatabase;
let engine: Engine;
let app: FastifyInstance;
const people = new Map<Role, Person>();
const ranks: readonly Role[] = ['viewer', 'operator', 'administrator'];

beforeAll(async () => {
  database = await createMigratedDatabase();
  engine = await openEngineOn(database.url);
  app = await openConsole(engine);
  for (const role of ranks) people.set(role, await signIn(app, engine, `the ${role}`, role));
});
afterAll(async () => {
  await app.close();
  await engine.close();
  await database.drop();
});

const person = (role: Role): Person => {
  const found = people.get(role);
  if (found === undefined) throw new Error(`Nobody is ${role}.`);
  return found;
};

/** Of a site and a link that are not there: whoever may comes to "not found", or to a form's own refusal. */
const addressOf = (path: string) => path.replace(':site', 'nowhere').replace(/:\w+/g, '999999');
const table = routes.flatMap(({ method, path, role }) => ranks.map((own) => ({ method, path, role, own })));
/** Acts on whoever asks, so the shared sessions are kept out of it. */
const ownRoutes = ['/sign-out'];
/** Their page never ends. */
const isLive = (path: string) => path.endsWith('/live');

describe('each route is for its role and those above, decided on the server', () => {
  test('no two are the same', () => {
    const all = routes.map(({ method, path }) => `${method} ${path}`);
    expect(new Set(all).size).toBe(all.length);
  });

  test('what changes something is for operators or administrators, but for one’s own account', () => {
    const open = routes.filter(({ method, role }) => method === 'POST' && role === 'viewer');
    expect(open.map(({ path }) => path).sort()).toEqual([
      '/account/password',
      '/account/sessions/end',
      '/sign-out',
    ]);
  });

  test.each(table.filter(({ path }) => !ownRoutes.includes(path) && !isLive(path)))(
    '$method $path ($role) as $own',
    async ({ method, path, role, own }) => {
      const url = addressOf(path);
      const { statusCode } = method === 'GET' ? await person(own).get(url) : await person(own).post(url);
      const may = ranks.indexOf(own) >= ranks.indexOf(role);
      expect([statusCode === 403, statusCode < 500]).toEqual([!may, true]);
    },
  );

  test.each(routes)('$method $path: nobody without a session', async ({ method, path }) => {
    const { headers, payload } = formOf({});
    const asked = { method, url: addressOf(path), headers };
    const answer = await app.inject(method === 'POST' ? { ...asked, payload } : asked);
    expect(answer.headers.location).toBe('/sign-in');
    expect(answer.body).toBe('');
  });
});

describe('signing in', () => {
  test('a link signs in once, and looking at it does not use it up', async () => {
    const token = await engine.accounts.signInLink('Ada', 'operator', 60_000);
    const url = `/sign-in/${token}`;
    const look = await app.inject({ method: 'GET', url, headers: { host } });
    expect([look.statusCode, look.headers['set-cookie']]).toEqual([200, undefined]);
    expect((await app.inject({ method: 'POST', url, ...formOf({}) })).statusCode).toBe(303);
    expect((await app.inject({ method: 'POST', url, ...formOf({}) })).statusCode).toBe(410);
  });

  test('a link that is over signs nobody in', async () => {
    const token = await engine.accounts.signInLink('Ada', 'operator', -1);
    expect((await app.inject({ method: 'POST', url: `/sign-in/${token}`, ...formOf({}) })).statusCode).toBe(
      410,
    );
  });

  test('a link for a user who is there leaves the role as it is', async () => {
    const again = await signIn(app, engine, 'the viewer', 'administrator');
    expect((await again.get('/users')).statusCode).toBe(403);
  });

  test('the cookie is of this host alone, for no script, for no other site', async () => {
    const token = await engine.accounts.signInLink('Ada', 'operator', 60_000);
    const answer = await app.inject({ method: 'POST', url: `/sign-in/${token}`, ...formOf({}) });
    expect(String(answer.headers['set-cookie']).replace(/=[\w-]{43};/, '=…;')).toBe(
      '__Host-session=…; Path=/; HttpOnly; Secure; SameSite=Strict',
    );
  });

  test('a password, once set, signs in; a wrong one and an unknown name say the same', async () => {
    const grace = await signIn(app, engine, 'Grace', 'viewer');
    expect((await grace.post('/account/password', { password: 'short' })).statusCode).toBe(303);
    expect((await grace.get('/account')).body).toContain('at least 12 characters');
    await grace.post('/account/password', { password: 'grace, grace, grace' });
    expect((await grace.get('/account')).body).toContain('commonly known');
    await grace.post('/account/password', { password: 'four words in a row' });
    const tried = (name: string, password: string) =>
      app.inject({ method: 'POST', url: '/sign-in', ...formOf({ name, password }) });
    expect((await tried('grace', 'four words in a row')).statusCode).toBe(303);
    const [wrong, unknown] = [
      await tried('Grace', 'something else'),
      await tried('Nobody', 'something else'),
    ];
    expect([wrong.statusCode, unknown.statusCode]).toEqual([401, 401]);
    expect(wrong.body.replace('value="Grace"', '')).toBe(unknown.body.replace('value="Nobody"', ''));
  });

  test('guessing at many names at once leaves room: a link signs in meanwhile, a password right after', async () => {
    const hopper = await signIn(app, engine, 'Hopper', 'viewer');
    await hopper.post('/account/password', { password: 'four words in a row' });
    const tried = (name: string, password: string) =>
      app.inject({ method: 'POST', url: '/sign-in', ...formOf({ name, password }) });
    const guesses = Array.from({ length: 60 }, (_, n) => tried(`name ${n}`, 'a guess'));
    expect((await (await signIn(app, engine, 'Grace', 'viewer')).get('/account')).statusCode).toBe(200);
    const codes = (await Promise.all(guesses)).map(({ statusCode }) => statusCode);
    expect([...new Set(codes)].sort()).toEqual([401, 429]);
    expect((await tried('Hopper', 'four words in a row')).statusCode).toBe(303);
  });

  test('the log tells who signed in and that somebody could not, and nothing that was typed', async () => {
    const lines: { level: number; msg: string; by?: string; user?: number }[] = [];
    const write = (line: string) => void lines.push(JSON.parse(line) as (typeof lines)[number]);
    const logged = await openConsole(engine, pino({ level: 'info' }, { write }));
    await signIn(logged, engine, 'Lin', 'viewer');
    const sent = {
      ...formOf({ name: 'a password by mistake', password: 'a guess' }),
      method: 'POST',
    } as const;
    await logged.inject({ ...sent, url: '/sign-in' });
    await logged.inject({ ...sent, url: '/sign-in/no-such-link' });
    await logged.close();
    const user = (await engine.accounts.users()).find(({ name }) => name === 'Lin')?.id;
    expect(lines).toMatchObject([
      { level: 30, msg: 'somebody signed in', by: 'link', user },
      { level: 40, msg: 'a sign-in was refused', by: 'password' },
      { level: 40, msg: 'a sign-in was refused', by: 'link' },
    ]);
    expect(JSON.stringify(lines)).not.toMatch(/mistake|guess|no-such-link|Lin/);
  });

  test('guessing is slowed down, whoever the guesser says to be', async () => {
    const codes = new Set<number>();
    const { payload, headers } = formOf({ name: 'Mallory', password: 'x' });
    for (let n = 0; n < 12; n++) {
      const spoofed = { ...headers, 'x-forwarded-for': `203.0.113.${n}`, forwarded: `for=203.0.113.${n}` };
      const answer = await app.inject({ method: 'POST', url: '/sign-in', payload, headers: spoofed });
      codes.add(answer.statusCode);
    }
    expect([...codes]).toEqual([401, 429]);
  });
});

test('there is always an administrator', async () => {
  const [user] = (await engine.accounts.users()).filter(({ name }) => name === 'the administrator');
  await person('administrator').post(`/users/${user?.id ?? 0}`, { role: 'viewer' });
  expect((await person('administrator').get('/users')).body).toContain('the last administrator');
});

describe('a form of another site', () => {
  const sent = (headers: Record<string, string>, form: Record<string, string>) => {
    const { cookie } = person('administrator');
    const base = { host, cookie, 'content-type': 'application/x-www-form-urlencoded' };
    const payload = new URLSearchParams({ name: 'Trudy', role: 'administrator', ...form }).toString();
    return app.inject({ method: 'POST', url: '/users', payload, headers: { ...base, ...headers } });
  };

  test.each<[string, Record<string, string>]>([
    ['told by Sec-Fetch-Site', { 'sec-fetch-site': 'cross-site' }],
    ['of a sibling host', { 'sec-fetch-site': 'same-site' }],
    ['told by Origin', { origin: 'https://evil.example' }],
    ['with an opaque origin', { origin: 'null' }],
  ])('%s changes nothing, even with the right token', async (_what, headers) => {
    expect((await sent(headers, { csrf: person('administrator').csrf })).statusCode).toBe(403);
    expect((await engine.accounts.users()).map(({ name }) => name)).not.toContain('Trudy');
  });

  test.each([
    ['no token', {}],
    ['the token of another session', { csrf: 'x'.repeat(43) }],
  ])('with %s changes nothing', async (_what, form) => {
    expect((await sent({ 'sec-fetch-site': 'same-origin' }, form)).statusCode).toBe(403);
    expect((await engine.accounts.users()).map(({ name }) => name)).not.toContain('Trudy');
  });
});

test.each([
  ['the page that the form was on', `https://${host}/users?x=1`, '/users?x=1'],
  ['the start, where that is of another site', 'https://evil.example/users', '/'],
  ['the start, where that is of this host on another port', `https://${host}1/users`, '/'],
  ['the start, where it is none', 'users', '/'],
])('a refusal leads back to %s', async (_what, referer, expected) => {
  const { cookie, csrf } = person('administrator');
  const { headers, payload } = formOf({ name: '', csrf });
  const sent = { method: 'POST', url: '/users', payload, headers: { ...headers, cookie, referer } } as const;
  expect((await app.inject(sent)).headers.location).toBe(expected);
});

test('what is noted in the audit list is read from it, the latest first', async () => {
  await engine.accounts.noteAudit({ who: 'Ada', site: null, what: 'something', detail: {} });
  const [entry] = await engine.accounts.audit(null, 1);
  expect(entry).toMatchObject({ who: 'Ada', what: 'something' });
});
