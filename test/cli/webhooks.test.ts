/** What `connect` and `disconnect` do about webhooks, at a sandbox that keeps them as the vendors do. */
import { MockActivityEnvironment } from '@temporalio/testing';
import { exitCode } from '../../src/cli/failures';
import type { Engine } from '../../src/engine';
import { checkHooksWith } from '../../src/activities/check-hooks';
import { createMigratedDatabase, type TestDatabase } from '../support/database';
import { openEngineOn } from '../support/engine-on';
import { openSandbox, type OpenSandbox } from '../support/sandbox-over-http';
import { operate } from './operator';

const publicUrl = 'http://127.0.0.1:9';
const site = 'acme';

let database: TestDatabase;
let engine: Engine;
let sandbox: OpenSandbox;

beforeEach(async () => {
  database = await createMigratedDatabase();
  sandbox = await openSandbox({ size: { seed: 5, companies: 4, people: 8, scenario: 'agency' } });
  engine = await openEngineOn(database.url, { publicUrl });
});
afterEach(async () => {
  await engine.close();
  await sandbox.close();
  await database.drop();
});

const run = (argv: string, parts: Engine = engine) =>
  operate(
    { parts: () => Promise.resolve(parts), credentials: { teamwork: 'token-a', desk: 'token-a' } },
    argv,
  );
const connect = (more = '', parts?: Engine) =>
  run(`connect --site ${site} --url ${sandbox.address} ${more}`, parts);

/** Of the sandbox's own tables, with what the vendors never show. */
function hooksThere() {
  const { teamworkWebhooks, deskWebhookEndpoints } = sandbox.ctx.world.tables;
  return {
    teamwork: [...teamworkWebhooks.all()],
    desk: [...deskWebhookEndpoints.all()],
  };
}

const secretOf = async (side: 'teamwork' | 'desk') =>
  (await engine.store.hookSecrets(site, side))?.current ?? '';

describe('B1: connect', () => {
  test('registers every event at both vendors, as JSON, signed with secrets of their own', async () => {
    expect(await connect()).toMatchObject({
      code: exitCode.fine,
      out: expect.stringContaining('Webhooks: on, at both.') as string,
    });
    const { teamwork, desk } = hooksThere();
    expect(teamwork.map(({ event }) => event).sort()).toEqual(
      ['COMPANY.CREATED', 'COMPANY.DELETED', 'COMPANY.UPDATED', 'USER.CREATED', 'USER.DELETED'].concat([
        'USER.UPDATED',
      ]),
    );
    for (const hook of teamwork) {
      expect(hook).toMatchObject({
        url: `${publicUrl}/webhooks/${site}/teamwork`,
        contentType: 'application/json',
        status: 'ACTIVE',
        token: await secretOf('teamwork'),
      });
    }
    expect(desk).toMatchObject([
      {
        url: `${publicUrl}/webhooks/${site}/desk`,
        events: ['customer.created', 'customer.edited', 'customer.deleted'],
        token: await secretOf('desk'),
        switchedOff: false,
      },
    ]);
    expect(await secretOf('desk')).not.toBe(await secretOf('teamwork'));
  });

  test('registers nothing twice', async () => {
    await connect();
    const before = hooksThere();
    await connect();
    expect(hooksThere()).toEqual(before);
  });

  test('takes over hooks that an earlier database registered, with a new secret', async () => {
    await connect();
    const other = await createMigratedDatabase();
    const fresh = await openEngineOn(other.url, { encryptionKeys: [Buffer.alloc(32, 9)], publicUrl });
    await connect('', fresh);
    const { teamwork, desk } = hooksThere();
    expect([teamwork.length, desk.length]).toEqual([6, 1]);
    expect(desk[0]?.token).toBe((await fresh.store.hookSecrets(site, 'desk'))?.current);
    expect(desk[0]?.token).not.toBe(await secretOf('desk'));
    await fresh.close();
    await other.drop();
  });

  test('--rotate-hook-secrets gives every hook a new secret and ends the former one', async () => {
    await connect();
    const former = await secretOf('desk');
    await connect('--rotate-hook-secrets');
    expect(await secretOf('desk')).not.toBe(former);
    expect(await engine.store.hookSecrets(site, 'desk')).toMatchObject({ previous: null });
    expect(new Set(hooksThere().teamwork.map(({ token }) => token))).toEqual(
      new Set([await secretOf('teamwork')]),
    );
    expect(hooksThere().desk.map(({ token }) => token)).toEqual([await secretOf('desk')]);
  });

  test('a rotation that a vendor breaks off keeps both secrets, and the next check ends it', async () => {
    await connect();
    const former = await secretOf('desk');
    await sandbox.control('/faults', {
      side: 'desk',
      method: 'PATCH',
      kind: 'status',
      status: 503,
      times: 1,
    });
    await connect('--rotate-hook-secrets');
    expect(await engine.store.hookSecrets(site, 'desk')).toMatchObject({ previous: former });
    await new MockActivityEnvironment().run(checkHooksWith(engine), { site });
    expect(await engine.store.hookSecrets(site, 'desk')).toMatchObject({ previous: null });
    expect(hooksThere().desk.map(({ token }) => token)).toEqual([await secretOf('desk')]);
  });

  test('without PUBLIC_URL nothing is registered, which is no error and is told', async () => {
    const polling: Engine = { ...engine, publicUrl: null };
    const { code, out } = await connect('', polling);
    expect(code).toBe(exitCode.fine);
    expect(out).toContain('PUBLIC_URL does not say where the vendors reach the server');
    expect(out).toContain('Changes are found by polling');
    expect(hooksThere()).toEqual({ teamwork: [], desk: [] });
    expect((await run('sites', polling)).out).toMatch(/none/);
    expect((await run('doctor', polling)).out).toContain('changes are found by polling');
  });

  test('a plan without webhooks is no error and is told', async () => {
    await sandbox.control('/faults', {
      side: 'teamwork',
      path: '/webhooks',
      kind: 'status',
      status: 403,
      times: 99,
    });
    const { code, out } = await connect();
    expect(code).toBe(exitCode.fine);
    expect(out).toContain('Teamwork.com none, for the plan or the credential does not allow them; Desk on');
    expect((await run('sites --json')).json()).toMatchObject({
      sites: [{ webhooks: { teamwork: { state: 'none', problem: 'refused' }, desk: { state: 'on' } } }],
    });
  });
});

test('B1: checkHooks switches on what was switched off and registers what is missing', async () => {
  await connect();
  const { teamworkWebhooks, deskWebhookEndpoints } = sandbox.ctx.world.tables;
  const [first, second] = hooksThere().teamwork;
  await sandbox.call('PUT', `/webhooks/${first?.id ?? 0}/pause.json`);
  await sandbox.call('DELETE', `/webhooks/${second?.id ?? 0}.json`);
  const endpoint = hooksThere().desk[0]?.id ?? 0;
  await sandbox.call('PATCH', `/desk/api/v2/webhookendpoints/${endpoint}.json`, {
    webhookendpoint: { state: 'inactive' },
  });
  expect(deskWebhookEndpoints.get(endpoint)).toMatchObject({ switchedOff: true });

  await new MockActivityEnvironment().run(checkHooksWith(engine), { site });
  expect(deskWebhookEndpoints.get(endpoint)).toMatchObject({ switchedOff: false });
  expect(teamworkWebhooks.get(first?.id ?? 0)).toMatchObject({ status: 'ACTIVE' });
  expect(hooksThere().teamwork).toHaveLength(6);
});

test('B1: disconnect switches off our hooks and no others, deletes nothing, and connect takes the site up again', async () => {
  await sandbox.post('/webhooks.json', {
    webhook: { event: 'TASK.CREATED', url: 'http://127.0.0.1:9/theirs' },
  });
  await connect();
  const { code, out } = await run('disconnect');
  expect([code, out]).toEqual([exitCode.fine, expect.stringContaining('nothing was deleted')]);
  const { teamwork, desk } = hooksThere();
  expect(teamwork.filter(({ status }) => status === 'ACTIVE').map(({ event }) => event)).toEqual([
    'TASK.CREATED',
  ]);
  expect(desk).toMatchObject([{ switchedOff: true }]);
  expect((await run('sites')).out).toContain('frozen');
  await new MockActivityEnvironment().run(checkHooksWith(engine), { site });
  expect(hooksThere()).toEqual({ teamwork, desk });

  await connect();
  expect(hooksThere().teamwork.filter(({ status }) => status === 'ACTIVE')).toHaveLength(7);
  expect(hooksThere().desk).toMatchObject([{ switchedOff: false }]);
  expect((await engine.store.site(site))?.frozen).toBeNull();
});
