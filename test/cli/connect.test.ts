import { exitCode } from '../../src/cli/failures';
import { openSandbox } from '../support/sandbox-over-http';
import { connecting, connectOn, newName } from './connecting';
import { operate } from './operator';

const parts = connecting();
const connect = (argv: string, credentials?: { teamwork?: string; desk?: string }) =>
  connectOn(parts, argv, credentials);

async function connected(more = ''): Promise<string> {
  const name = newName();
  const { code, err } = await connect(`--site ${name} --url ${parts.sandbox.address} ${more}`);
  if (code !== exitCode.fine) throw new Error(err);
  return name;
}

describe('a new site', () => {
  test('is stored with its accounts pinned (R29)', async () => {
    const site = await parts.engine.store.site(await connected());
    expect(site).toMatchObject({
      url: parts.sandbox.address,
      ownerCompanyId: expect.stringMatching(/^\d+$/) as string,
      users: {
        teamwork: expect.stringMatching(/^\d+$/) as string,
        desk: expect.stringMatching(/^\d+$/) as string,
      },
      deskPins: expect.arrayContaining([
        { kind: 'company', id: expect.any(String) as string, createdAt: expect.any(String) as string },
      ]) as object,
      adoptOnly: false,
      frozen: null,
    });
  });

  test('R15: whose credential it is, is kept by side, for by that our own records are known', async () => {
    const site = await parts.engine.store.site(await connected());
    const mine = async (path: string) => {
      const { body } = await parts.sandbox.get(path);
      const { person, user } = body as Readonly<Record<string, { readonly id: number } | undefined>>;
      return String((person ?? user)?.id);
    };
    const [teamwork, desk] = [await mine('/projects/api/v3/me.json'), await mine('/desk/api/v2/me.json')];
    expect([teamwork === desk, site?.users]).toEqual([false, { teamwork, desk }]);
  });

  test.each([
    ['', 'none'],
    ['--desk-created 2023-10-31', 'none'],
    ['--desk-created 2023-11-01', 'started'],
  ])('R2: with "%s" its InitialSync is %s', async (more, expected) => {
    const name = newName();
    const answered = await connect(`--site ${name} --url ${parts.sandbox.address} --json ${more}`);
    const { run } = answered.json() as { run: string | null };
    expect(run === null ? 'none' : 'started').toBe(expected);
    if (run !== null) await parts.engine.client.cancelRun(name, 'sync');
  });

  test('R33: signs of the vendor’s own sync are seen, and told', async () => {
    await parts.sandbox.control('/switches', { builtInSync: true });
    const name = newName();
    const { out } = await connect(`--site ${name} --url ${parts.sandbox.address}`);
    expect([out, (await parts.engine.store.site(name))?.adoptOnly]).toEqual([
      expect.stringContaining("vendor's own sync"),
      true,
    ]);
  });

  test('connecting writes nothing remotely', async () => {
    await connected();
    const { body } = await parts.sandbox.control('/calls?since=0');
    const { calls } = body as { calls: { method: string }[] };
    expect([calls.length > 0, calls.filter(({ method }) => method !== 'GET')]).toEqual([true, []]);
  });
});

describe('a site that is connected already', () => {
  test('takes other credentials and goes on where it was frozen', async () => {
    const name = await connected();
    await parts.engine.store.freeze(name, 'The credential is refused.');
    const { code } = await connect(`--site ${name}`, { teamwork: 'token-b', desk: 'token-b' });
    expect([
      code,
      (await parts.engine.store.site(name))?.frozen,
      await parts.engine.store.credentials(name),
    ]).toEqual([exitCode.fine, null, { teamwork: 'token-b', desk: 'token-b' }]);
  });

  test('keeps what it has when the check fails', async () => {
    const name = await connected();
    const { code } = await connect(`--site ${name}`, { desk: 'wrong' });
    expect([code, await parts.engine.store.credentials(name)]).toEqual([
      exitCode.failed,
      { teamwork: 'token-a', desk: 'token-a' },
    ]);
  });

  test('R29: refuses another account', async () => {
    const name = await connected();
    const other = await openSandbox({ size: { seed: 9, companies: 3, people: 5, scenario: 'agency' } });
    const { code, err } = await connect(`--site ${name} --url ${other.address}`);
    await other.close();
    expect([code, err]).toEqual([exitCode.failed, expect.stringContaining('another Desk')]);
  });

  test('does not send stored tokens to a new address', async () => {
    const name = await connected();
    const { code, err } = await connect(`--site ${name} --url http://127.0.0.1:9`, {});
    expect([code, err]).toEqual([
      exitCode.failed,
      expect.stringContaining('needs both tokens for a new address'),
    ]);
  });

  test('R2: what was said of it stays, and its InitialSync is started once', async () => {
    const name = newName();
    const runOf = async (argv: string) => {
      const answered = (await connect(`--site ${name} --json ${argv}`)).json() as { run: string | null };
      return answered.run;
    };
    const run = (await runOf(`--url ${parts.sandbox.address} --desk-created 2023-11-01`)) ?? 'none';
    await parts.engine.client.cancelRun(name, 'sync');
    // As its workflow does, for which no worker is here.
    await parts.engine.store.startRun(name, run, 'sync');
    const { deskCreatedAt = null } = (await parts.engine.store.site(name)) ?? {};
    expect(await runOf('')).toBeNull();
    expect(deskCreatedAt).toContain('2023-11-01');
    expect((await parts.engine.store.site(name))?.deskCreatedAt).toBe(deskCreatedAt);
  });

  test('R29: the records first seen stay its pins, also when one of them is gone', async () => {
    const name = await connected();
    const pins = (await parts.engine.store.site(name))?.deskPins ?? [];
    const { id = '' } = pins.find(({ kind }) => kind === 'customer') ?? {};
    const { status } = await parts.sandbox.call('DELETE', `/desk/api/v2/customers/${id}.json`, undefined, {
      ...{ token: 'token-b', headers: { 'Content-Type': 'application/json' } },
    });
    expect([status < 300, (await connect(`--site ${name}`)).code]).toEqual([true, exitCode.fine]);
    expect((await parts.engine.store.site(name))?.deskPins).toEqual(pins);
  });

  test('R33: an operator’s word about the vendor’s own sync holds', async () => {
    await parts.sandbox.control('/switches', { builtInSync: true });
    const name = await connected();
    const seen = (await parts.engine.store.site(name))?.adoptOnly;
    await connect(`--site ${name} --vendor-sync off`);
    await connect(`--site ${name}`);
    expect([seen, (await parts.engine.store.site(name))?.adoptOnly]).toEqual([true, false]);
  });
});

describe('R33: what somebody else repeats within seconds', () => {
  const call = async (path: string, body: object) => {
    const { status, text } = await parts.sandbox.call('POST', path, body, { token: 'token-b' });
    if (status >= 300) throw new Error(`POST ${path} answered ${status}: ${text}`);
  };

  /** As another sync carries people across: made in Teamwork.com, and in Desk at once. */
  async function repeat(people: readonly string[]): Promise<void> {
    for (const name of people) {
      const [email, last] = [`${name}@repeated.test`, 'Lee'];
      await call('/people.json', {
        person: { 'first-name': name, 'last-name': last, 'email-address': email, 'user-type': 'contact' },
      });
      await call('/desk/api/v2/customers.json', { customer: { firstName: name, lastName: last, email } });
    }
  }

  test('three records are a sign, and a first InitialSync only links', async () => {
    await repeat(['ann', 'bob', 'cid']);
    expect((await parts.engine.store.site(await connected()))?.adoptOnly).toBe(true);
  });

  test('two may have been entered twice by hand', async () => {
    await repeat(['ann', 'bob']);
    expect((await parts.engine.store.site(await connected()))?.adoptOnly).toBe(false);
  });

  test('doctor tells of it, and whose move it is', async () => {
    const name = await connected('--vendor-sync off');
    await repeat(['ann', 'bob', 'cid']);
    const { out } = await operate(
      { parts: () => Promise.resolve(parts.engine), credentials: {} },
      `doctor --site ${name}`,
    );
    expect(out).toMatch(/3 records of the last week that repeat the other side's within seconds/);
    expect(out).toMatch(/If it runs: `connect --vendor-sync on`/);
  });
});
