/** Sessions of the console: how they end, and the list of one's own. */
import type { FastifyInstance } from 'fastify';
import { Client } from 'pg';
import type { Engine } from '../../src/engine';
import { formOf, host, openConsole, signIn } from '../support/console-on';
import { createMigratedDatabase, type TestDatabase } from '../support/database';
import { openEngineOn } from '../support/engine-on';
import { aNewSite } from '../support/store-world';

let database: TestDatabase;
let engine: Engine;
let app: FastifyInstance;

beforeAll(async () => {
  database = await createMigratedDatabase();
  engine = await openEngineOn(database.url);
  app = await openConsole(engine);
});
afterAll(async () => {
  await app.close();
  await engine.close();
  await database.drop();
});

async function inPostgres(statement: string): Promise<void> {
  const client = new Client({ connectionString: database.url });
  await client.connect();
  await client.query(statement).finally(() => client.end());
}

describe('a session', () => {
  test('ends with signing out', async () => {
    const ada = await signIn(app, engine, 'Ada', 'operator');
    await ada.post('/sign-out');
    expect((await ada.get('/account')).headers.location).toBe('/sign-in');
  });

  test('ends when its user is disabled, who comes in no more by any link', async () => {
    const eve = await signIn(app, engine, 'Eve', 'operator');
    const [user] = (await engine.accounts.users()).filter(({ name }) => name === 'Eve');
    const ada = await signIn(app, engine, 'the administrator', 'administrator');
    await ada.post(`/users/${user?.id ?? 0}`, { role: 'operator', disabled: 'on' });
    expect((await eve.get('/account')).headers.location).toBe('/sign-in');
    const token = await engine.accounts.signInLink('Eve', 'operator', 60_000);
    expect((await app.inject({ method: 'POST', url: `/sign-in/${token}`, ...formOf({}) })).statusCode).toBe(
      410,
    );
  });

  test('is a new one at each sign-in, whatever cookie somebody was given before', async () => {
    const token = await engine.accounts.signInLink('Fay', 'viewer', 60_000);
    const { payload, headers } = formOf({});
    const planted = { ...headers, cookie: '__Host-session=planted' };
    const answer = await app.inject({ method: 'POST', url: `/sign-in/${token}`, payload, headers: planted });
    expect(String(answer.headers['set-cookie'])).toMatch(/^__Host-session=[\w-]{43};/);
    const asked = await app.inject({ method: 'GET', url: '/account', headers: planted });
    expect(asked.headers.location).toBe('/sign-in');
  });

  test('is one of a list, by browser, in which each can be ended, and nobody else’s', async () => {
    const [here, there] = [
      await signIn(app, engine, 'Ann', 'viewer'),
      await signIn(app, engine, 'Ann', 'viewer'),
    ];
    const bob = await signIn(app, engine, 'Bob', 'viewer');
    const page = (await here.get('/account')).body;
    expect(page.match(/<strong>Firefox on Linux/g)).toHaveLength(2);
    expect(page.match(/\(this one\)/g)).toHaveLength(1);
    const names = [...page.matchAll(/name="session" value="([0-9a-f]{24})"/g)].map(([, name = '']) => name);
    const [other = '', ...more] = names;
    expect(more).toEqual([]);

    await bob.post('/account/sessions/end', { session: other });
    expect((await bob.get('/account')).body).toContain('You have no such session');
    expect((await there.get('/account')).statusCode).toBe(200);
    await here.post('/account/sessions/end', { session: other });
    expect((await there.get('/account')).headers.location).toBe('/sign-in');
    expect((await here.get('/account')).body).toContain('That session is ended.');
  });

  test('can end all the others of its user at once, and says how many', async () => {
    const [here, ...others] = await Promise.all(
      Array.from({ length: 3 }, () => signIn(app, engine, 'Cy', 'viewer')),
    );
    const bob = await signIn(app, engine, 'Bob', 'viewer');
    await here?.post('/account/sessions/end', { session: 'others' });
    expect((await here?.get('/account'))?.body).toContain('2 sessions ended');
    for (const one of others) expect((await one.get('/account')).headers.location).toBe('/sign-in');
    expect((await bob.get('/account')).statusCode).toBe(200);
    const [entry] = await engine.accounts.audit(null, 1);
    expect(entry).toMatchObject({ who: 'Cy', what: 'own sessions ended', detail: { ended: 2 } });
  });

  test('ends when its user sets a password elsewhere, for which the present one is needed', async () => {
    const [here, there] = [
      await signIn(app, engine, 'Ida', 'viewer'),
      await signIn(app, engine, 'Ida', 'viewer'),
    ];
    const [first, second] = ['four words in a row', 'five other words in a row'];
    await here.post('/account/password', { password: first });
    expect((await there.get('/account')).headers.location).toBe('/sign-in');
    const stolen = await signIn(app, engine, 'Ida', 'viewer');
    for (const current of [{}, { current: '' }, { current: 'another few words' }]) {
      await stolen.post('/account/password', { password: second, ...current });
      expect((await stolen.get('/account')).body).toContain('The present password does not fit.');
    }
    expect((await here.get('/account')).statusCode).toBe(200);
    await here.post('/account/password', { password: second, current: first });
    expect((await here.get('/account')).body).toContain('Your password is set.');
    expect((await stolen.get('/account')).headers.location).toBe('/sign-in');
  });

  test('that ended is shown nothing more by a page that was open', async () => {
    const dora = await signIn(app, engine, 'Dora', 'viewer');
    await engine.store.addSite(aNewSite({ id: 'watched' }));
    const { cookie } = dora;
    const headers = { host, cookie };
    const page = await app.inject({ url: '/sites/watched/live', headers, payloadAsStream: true });
    const pieces = page.stream()[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
    expect(String((await pieces.next()).value)).toContain('data: ');
    await dora.post('/sign-out');
    while ((await pieces.next()).done !== true);
    expect(page.statusCode).toBe(200);
  });

  test.each([
    ['nobody used for 12 hours', 'seen_at'],
    ['is 7 days old, however much it is used', 'created_at'],
  ])('ends when it %s', async (_when, column) => {
    const joan = await signIn(app, engine, 'Joan', 'operator');
    const age = (hours: number) =>
      inPostgres(
        `update console_sessions set ${column} = clock_timestamp() - interval '${hours} hours'
          where user_id = (select id from console_users where name = 'Joan')`,
      );
    const [before, after] = column === 'seen_at' ? [11, 13] : [167, 169];
    await age(before);
    expect((await joan.get('/account')).statusCode).toBe(200);
    await age(after);
    expect((await joan.get('/account')).headers.location).toBe('/sign-in');
  });

  test('a made-up cookie is none', async () => {
    const answer = await app.inject({
      method: 'GET',
      url: '/',
      headers: { host, cookie: '__Host-session=made-up' },
    });
    expect(answer.headers.location).toBe('/sign-in');
  });
});
