/** Steps: what is checked before a write, and what a confirmed, refused or unknown one leaves. */
import type { Kind, Side } from '../../../src/domain/record';
import type { Plan } from '../../../src/domain/plan';
import type { StepStart } from '../../../src/ports';
import {
  alone,
  company,
  creating,
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

type Started = Extract<StepStart, { intent: string }>;

export function stepsContract(make: MakeStore): void {
  const opened = openedFor(make);

  async function planned(world: World, kind: Kind, side: Side, id: string, plan: Plan): Promise<string> {
    const saved = await world.store.savePlan(world.site, { view: await world.linkOf(kind, side, id), plan });
    if (saved === null || saved.planId === null) throw new Error('The plan has nothing to write.');
    return saved.planId;
  }

  async function begun(world: World, planId: string, index = 0): Promise<Started> {
    const start = await world.store.beginStep(world.site, planId, index);
    if ('refused' in start) throw new Error(`Refused: ${start.refused}.`);
    return start;
  }

  /** A company in Teamwork.com alone, with the plan to create it in Desk. */
  async function aCreate() {
    const world = await opened.world();
    await world.survey('teamwork', 'company', [company('teamwork', '1', 'Acme')]);
    await world.settle('company', 'teamwork', () => alone);
    const planId = await planned(world, 'company', 'teamwork', '1', creating('desk', { name: 'Acme' }));
    const { number } = (await world.linkOf('company', 'teamwork', '1')).link;
    return { world, planId, number };
  }

  /** A linked company, with the plan to write one field to Desk. */
  async function anUpdate(...more: readonly ReturnType<typeof updating>[]) {
    const world = await opened.world();
    const number = await world.linkedCompany('Acme', { teamwork: '1', desk: '7' });
    const plan = writing(updating('desk', { website: 'acme.test' }), ...more);
    return { world, number, planId: await planned(world, 'company', 'desk', '7', plan) };
  }

  const eventsOf = async (world: World, link: number) =>
    (await world.reads.timeline(world.site, link, 100)).map(({ event }) => event).reverse();

  describe('begins', () => {
    it('with what the call needs', async () => {
      const { world, planId, number } = await anUpdate();
      expect(await begun(world, planId)).toMatchObject({
        kind: 'company',
        link: number,
        step: { side: 'desk', action: 'update', values: { website: 'acme.test' } },
        targetId: '7',
        before: { name: 'Acme', website: '', email: '' },
        base: { name: 'Acme' },
      });
    });

    it('I4 once, however many ask at the same time', async () => {
      const { world, planId } = await aCreate();
      const asked = Array.from({ length: 8 }, () => world.store.beginStep(world.site, planId, 0));
      const answers = await Promise.all(asked);
      expect(answers.filter((answer) => 'intent' in answer)).toHaveLength(1);
      expect(
        answers.filter((answer) => 'refused' in answer && answer.refused === 'intent_open'),
      ).toHaveLength(7);
    });

    it('not with a plan that another decision replaced', async () => {
      const { world, planId } = await aCreate();
      const view = await world.linkOf('company', 'teamwork', '1');
      await world.store.savePlan(world.site, { view, plan: waiting });
      expect(await world.store.beginStep(world.site, planId, 0)).toEqual({ refused: 'stale' });
    });

    it('R10 not when one of the records says something else by now', async () => {
      const { world, planId } = await anUpdate();
      await world.store.recordObservation(world.site, company('desk', '7', 'Acme Desk'));
      expect(await world.store.beginStep(world.site, planId, 0)).toEqual({ refused: 'stale' });
    });

    it.each(['site', 'company', 'link'] as const)('R30 not while the %s is paused', async (scope) => {
      const { world, planId, number } = await anUpdate();
      await world.store.setPaused(world.site, pauseOf(scope, number), true);
      expect(await world.store.beginStep(world.site, planId, 0)).toEqual({ refused: 'paused' });
    });

    it('R30 other kinds go on', async () => {
      const { world, planId } = await anUpdate();
      await world.store.setPaused(world.site, 'customer', true);
      expect(await world.store.beginStep(world.site, planId, 0)).toHaveProperty('intent');
    });

    it('R29 not while the site is frozen, and again afterwards', async () => {
      const { world, planId } = await anUpdate();
      await world.store.freeze(world.site, 'The credential is refused.');
      expect(await world.store.beginStep(world.site, planId, 0)).toEqual({ refused: 'frozen' });
      await world.store.freeze(world.site, null);
      expect(await world.store.beginStep(world.site, planId, 0)).toHaveProperty('intent');
    });

    it('R15 not while another open intent gives the same name', async () => {
      const { world, planId } = await aCreate();
      await world.survey('desk', 'company', [company('desk', '7', 'ACME Inc.')]);
      await world.settle('company', 'desk', () => alone);
      const back = await planned(world, 'company', 'desk', '7', creating('teamwork', { name: 'ACME Inc.' }));
      const intent = await begun(world, back);
      expect(await world.store.beginStep(world.site, planId, 0)).toEqual({ refused: 'identity_claimed' });
      await world.store.closeIntent(world.site, intent.intent);
      expect(await world.store.beginStep(world.site, planId, 0)).toEqual({ refused: 'stale' });
    });

    it('A24 not when the other side has a record of that name that the decision did not know of', async () => {
      const { world, planId } = await aCreate();
      await world.survey('desk', 'company', [company('desk', '7', 'ACME Inc.')]);
      expect(await world.store.beginStep(world.site, planId, 0)).toEqual({ refused: 'stale' });
    });

    it('A24 in spite of a record that the decision was made in the face of', async () => {
      const world = await opened.world();
      await world.survey('desk', 'company', [company('desk', '7', 'ACME Inc.')]);
      await world.survey('teamwork', 'company', [company('teamwork', '1', 'Acme')]);
      await world.settle('company', 'teamwork', () => alone);
      const planId = await planned(world, 'company', 'teamwork', '1', creating('desk', { name: 'Acme' }));
      expect(await world.store.beginStep(world.site, planId, 0)).toHaveProperty('intent');
    });

    it('R15 of two people with the same email only one is created', async () => {
      const world = await opened.world();
      await world.linkedCompany('Acme', { teamwork: '1', desk: '7' });
      await world.survey('teamwork', 'customer', [
        person('teamwork', '3', 'Ada@acme.test', { company: '1' }),
        person('teamwork', '4', 'ada@acme.test', { company: '1' }),
      ]);
      await world.settle('customer', 'teamwork', () => waiting);
      const create = creating('desk', { email: 'ada@acme.test', company: '7' });
      const plans = [
        await planned(world, 'customer', 'teamwork', '3', create),
        await planned(world, 'customer', 'teamwork', '4', create),
      ];
      const answers = await Promise.all(plans.map((planId) => world.store.beginStep(world.site, planId, 0)));
      expect(answers.map((answer) => ('refused' in answer ? answer.refused : 'begun')).sort()).toEqual([
        'begun',
        'identity_claimed',
      ]);
    });

    it('I8 no customer is put into a company whose link is not active', async () => {
      const world = await opened.world();
      await world.survey('teamwork', 'customer', [person('teamwork', '3', 'a@acme.test', { company: '1' })]);
      await world.settle('customer', 'teamwork', () => waiting);
      const create = creating('desk', { email: 'a@acme.test', company: '7' });
      const planId = await planned(world, 'customer', 'teamwork', '3', create);
      expect(await world.store.beginStep(world.site, planId, 0)).toEqual({ refused: 'stale' });
    });
  });

  describe('a confirmed create', () => {
    it('makes the link active, with the bases of both sides', async () => {
      const { world, planId, number } = await aCreate();
      const { intent } = await begun(world, planId);
      await world.store.confirmStep(world.site, intent, done('desk', 'company', '7', { name: 'Acme' }));
      const view = await world.linkOf('company', 'desk', '7');
      expect(view.link).toMatchObject({
        number,
        phase: 'active',
        ids: { teamwork: '1', desk: '7' },
        bases: { teamwork: { name: 'Acme' }, desk: { name: 'Acme' } },
        status: 'in_sync',
        reason: 'agreed',
      });
      expect(view.records.desk?.fields).toEqual({ name: 'Acme' });
      expect(await eventsOf(world, number)).toEqual(['decided', 'decided', 'created']);
    });

    it('told twice, counts once', async () => {
      const { world, planId, number } = await aCreate();
      const { intent } = await begun(world, planId);
      const told = done('desk', 'company', '7', { name: 'Acme' });
      await world.store.confirmStep(world.site, intent, told);
      await world.store.confirmStep(world.site, intent, told);
      expect(await eventsOf(world, number)).toEqual(['decided', 'decided', 'created']);
      expect(await world.store.beginStep(world.site, planId, 0)).toEqual({ refused: 'already_done' });
    });

    it('needs no other decision for either record', async () => {
      const { world, planId } = await aCreate();
      const { intent } = await begun(world, planId);
      await world.store.confirmStep(world.site, intent, done('desk', 'company', '7', { name: 'Acme' }));
      expect(await world.undecided('company', 'teamwork')).toEqual([]);
      expect(await world.undecided('company', 'desk')).toEqual([]);
    });

    it('A29 no read that began before it ended overwrites the record', async () => {
      const { world, planId } = await aCreate();
      const { intent } = await begun(world, planId);
      const before = company('desk', '7', 'Acme before');
      await world.store.confirmStep(world.site, intent, done('desk', 'company', '7', { name: 'Acme' }));
      await world.survey('desk', 'company', [before]);
      expect((await world.linkOf('company', 'desk', '7')).records.desk?.fields.name).toBe('Acme');
    });

    it('takes over the row that a survey gave the record meanwhile', async () => {
      const { world, planId, number } = await aCreate();
      const { intent } = await begun(world, planId);
      await world.survey('desk', 'company', [company('desk', '7', 'Acme')]);
      await world.settle('company', 'desk', () => alone);
      await world.store.confirmStep(world.site, intent, done('desk', 'company', '7', { name: 'Acme' }));
      const rows = await world.reads.resolve(world.site, 'desk:7');
      expect(rows.map(({ link }) => [link.number, link.phase])).toEqual([[number, 'active']]);
    });

    it('R16 wakes those who waited for the company', async () => {
      const { world, planId } = await aCreate();
      await world.survey('teamwork', 'customer', [person('teamwork', '3', 'a@acme.test', { company: '1' })]);
      await world.settle('customer', 'teamwork', () => waiting);
      const { intent } = await begun(world, planId);
      await world.store.confirmStep(world.site, intent, done('desk', 'company', '7', { name: 'Acme' }));
      expect(await world.dueLinks()).toEqual([(await world.linkOf('customer', 'teamwork', '3')).link.number]);
    });
  });

  describe('a confirmed update', () => {
    it('R10 moves the bases of the fields written and of no other', async () => {
      const { world, planId } = await anUpdate();
      const { intent } = await begun(world, planId);
      const read = { name: 'Acme', website: 'acme.test' };
      const told = done('desk', 'company', '7', read, { base: { website: 'acme.test' } });
      await world.store.confirmStep(world.site, intent, told);
      const { link } = await world.linkOf('company', 'desk', '7');
      expect(link.bases.desk).toEqual({ name: 'Acme', website: 'acme.test' });
      expect(link.bases.teamwork).toEqual({ name: 'Acme', website: 'acme.test' });
    });

    it('leaves the next step of the same plan valid', async () => {
      const { world, planId } = await anUpdate(updating('teamwork', { email: 'a@acme.test' }));
      const first = await begun(world, planId, 0);
      await world.store.confirmStep(
        world.site,
        first.intent,
        done('desk', 'company', '7', { website: 'acme.test' }),
      );
      expect((await world.linkOf('company', 'desk', '7')).link.status).toBe('pending');
      const second = await begun(world, planId, 1);
      await world.store.confirmStep(
        world.site,
        second.intent,
        done('teamwork', 'company', '1', { email: 'a@acme.test' }),
      );
      expect((await world.linkOf('company', 'desk', '7')).link.status).toBe('in_sync');
    });

    it('R8 a set written on both sides agrees only when both are confirmed', async () => {
      const world = await opened.world();
      await world.linkedCompany('Acme', { teamwork: '1', desk: '7' });
      await world.survey('teamwork', 'customer', [person('teamwork', '3', 'a@acme.test', { company: '1' })]);
      await world.survey('desk', 'customer', [person('desk', '8', 'a@acme.test', { company: '7' })]);
      await world.settle('customer', 'teamwork', () => ({ ...waiting, pairWith: '8', status: 'in_sync' }));
      const both = { alternativeEmails: ['x@acme.test', 'y@acme.test'] };
      const planId = await planned(
        world,
        'customer',
        'desk',
        '8',
        writing(updating('desk', both), updating('teamwork', both)),
      );
      const first = await begun(world, planId, 0);
      await world.store.confirmStep(world.site, first.intent, done('desk', 'customer', '8', both));
      expect((await world.linkOf('customer', 'desk', '8')).link.bases).toEqual({ teamwork: {}, desk: {} });
      const second = await begun(world, planId, 1);
      await world.store.confirmStep(world.site, second.intent, done('teamwork', 'customer', '3', both));
      expect((await world.linkOf('customer', 'desk', '8')).link.bases).toEqual({
        teamwork: both,
        desk: both,
      });
    });

    it('R13 a field that the side ignored keeps its base, and the link fails with the reason', async () => {
      const { world, planId, number } = await anUpdate();
      const { intent } = await begun(world, planId);
      const told = done('desk', 'company', '7', { website: '' }, { base: {}, ignored: ['website'] });
      await world.store.confirmStep(world.site, intent, told);
      const { link } = await world.linkOf('company', 'desk', '7');
      expect(link).toMatchObject({ status: 'failing', reason: 'remote_ignored' });
      expect(link.bases.desk).toEqual({ name: 'Acme' });
      expect(await eventsOf(world, number)).toEqual(['linked', 'decided', 'updated', 'ignored']);
    });

    it('R13 an edit made meanwhile has the link decided again', async () => {
      const { world, planId, number } = await anUpdate();
      const { intent } = await begun(world, planId);
      const told = done('desk', 'company', '7', { website: 'other.test' }, { decideAgain: true });
      await world.store.confirmStep(world.site, intent, { ...told, base: { website: 'acme.test' } });
      expect((await world.linkOf('company', 'desk', '7')).link.status).toBe('pending');
      expect(await world.dueLinks()).toEqual([number]);
    });
  });

  describe('a write without a confirmation', () => {
    it('refused: the link fails with the reason and is tried again at that time', async () => {
      const { world, planId, number } = await aCreate();
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
      const { world, planId } = await aCreate();
      const { intent } = await begun(world, planId);
      await world.store.refuseStep(world.site, intent, {
        reason: 'refused',
        retryAt: '2200-01-01T00:00:00Z',
      });
      const left = await world.store.drainState(world.site, world.run);
      expect(left).toEqual({ open: 0, ready: 0, later: 0, nextAt: null });
    });

    it('R15 unknown: it stays open, and is to be looked for once it has settled', async () => {
      const { world, planId, number } = await aCreate();
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
      const view = await world.linkOf('company', 'teamwork', '1');
      await world.store.savePlan(world.site, { view, plan: { ...waiting, situation: 'outcome_unknown' } });
      await world.store.finishDue(world.site, link);
      expect(await world.store.drainState(world.site, world.run)).toMatchObject({
        open: 0,
        ready: 0,
        later: 1,
      });
    });

    it('R15 found to have taken effect: adopted', async () => {
      const { world, planId, number } = await aCreate();
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
      const { world, planId } = await aCreate();
      const { intent } = await begun(world, planId);
      await world.store.leaveUnknown(world.site, intent);
      await world.store.closeIntent(world.site, intent);
      expect(await world.store.beginStep(world.site, planId, 0)).toHaveProperty('intent');
    });

    it('R15 settled, it is to be looked for now', async () => {
      const quick = await make({ settleMs: 0 });
      const { world, planId, number } = await aCreate();
      const { intent } = await begun(world, planId);
      await quick.store.leaveUnknown(world.site, intent);
      expect((await quick.store.view(world.site, number))?.intent?.settled).toBe(true);
      expect(await world.dueLinks()).toEqual([number]);
      await quick.close();
    });
  });
}
