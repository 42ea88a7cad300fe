/** The database's epoch, and when a sweep may run. */
import { agreed, company, pairedWith, type MakeStore, type World } from '../../support/store-world';
import { openedFor } from './opened';

const soon = () => new Date(Date.now() + 60_000).toISOString();

export function sweepsContract(make: MakeStore): void {
  const opened = openedFor(make);

  describe('the epoch', () => {
    it('rises, and freezes nothing', async () => {
      const world = await opened.world();
      expect(await world.store.raiseEpoch(world.site, 0)).toBe(1);
      expect(await world.store.raiseEpoch(world.site, 1)).toBe(2);
      expect(await world.store.raiseEpoch(world.site, 1)).toBe(3);
      expect((await world.store.site(world.site))?.frozen).toBeNull();
    });

    it('of several that raise it at once each gets its own', async () => {
      const world = await opened.world();
      await world.store.raiseEpoch(world.site, 0);
      const raise = () => world.store.raiseEpoch(world.site, 1);
      expect(new Set(await Promise.all(Array.from({ length: 8 }, raise))).size).toBe(8);
    });

    it('lower than remembered, the database is an older copy: frozen once, until an operator has looked', async () => {
      const world = await opened.world();
      await world.store.raiseEpoch(world.site, 0);
      expect(await world.store.raiseEpoch(world.site, 500)).toBe(501);
      expect((await world.store.site(world.site))?.frozen).toMatch(/older copy.*`verify`/);
      await world.store.freeze(world.site, null);
      expect(await world.store.raiseEpoch(world.site, 501)).toBe(502);
      expect((await world.store.site(world.site))?.frozen).toBeNull();
    });

    it('of a site that is not there, there is none', async () => {
      const world = await opened.world();
      expect(await world.store.raiseEpoch('nobody', 0)).toBeNull();
    });
  });

  describe('a sweep', () => {
    const finish = (world: World) => world.store.setRunState(world.site, world.run, 'finished');

    it('R2 waits for the first InitialSync, and never runs beside one or a plan', async () => {
      const world = await opened.world();
      expect(await world.store.sweepMayStart(world.site)).toBe(false);
      await finish(world);
      expect(await world.store.sweepMayStart(world.site)).toBe(true);
      await world.store.startRun(world.site, 'a-plan', 'plan');
      expect(await world.store.sweepMayStart(world.site)).toBe(false);
    });

    it('R2 R30 nor beside an InitialSync that an operator paused', async () => {
      const world = await opened.world();
      await finish(world);
      await world.store.startRun(world.site, 'run-2', 'sync');
      await world.store.setRunState(world.site, 'run-2', 'paused');
      expect(await world.store.sweepMayStart(world.site)).toBe(false);
    });

    it('gives way to an InitialSync that begins', async () => {
      const world = await opened.world();
      await finish(world);
      await world.store.startRun(world.site, 'a-sweep', 'sweep');
      await world.store.startRun(world.site, 'run-2', 'sync');
      expect((await world.store.run(world.site, 'a-sweep'))?.state).toBe('cancelled');
    });

    it('R23 what it finds missing is due to be read, before InitialSync and behind people', async () => {
      const world = await opened.world();
      const link = await world.linkedCompany('Acme', { teamwork: '1', desk: '7' });
      await world.settle('company', 'desk', () => agreed);
      await world.store.startRun(world.site, 'a-sweep', 'sweep');
      for (const id of ['8', '9']) await world.store.recordObservation(world.site, company('desk', id, id));
      const end = await world.survey(
        'desk',
        'company',
        ['8', '9'].map((id) => company('desk', id, id, { readAt: soon() })),
        'a-sweep',
      );
      expect(end).toMatchObject({ complete: true, missing: 1 });
      const { views } = await world.store.undecided(world.site, 'a-sweep', 'company', 'teamwork', null, 10);
      const [view] = [...views, ...(await world.undecided('company', 'desk'))].filter(
        (one) => one.link.number === link,
      );
      if (view === undefined) throw new Error('The pair waits for a decision.');
      const plan = { ...pairedWith('7'), pairWith: null, readAgain: ['desk' as const] };
      await world.store.settle(world.site, 'a-sweep', [{ view, plan }]);
      expect(await world.store.claimDue(world.site, 'a-sweep', 10)).toMatchObject([
        { link, priority: 3, read: ['desk'] },
      ]);
    });
  });
}
