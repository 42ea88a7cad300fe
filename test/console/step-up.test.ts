/** An open session alone approves no mass change: it takes the password again, or a sign-in just now (ASVS 7.5.3). */
import type { FastifyInstance } from 'fastify';
import { Client } from 'pg';
import type { Engine } from '../../src/engine';
import { openConsole, signIn, type Person } from '../support/console-on';
import { createMigratedDatabase, type TestDatabase } from '../support/database';
import { openEngineOn } from '../support/engine-on';
import { heldBreaks } from '../support/held-breaks';
import type { World } from '../support/store-world';

const password = 'four words in a row';

let database: TestDatabase;
let engine: Engine;
let app: FastifyInstance;
let grace: Person;
let linus: Person;

beforeAll(async () => {
  database = await createMigratedDatabase();
  engine = await openEngineOn(database.url);
  app = await openConsole(engine);
  grace = await signIn(app, engine, 'Grace', 'operator');
  await grace.post('/account/password', { password });
  linus = await signIn(app, engine, 'Linus', 'operator');
});
afterAll(async () => {
  await app.close();
  await engine.close();
  await database.drop();
});

async function aHold() {
  const { world, hold } = await heldBreaks(engine, 'Company');
  const page = `/sites/${world.site}/holds/${hold.number}`;
  return { world, page, set: String(hold.version) };
}
const isOpen = async ({ site }: World) => (await engine.reads.holds(site)).length === 1;

test('who has a password gives it again, on the page of the hold itself', async () => {
  const { world, page, set } = await aHold();
  expect((await grace.get(page)).body).toMatch(/<input name="password" type="password"/);
  for (const wrong of [{}, { password: '' }, { password: 'another few words' }]) {
    await grace.post(`${page}/approve`, { set, ...wrong });
    expect((await grace.get(page)).body).toContain('Your password does not fit. Nothing was done.');
    expect(await isOpen(world)).toBe(true);
  }
  await grace.post(`${page}/approve`, { set, password });
  expect(await isOpen(world)).toBe(false);
  expect((await engine.accounts.audit(world.site, 1))[0]).toMatchObject({
    who: 'Grace',
    what: 'hold approved',
  });
});

test('who has none has signed in just now', async () => {
  const { world, page, set } = await aHold();
  const signedIn = async (minutesAgo: number) => {
    const client = new Client({ connectionString: database.url });
    await client.connect();
    await client.query(
      `update console_sessions set created_at = clock_timestamp() - $1 * interval '1 minute'
        where user_id = (select id from console_users where name = 'Linus')`,
      [minutesAgo],
    );
    await client.end();
  };
  await signedIn(11);
  expect((await linus.get(page)).body).not.toContain('type="password"');
  await linus.post(`${page}/approve`, { set });
  expect((await linus.get(page)).body).toContain('a sign-in of the last 10 minutes');
  expect(await isOpen(world)).toBe(true);
  await signedIn(9);
  await linus.post(`${page}/approve`, { set });
  expect(await isOpen(world)).toBe(false);
});

test('a rejection needs neither: nothing follows from it', async () => {
  const { world, page, set } = await aHold();
  await grace.post(`${page}/reject`, { set });
  expect(await isOpen(world)).toBe(false);
});

test.each(['/account/password', '/sites/acme/holds/1/approve'])(
  'whoever took over a session guesses no faster there than at the door: %s',
  async (path) => {
    const mallory = await signIn(app, engine, 'Mallory', 'operator');
    const codes: number[] = [];
    for (let n = 0; n < 12; n++) codes.push((await mallory.post(path, { set: '1' })).statusCode);
    expect(codes.slice(10)).toEqual([429, 429]);
    expect(codes.slice(0, 10)).not.toContain(429);
    expect((await mallory.get('/account')).statusCode).toBe(200);
  },
);
