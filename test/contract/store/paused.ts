/** What an operator's pause of one link holds on to: rows that become one, and what operations on it say (R30, R31). */
import type { Plan } from '../../../src/domain/plan';
import type { OperationResult } from '../../../src/ports/operations';
import {
  agreed,
  alone,
  askedAbout,
  company,
  pairedWith,
  person,
  type MakeStore,
  type World,
} from '../../support/store-world';
import { deleted, linkAt, linkedPerson, linkedPersonTo, operate, rest, soon } from './operated';
import { openedFor } from './opened';
import { done } from './step-done';
import { aCreate, begun } from './step-world';

export function pausedContract(make: MakeStore): void {
  const opened = openedFor(make);
  const linked = async () => linkedPerson(await opened.world());
  const statusOf = (result: OperationResult) => (result.done ? result.status : result.why);

  /** The link of a Desk record that stands alone. */
  async function pausedInDesk(world: World, kind: 'company' | 'customer', id: string): Promise<number> {
    await world.settle(kind, 'desk', () => alone);
    const { number } = (await world.linkOf(kind, 'desk', id)).link;
    await operate(world, number, { verb: 'pause' });
    await rest(world);
    return number;
  }

  /** Held as the row was, until its pause is ended by the number that the operator knows. */
  async function isHeldAs(world: World, row: number, link: number): Promise<void> {
    expect(await linkAt(world, row)).toMatchObject({ number: link, paused: true });
    await world.operations.makeDue(world.site, [link]);
    expect(await world.dueLinks()).toEqual([]);
    expect(await operate(world, row, { verb: 'resume' })).toMatchObject({ link, status: 'pending' });
    expect(await world.dueLinks()).toContain(link);
  }

  describe('R30 a row that was paused holds the link that it is merged into', () => {
    it('when it turns out to be one pair with that', async () => {
      const world = await opened.world();
      await world.survey('teamwork', 'company', [company('teamwork', '1', 'Acme')]);
      await world.settle('company', 'teamwork', () => alone);
      await world.survey('desk', 'company', [company('desk', '7', 'Acme')]);
      const row = await pausedInDesk(world, 'company', '7');
      const view = await world.linkOf('company', 'teamwork', '1');
      await world.store.savePlan(world.site, { view, plan: pairedWith('7') });
      await isHeldAs(world, row, view.link.number);
    });

    it('when its record is what that created', async () => {
      const { world, planId, number } = await aCreate(opened);
      const { intent } = await begun(world, planId);
      await world.survey('desk', 'company', [company('desk', '7', 'Acme')]);
      const row = await pausedInDesk(world, 'company', '7');
      await world.store.confirmStep(world.site, intent, done('desk', 'company', '7', { name: 'Acme' }));
      await isHeldAs(world, row, number);
    });

    it('when its record survived a merge in Desk', async () => {
      const { world, person: link } = await linked();
      const survivor = person('desk', '9', 'b@acme.test', { alternativeEmails: ['a@acme.test'] });
      await world.store.recordObservation(world.site, survivor);
      const row = await pausedInDesk(world, 'customer', '9');
      await world.store.recordGone(world.site, 'desk', 'customer', '8', soon());
      const view = await world.linkOf('customer', 'desk', '8');
      const plan: Plan = { ...agreed, situation: 'merged', moveTo: '9', readAgain: ['desk'] };
      await world.store.savePlan(world.site, { view, plan });
      await isHeldAs(world, row, link);
    });

    it.each(['relink', 'restore'] as const)('when a %s takes its record along, and says so', async (verb) => {
      const own = await linked();
      const { world, person: link } = own;
      await operate(world, link, { verb: 'unlink' });
      await world.survey('desk', 'customer', [person('desk', '9', 'b@acme.test', { company: '7' })]);
      await world.settle('customer', 'desk', () => alone);
      const row = await linkedPersonTo(world, '9');
      await deleted(own, 'customer', 'desk', row);
      await operate(world, row, { verb: 'restore', withPeople: false });
      await operate(world, row, { verb: 'pause' });
      if (verb === 'restore') await world.store.recordGone(world.site, 'desk', 'customer', '8', soon());
      await rest(world);
      const joined = await operate(world, link, { verb, withPeople: false });
      expect(joined).toMatchObject({ done: true, link, status: 'paused' });
      await isHeldAs(world, row, link);
    });
  });
  it('R30 … and one that was not paused holds nothing', async () => {
    const { world, planId, number } = await aCreate(opened);
    const { intent } = await begun(world, planId);
    await world.survey('desk', 'company', [company('desk', '7', 'Acme')]);
    await world.settle('company', 'desk', () => alone);
    const row = (await world.linkOf('company', 'desk', '7')).link.number;
    await world.store.confirmStep(world.site, intent, done('desk', 'company', '7', { name: 'Acme' }));
    expect(await linkAt(world, row)).toMatchObject({ number, paused: false });
  });

  describe('R31 of a paused link is said that it is paused', () => {
    const ask = { verb: 'ask' } as const;

    it('retried, chosen a value for, and told a second time, until it is broken', async () => {
      const { world, person: link } = await linkedPerson(await opened.world(), { desk: { lastName: 'Bee' } });
      await operate(world, link, { verb: 'pause' });
      expect(statusOf(await operate(world, link, { verb: 'retry' }))).toBe('paused');
      const choice = { verb: 'choose', field: 'lastName', side: 'desk' } as const;
      for (const n of [1, 2]) {
        const chosen = await world.operations.operate(world.site, link, choice, 'the-one');
        expect([n, statusOf(chosen)]).toEqual([n, 'paused']);
      }
      expect(statusOf(await operate(world, link, { verb: 'unlink' }))).toBe('broken');
    });

    it('answered a question about', async () => {
      const world = await opened.world();
      await world.survey('desk', 'company', [company('desk', '7', 'Acme')]);
      await world.settle('company', 'desk', () => alone);
      await world.survey('teamwork', 'company', [company('teamwork', '1', 'Acme Inc')]);
      await world.settle('company', 'teamwork', () => askedAbout('7'));
      const { number } = (await world.linkOf('company', 'teamwork', '1')).link;
      await operate(world, number, { verb: 'pause' });
      const apart = { verb: 'answer', verdict: 'apart', id: null } as const;
      expect(statusOf(await operate(world, number, apart))).toBe('paused');
    });

    it('asked for, where the rules want it', async () => {
      const world = await opened.world();
      await world.survey('desk', 'company', [company('desk', '7', 'Acme')]);
      const link = await pausedInDesk(world, 'company', '7');
      expect(statusOf(await operate(world, link, ask))).toBe('paused');
      await world.survey('teamwork', 'company', [company('teamwork', '1', 'Acme', { scope: 'owner' })]);
      expect(statusOf(await operate(world, link, ask))).toBe('taken');
    });
  });
}
