/** The decision for one link, and what follows from it in the same transaction. */
import { decideWith } from '../../../src/activities/decide';
import type { Tombstone } from '../../../src/domain/link';
import {
  agreed,
  alone,
  askedAbout,
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
import { operate, rest } from './operated';
import { openedFor } from './opened';

const deletedInDesk: Omit<Tombstone, 'at'> = { reason: 'deleted_in_desk', side: 'desk', causeLink: null };

export function plansContract(make: MakeStore): void {
  const opened = openedFor(make);

  async function aLoneCompany(): Promise<World> {
    const world = await opened.world();
    await world.survey('teamwork', 'company', [company('teamwork', '1', 'Acme')]);
    await world.settle('company', 'teamwork', () => alone);
    return world;
  }

  const eventsOf = async (world: World, link: number) =>
    (await world.reads.timeline(world.site, link, 100)).map(({ event }) => event).reverse();

  it('keeps status, reason and notes, and tells what is to be written', async () => {
    const world = await aLoneCompany();
    const view = await world.linkOf('company', 'teamwork', '1');
    const plan = {
      ...creating('desk', { name: 'Acme' }),
      notes: [{ field: 'email' as const, reason: 'limit' as const }],
    };
    const saved = await world.store.savePlan(world.site, { view, plan });
    expect(saved).toMatchObject({ steps: [{ side: 'desk', action: 'create' }] });
    const { link } = await world.linkOf('company', 'teamwork', '1');
    expect(link).toMatchObject({ status: 'pending', reason: 'changes_to_write', notes: plan.notes });
  });

  it('a plan without a write has no id', async () => {
    const world = await aLoneCompany();
    const view = await world.linkOf('company', 'teamwork', '1');
    expect(await world.store.savePlan(world.site, { view, plan: alone })).toEqual({
      planId: null,
      steps: [],
    });
  });

  it('a link that moved since is decided anew', async () => {
    const world = await aLoneCompany();
    const view = await world.linkOf('company', 'teamwork', '1');
    await world.store.savePlan(world.site, { view, plan: waiting });
    expect(await world.store.savePlan(world.site, { view, plan: alone })).toBeNull();
  });

  it('I18 of two deciding at once one is told to decide anew', async () => {
    const world = await aLoneCompany();
    const view = await world.linkOf('company', 'teamwork', '1');
    const save = () => world.store.savePlan(world.site, { view, plan: waiting });
    const saved = await Promise.all([save(), save()]);
    expect(saved.filter((one) => one === null)).toHaveLength(1);
  });

  it('R14 pairs the link with a record that has a row of its own', async () => {
    const world = await aLoneCompany();
    await world.survey('desk', 'company', [company('desk', '7', 'Acme')]);
    await world.settle('company', 'desk', () => alone);
    const view = await world.linkOf('company', 'desk', '7');
    await world.store.savePlan(world.site, { view, plan: pairedWith('1', { name: 'Acme' }) });
    const { link } = await world.linkOf('company', 'teamwork', '1');
    expect(link).toMatchObject({ phase: 'active', ids: { teamwork: '1', desk: '7' }, status: 'in_sync' });
    expect(await world.store.view(world.site, view.link.number)).toMatchObject({
      link: { number: link.number },
    });
  });

  it('I18 two rows that turn out to be one pair: the row that lives on is due, and writes', async () => {
    const world = await aLoneCompany();
    await world.survey('desk', 'company', [company('desk', '7', 'Acme')]);
    await world.settle('company', 'desk', () => alone);
    const view = await world.linkOf('company', 'desk', '7');
    const plan = { ...pairedWith('1'), steps: [updating('desk', { website: 'acme.test' })] };
    expect(await world.store.savePlan(world.site, { view, plan })).toEqual({ planId: null, steps: [] });
    const { link } = await world.linkOf('company', 'teamwork', '1');
    const [due] = await world.store.claimDue(world.site, null, 10);
    expect(due).toMatchObject({ link: link.number, plan: { steps: [{ side: 'desk', action: 'update' }] } });
  });

  it('I18 the turn of a row that was merged ends by handing over what it was for', async () => {
    const world = await aLoneCompany();
    await world.survey('desk', 'company', [company('desk', '7', 'Acme')]);
    await world.settle('company', 'desk', () => alone);
    const view = await world.linkOf('company', 'desk', '7');
    await world.store.savePlan(world.site, { view, plan: pairedWith('1', { name: 'Acme' }) });
    expect(await world.dueLinks()).toEqual([]);
    const merged = { site: world.site, link: view.link.number };
    expect(await decideWith(world)(merged)).toBeNull();
    const { link } = await world.linkOf('company', 'teamwork', '1');
    expect(await world.dueLinks()).toEqual([link.number]);
  });

  it('R14 a record that another link holds by now is not paired with', async () => {
    const world = await aLoneCompany();
    await world.linkedCompany('Acme Desk', { teamwork: '2', desk: '7' });
    const view = await world.linkOf('company', 'teamwork', '1');
    expect(await world.store.savePlan(world.site, { view, plan: pairedWith('7') })).toBeNull();
  });

  it('R14 a question keeps its candidates until it is none', async () => {
    const world = await aLoneCompany();
    const decide = async (plan: typeof alone) =>
      world.store.savePlan(world.site, { view: await world.linkOf('company', 'teamwork', '1'), plan });
    await decide(askedAbout('7', '8'));
    expect((await world.linkOf('company', 'teamwork', '1')).link.status).toBe('question');
    await decide(alone);
    expect((await world.linkOf('company', 'teamwork', '1')).link.status).toBe('excluded');
  });

  it('R5 what was asked for stays asked for, whatever is decided, and is asked of the pair that it becomes', async () => {
    const world = await aLoneCompany();
    await world.survey('desk', 'company', [company('desk', '7', 'Acme')]);
    await world.settle('company', 'desk', () => alone);
    const asked = (await world.linkOf('company', 'desk', '7')).link.number;
    expect(await operate(world, asked, { verb: 'ask' })).toMatchObject({ done: true });
    const decide = async (side: 'teamwork' | 'desk', id: string, plan: typeof alone) =>
      world.store.savePlan(world.site, { view: await world.linkOf('company', side, id), plan });
    await decide('desk', '7', askedAbout('1'));
    expect((await world.linkOf('company', 'desk', '7')).link).toMatchObject({
      status: 'question',
      asked: 'yes',
    });
    await decide('teamwork', '1', pairedWith('7'));
    const { link } = await world.linkOf('company', 'desk', '7');
    expect(link.number).toBeLessThan(asked);
    expect(link).toMatchObject({ phase: 'active', asked: 'yes' });
  });

  it('R11 a conflict is kept in the journal with its values and what decided it', async () => {
    const world = await opened.world();
    const number = await world.linkedCompany('Acme', { teamwork: '1', desk: '7' });
    const view = await world.linkOf('company', 'desk', '7');
    const changedAt = { teamwork: '2026-01-02T00:00:00Z', desk: null };
    const how = { base: 'first.test', decidedBy: 'latest', changedAt } as const;
    const loser = lostInDesk('website', 'old.test', 'new.test', how);
    const plan = { ...writing(updating('desk', { website: 'new.test' })), losers: [loser] };
    await world.store.savePlan(world.site, { view, plan });
    const [entry] = (await world.reads.timeline(world.site, number, 10)).filter(
      ({ event }) => event === 'conflict',
    );
    expect(entry).toMatchObject({
      side: 'desk',
      detail: { field: 'website', value: 'old.test', against: 'new.test', rule: 'policy', ...how },
    });
  });

  describe('a break', () => {
    it('R22 leaves a tombstone with its story', async () => {
      const world = await opened.world();
      const number = await world.linkedCompany('Acme', { teamwork: '1', desk: '7' });
      const view = await world.linkOf('company', 'desk', '7');
      await world.store.savePlan(world.site, { view, plan: { ...agreed, breakAs: deletedInDesk } });
      const { link } = await world.linkOf('company', 'teamwork', '1');
      expect(link).toMatchObject({ number, phase: 'broken', status: 'broken', reason: 'deleted_in_desk' });
      expect(link.tombstone).toMatchObject(deletedInDesk);
      expect(await eventsOf(world, number)).toEqual(['linked', 'broken']);
    });

    it('R22 nothing brings it back: a later decision changes nothing', async () => {
      const world = await opened.world();
      await world.linkedCompany('Acme', { teamwork: '1', desk: '7' });
      const view = await world.linkOf('company', 'desk', '7');
      await world.store.savePlan(world.site, { view, plan: { ...agreed, breakAs: deletedInDesk } });
      const broken = await world.linkOf('company', 'desk', '7');
      await world.store.savePlan(world.site, { view: broken, plan: pairedWith('7') });
      expect((await world.linkOf('company', 'desk', '7')).link).toEqual(broken.link);
    });

    it("R25 a company's break makes its people's links due", async () => {
      const world = await opened.world();
      await world.linkedCompany('Acme', { teamwork: '1', desk: '7' });
      await world.survey('teamwork', 'customer', [person('teamwork', '3', 'a@acme.test', { company: '1' })]);
      await world.survey('desk', 'customer', [person('desk', '8', 'a@acme.test', { company: '7' })]);
      await world.settle('customer', 'teamwork', () => pairedWith('8'));
      const view = await world.linkOf('company', 'desk', '7');
      await world.store.savePlan(world.site, { view, plan: { ...agreed, breakAs: deletedInDesk } });
      expect(await world.dueLinks()).toEqual([(await world.linkOf('customer', 'desk', '8')).link.number]);
    });

    it('R25 and those of who is just being made there', async () => {
      const world = await opened.world();
      await world.linkedCompany('Acme', { teamwork: '1', desk: '7' });
      await world.survey('teamwork', 'customer', [person('teamwork', '3', 'a@acme.test', { company: '1' })]);
      await world.settle('customer', 'teamwork', () => creating('desk', { email: 'a@acme.test' }));
      await rest(world);
      const view = await world.linkOf('company', 'desk', '7');
      await world.store.savePlan(world.site, { view, plan: { ...agreed, breakAs: deletedInDesk } });
      expect(await world.dueLinks()).toEqual([(await world.linkOf('customer', 'teamwork', '3')).link.number]);
    });
  });

  it('R16 without a run, everybody in a company just linked is due, also who had no link yet', async () => {
    const world = await opened.world();
    await world.survey('teamwork', 'company', [company('teamwork', '1', 'Acme')]);
    await world.survey('desk', 'company', [company('desk', '7', 'Acme')]);
    await world.settle('company', 'desk', () => alone);
    await world.survey('desk', 'customer', [person('desk', '8', 'a@acme.test', { company: '7' })]);
    const view = await world.linkOf('company', 'desk', '7');
    await world.store.savePlan(world.site, { view, plan: pairedWith('1') });
    const { link } = await world.linkOf('customer', 'desk', '8');
    expect(await world.store.claimDue(world.site, null, 10)).toMatchObject([
      { link: link.number, kind: 'customer' },
    ]);
  });

  it('a link without a number is unknown', async () => {
    const world = await opened.world();
    expect(await world.store.view(world.site, 987_654_321)).toBeNull();
  });
}
