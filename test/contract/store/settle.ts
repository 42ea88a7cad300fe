/** Decisions by the page. */
import type { LinkView } from '../../../src/domain/plan';
import {
  agreed,
  alone,
  askedAbout,
  company,
  creating,
  pairedWith,
  person,
  updating,
  waiting,
  writing,
  type MakeStore,
  type World,
} from '../../support/store-world';
import { openedFor } from './opened';

const twins = ['1', '2'].map((id) => company('teamwork', id, 'Acme'));

export function settleContract(make: MakeStore): void {
  const opened = openedFor(make);

  async function twoAcmes(): Promise<World> {
    const world = await opened.world();
    await world.survey('teamwork', 'company', [company('teamwork', '1', 'Acme')]);
    await world.survey('desk', 'company', [company('desk', '7', 'Acme')]);
    return world;
  }

  const eventsOf = async (world: World, link: number) =>
    (await world.reads.timeline(world.site, link, 100)).map(({ event }) => event).reverse();

  it('R14 links a pair, with the base that both agreed on, and tells the journal', async () => {
    const world = await twoAcmes();
    await world.settle('company', 'teamwork', () => pairedWith('7', { name: 'Acme' }));
    const { link } = await world.linkOf('company', 'desk', '7');
    expect(link).toMatchObject({
      phase: 'active',
      ids: { teamwork: '1', desk: '7' },
      bases: { teamwork: { name: 'Acme' }, desk: { name: 'Acme' } },
      status: 'in_sync',
    });
    expect(link.activeSince).not.toBeNull();
    expect(await eventsOf(world, link.number)).toEqual(['linked']);
    expect(await world.undecided('company', 'desk')).toEqual([]);
  });

  it('a decision told twice is carried out once', async () => {
    const world = await twoAcmes();
    const decisions = (await world.undecided('company', 'teamwork')).map((view) => ({
      view,
      plan: pairedWith('7'),
    }));
    await world.store.settle(world.site, world.run, decisions);
    await world.store.settle(world.site, world.run, decisions);
    const { link } = await world.linkOf('company', 'desk', '7');
    expect(await eventsOf(world, link.number)).toEqual(['linked']);
  });

  it('I3 two settling at once link a record once', async () => {
    const world = await opened.world();
    await world.survey('teamwork', 'company', twins);
    await world.survey('desk', 'company', [company('desk', '7', 'Acme')]);
    const views = await world.undecided('company', 'teamwork');
    const settle = (view: LinkView) =>
      world.store.settle(world.site, world.run, [{ view, plan: pairedWith('7') }]);
    await Promise.all(views.map(settle));
    const rows = await world.reads.resolve(world.site, 'desk:7');
    expect(rows.map(({ link }) => link.phase)).toEqual(['active']);
  });

  it('two lone rows that are one pair live on in the lower number', async () => {
    const world = await twoAcmes();
    await world.settle('company', 'desk', () => alone);
    await world.settle('company', 'teamwork', () => askedAbout('7'));
    const [lower, higher] = [
      (await world.linkOf('company', 'desk', '7')).link.number,
      (await world.linkOf('company', 'teamwork', '1')).link.number,
    ];
    await world.settle('company', 'teamwork', () => pairedWith('7'));
    expect(lower).toBeLessThan(higher);
    const merged = await world.store.view(world.site, higher);
    expect(merged?.link).toMatchObject({ number: lower, phase: 'active', ids: { teamwork: '1', desk: '7' } });
    expect(await eventsOf(world, lower)).toEqual(['decided', 'decided', 'merged', 'linked']);
  });

  it('R14 a pair whose one record waits for a later time, and whose other has no row, is decided by the waiting one now', async () => {
    const world = await twoAcmes();
    await world.settle('company', 'desk', () => alone);
    const { link } = await world.linkOf('company', 'desk', '7');
    await world.store.parkUntil(world.site, link.number, '2999-01-01T00:00:00Z', []);
    expect(await world.store.claimDue(world.site, world.run, 10)).toEqual([]);
    await world.settle('company', 'teamwork', () => pairedWith('7'));
    expect(await world.store.claimDue(world.site, world.run, 10)).toMatchObject([{ link: link.number }]);
  });

  it('R31 a lone record gets a row with its reason, told once', async () => {
    const world = await twoAcmes();
    await world.settle('company', 'desk', () => alone);
    await world.survey('desk', 'company', [company('desk', '7', 'Acme Ltd')]);
    await world.settle('company', 'desk', () => alone);
    const { link } = await world.linkOf('company', 'desk', '7');
    expect(link).toMatchObject({ phase: 'lone', status: 'excluded', reason: 'not_asked' });
    expect(await eventsOf(world, link.number)).toEqual(['decided']);
  });

  it('what needs a write is due for the run, and nothing else is', async () => {
    const world = await twoAcmes();
    await world.settle('company', 'teamwork', () => creating('desk', { name: 'Acme' }));
    await world.settle('company', 'desk', () => alone);
    const { link } = await world.linkOf('company', 'teamwork', '1');
    expect(link).toMatchObject({ phase: 'lone', status: 'pending' });
    const due = await world.store.claimDue(world.site, world.run, 10);
    expect(due).toMatchObject([
      { link: link.number, kind: 'company', priority: 4, run: world.run, read: [] },
    ]);
  });

  it('R12 a pair with something to write is linked and due', async () => {
    const world = await twoAcmes();
    const plan = { ...writing(updating('desk', { website: 'acme.test' })), pairWith: '7' };
    await world.settle('company', 'teamwork', () => plan);
    const { link } = await world.linkOf('company', 'desk', '7');
    expect(link).toMatchObject({ phase: 'active', status: 'pending' });
    expect(await world.dueLinks()).toEqual([link.number]);
  });

  it('R23 what must be read first is due with the sides to read', async () => {
    const world = await twoAcmes();
    await world.settle('company', 'teamwork', () => pairedWith('7'));
    await world.survey('teamwork', 'company', [company('teamwork', '1', 'Acme Ltd')]);
    await world.settle('company', 'teamwork', () => ({ ...agreed, status: 'pending', readAgain: ['desk'] }));
    expect(await world.store.claimDue(world.site, world.run, 10)).toMatchObject([{ read: ['desk'] }]);
  });

  it('a link in work is left to its workflow, and the run waits for it', async () => {
    const world = await twoAcmes();
    await world.settle('company', 'desk', () => alone);
    const { link } = await world.linkOf('company', 'desk', '7');
    await world.store.wakeAt(world.site, link.number, '2200-01-01T00:00:00Z');
    await world.settle('company', 'teamwork', () => pairedWith('7'));
    await world.survey('desk', 'company', [company('desk', '7', 'Acme Ltd')]);
    await world.settle('company', 'desk', () => askedAbout('1'));
    expect((await world.linkOf('company', 'desk', '7')).link).toMatchObject({
      phase: 'lone',
      status: 'excluded',
    });
    expect(await world.store.claimDue(world.site, world.run, 10)).toMatchObject([{ link: link.number }]);
  });

  it('R16 people who waited are due when their company is linked', async () => {
    const world = await twoAcmes();
    await world.survey('teamwork', 'customer', [
      person('teamwork', '3', 'a@acme.test', { company: '1' }),
      person('teamwork', '4', 'b@acme.test', { company: '2' }),
    ]);
    await world.settle('customer', 'teamwork', () => waiting);
    await world.settle('company', 'teamwork', () => pairedWith('7'));
    const { link } = await world.linkOf('customer', 'teamwork', '3');
    expect(await world.dueLinks()).toEqual([link.number]);
  });

  it('R4 people who were left out because of their company are due when it is linked, others are not', async () => {
    const world = await twoAcmes();
    const leftOut = { '3': 'company_broken', '4': 'company_not_linked', '5': 'not_asked' } as const;
    await world.survey(
      'teamwork',
      'customer',
      Object.keys(leftOut).map((id) => person('teamwork', id, `p${id}@acme.test`, { company: '1' })),
    );
    await world.settle('customer', 'teamwork', ({ link: { ids } }) => ({
      ...alone,
      reason: leftOut[ids.teamwork as keyof typeof leftOut],
    }));
    await world.settle('company', 'teamwork', () => pairedWith('7'));
    const due = ['3', '4'].map(async (id) => (await world.linkOf('customer', 'teamwork', id)).link.number);
    expect([...(await world.dueLinks())].sort()).toEqual((await Promise.all(due)).sort());
  });

  it('R22 a broken link is dead: its records are settled and nothing moves', async () => {
    const world = await twoAcmes();
    await world.settle('company', 'teamwork', () => pairedWith('7'));
    const view = await world.linkOf('company', 'desk', '7');
    const breakAs = { reason: 'deleted_in_teamwork' as const, side: 'teamwork' as const, causeLink: null };
    await world.store.savePlan(world.site, { view, plan: { ...agreed, breakAs } });
    await world.survey('desk', 'company', [company('desk', '7', 'Acme Ltd')]);
    await world.settle('company', 'desk', () => pairedWith('1'));
    const rows = await world.reads.resolve(world.site, 'desk:7');
    expect(rows.map(({ link }) => link.phase)).toEqual(['broken']);
    expect(await world.undecided('company', 'desk')).toEqual([]);
  });

  it('R22 a record made after the break is linked under a number of its own', async () => {
    const world = await twoAcmes();
    await world.settle('company', 'teamwork', () => pairedWith('7'));
    const view = await world.linkOf('company', 'desk', '7');
    const breakAs = { reason: 'deleted_in_teamwork' as const, side: 'teamwork' as const, causeLink: null };
    await world.store.savePlan(world.site, { view, plan: { ...agreed, breakAs } });
    await world.store.recordGone(world.site, 'teamwork', 'company', '1', new Date().toISOString());
    await world.survey('teamwork', 'company', [company('teamwork', '2', 'Acme')]);
    await world.settle('company', 'teamwork', ({ link }) =>
      link.ids.teamwork === '2' ? pairedWith('7') : alone,
    );
    const rows = await world.reads.resolve(world.site, 'desk:7');
    expect(rows.map(({ link }) => [link.phase, link.ids.teamwork])).toEqual([
      ['broken', '1'],
      ['active', '2'],
    ]);
  });

  it('R22 what a broken link finds changed is news to the link that has the record since', async () => {
    const world = await twoAcmes();
    await world.settle('company', 'teamwork', () => pairedWith('7'));
    const view = await world.linkOf('company', 'desk', '7');
    const breakAs = { reason: 'unlinked_by_operator' as const, side: null, causeLink: null };
    await world.store.savePlan(world.site, { view, plan: { ...agreed, breakAs } });
    await world.survey('teamwork', 'company', twins);
    await world.settle('company', 'teamwork', ({ link }) =>
      link.ids.teamwork === '2' ? pairedWith('7') : alone,
    );
    await world.survey('teamwork', 'company', [company('teamwork', '1', 'Acme Ltd'), ...twins.slice(1)]);
    await world.survey('desk', 'company', [company('desk', '7', 'Acme Inc')]);
    await world.settle('company', 'teamwork', () => alone);
    const left = await world.undecided('company', 'desk');
    expect(left.map(({ link }) => link.ids)).toEqual([{ teamwork: '2', desk: '7' }]);
  });

  it('tells how many decisions nobody carries out: of two with one counterpart, the second', async () => {
    const world = await twoAcmes();
    await world.survey('teamwork', 'company', twins);
    const views = await world.undecided('company', 'teamwork');
    const decisions = views.map((view) => ({ view, plan: pairedWith('7') }));
    expect(await world.store.settle(world.site, world.run, decisions)).toBe(1);
    const left = await world.undecided('company', 'teamwork');
    expect(left.map(({ link }) => link.ids.teamwork)).toEqual(['2']);
  });

  it('R23 a break is not carried out by the page: the link is due', async () => {
    const world = await twoAcmes();
    await world.settle('company', 'teamwork', () => pairedWith('7'));
    await world.store.recordGone(world.site, 'teamwork', 'company', '1', new Date().toISOString());
    const breakAs = { reason: 'deleted_in_teamwork' as const, side: 'teamwork' as const, causeLink: null };
    await world.settle('company', 'teamwork', () => ({ ...agreed, status: 'broken', breakAs }));
    const { link } = await world.linkOf('company', 'desk', '7');
    expect(link).toMatchObject({ phase: 'active', status: 'in_sync' });
    expect(await world.dueLinks()).toEqual([link.number]);
  });
}
