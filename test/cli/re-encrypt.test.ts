/** `re-encrypt`, and what `doctor` says before and after it, at a sandbox that takes the credentials. */
import { Client } from 'pg';
import { exitCode } from '../../src/cli/failures';
import type { Engine } from '../../src/engine';
import { createMigratedDatabase, type TestDatabase } from '../support/database';
import { openEngineOn } from '../support/engine-on';
import { openSandbox, type OpenSandbox } from '../support/sandbox-over-http';
import { runToEnd } from '../support/process';
import { aNewSite } from '../support/store-world';
import { temporalAddress } from '../support/temporal';
import { until } from '../support/until';
import { operate } from './operator';

const [former, newest] = [Buffer.alloc(32, 7), Buffer.alloc(32, 8)];

let database: TestDatabase;
let sandbox: OpenSandbox;
const engines: Engine[] = [];

async function withKeys(...encryptionKeys: readonly Buffer[]): Promise<Engine> {
  const engine = await openEngineOn(database.url, { encryptionKeys, publicUrl: 'http://127.0.0.1:9' });
  engines.push(engine);
  return engine;
}
const run = (engine: Engine, argv: string) =>
  operate(
    { parts: () => Promise.resolve(engine), credentials: { teamwork: 'token-a', desk: 'token-a' } },
    argv,
  );

beforeEach(async () => {
  database = await createMigratedDatabase();
  sandbox = await openSandbox({ size: { seed: 5, companies: 4, people: 8, scenario: 'agency' } });
  await run(await withKeys(former), `connect --site acme --url ${sandbox.address}`);
});
afterEach(async () => {
  await Promise.all(engines.splice(0).map((engine) => engine.close()));
  await sandbox.close();
  await database.drop();
});

async function keyFinding(engine: Engine) {
  const { findings } = (await run(engine, 'doctor --json')).json() as {
    findings: readonly { readonly part: string; readonly state: string; readonly action: string | null }[];
  };
  return findings.find(({ part }) => part === 'acme: encryption key');
}

test('doctor warns while something is under a former key, re-encrypt mends it, and then the former key can go', async () => {
  const both = await withKeys(newest, former);
  expect(await keyFinding(both)).toMatchObject({
    state: 'warning',
    action: '`re-encrypt` puts all of it under the newest key.',
  });
  const { code, out } = await run(both, 're-encrypt');
  expect([code, out]).toEqual([
    exitCode.fine,
    '4 secrets of 1 site encrypted anew.\nNothing is under a former key any more: they can be taken away.\n',
  ]);
  expect((await both.accounts.audit(null, 1))[0]).toMatchObject({
    what: 'credentials encrypted anew',
    detail: { sites: 1, encrypted: 4 },
  });
  const alone = await withKeys(newest);
  expect(await keyFinding(alone)).toMatchObject({ state: 'ok' });
  // The vendors take the credentials, and sign with the secrets, that were there before.
  expect((await run(alone, 'doctor')).out).toContain('the credential works');
  const [hook] = [...sandbox.ctx.world.tables.deskWebhookEndpoints.all()];
  expect((await alone.store.hookSecrets('acme', 'desk'))?.current).toBe(hook?.token);
  expect((await run(alone, 're-encrypt --json')).json()).toEqual({ sites: 1, encrypted: 0, left: [] });
});

test('without the former key it says which key is missing, and touches nothing', async () => {
  const alone = await withKeys(newest);
  expect(await keyFinding(alone)).toMatchObject({ state: 'wrong' });
  const { code, out } = await run(alone, 're-encrypt');
  expect([code, out]).toEqual([
    exitCode.no,
    expect.stringMatching(/Site acme is encrypted with key \w{12}, which ENCRYPTION_KEY does not hold/),
  ]);
  expect(await keyFinding(await withKeys(former))).toMatchObject({ state: 'ok' });
});

test.each(['server', 'worker'])('without any key the %s does not start, and says so', async (program) => {
  const environment = { DATABASE_URL: database.url, TEMPORAL_ADDRESS: temporalAddress() };
  const { code, err } = await runToEnd(program, environment);
  expect([code, err]).toEqual([3, expect.stringContaining('ENCRYPTION_KEY is missing')]);
});

test('ended in the middle it has done whole sites, all can still be read, and run again it does the rest', async () => {
  const both = await withKeys(newest, former);
  await both.store.addSite(aNewSite({ id: 'zeta' }));
  const old = await withKeys(former);
  await old.store.reconnectSite(aNewSite({ id: 'zeta' }));
  const client = new Client({ connectionString: database.url });
  await client.connect();
  await client.query(`begin; select from sites where site = 'zeta' for update`);
  const broken = run(both, 're-encrypt');
  const alone = await withKeys(newest);
  // One site is done, and the other waits for whoever has it.
  await until(async () => (await alone.keys.keyStanding('acme')).missing.length === 0);
  await until(async () => {
    const { rowCount } = await client.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`,
    );
    return rowCount !== 0;
  });
  expect((await broken).code).toBe(exitCode.failed);
  await client.query('rollback');
  await client.end();
  expect((await both.keys.keyStanding('zeta')).former).toHaveLength(1);
  expect(await both.store.credentials('zeta')).toEqual({ teamwork: 'teamwork-secret', desk: 'desk-secret' });
  expect((await run(both, 're-encrypt --json')).json()).toEqual({ sites: 2, encrypted: 2, left: [] });
  expect(await alone.store.credentials('zeta')).toEqual({ teamwork: 'teamwork-secret', desk: 'desk-secret' });
});
