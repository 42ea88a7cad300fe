import { exitCode } from '../../src/cli/failures';
import { openLab, site, type Lab } from '../support/lab';
import { truthOf } from '../support/truth';
import { until } from '../support/until';
import { operate, type Desk } from './operator';

interface Status {
  readonly run: string | null;
  readonly state: string;
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
  readonly counts: { readonly outcomes: Record<string, Record<string, number>> } | null;
}

/** One site's life, in the order in which an operator would live it. */
describe('an operator of a site', () => {
  let lab: Lab;
  const desk: Desk = { parts: () => Promise.resolve(lab.engine) };
  const cli = (argv: string) => operate(desk, argv);
  const status = async () => (await cli('sync status --json')).json() as Status;

  beforeAll(async () => {
    lab = await openLab({
      sandbox: { companies: 20, people: 150, seed: 3, 'rate-limit': 60_000 },
      settleMs: 1_000,
    });
    await lab.connect();
    await lab.startWorker();
  });
  afterAll(() => lab.close());

  const unpolled = { changes: null, deletions: null, polled: null };
  test('before the first sync: none, and verify says so', async () => {
    expect(await status()).toEqual({
      run: null,
      state: 'none',
      startedAt: null,
      finishedAt: null,
      counts: null,
      freshness: { teamwork: unpolled, desk: unpolled },
    });
    const verified = await cli('verify --json');
    expect(verified.code).toBe(exitCode.no);
    expect((verified.json() as { differences: object[] }).differences).toContainEqual(
      expect.objectContaining({ cause: 'initial_sync_unfinished' }),
    );
  });

  test('there is nothing to pause, and the answer is no', async () => {
    const { code, err } = await cli('sync pause');
    expect([code, err]).toEqual([exitCode.no, expect.stringContaining('no InitialSync')]);
  });

  test('sync plan tells what would be done, and writes nothing', async () => {
    const planned = await cli('sync plan --json');
    const report = planned.json() as {
      companies: object[];
      counts: { customer: Record<string, number> };
      calls: { desk: number };
    };
    const writes = (await lab.sandbox.calls()).filter(({ method }) => method !== 'GET');
    expect([planned.code, writes, report.calls.desk]).toEqual([exitCode.fine, [], expect.any(Number)]);
    expect(report.counts.customer).toMatchObject({
      created: expect.any(Number) as number,
      linked: expect.any(Number) as number,
    });
  });

  test('R31: explain tells of a record that has no link yet', async () => {
    const { teamwork } = await truthOf(lab.sandbox);
    const id = teamwork.company[1]?.id ?? 0;
    expect((await cli(`explain teamwork:${id} --json`)).json()).toMatchObject({
      matches: [
        { kind: 'company', teamworkId: String(id), link: null, status: expect.any(String) as string },
      ],
    });
  });

  test('sync start --json answers at once, and joins the one that runs', async () => {
    await lab.sandbox.control('POST', 'rate-limit', { side: 'desk', perMinute: 60 });
    const [first, second] = [
      (await cli('sync start --json')).json(),
      (await cli('sync start --json')).json(),
    ];
    expect(first).toEqual({ run: expect.any(String) as string, state: 'running' });
    expect(second).toEqual(first);
  });

  test('R30: paused, nothing more is written; resumed, it goes on', async () => {
    await until(async () => (await lab.sandbox.calls()).some(({ method }) => method === 'POST'));
    expect((await cli('sync pause')).code).toBe(exitCode.fine);
    // A call that had its token before may still arrive.
    const { run } = await status();
    await until(async () => (await lab.engine.store.drainState(site, run ?? '')).open === 0);
    const written = async () => (await lab.sandbox.calls()).filter(({ method }) => method !== 'GET').length;
    const before = await written();
    expect(await status()).toMatchObject({ state: 'paused', finishedAt: null });
    expect(await written()).toBe(before);
    expect((await cli('sync resume --json')).json()).toMatchObject({ state: 'running' });
    await until(async () => (await written()) > before);
  });

  test('cancelled, it ends where it is; started again, it finishes, and verify is content', async () => {
    expect((await cli('sync cancel --json')).json()).toMatchObject({ state: 'cancelled' });
    await lab.sandbox.control('POST', 'rate-limit', { side: 'desk', perMinute: 0 });
    const { code, out } = await cli('sync start');
    expect([code, out]).toEqual([
      exitCode.fine,
      expect.stringMatching(/InitialSync of acme finished[\s\S]*outcome  .*customers/),
    ]);
    const report = (await cli('verify --json')).json() as { differences: object[] };
    expect(report.differences).toEqual([]);
  });

  test('R26: attention lists what waits for a person, and an unknown hold is no', async () => {
    const { failing, questions, holds, alone } = (await cli('attention --json')).json() as Record<
      string,
      { id: number; kind: string; reason: string; count: number }[]
    >;
    expect([failing, holds]).toEqual([[], []]);
    for (const item of [...(questions ?? []), ...(alone ?? [])]) {
      expect(Object.keys(item).sort()).toEqual(['count', 'id', 'kind', 'reason']);
    }
    expect((await cli('approve 987654')).code).toBe(exitCode.no);
    expect((await cli('reject nonsense')).code).toBe(exitCode.usage);
  });

  test('the status of a finished run has its counts', async () => {
    const { state, finishedAt, counts } = await status();
    expect([state, typeof finishedAt, Object.keys(counts?.outcomes ?? {})]).toEqual([
      'finished',
      'string',
      ['company', 'customer'],
    ]);
  });

  test('companies and customers list, search and filter', async () => {
    const all = (await cli('customers --limit 1000 --json')).json() as {
      customers: { status: string; names: { teamwork: string } }[];
    };
    const excluded = (await cli('customers --limit 1000 --status excluded --json')).json() as typeof all;
    expect(excluded.customers.length).toBe(all.customers.filter((one) => one.status === 'excluded').length);
    for (const name of [all.customers[0]?.names.teamwork ?? '', 'Özlem']) {
      expect((await cli(`customers --search "${name}"`)).out).toContain(name.split(' ')[0]);
    }
  });

  test('R31: explain tells the chain of every record that goes by that', async () => {
    const { customers } = (await cli('customers --limit 1 --status in_sync --json')).json() as {
      customers: { teamworkId: string; deskId: string; link: number; emails: { teamwork: string } }[];
    };
    const [one] = customers;
    for (const name of [
      `teamwork:${one?.teamworkId}`,
      `desk:${one?.deskId}`,
      one?.emails.teamwork,
      String(one?.link),
    ]) {
      expect((await cli(`explain ${name} --json`)).json()).toEqual({
        matches: expect.arrayContaining([
          expect.objectContaining({
            kind: 'customer',
            teamworkId: one?.teamworkId,
            deskId: one?.deskId,
            link: one?.link,
            status: 'in_sync',
            reason: 'agreed',
            because: [expect.objectContaining({ reason: 'agreed', kind: 'customer' })],
            action: null,
          }),
        ]) as object[],
      });
    }
  });

  test('a record that nobody knows: the answer is no', async () => {
    const { code, err } = await cli('explain nobody@nowhere.test');
    expect([code, err]).toEqual([exitCode.no, expect.stringContaining('No record here goes by that')]);
  });

  test('timeline tells what was written', async () => {
    const { customers } = (await cli('customers --limit 1000 --status in_sync --json')).json() as {
      customers: { link: number }[];
    };
    const stories = await Promise.all(
      customers.slice(0, 20).map(async ({ link }) => (await cli(`timeline ${link}`)).out),
    );
    expect(stories.join('\n')).toMatch(/(created|linked)/);
  });

  test('a name that would write to the terminal is shown without its power', async () => {
    const { desk: before } = await truthOf(lab.sandbox);
    const id = before.company[0]?.id ?? 0;
    await lab.sandbox.asUser('PATCH', `/desk/api/v2/companies/${id}.json`, {
      company: { name: '\u001b[2JEvil\u202e' },
    });
    await cli('sync start');
    const { out } = await cli('companies --limit 1000');
    expect([out.includes('\u001b'), out.includes('\u202e'), out.includes('Evil')]).toEqual([
      false,
      false,
      true,
    ]);
  });

  test('verify finds what a user changed since, names the field, and shows no value', async () => {
    const { companies } = (await cli('companies --status in_sync --limit 1 --json')).json() as {
      companies: { deskId: string; link: number }[];
    };
    const [company] = companies;
    await lab.sandbox.asUser('PATCH', `/desk/api/v2/companies/${company?.deskId}.json`, {
      company: { website: 'https://changed.test' },
    });
    const { code, out } = await cli('verify');
    expect([code, out]).toEqual([
      exitCode.no,
      expect.stringMatching(new RegExp(`company +${company?.link} .*fields differ: website`)),
    ]);
  });

  test('doctor is content with what runs', async () => {
    const { code, out } = await cli('doctor');
    expect([code, out]).toEqual([exitCode.fine, expect.stringContaining('polls every queue')]);
  });

  test('a refused credential: each says whose move it is, and connect lets the run go on', async () => {
    await lab.sandbox.control('POST', 'token', { token: 'sandbox-token', role: 'none' });
    expect(await cli('doctor')).toMatchObject({
      code: exitCode.no,
      out: expect.stringMatching(/refuses the token[\s\S]*→ .*connect/) as string,
    });
    await cli('sync start --json');
    await until(async () => (await lab.engine.store.site(site))?.frozen !== null);
    expect((await cli('sync status')).out).toMatch(/no longer accepts the credential.*`connect`/);

    await lab.sandbox.control('POST', 'token', { token: 'sandbox-token', role: 'admin' });
    expect((await cli('connect')).code).toBe(exitCode.fine);
    await until(async () => (await status()).state === 'finished');
  });

  test('a site that is not there: exit code 2 and the names of those that are', async () => {
    const { code, err } = await cli('companies --site nope');
    expect([code, err]).toEqual([exitCode.usage, 'There is no site nope; connected: acme.\n']);
  });
});
