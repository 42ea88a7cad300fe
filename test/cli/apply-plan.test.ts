import { exitCode } from '../../src/cli/failures';
import type { PlanReport } from '../../src/ports/runs';
import { openLab, type Lab } from '../support/lab';
import { truthOf } from '../support/truth';
import { vendorUsers } from '../support/vendor-users';
import { operate } from './operator';

interface Applied {
  readonly state: string;
  readonly plan: string;
  readonly carriedOut: number;
  readonly moved: readonly { readonly teamworkId: string | null; readonly outcome: string }[];
}

describe('sync apply', () => {
  let lab: Lab;
  let plan: PlanReport;
  let edited: { readonly id: number; readonly name: string };
  let added: number;
  const cli = (argv: string) => operate({ parts: () => Promise.resolve(lab.engine) }, argv);
  const deskNames = async () => (await truthOf(lab.sandbox)).desk.company.map(({ name }) => name);

  beforeAll(async () => {
    lab = await openLab({ sandbox: { companies: 12, people: 60, seed: 3, 'rate-limit': 60_000 } });
    await lab.startWorker();
    await lab.connect();
    plan = (await cli('sync plan --json')).json() as PlanReport;
    // After the plan one client that it creates in Desk is edited, and another one is made.
    const [created] = plan.companies.filter(({ outcome }) => outcome === 'created');
    edited = { id: Number(created?.teamworkId), name: created?.name ?? '' };
    const users = vendorUsers(lab.sandbox);
    await users.edit('teamwork', 'company', edited.id, { website: 'moved-since.example' });
    added = await users.create('teamwork', 'company', { name: 'Made After The Plan' });
  });
  afterAll(() => lab.close());

  test('the plan says its id, and the command that carries it out', async () => {
    expect((await cli('sync plan')).out).toMatch(/`sync apply [0-9a-f-]{36}`/);
  });

  test('a plan that there is not: usage, nothing done', async () => {
    expect((await cli('sync apply nonsense')).code).toBe(exitCode.usage);
  });

  test('carries out the plan, and leaves alone what has moved since', async () => {
    const answered = await cli(`sync apply ${plan.run} --json`);
    const answer = answered.json() as Applied;
    expect([answered.code, answer.state, answer.plan]).toEqual([exitCode.no, 'finished', plan.run]);
    expect(answer.moved).toContainEqual(
      expect.objectContaining({ teamworkId: String(edited.id), outcome: 'created' }),
    );
    const changing = (['created', 'linked', 'updated'] as const).reduce(
      (sum, outcome) => sum + (plan.counts.company[outcome] ?? 0) + (plan.counts.customer[outcome] ?? 0),
      0,
    );
    expect(answer.carriedOut + answer.moved.length).toBe(changing);
    expect(answer.carriedOut).toBeGreaterThan(10);
    // Everybody who was left alone is the edited client or one of its people.
    const { teamwork } = await truthOf(lab.sandbox);
    const people = teamwork.customer.filter(({ companyId }) => companyId === edited.id);
    const allowed = [edited.id, ...people.map(({ id }) => id)].map(String);
    expect(answer.moved.filter(({ teamworkId }) => !allowed.includes(teamworkId ?? ''))).toEqual([]);
  });

  test('neither the edited client nor the one made since is in Desk', async () => {
    const names = await deskNames();
    expect(names).not.toContain(edited.name);
    expect(names).not.toContain('Made After The Plan');
  });

  test('applied once more it writes nothing', async () => {
    const last = (await lab.sandbox.calls()).at(-1)?.n ?? 0;
    expect((await cli(`sync apply ${plan.run} --json`)).json()).toMatchObject({ carriedOut: 0 });
    const calls = await lab.sandbox.calls(last);
    expect(calls.filter(({ method }) => method !== 'GET')).toEqual([]);
  });

  test('a plan whose decisions later plans dropped: refused, nothing done', async () => {
    for (let later = 0; later < 3; later++) await cli('sync plan');
    const refused = await cli(`sync apply ${plan.run}`);
    expect([refused.code, refused.err]).toEqual([exitCode.no, expect.stringContaining('no longer kept')]);
    expect(await deskNames()).not.toContain(edited.name);
  });

  test('an InitialSync brings the rest', async () => {
    await cli('sync start');
    const names = await deskNames();
    expect(names).toEqual(expect.arrayContaining([edited.name, 'Made After The Plan']));
    expect(added).toBeGreaterThan(0);
    expect((await cli('verify')).code).toBe(exitCode.fine);
  });
});
