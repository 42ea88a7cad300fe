/** What is checked before a write is sent, under the locks that make it hold. */
import {
  alone,
  company,
  creating,
  pauseOf,
  person,
  waiting,
  type MakeStore,
} from '../../support/store-world';
import { openedFor } from './opened';
import { operate } from './operated';
import { aCreate, anUpdate, begun, planned } from './step-world';

export function stepsBegunContract(make: MakeStore): void {
  const opened = openedFor(make);

  describe('begins', () => {
    it('with what the call needs', async () => {
      const { world, planId, number } = await anUpdate(opened);
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
      const { world, planId } = await aCreate(opened);
      const asked = Array.from({ length: 8 }, () => world.store.beginStep(world.site, planId, 0));
      const answers = await Promise.all(asked);
      expect(answers.filter((answer) => 'intent' in answer)).toHaveLength(1);
      expect(
        answers.filter((answer) => 'refused' in answer && answer.refused === 'intent_open'),
      ).toHaveLength(7);
    });

    it('not with a plan that another decision replaced', async () => {
      const { world, planId } = await aCreate(opened);
      const view = await world.linkOf('company', 'teamwork', '1');
      await world.store.savePlan(world.site, { view, plan: waiting });
      expect(await world.store.beginStep(world.site, planId, 0)).toEqual({ refused: 'stale' });
    });

    it('R10 not when one of the records says something else by now', async () => {
      const { world, planId } = await anUpdate(opened);
      await world.store.recordObservation(world.site, company('desk', '7', 'Acme Desk'));
      expect(await world.store.beginStep(world.site, planId, 0)).toEqual({ refused: 'stale' });
    });

    it('R10 … nor when the one that it is taken from does', async () => {
      const { world, planId } = await anUpdate(opened);
      await world.store.recordObservation(world.site, company('teamwork', '1', 'Acme Ltd'));
      expect(await world.store.beginStep(world.site, planId, 0)).toEqual({ refused: 'stale' });
    });

    it('R10 whatever is read of a person with the same ids', async () => {
      const { world, planId } = await anUpdate(opened);
      for (const [side, id] of [
        ['teamwork', '1'],
        ['desk', '7'],
      ] as const) {
        await world.store.recordObservation(world.site, person(side, id, 'a@acme.test'));
      }
      expect(await world.store.beginStep(world.site, planId, 0)).toHaveProperty('intent');
    });

    it.each(['site', 'company', 'link'] as const)('R30 not while the %s is paused', async (scope) => {
      const { world, planId, number } = await anUpdate(opened);
      await world.store.setPaused(world.site, pauseOf(scope, number), true);
      expect(await world.store.beginStep(world.site, planId, 0)).toEqual({ refused: 'paused' });
    });

    it('R30 other kinds go on', async () => {
      const { world, planId } = await anUpdate(opened);
      await world.store.setPaused(world.site, 'customer', true);
      expect(await world.store.beginStep(world.site, planId, 0)).toHaveProperty('intent');
    });

    it('R29 not while the site is frozen, and again afterwards', async () => {
      const { world, planId } = await anUpdate(opened);
      await world.store.freeze(world.site, 'The credential is refused.');
      expect(await world.store.beginStep(world.site, planId, 0)).toEqual({ refused: 'frozen' });
      await world.store.freeze(world.site, null);
      expect(await world.store.beginStep(world.site, planId, 0)).toHaveProperty('intent');
    });

    it('R15 not while another open intent gives the same name', async () => {
      const { world, planId } = await aCreate(opened);
      await world.survey('desk', 'company', [company('desk', '7', 'ACME Inc.')]);
      await world.settle('company', 'desk', () => alone);
      const back = await planned(world, 'company', 'desk', '7', creating('teamwork', { name: 'ACME Inc.' }));
      const intent = await begun(world, back);
      expect(await world.store.beginStep(world.site, planId, 0)).toEqual({ refused: 'identity_claimed' });
      await world.store.closeIntent(world.site, intent.intent);
      expect(await world.store.beginStep(world.site, planId, 0)).toEqual({ refused: 'stale' });
    });

    it.each([
      ['900', { refused: 'identity_claimed' }],
      ['5', { intent: expect.any(String) as string }],
    ])(
      'R15 not from what an open create may have made, and somebody renamed since: made by user %s',
      async (createdBy, told) => {
        const world = await opened.world();
        await world.survey('desk', 'company', [company('desk', '7', 'Beta')]);
        await world.settle('company', 'desk', () => alone);
        const open = await begun(
          world,
          await planned(world, 'company', 'desk', '7', creating('teamwork', { name: 'Beta' })),
        );
        await world.survey('teamwork', 'company', [{ ...company('teamwork', '9', 'Renamed'), createdBy }]);
        await world.settle('company', 'teamwork', () => alone);
        const plan = creating('desk', { name: 'Renamed' });
        const planId = await planned(world, 'company', 'teamwork', '9', plan);
        expect(await world.store.beginStep(world.site, planId, 0)).toMatchObject(told);
        await world.store.closeIntent(world.site, open.intent);
        const after =
          createdBy === '900' ? { intent: expect.any(String) as string } : { refused: 'intent_open' };
        expect(await world.store.beginStep(world.site, planId, 0)).toMatchObject(after);
      },
    );

    it('I8 nor into one whose link was broken since', async () => {
      const world = await opened.world();
      const number = await world.linkedCompany('Acme', { teamwork: '1', desk: '7' });
      await world.survey('teamwork', 'customer', [person('teamwork', '3', 'a@acme.test', { company: '1' })]);
      await world.settle('customer', 'teamwork', () => waiting);
      const create = creating('desk', { email: 'a@acme.test', company: '7' });
      const planId = await planned(world, 'customer', 'teamwork', '3', create);
      await operate(world, number, { verb: 'unlink' });
      expect(await world.store.beginStep(world.site, planId, 0)).toEqual({ refused: 'stale' });
    });

    it('A24 in spite of a record of that name that is shown as deleted', async () => {
      const { world, planId } = await aCreate(opened);
      await world.survey('desk', 'company', [company('desk', '7', 'ACME Inc.', { deleted: true })]);
      expect(await world.store.beginStep(world.site, planId, 0)).toHaveProperty('intent');
    });

    it('A24 not when the other side has a record of that name that the decision did not know of', async () => {
      const { world, planId } = await aCreate(opened);
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
}
