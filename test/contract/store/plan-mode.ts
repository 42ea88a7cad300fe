/** A run in mode `plan`: decisions are kept and reported, and nothing else changes. */
import type { Plan } from '../../../src/domain/plan';
import type { Kind, Side } from '../../../src/domain/record';
import {
  alone,
  company,
  creating,
  lostInDesk,
  pairedWith,
  person,
  updating,
  waiting,
  writing,
  type MakeStore,
  type World,
} from '../../support/store-world';
import { openedFor } from './opened';

const run = 'the-plan';

export function planModeContract(make: MakeStore): void {
  const opened = openedFor(make);

  async function aPlan(): Promise<World> {
    const world = await opened.world();
    await world.store.startRun(world.site, run, 'plan');
    await world.survey('teamwork', 'company', [
      company('teamwork', '1', 'Acme'),
      company('teamwork', '2', 'Beta'),
    ]);
    await world.survey('desk', 'company', [company('desk', '7', 'Acme')]);
    await world.survey('teamwork', 'customer', [
      person('teamwork', '3', 'a@acme.test', { company: '1' }),
      person('teamwork', '4', 'b@beta.test', { company: '2' }),
    ]);
    return world;
  }

  const views = async (world: World, kind: Kind, side: Side) =>
    (await world.store.undecided(world.site, run, kind, side, null, 100)).views;

  const keep = async (world: World, kind: Kind, side: Side, plan: (id: string | null) => Plan) => {
    const decisions = (await views(world, kind, side)).map((view) => ({
      view,
      plan: plan(view.link.ids[side]),
    }));
    await world.store.keepPlanned(world.site, run, decisions);
  };

  const companies = (world: World) =>
    keep(world, 'company', 'teamwork', (id) =>
      id === '1' ? pairedWith('7') : creating('desk', { name: 'Beta' }),
    );

  it('links nothing and makes nothing due', async () => {
    const world = await aPlan();
    await companies(world);
    expect((await world.linkOf('company', 'teamwork', '1').catch(() => null))?.link.number ?? 0).toBe(0);
    expect(await world.dueLinks()).toEqual([]);
    expect(await world.undecided('company', 'teamwork')).toHaveLength(2);
  });

  it('a record that the plan has already, as a counterpart too, is not met again', async () => {
    const world = await aPlan();
    await companies(world);
    expect(await views(world, 'company', 'teamwork')).toEqual([]);
    expect(await views(world, 'company', 'desk')).toEqual([]);
  });

  it('R16 takes its own decisions about companies as done', async () => {
    const world = await aPlan();
    await companies(world);
    const parents = (await views(world, 'customer', 'teamwork')).map((view) => view.parents.teamwork?.link);
    expect(parents).toMatchObject([
      { phase: 'active', ids: { teamwork: '1', desk: '7' } },
      { phase: 'active', ids: { teamwork: '2', desk: 'planned' } },
    ]);
    expect(new Set(parents.map((link) => link?.number)).size).toBe(2);
  });

  it('R16 and of those that it leaves out as left out', async () => {
    const world = await aPlan();
    await keep(world, 'company', 'teamwork', () => alone);
    const parents = (await views(world, 'customer', 'teamwork')).map((view) => view.parents.teamwork?.link);
    expect(parents).toEqual([null, null]);
  });

  it('reports counts, companies with their people, and the calls that the writes need', async () => {
    const world = await aPlan();
    await companies(world);
    await keep(world, 'customer', 'teamwork', (id) =>
      id === '3' ? creating('desk', { email: 'a@acme.test' }) : waiting,
    );
    const report = await world.store.planReport(world.site, run);
    expect(report.counts).toEqual({
      company: { linked: 1, created: 1 },
      customer: { created: 1, 'waiting:company_not_yet_linked': 1 },
    });
    expect(report.companies).toEqual([
      { teamworkId: '1', deskId: '7', name: 'Acme', outcome: 'linked', people: { created: 1 } },
      {
        teamworkId: '2',
        deskId: null,
        name: 'Beta',
        outcome: 'created',
        people: { 'waiting:company_not_yet_linked': 1 },
      },
    ]);
    expect(report.calls).toEqual({ teamwork: 0, desk: 2 });
    expect(report.limitPerMinute).toEqual({ teamwork: 150, desk: 120 });
    expect(report.minutes).toBeCloseTo(2 / 120);
  });

  it('counts two calls for a person in Teamwork.com, and those outside of every company', async () => {
    const world = await aPlan();
    await world.survey('desk', 'customer', [person('desk', '9', 'c@else.test')]);
    await keep(world, 'customer', 'desk', () => creating('teamwork', { email: 'c@else.test' }));
    const report = await world.store.planReport(world.site, run);
    expect(report.calls).toEqual({ teamwork: 2, desk: 0 });
    expect(report.companies).toEqual([
      { teamworkId: null, deskId: null, name: '', outcome: '', people: { created: 1 } },
    ]);
  });

  it('R12 names every value that would be replaced', async () => {
    const world = await aPlan();
    const losers = [lostInDesk('website', 'old.test', 'new.test', { rule: 'first_match' })];
    const plan = { ...writing(updating('desk', { website: 'new.test' })), pairWith: '7', losers };
    await keep(world, 'company', 'teamwork', (id) => (id === '1' ? plan : alone));
    const report = await world.store.planReport(world.site, run);
    expect(report.replaced).toEqual([{ kind: 'company', side: 'desk', id: '7', field: 'website' }]);
  });
}
