/** Runs: their life, their counts, their progress. */
import {
  alone,
  company,
  creating,
  pairedWith,
  pauseOf,
  person,
  updating,
  waiting,
  writing,
  type MakeStore,
  type World,
} from '../../support/store-world';
import { openedFor } from './opened';
import { done } from './step-done';
import { begun } from './step-world';

export function runsContract(make: MakeStore): void {
  const opened = openedFor(make);

  it('R3 a run begun again is the same run', async () => {
    const world = await opened.world();
    const first = await world.store.run(world.site, world.run);
    const again = await world.store.startRun(world.site, world.run, 'sync');
    expect(again).toEqual(first);
    expect(again).toMatchObject({ mode: 'sync', state: 'running', phase: 'companies', finishedAt: null });
  });

  it('a run that was lost ends when the next one of its mode begins', async () => {
    const world = await opened.world();
    await world.store.startRun(world.site, 'a-plan', 'plan');
    await world.store.startRun(world.site, 'run-2', 'sync');
    expect((await world.store.run(world.site, world.run))?.state).toBe('cancelled');
    expect((await world.store.run(world.site, 'a-plan'))?.state).toBe('running');
    expect((await world.store.latestRun(world.site, 'sync'))?.id).toBe('run-2');
    expect((await world.store.latestRun(world.site, 'sync', 'cancelled'))?.id).toBe(world.run);
  });

  it('DESIGN §3 a pending link whose turn was lost with an older copy of the store is decided anew by the next run', async () => {
    const world = await opened.world();
    await world.survey('teamwork', 'company', [company('teamwork', '1', 'A')]);
    await world.settle('company', 'teamwork', () => creating('desk', { name: 'A' }));
    const [due] = await world.store.claimDue(world.site, world.run, 10);
    // As of a turn whose write the copy knows nothing of.
    await world.store.finishDue(world.site, due?.link ?? 0);
    expect(await world.undecided('company', 'teamwork')).toHaveLength(0);
    await world.store.startRun(world.site, 'run-2', 'sync');
    const { views } = await world.store.undecided(world.site, 'run-2', 'company', 'teamwork', null, 10);
    expect(views).toHaveLength(1);
  });

  it('DESIGN §3 … in Desk, too', async () => {
    const world = await opened.world();
    await world.survey('desk', 'company', [company('desk', '7', 'A')]);
    await world.settle('company', 'desk', () => creating('teamwork', { name: 'A' }));
    const [due] = await world.store.claimDue(world.site, world.run, 10);
    await world.store.finishDue(world.site, due?.link ?? 0);
    await world.store.startRun(world.site, 'run-2', 'sync');
    const { views } = await world.store.undecided(world.site, 'run-2', 'company', 'desk', null, 10);
    expect(views).toHaveLength(1);
  });

  it('a run that is told once more to begin ends none that began after it', async () => {
    const world = await opened.world();
    await world.store.startRun(world.site, 'run-2', 'sync');
    await world.store.startRun(world.site, world.run, 'sync');
    const states = [world.run, 'run-2'].map(async (run) => (await world.store.run(world.site, run))?.state);
    expect(await Promise.all(states)).toEqual(['cancelled', 'running']);
  });

  it('DESIGN §3 … and one whose turn is still to come is left to that', async () => {
    const world = await opened.world();
    const link = await world.linkedCompany('Acme', { teamwork: '1', desk: '7' });
    const view = await world.linkOf('company', 'desk', '7');
    const plan = writing(updating('desk', { website: 'acme.test' }));
    await world.store.savePlan(world.site, { view, plan });
    await world.store.wakeAt(world.site, link, new Date().toISOString());
    await world.store.startRun(world.site, 'run-2', 'sync');
    expect(await world.undecided('company', 'teamwork')).toEqual([]);
  });

  it('cancelled, it keeps what is in work until that is given back', async () => {
    const world = await opened.world();
    await world.survey('teamwork', 'company', [company('teamwork', '1', 'A')]);
    await world.settle('company', 'teamwork', () => creating('desk', { name: 'A' }));
    await world.store.claimDue(world.site, world.run, 10);
    await world.store.setRunState(world.site, world.run, 'cancelled');
    expect(await world.store.drainState(world.site, world.run)).toMatchObject({ open: 1 });
  });

  it('goes through its phases, and stays as it ended', async () => {
    const world = await opened.world();
    await world.store.setRunPhase(world.site, world.run, 'companies');
    await world.store.setRunState(world.site, world.run, 'finished');
    await world.store.setRunState(world.site, world.run, 'cancelled');
    const run = await world.store.run(world.site, world.run);
    expect(run).toMatchObject({ state: 'finished', phase: 'done' });
    expect(run?.finishedAt).not.toBeNull();
  });

  it('an unknown run is none', async () => {
    const world = await opened.world();
    expect(await world.store.run(world.site, 'none')).toBeNull();
    expect(await world.store.progress(world.site, 'none')).toBeNull();
    expect(await world.store.latestRun(world.site, 'plan')).toBeNull();
  });

  describe('A7 its report', () => {
    const outcomesOf = async (world: World) => {
      await world.store.reportRun(world.site, world.run);
      return (await world.store.run(world.site, world.run))?.counts.outcomes.company;
    };

    it('counts every link once, by what the run did or why it did nothing', async () => {
      const world = await opened.world();
      await world.survey('teamwork', 'company', [
        company('teamwork', '1', 'A'),
        company('teamwork', '2', 'B'),
      ]);
      await world.survey('desk', 'company', [company('desk', '7', 'A'), company('desk', '8', 'C')]);
      await world.settle('company', 'teamwork', ({ link }) =>
        link.ids.teamwork === '1' ? pairedWith('7') : creating('desk', { name: 'B' }),
      );
      await world.settle('company', 'desk', () => alone);
      expect(await outcomesOf(world)).toEqual({
        linked: 1,
        'pending:changes_to_write': 1,
        'excluded:not_asked': 1,
      });
    });

    it('tells what was written', async () => {
      const world = await opened.world();
      await world.survey('teamwork', 'company', [
        company('teamwork', '1', 'A'),
        company('teamwork', '2', 'B'),
      ]);
      await world.survey('desk', 'company', [company('desk', '8', 'B')]);
      await world.settle('company', 'teamwork', ({ link }) =>
        link.ids.teamwork === '1'
          ? creating('desk', { name: 'A' })
          : { ...writing(updating('desk', { website: 'b.test' })), pairWith: '8' },
      );
      for (const { plan, link } of await world.store.claimDue(world.site, world.run, 10)) {
        const start = await world.store.beginStep(world.site, plan?.planId ?? '', 0);
        if ('refused' in start) throw new Error(start.refused);
        const id = start.targetId ?? '7';
        await world.store.confirmStep(
          world.site,
          start.intent,
          done('desk', 'company', id, start.step.values),
        );
        await world.store.finishDue(world.site, link);
      }
      expect(await outcomesOf(world)).toEqual({ created: 1, linked: 1 });
      expect(await world.store.progress(world.site, world.run)).toMatchObject({
        done: 2,
        total: 2,
        secondsLeft: null,
      });
    });

    it('R3 the next run finds everything unchanged', async () => {
      const world = await opened.world();
      await world.linkedCompany('Acme', { teamwork: '1', desk: '7' });
      await world.store.startRun(world.site, 'run-2', 'sync');
      await world.store.reportRun(world.site, 'run-2');
      expect((await world.store.run(world.site, 'run-2'))?.counts.outcomes.company).toEqual({ unchanged: 1 });
    });

    it('a pair that differs by now is not told as in step', async () => {
      const world = await opened.world();
      await world.linkedCompany('Acme', { teamwork: '1', desk: '7' });
      await world.store.recordObservation(world.site, company('desk', '7', 'Acme Ltd'));
      expect(await outcomesOf(world)).toEqual({ 'pending:changes_to_write': 1 });
    });
  });

  it('R16 R30 what it left behind goes on without it, and wakes who waited and who was left out', async () => {
    const world = await opened.world();
    const { store, site, run } = world;
    await world.survey('teamwork', 'company', [company('teamwork', '1', 'Acme')]);
    await world.survey('teamwork', 'customer', [
      person('teamwork', '5', 'a@acme.test', { company: '1' }),
      person('teamwork', '6', 'b@acme.test', { company: '1' }),
    ]);
    await world.settle('company', 'teamwork', () => creating('desk', { name: 'Acme' }));
    await world.settle('customer', 'teamwork', ({ link }) => (link.ids.teamwork === '5' ? waiting : alone));
    const [due] = await store.claimDue(site, run, 10);
    const { intent } = await begun(world, due?.plan?.planId ?? '');
    await store.leaveUnknown(site, intent);
    await store.finishDue(site, due?.link ?? 0);
    await store.setPaused(site, pauseOf('link', due?.link ?? 0), true);
    await store.setRunState(site, run, 'finished');
    await store.setPaused(site, pauseOf('link', due?.link ?? 0), false);
    expect(await store.drainState(site, null)).toMatchObject({ later: 1 });

    await store.confirmStep(site, intent, done('desk', 'company', '7', { name: 'Acme' }));
    const people = ['5', '6'].map(async (id) => (await world.linkOf('customer', 'teamwork', id)).link.number);
    const woken = await store.claimDue(site, null, 10);
    expect(woken.map(({ link, run: of }) => [link, of]).sort()).toEqual(
      (await Promise.all(people)).sort().map((link) => [link, null]),
    );
  });

  it('its progress knows what is done and what is left', async () => {
    const world = await opened.world();
    const ids = ['1', '2', '3'];
    await world.survey(
      'teamwork',
      'company',
      ids.map((id) => company('teamwork', id, `C ${id}`)),
      world.run,
    );
    await world.settle('company', 'teamwork', () => creating('desk', { name: 'C' }));
    const [first] = await world.store.claimDue(world.site, world.run, 1);
    expect(await world.store.progress(world.site, world.run)).toMatchObject({
      done: 0,
      total: 3,
      ratePerMinute: null,
    });
    await world.store.finishDue(world.site, first?.link ?? 0);
    const progress = await world.store.progress(world.site, world.run);
    expect(progress).toMatchObject({ done: 1, total: 3, pagesRead: 1, state: 'running' });
    expect(progress?.ratePerMinute).toBeGreaterThan(0);
    expect(progress?.secondsLeft).toBeGreaterThan(0);
  });
}
