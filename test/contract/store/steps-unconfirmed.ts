/** What a refused write leaves, and one whose outcome nobody knows. */
import { decideWith } from '../../../src/activities/decide';
import type { Side } from '../../../src/domain/record';
import { alone, askedAbout, company, creating, pairedWith, type MakeStore } from '../../support/store-world';
import { openedFor } from './opened';
import { done } from './step-done';
import { operate } from './operated';
import { aCreate, anUpdate, begun, eventsOf, planned } from './step-world';

export function stepsUnconfirmedContract(make: MakeStore): void {
  const opened = openedFor(make);

  describe('a write without a confirmation', () => {
    it('refused: the link fails with the reason and is tried again at that time', async () => {
      const { world, planId, number } = await aCreate(opened);
      const { intent } = await begun(world, planId);
      const refusal = { reason: 'taken', retryAt: '2200-01-01T00:00:00Z' } as const;
      await world.store.refuseStep(world.site, intent, refusal);
      expect((await world.linkOf('company', 'teamwork', '1')).link).toMatchObject({
        status: 'failing',
        reason: 'taken',
      });
      expect(await world.dueLinks()).toEqual([]);
      expect(await world.store.openIntent(world.site, number)).toBeNull();
      expect(await world.store.beginStep(world.site, planId, 0)).toEqual({ refused: 'stale' });
    });

    it('refused: the run does not wait for the next try', async () => {
      const { world, planId } = await aCreate(opened);
      const { intent } = await begun(world, planId);
      await world.store.refuseStep(world.site, intent, {
        reason: 'refused',
        retryAt: '2200-01-01T00:00:00Z',
      });
      const left = await world.store.drainState(world.site, world.run);
      expect(left).toEqual({ open: 0, ready: 0, later: 0, nextAt: null });
    });

    it('R15 unknown: it stays open, and is to be looked for once it has settled', async () => {
      const { world, planId, number } = await aCreate(opened);
      const { intent } = await begun(world, planId);
      await world.store.leaveUnknown(world.site, intent);
      expect((await world.linkOf('company', 'teamwork', '1')).intent).toMatchObject({
        id: intent,
        side: 'desk',
        action: 'create',
        values: { name: 'Acme' },
        settled: false,
      });
      expect(await world.store.beginStep(world.site, planId, 0)).toEqual({ refused: 'intent_open' });
      expect(await eventsOf(world, number)).toEqual(['decided', 'decided', 'unknown']);
    });

    it('R15 what an open create may have made is linked with nobody else, until its outcome is known', async () => {
      const { world, planId } = await aCreate(opened);
      const { intent } = await begun(world, planId);
      await world.store.leaveUnknown(world.site, intent);
      // Made by the write whose answer was lost; meanwhile another client has taken the name.
      await world.store.recordObservation(world.site, company('desk', '9', 'Acme'));
      await world.store.recordObservation(world.site, company('teamwork', '2', 'Acme'));
      await world.settle('company', 'desk', () => pairedWith('2'));
      for (const side of ['teamwork', 'desk'] as const) await world.settle('company', side, () => alone);

      const phaseAfter = async (side: Side, id: string, pair: string) => {
        const view = await world.linkOf('company', side, id);
        await world.store.savePlan(world.site, { view, plan: pairedWith(pair) });
        return (await world.linkOf('company', side, id)).link.phase;
      };
      expect(await phaseAfter('teamwork', '2', '9')).toBe('lone');
      expect(await phaseAfter('desk', '9', '2')).toBe('lone');
      const { number } = (await world.linkOf('company', 'teamwork', '2')).link;
      expect(await world.store.drainState(world.site, null)).toMatchObject({ later: 3 });
      await world.store.closeIntent(world.site, intent);
      expect(await phaseAfter('teamwork', '2', '9')).toBe('active');
      expect((await world.linkOf('company', 'desk', '9')).link.number).toBe(number);
    });

    it('R15 unknown: a turn that comes too early does not lose the time to look', async () => {
      const world = await opened.world();
      await world.survey('teamwork', 'company', [company('teamwork', '1', 'Acme')]);
      await world.settle('company', 'teamwork', () => creating('desk', { name: 'Acme' }));
      const [due] = await world.store.claimDue(world.site, world.run, 1);
      const { intent, link } = await begun(world, due?.plan?.planId ?? '');
      await world.store.leaveUnknown(world.site, intent);
      await world.store.finishDue(world.site, link);
      await world.store.wakeAt(world.site, link, '2020-01-01T00:00:00Z');
      expect(await world.dueLinks()).toEqual([link]);
      await decideWith(world)({ site: world.site, link });
      await world.store.finishDue(world.site, link);
      expect(await world.store.drainState(world.site, world.run)).toMatchObject({
        open: 0,
        ready: 0,
        later: 1,
      });
    });

    it('R15 nobody called it unknown: the next turn does, for whoever sent it is dead', async () => {
      const quick = await make({ settleMs: 0 });
      const { world, planId, number } = await aCreate(opened);
      await begun(world, planId);
      await decideWith(quick)({ site: world.site, link: number });
      expect(await eventsOf(world, number)).toContain('unknown');
      expect((await quick.store.view(world.site, number))?.intent?.settled).toBe(true);
      expect(await world.dueLinks()).toEqual([number]);
      await quick.close();
    });

    it('R15 found to have taken effect: adopted', async () => {
      const { world, planId, number } = await aCreate(opened);
      const { intent } = await begun(world, planId);
      await world.store.leaveUnknown(world.site, intent);
      await world.store.confirmStep(
        world.site,
        intent,
        done('desk', 'company', '7', { name: 'Acme' }, { adopted: true }),
      );
      expect((await world.linkOf('company', 'desk', '7')).link).toMatchObject({ number, phase: 'active' });
      expect(await eventsOf(world, number)).toEqual(['decided', 'decided', 'unknown', 'adopted']);
    });

    it('R15 found to have had no effect: it may be sent again', async () => {
      const { world, planId } = await aCreate(opened);
      const { intent } = await begun(world, planId);
      await world.store.leaveUnknown(world.site, intent);
      await world.store.closeIntent(world.site, intent);
      expect(await world.store.beginStep(world.site, planId, 0)).toHaveProperty('intent');
    });

    it('R15 what it may have made all the same is a question on both sides, and due', async () => {
      const { world, planId, number } = await aCreate(opened);
      const { intent } = await begun(world, planId);
      await world.store.leaveUnknown(world.site, intent);
      await world.linkedCompany('Linked', { teamwork: '5', desk: '8' });
      await world.survey('desk', 'company', [
        company('desk', '7', 'Renamed'),
        company('desk', '8', 'Linked'),
      ]);
      await world.settle('company', 'desk', () => alone);
      const before = await world.linkOf('company', 'desk', '7');

      await world.store.closeIntent(world.site, intent, ['7', '8']);
      const perhaps = [{ teamwork: '1', desk: '7', verdict: 'perhaps' }];
      const made = await world.linkOf('company', 'desk', '7');
      expect([made.group.answers, made.counterparts.map(({ id }) => id)]).toEqual([perhaps, ['1']]);
      const source = await world.linkOf('company', 'teamwork', '1');
      expect([source.group.answers, source.counterparts.map(({ id }) => id)]).toEqual([perhaps, ['7']]);
      expect(await world.store.savePlan(world.site, { view: before, plan: alone })).toBeNull();
      expect(await world.dueLinks()).toContain(made.link.number);
      expect((await world.reads.timeline(world.site, number, 1))[0]).toMatchObject({
        ...{ event: 'no_effect', detail: { candidates: ['7'] } },
      });
    });

    it('R15 what another open create gives its identity to is not asked about', async () => {
      const { world, planId } = await aCreate(opened);
      const { intent } = await begun(world, planId);
      await world.store.leaveUnknown(world.site, intent);
      await world.survey('teamwork', 'company', [
        company('teamwork', '1', 'Acme'),
        company('teamwork', '2', 'Beta'),
      ]);
      await world.settle('company', 'teamwork', () => alone);
      const plan = creating('desk', { name: 'Beta' });
      await begun(world, await planned(world, 'company', 'teamwork', '2', plan));
      await world.store.recordObservation(world.site, company('desk', '7', 'Beta'));
      await world.store.closeIntent(world.site, intent, ['7']);
      expect((await world.linkOf('company', 'teamwork', '1')).group.answers).toEqual([]);
    });

    it('R14 R15 what an operator told apart from it is not asked about again', async () => {
      const world = await opened.world();
      await world.survey('teamwork', 'company', [company('teamwork', '1', 'Acme')]);
      await world.survey('desk', 'company', [company('desk', '7', 'Acme')]);
      await world.settle('company', 'teamwork', () => alone);
      await world.settle('company', 'desk', () => askedAbout('1'));
      const { number } = (await world.linkOf('company', 'desk', '7')).link;
      const apart = { verb: 'answer', verdict: 'apart', id: '1' } as const;
      expect(await operate(world, number, apart)).toMatchObject({ done: true });
      const plan = creating('desk', { name: 'Acme' });
      const { intent } = await begun(world, await planned(world, 'company', 'teamwork', '1', plan));
      await world.store.leaveUnknown(world.site, intent);
      await world.store.closeIntent(world.site, intent, ['7']);
      const { group } = await world.linkOf('company', 'teamwork', '1');
      expect(group.answers).toEqual([{ teamwork: '1', desk: '7', verdict: 'apart' }]);
    });

    it('R15 settled, it is to be looked for now', async () => {
      const quick = await make({ settleMs: 0 });
      const { world, planId, number } = await aCreate(opened);
      const { intent } = await begun(world, planId);
      await quick.store.leaveUnknown(world.site, intent);
      expect((await quick.store.view(world.site, number))?.intent?.settled).toBe(true);
      expect(await world.dueLinks()).toEqual([number]);
      await quick.close();
    });

    it('R15 a record that was there before an open create was sent is not what that made', async () => {
      const world = await opened.world();
      await world.survey('desk', 'company', [company('desk', '7', 'ACME Inc.')]);
      await world.survey('teamwork', 'company', [company('teamwork', '1', 'Acme')]);
      await world.settle('company', 'teamwork', () => alone);
      await begun(
        world,
        await planned(world, 'company', 'teamwork', '1', creating('desk', { name: 'Acme' })),
      );
      await world.survey('teamwork', 'company', [company('teamwork', '2', 'Acme Two')]);
      await world.settle('company', 'desk', () => pairedWith('2'));
      expect((await world.linkOf('company', 'desk', '7')).link.phase).toBe('active');
    });

    it('R33 of a write that was refused nothing is told', async () => {
      const { world, planId } = await anUpdate(opened);
      const { intent } = await begun(world, planId);
      const since = new Date(Date.now() - 60_000).toISOString();
      const wrote = () => world.store.wroteSince(world.site, 'desk', 'company', '7', since);
      expect(await wrote()).toBe(true);
      await world.store.refuseStep(world.site, intent, { reason: 'refused', retryAt: null });
      expect(await wrote()).toBe(false);
    });

    it('R15 no operator breaks a link whose write nobody knows the outcome of', async () => {
      const { world, planId, number } = await anUpdate(opened);
      const { intent } = await begun(world, planId);
      await world.store.leaveUnknown(world.site, intent);
      expect(await operate(world, number, { verb: 'unlink' })).toMatchObject({ done: false, why: 'in_work' });
    });

    it('R33 tells to whom we wrote, and when', async () => {
      const { world, planId } = await aCreate(opened);
      const { intent } = await begun(world, planId);
      await world.store.confirmStep(world.site, intent, done('desk', 'company', '7', { name: 'Acme' }));
      const wrote = (side: Side, id: string, sinceMs: number) =>
        world.store.wroteSince(world.site, side, 'company', id, new Date(Date.now() + sinceMs).toISOString());
      expect(await wrote('desk', '7', -60_000)).toBe(true);
      expect(await wrote('desk', '7', 60_000)).toBe(false);
      expect(await wrote('desk', '8', -60_000)).toBe(false);
      expect(await wrote('teamwork', '1', -60_000)).toBe(false);
    });
  });
}
