import { exitCode } from '../../src/cli/failures';
import type { RunLink } from '../../src/ports/reads';
import { openLab, site, type Lab } from '../support/lab';
import { operate } from './operator';

interface Undone {
  readonly unlinked: readonly number[];
  readonly links: readonly { readonly link: number; readonly did: RunLink['did'] }[];
}

describe('R24 sync undo', () => {
  let lab: Lab;
  let run: string;
  let all: readonly number[];
  let lastCall: number;
  const cli = (argv: string) => operate({ parts: () => Promise.resolve(lab.engine) }, argv);
  const undone = async (argv: string) => (await cli(`sync undo ${argv} --json`)).json() as Undone;
  const phaseOf = async (link = 0) => (await lab.engine.store.view(site, link))?.link.phase;

  beforeAll(async () => {
    lab = await openLab({ sandbox: { companies: 6, people: 20, seed: 3, 'rate-limit': 60_000 } });
    await lab.startWorker();
    await lab.connect();
    run = await lab.startRun();
    await lab.runEnded(run);
    lastCall = (await lab.sandbox.calls()).at(-1)?.n ?? 0;
  });
  afterAll(() => lab.close());

  test('`sync status` says the id that it wants', async () => {
    expect((await cli('sync status')).out).toContain(`\`sync undo ${run}\``);
  });

  test('a run that there is not, and a plan: usage, nothing done', async () => {
    expect((await cli('sync undo nonsense --yes')).code).toBe(exitCode.usage);
    const plan = await lab.startRun('plan');
    await lab.runEnded(plan);
    expect((await cli(`sync undo ${plan} --yes`)).code).toBe(exitCode.usage);
  });

  test('alone it shows what it would unlink, and does nothing', async () => {
    const { links, unlinked } = await undone(run);
    all = links.map(({ link }) => link);
    expect(unlinked).toEqual([]);
    expect(new Set(links.map(({ did }) => did))).toEqual(new Set(['linked', 'created']));
    const { code, out } = await cli(`sync undo ${run}`);
    expect([code, out]).toEqual([exitCode.fine, expect.stringContaining('Nothing was done.')]);
    expect(out).toContain(`${all.length - 20} more`);
    expect(await phaseOf(all[0])).toBe('active');
  });

  test('a link that is none of the run’s: nothing is done at all', async () => {
    const { code, err } = await cli(`sync undo ${run} ${all[0]} 99999`);
    expect([code, err]).toEqual([exitCode.no, expect.stringContaining('99999. Nothing was done.')]);
    expect(await phaseOf(all[0])).toBe('active');
  });

  test('the links that are named are unlinked, and no others', async () => {
    const [one = 0, other = 0, third = 0] = all;
    expect((await undone(`${run} ${one} ${other}`)).unlinked.toSorted((a, b) => a - b)).toEqual([one, other]);
    expect(await Promise.all([one, other, third].map(phaseOf))).toEqual(['broken', 'broken', 'active']);
    expect((await lab.engine.accounts.audit(site, 1))[0]).toMatchObject({
      ...{ what: 'run undone', detail: { run, links: 2 } },
    });
  });

  test('--yes unlinks all that is left; nothing is written or deleted, and a link is joined again', async () => {
    const { code, out } = await cli(`sync undo ${run} --yes`);
    expect([code, out]).toEqual([exitCode.fine, expect.stringContaining(`${all.length - 2} links broken`)]);
    expect((await undone(run)).links).toEqual([]);
    const calls = await lab.sandbox.calls(lastCall);
    expect(calls.filter(({ method }) => method !== 'GET')).toEqual([]);
    expect((await cli(`relink ${all[0]}`)).code).toBe(exitCode.fine);
    expect(await phaseOf(all[0])).toBe('active');
  });
});
