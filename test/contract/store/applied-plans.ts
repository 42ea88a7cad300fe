/** A run that applies a plan: what the plan says of records that have not moved, and nothing else. */
import type { Plan } from '../../../src/domain/plan';
import {
  alone,
  company,
  creating,
  lostInDesk,
  pairedWith,
  updating,
  writing,
  type MakeStore,
  type World,
} from '../../support/store-world';
import { decide, deleted, linkedCompanies } from './linked-companies';
import { openedFor } from './opened';

const plan = 'the-plan';
const apply = 'the-apply';

export function appliedPlansContract(make: MakeStore): void {
  const opened = openedFor(make);

  const createBeta = creating('desk', { name: 'Beta' });
  const planOf = (id: string | null): Plan => (id === '1' ? pairedWith('7') : createBeta);

  /** Two clients, of which the plan links one and creates the other. */
  async function planned(): Promise<World> {
    const world = await opened.world();
    await world.survey('teamwork', 'company', [
      company('teamwork', '1', 'Acme'),
      company('teamwork', '2', 'Beta'),
    ]);
    await world.survey('desk', 'company', [company('desk', '7', 'Acme')]);
    await world.store.startRun(world.site, plan, 'plan');
    const { views } = await world.store.undecided(world.site, plan, 'company', 'teamwork', null, 100);
    const decisions = views.map((view) => ({ view, plan: planOf(view.link.ids.teamwork) }));
    await world.store.keepPlanned(world.site, plan, decisions);
    await world.store.setRunState(world.site, plan, 'finished');
    return world;
  }

  async function applied(world: World, decide: (id: string | null) => Plan = planOf): Promise<void> {
    await world.store.startRun(world.site, apply, 'sync', plan);
    const { views } = await world.store.undecided(world.site, apply, 'company', 'teamwork', null, 100);
    await world.store.settle(
      world.site,
      apply,
      views.map((view) => ({ view, plan: decide(view.link.ids.teamwork) })),
    );
  }

  const isLinked = async (world: World, id: string) =>
    (await world.linkOf('company', 'teamwork', id).catch(() => null))?.link.phase === 'active';
  const report = (world: World) => world.store.appliedReport(world.site, apply);

  it('carries out what has not moved', async () => {
    const world = await planned();
    await applied(world);
    expect(await isLinked(world, '1')).toBe(true);
    expect(await world.store.claimDue(world.site, apply, 10)).toMatchObject([{ kind: 'company' }]);
    expect(await report(world)).toEqual({ plan, carriedOut: 2, moved: [] });
  });

  it('leaves alone a record that was edited since, and names it', async () => {
    const world = await planned();
    await world.store.recordObservation(world.site, company('teamwork', '2', 'Beta & Sons'));
    await applied(world);
    expect(await world.store.claimDue(world.site, apply, 10)).toEqual([]);
    expect(await world.undecided('company', 'teamwork')).toHaveLength(1);
    expect(await report(world)).toEqual({
      plan,
      carriedOut: 1,
      moved: [{ kind: 'company', teamworkId: '2', deskId: null, outcome: 'created' }],
    });
  });

  it('leaves alone a pair whose counterpart was edited since', async () => {
    const world = await planned();
    await world.store.recordObservation(
      world.site,
      company('desk', '7', 'Acme', { fields: { name: 'Acme', website: 'acme.test', email: '' } }),
    );
    await applied(world);
    expect(await isLinked(world, '1')).toBe(false);
    expect((await report(world))?.moved).toMatchObject([{ teamworkId: '1', deskId: '7' }]);
  });

  it.each<[string, Plan]>([
    ['something else is to be written', creating('desk', { name: 'Beta', website: 'beta.test' })],
    ['nothing is to be created any more', alone],
    ['a counterpart was found', pairedWith('8')],
    ['a value would be lost now', { ...createBeta, losers: [lostInDesk('name', 'Beth', 'Beta')] }],
    ['it is a question by now', { ...createBeta, status: 'question', reason: 'ambiguous_match' }],
  ])('leaves alone a record of which %s', async (_, now) => {
    const world = await planned();
    await applied(world, (id) => (id === '2' ? now : planOf(id)));
    expect((await report(world))?.moved).toMatchObject([{ teamworkId: '2', outcome: 'created' }]);
    expect(await world.undecided('company', 'teamwork')).toHaveLength(1);
  });

  it('does nothing with a record that the plan does not know', async () => {
    const world = await planned();
    await world.store.recordObservation(world.site, company('teamwork', '3', 'Gamma'));
    await applied(world, (id) => (id === '3' ? creating('desk', { name: 'Gamma' }) : planOf(id)));
    expect((await world.undecided('company', 'teamwork')).map(({ link }) => link.ids.teamwork)).toEqual([
      '3',
    ]);
    expect(await report(world)).toEqual({ plan, carriedOut: 2, moved: [] });
  });

  it('R26 what an applied plan rewrites was announced, and is not held', async () => {
    const world = await opened.world();
    const numbers = Array.from({ length: 30 }, (_, index) => index + 1);
    for (const n of numbers) {
      await world.linkedCompany(`Company ${n}`, { teamwork: String(n), desk: String(100 + n) });
    }
    await world.survey(
      'teamwork',
      'company',
      numbers.map((n) => company('teamwork', String(n), `New ${n}`)),
    );
    const rename = (id: string | null) => writing(updating('desk', { name: `New ${id ?? ''}` }));
    await world.store.startRun(world.site, plan, 'plan');
    const { views } = await world.store.undecided(world.site, plan, 'company', 'teamwork', null, 100);
    const decisions = views.map((view) => ({ view, plan: rename(view.link.ids.teamwork) }));
    expect(decisions).toHaveLength(30);
    await world.store.keepPlanned(world.site, plan, decisions);
    await applied(world, rename);
    expect(await world.store.claimDue(world.site, apply, 100)).toHaveLength(30);
  });

  it('R26 what an applied plan breaks was announced, too', async () => {
    const world = await opened.world();
    const links = await linkedCompanies(world, 5);
    for (const id of ['1', '2', '3', '4', '5']) {
      await world.store.recordGone(world.site, 'desk', 'company', id, new Date().toISOString());
    }
    await world.store.startRun(world.site, plan, 'plan');
    const { views } = await world.store.undecided(world.site, plan, 'company', 'desk', null, 100);
    await world.store.keepPlanned(
      world.site,
      plan,
      views.map((view) => ({ view, plan: deleted })),
    );
    await world.store.startRun(world.site, apply, 'sync', plan);
    await world.store.settle(
      world.site,
      apply,
      views.map((view) => ({ view, plan: deleted })),
    );
    for (const link of links) expect(await decide(world, link, deleted)).toMatchObject({ phase: 'broken' });
  });

  it('three plans are kept with what they decided, and one that is being applied', async () => {
    const world = await planned();
    const isKept = async () => (await world.store.run(world.site, plan))?.decisionsKept;
    const counts = async () => (await world.store.planReport(world.site, plan)).counts;
    const before = await counts();
    for (const later of ['second', 'third']) await world.store.startRun(world.site, later, 'plan');
    expect([await isKept(), await counts()]).toEqual([true, before]);
    await world.store.startRun(world.site, apply, 'sync', plan);
    await world.store.setRunState(world.site, apply, 'paused');
    await world.store.startRun(world.site, 'fourth', 'plan');
    expect([await isKept(), await counts()]).toEqual([true, before]);
    await world.store.setRunState(world.site, apply, 'finished');
    await world.store.startRun(world.site, 'fifth', 'plan');
    expect([await isKept(), await counts()]).toEqual([false, { company: {}, customer: {} }]);
  });

  it('no run that decides for itself has such a report', async () => {
    const world = await planned();
    expect(await world.store.appliedReport(world.site, world.run)).toBeNull();
  });
}
