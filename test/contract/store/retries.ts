/** Writes without effect: when they are tried again, and what heals them before (R13, situations `refused` and `taken`). */
import { company, updating, writing, type MakeStore } from '../../support/store-world';
import { nothingToDo } from '../../../src/domain/plan-shapes';
import { openedFor } from './opened';
import { done } from './step-done';
import { operate } from './operated';
import { aCreate, anUpdate, begun, planned } from './step-world';

export function retriesContract(make: MakeStore): void {
  const opened = openedFor(make);
  const later = '2026-01-01T00:00:00Z';
  const inOneSecond = () => new Date(Date.now() + 1_000).toISOString();

  const failingTaken = nothingToDo('taken', 'failing', 'taken');

  async function refusedAsTaken() {
    const made = await aCreate(opened);
    const { world } = made;
    await world.store.recordObservation(world.site, company('desk', '9', 'Acme'));
    // Decided in the face of the holder, as the vendor's refusal is.
    const view = await world.linkOf('company', 'teamwork', '1');
    await world.store.savePlan(world.site, { view, plan: failingTaken });
    return made;
  }

  it('taken: while the holder keeps the name nobody is woken', async () => {
    const { world } = await refusedAsTaken();
    const same = { ...company('desk', '9', 'Acme', { updatedAt: inOneSecond() }), readAt: inOneSecond() };
    await world.store.recordObservation(world.site, same);
    expect(await world.store.claimDue(world.site, null, 10)).toEqual([]);
  });

  it.each([
    ['is renamed', 'Other'],
    ['is gone', null],
  ])('taken: who waits is due once the holder %s', async (_, name) => {
    const { world, number } = await refusedAsTaken();
    if (name === null) await world.store.recordGone(world.site, 'desk', 'company', '9', inOneSecond());
    else {
      const renamed = { ...company('desk', '9', name), readAt: inOneSecond() };
      await world.store.recordObservation(world.site, renamed);
    }
    expect(await world.store.claimDue(world.site, null, 10)).toMatchObject([{ link: number }]);
  });

  it('taken: who was refused on one side is not due for what is free on the other', async () => {
    const { world, number, planId } = await anUpdate(opened, updating('desk', { name: 'Acme 2' }));
    const { store, site } = world;
    const { intent } = await begun(world, planId);
    await store.refuseStep(site, intent, { reason: 'taken', retryAt: null });
    await store.claimDue(site, null, 10);
    await store.finishDue(site, number);
    await store.recordObservation(site, company('teamwork', '2', 'Third'));
    expect((await store.claimDue(site, null, 10)).map(({ link }) => link)).not.toContain(number);
    await store.recordObservation(site, company('desk', '8', 'Fourth'));
    expect((await store.claimDue(site, null, 10)).map(({ link }) => link)).toContain(number);
  });

  it('R13 ignored: known with what was sent, until a run or its time tries it again', async () => {
    const { world, planId } = await anUpdate(opened);
    const { intent } = await begun(world, planId);
    const told = done('desk', 'company', '7', { website: '' }, { base: {}, ignored: ['website'] });
    await world.store.confirmStep(world.site, intent, told);
    expect((await world.linkOf('company', 'desk', '7')).ignored).toEqual({
      side: 'desk',
      values: { website: 'acme.test' },
    });
    await world.store.startRun(world.site, 'run-2', 'sync');
    expect((await world.linkOf('company', 'desk', '7')).ignored).toBeNull();
  });

  it('R13 ignored: a turn in between does not take the time of the next try away', async () => {
    const { world, number, planId } = await anUpdate(opened);
    const { store, site } = world;
    const { intent } = await begun(world, planId);
    const told = done('desk', 'company', '7', { website: '' }, { base: {}, ignored: ['website'] });
    await store.confirmStep(site, intent, told);
    await store.wakeAt(site, number, new Date().toISOString());
    expect(await store.claimDue(site, null, 10)).toMatchObject([{ link: number }]);
    const view = await world.linkOf('company', 'desk', '7');
    await store.savePlan(site, { view, plan: nothingToDo('ignored', 'failing', 'remote_ignored') });
    await store.finishDue(site, number);
    expect(await store.drainState(site, null)).toMatchObject({ open: 0, ready: 0, later: 1 });
  });

  it('R13 ignored: parked with its reason; its run does not wait for the next try', async () => {
    const world = await opened.world();
    const { store, site, run } = world;
    const number = await world.linkedCompany('Acme', { teamwork: '1', desk: '7' });
    await store.recordObservation(site, { ...company('teamwork', '1', 'Acme Ltd'), readAt: inOneSecond() });
    const plan = writing(updating('desk', { website: 'acme.test' }));
    await world.settle('company', 'teamwork', () => plan);
    const [due] = await store.claimDue(site, run, 10);
    expect(due).toMatchObject({ link: number, run });
    const { intent } = await begun(world, due?.plan?.planId ?? '');
    const told = done('desk', 'company', '7', { website: '' }, { base: {}, ignored: ['website'] });
    await store.confirmStep(site, intent, told);
    await store.finishDue(site, number);
    expect(await store.drainState(site, run)).toMatchObject({ open: 0, ready: 0, later: 0 });
    expect(await store.drainState(site, null)).toMatchObject({ later: 1 });
  });

  it('R13 ignored: tried again when an operator asks for it', async () => {
    const { world, number, planId } = await anUpdate(opened);
    const { intent } = await begun(world, planId);
    const told = done('desk', 'company', '7', { website: '' }, { base: {}, ignored: ['website'] });
    await world.store.confirmStep(world.site, intent, told);
    expect((await world.linkOf('company', 'desk', '7')).ignored).not.toBeNull();
    await operate(world, number, { verb: 'retry' });
    expect((await world.linkOf('company', 'desk', '7')).ignored).toBeNull();
  });

  it('refused: the wait grows with every failure of the same write, and another write begins anew', async () => {
    const { world, number, planId: first } = await anUpdate(opened);
    const { store, site } = world;
    const minutesAfter = async (planId: string) => {
      await store.wakeAt(site, number, new Date().toISOString());
      await store.claimDue(site, null, 10);
      const { intent } = await begun(world, planId);
      await store.refuseStep(site, intent, { reason: 'refused', retryAt: '2020-01-01T00:00:00Z' });
      await store.finishDue(site, number);
      const { nextAt } = await store.drainState(site, null);
      return Math.round((Date.parse(nextAt ?? '') - Date.now()) / 60_000);
    };
    const to = (website: string) =>
      planned(world, 'company', 'desk', '7', writing(updating('desk', { website })));
    expect(await minutesAfter(first)).toBe(15);
    expect(await minutesAfter(await to('acme.test'))).toBe(60);
    expect(await minutesAfter(await to('other.test'))).toBe(15);
  });

  it('refused: not tried again before the time that grows with every failure', async () => {
    const { world, planId } = await aCreate(opened);
    const { intent } = await begun(world, planId);
    await world.store.refuseStep(world.site, intent, { reason: 'refused', retryAt: later });
    expect(await world.store.claimDue(world.site, null, 10)).toEqual([]);
  });
}
