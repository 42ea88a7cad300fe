/** The list of changes: what console and command line change stands in it alike, and a test of credentials keeps nothing. */
import type { FastifyInstance } from 'fastify';
import type { Engine } from '../../src/engine';
import { operate } from '../cli/operator';
import { openConsole, signIn, type Person } from '../support/console-on';
import { createMigratedDatabase, type TestDatabase } from '../support/database';
import { openEngineOn } from '../support/engine-on';
import { openSandbox, type OpenSandbox } from '../support/sandbox-over-http';

const site = 'acme';

describe('settings', () => {
  let database: TestDatabase;
  let engine: Engine;
  let app: FastifyInstance;
  let sandbox: OpenSandbox;
  let ada: Person;
  const cli = (argv: string) =>
    operate(
      { parts: () => Promise.resolve(engine), credentials: { teamwork: 'token-a', desk: 'token-a' } },
      argv,
    );
  const changes = async () =>
    (await engine.accounts.audit(site, 50)).map(({ who, what, detail }) => ({ who, what, detail }));

  beforeAll(async () => {
    database = await createMigratedDatabase();
    engine = await openEngineOn(database.url);
    app = await openConsole(engine);
    sandbox = await openSandbox({ size: { seed: 5, companies: 3, people: 5, scenario: 'agency' } });
    ada = await signIn(app, engine, 'Ada', 'administrator');
  });
  afterAll(async () => {
    await sandbox.close();
    await app.close();
    await engine.close();
    await database.drop();
  });

  test('a test of credentials keeps nothing, at the command line and in the console', async () => {
    const tested = await cli(`connect --test --site ${site} --url ${sandbox.address} --json`);
    expect([tested.json(), await engine.store.site(site)]).toEqual([
      expect.objectContaining({ kept: false, url: sandbox.address }),
      null,
    ]);
    expect((await cli(`connect --site ${site} --url ${sandbox.address}`)).code).toBe(0);
    const noted = await changes();
    const before = await engine.store.credentials(site);
    const form = { teamworkToken: 'token-b', deskToken: 'token-b', testOnly: 'yes' };
    await ada.post(`/sites/${site}/settings/connect`, form);
    expect((await ada.get(`/sites/${site}/settings`)).body).toMatch(
      /Both credentials work|refuses the token/,
    );
    expect([await engine.store.credentials(site), await changes()]).toEqual([before, noted]);
  });

  test('who changed what: the CLI and Ada, in one list, without a secret', async () => {
    await cli('settings set conflictPolicy desk');
    await ada.post(`/sites/${site}/settings/policy`, { conflictPolicy: 'teamwork', budgetShare: '50' });
    await cli('pause customers');
    const all = await changes();
    expect(all).toEqual([
      { who: 'the CLI', what: 'customers paused', detail: {} },
      { who: 'Ada', what: 'budgetShare', detail: { from: 1, to: 0.5 } },
      { who: 'Ada', what: 'conflictPolicy', detail: { from: 'desk', to: 'teamwork' } },
      { who: 'the CLI', what: 'conflictPolicy', detail: { from: 'latest', to: 'desk' } },
      { who: 'the CLI', what: 'connection tested and kept', detail: expect.any(Object) as object },
    ]);
    expect(JSON.stringify(all)).not.toContain('token-a');
    const { body } = await ada.get(`/sites/${site}/settings`);
    expect(body).toContain('the CLI');
  });

  test('the page tells the guards and how often both sides are polled', async () => {
    const { body } = await ada.get(`/sites/${site}/settings`);
    expect(body).toMatch(/links that break: 25 or 5 %/);
    expect(body).toMatch(/Desk’s companies are polled every 15 s, everything else every 1 min/);
  });
});
