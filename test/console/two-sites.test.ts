/** Every route and command of one site, asked about what is another site's: it is not there, and nothing of it changes (ASVS 8.2.2). */
import type { FastifyInstance } from 'fastify';
import { routes } from '../../src/console/routes';
import type { Engine } from '../../src/engine';
import { operate } from '../cli/operator';
import { openConsole, signIn, type Person } from '../support/console-on';
import { createMigratedDatabase, type TestDatabase } from '../support/database';
import { openEngineOn } from '../support/engine-on';
import { everyRow } from '../support/every-row';
import { heldBreaks } from '../support/held-breaks';
import { aWorld } from '../support/store-world';

const canary = 'Canary Works';

let database: TestDatabase;
let engine: Engine;
let app: FastifyInstance;
let ada: Person;
/** What names a link, a hold and a run of theirs. */
let named: Readonly<Record<string, string>>;

beforeAll(async () => {
  database = await createMigratedDatabase();
  engine = await openEngineOn(database.url);
  app = await openConsole(engine);
  ada = await signIn(app, engine, 'Ada', 'administrator');
  const ours = await aWorld(engine, { id: 'ours' });
  await ours.linkedCompany('Ours', { teamwork: '1', desk: '1' });
  const { world: theirs, hold, links } = await heldBreaks(engine, canary, 'theirs');
  await theirs.store.startRun('theirs', 'run-of-theirs', 'plan');
  named = {
    ...{ link: String(links[0]), number: String(links[0]), run: 'run-of-theirs' },
    ...{ hold: String(hold.number), set: String(hold.version) },
  };
});
afterAll(async () => {
  await app.close();
  await engine.close();
  await database.drop();
});

const below = routes.filter(({ path }) => path.startsWith('/sites/:site'));
/** Their page never ends. */
const ended = below.filter(({ path }) => !path.endsWith('/live'));
const addressIn = (path: string, site: string) =>
  path.replace(':site', site).replace(/:(\w+)/g, (_all, name: string) => named[name] ?? 'nothing');
const rowsOfTheirs = async () =>
  Object.entries(await everyRow(database.url)).map(([table, rows]) => [
    table,
    rows.filter((row) => row.includes('"site": "theirs"')),
  ]);

test('what is looked for would be found: their own pages show it', async () => {
  const { link = '', hold = '' } = named;
  for (const path of ['/companies', `/links/${link}`, `/holds/${hold}`]) {
    expect((await ada.get(`/sites/theirs${path}`)).body).toContain(canary);
  }
  expect((await rowsOfTheirs()).flat(2).join()).toContain(canary);
});

test.each(ended.filter(({ method }) => method === 'GET'))(
  'GET $path shows nothing of it',
  async ({ path }) => {
    const { body, statusCode } = await ada.get(addressIn(path, 'ours'));
    expect([statusCode < 500, body.includes(canary)]).toEqual([true, false]);
  },
);

test.each(ended.filter(({ method, path }) => method === 'GET' && /:(number|hold|run)/.test(path)))(
  'GET $path finds no such thing',
  async ({ path }) => {
    const { statusCode } = await ada.get(addressIn(path, 'ours'));
    expect([404, 409]).toContain(statusCode);
  },
);

test.each(ended.filter(({ method }) => method === 'POST'))(
  'POST $path changes nothing of it',
  async ({ path }) => {
    const before = await rowsOfTheirs();
    const { statusCode } = await ada.post(addressIn(path, 'ours'), {
      ...named,
      answer: 'apart',
      candidate: '1',
    });
    expect(statusCode).toBeLessThan(500);
    expect(await rowsOfTheirs()).toEqual(before);
  },
);

test.each([
  ...['explain LINK', 'timeline LINK', 'incident LINK', 'unlink LINK', 'relink LINK', 'restore LINK'],
  ...['retry LINK', 'pause LINK', 'resume LINK', 'choose LINK name desk', 'answer LINK apart'],
  ...[
    `explain "${canary} 1"`,
    `timeline "${canary} 1"`,
    'certificate',
    'companies',
    'customers',
    'attention',
  ],
  ...['approve HOLD', 'reject HOLD', 'sync undo RUN --yes', 'sync apply RUN', 'sync status'],
])('%s shows nothing of it and changes nothing', async (command) => {
  const before = await rowsOfTheirs();
  const { link = '', hold = '', run = '' } = named;
  const argv = command.replace('LINK', link).replace('HOLD', hold).replace('RUN', run);
  const { out, err } = await operate({ parts: () => Promise.resolve(engine) }, `${argv} --site ours`);
  // Where nothing is found it repeats what was asked for.
  expect(out + err.replace(`${canary} 1`, '')).not.toContain(canary);
  expect(await rowsOfTheirs()).toEqual(before);
});
