/** Turns of a run and beside it: what the next run takes over, and whom a decision makes due (R3, R15, R16, R21). */
import {
  alone,
  company,
  creating,
  pairedWith,
  person,
  updating,
  waiting,
  type MakeStore,
  type World,
} from '../../support/store-world';
import { openedFor } from './opened';
import { leftUnknown } from './step-world';

export function turnsContract(make: MakeStore): void {
  const opened = openedFor(make);

  async function withWork() {
    const world = await opened.world();
    await world.survey('desk', 'company', [company('desk', '1', 'Renamed')]);
    await world.settle('company', 'desk', () => creating('teamwork', { name: 'Renamed' }));
    return { world, link: (await world.linkOf('company', 'desk', '1')).link.number };
  }
  async function aLoneCompany(): Promise<World> {
    const world = await opened.world();
    await world.survey('teamwork', 'company', [company('teamwork', '1', 'Acme')]);
    await world.settle('company', 'teamwork', () => alone);
    return world;
  }
  async function twoAcmes(): Promise<World> {
    const world = await opened.world();
    await world.survey('teamwork', 'company', [company('teamwork', '1', 'Acme')]);
    await world.survey('desk', 'company', [company('desk', '7', 'Acme')]);
    return world;
  }
  const drain = (world: World) => world.store.drainState(world.site, world.run);
  const claim = async (world: World, run: string | null) =>
    (await world.store.claimDue(world.site, run, 100)).map(({ link }) => link);

  it('cancelled, the next run decides anew what it had decided in Teamwork.com, too', async () => {
    const world = await opened.world();
    await world.survey('teamwork', 'company', [company('teamwork', '1', 'Acme')]);
    await world.settle('company', 'teamwork', () => creating('desk', { name: 'Acme' }));
    expect(await world.undecided('company', 'teamwork')).toEqual([]);
    await world.store.setRunState(world.site, world.run, 'cancelled');
    expect(await world.undecided('company', 'teamwork')).toHaveLength(1);
  });

  it('cancelled, what it still has in work is waited for by the next run', async () => {
    const { world } = await withWork();
    await claim(world, world.run);
    await world.store.setRunState(world.site, world.run, 'cancelled');
    await world.store.startRun(world.site, 'run-2', 'sync');
    expect(await world.store.drainState(world.site, 'run-2')).toMatchObject({ open: 1 });
  });

  it('R15 cancelled, a write of unknown outcome is waited for by the next run', async () => {
    const quick = await make({ settleMs: 0 });
    const { world, link } = await withWork();
    await leftUnknown(world, quick);
    await world.store.setRunState(world.site, world.run, 'cancelled');
    await world.store.startRun(world.site, 'run-2', 'sync');
    expect(await claim(world, 'run-2')).toEqual([link]);
    await quick.close();
  });

  it('R3 what somebody waits for by now does not wait for its turn', async () => {
    const { world, link } = await withWork();
    expect(await claim(world, null)).toEqual([]);
    await world.operations.makeDue(world.site, [link]);
    expect(await drain(world)).toMatchObject({ ready: 1 });
    expect(await claim(world, null)).toEqual([link]);
  });

  it('I18 … to the one that lives on, for the run that waits for it', async () => {
    const world = await aLoneCompany();
    await world.survey('desk', 'company', [company('desk', '7', 'Acme')]);
    await world.settle('company', 'desk', () => ({ ...alone, readAgain: ['desk'] }));
    const view = await world.linkOf('company', 'desk', '7');
    await world.store.claimDue(world.site, world.run, 10);
    const plan = { ...pairedWith('1'), steps: [updating('desk', { website: 'acme.test' })] };
    await world.store.savePlan(world.site, { view, plan });
    await world.store.finishDue(world.site, view.link.number);
    const { link } = await world.linkOf('company', 'teamwork', '1');
    expect(await world.store.claimDue(world.site, world.run, 10)).toMatchObject([
      { link: link.number, priority: 4, run: world.run },
    ]);
  });

  it('R1 R16 … but nobody who is gone or one of the staff', async () => {
    const world = await opened.world();
    await world.survey('teamwork', 'company', [company('teamwork', '1', 'Acme')]);
    await world.survey('desk', 'company', [company('desk', '7', 'Acme')]);
    await world.settle('company', 'desk', () => alone);
    const staff = person('teamwork', '3', 'us@acme.test', { company: '1' });
    await world.survey('teamwork', 'customer', [{ ...staff, scope: 'staff' }]);
    await world.survey('desk', 'customer', [person('desk', '8', 'a@acme.test', { company: '7' })]);
    const later = new Date(Date.now() + 1_000).toISOString();
    await world.store.recordGone(world.site, 'desk', 'customer', '8', later);
    const view = await world.linkOf('company', 'desk', '7');
    await world.store.savePlan(world.site, { view, plan: pairedWith('1') });
    expect(await world.dueLinks()).toEqual([]);
  });

  it('I3 what was decided on a link that moved since is left to its workflow', async () => {
    const world = await twoAcmes();
    await world.settle('company', 'teamwork', () => alone);
    const view = await world.linkOf('company', 'teamwork', '1');
    await world.store.savePlan(world.site, { view, plan: waiting });
    await world.store.settle(world.site, world.run, [{ view, plan: creating('desk', { name: 'Acme' }) }]);
    const { link } = await world.linkOf('company', 'teamwork', '1');
    expect(link.status).toBe('waiting');
    expect(await world.store.claimDue(world.site, world.run, 10)).toMatchObject([
      { link: link.number, plan: null },
    ]);
  });

  it('R16 once the run has come to the people, everybody in a company just linked is due, also who has no link yet', async () => {
    const world = await twoAcmes();
    await world.survey('teamwork', 'customer', [person('teamwork', '3', 'a@acme.test', { company: '1' })]);
    await world.store.setRunPhase(world.site, world.run, 'customers');
    await world.settle('company', 'teamwork', () => pairedWith('7'));
    const { link } = await world.linkOf('customer', 'teamwork', '3');
    expect(await world.dueLinks()).toEqual([link.number]);
  });

  it('R21 R25 what waits for the word on its company is due', async () => {
    const world = await twoAcmes();
    await world.settle('company', 'teamwork', () => pairedWith('7'));
    const company = (await world.linkOf('company', 'desk', '7')).link.number;
    await world.survey('teamwork', 'customer', [person('teamwork', '3', 'a@acme.test', { company: '1' })]);
    const companyFirst = { link: company, side: 'teamwork', read: true } as const;
    await world.settle('customer', 'teamwork', () => ({ ...waiting, companyFirst }));
    const { link } = await world.linkOf('customer', 'teamwork', '3');
    expect(await world.dueLinks()).toEqual([link.number]);
  });
}
