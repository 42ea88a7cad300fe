/** What operators decide: whose value a field has, who is brought to Teamwork.com (R5, R7, R11). */
import type { OperationResult } from '../../../src/ports/operations';
import type { Plan } from '../../../src/domain/plan';
import {
  agreed,
  alone,
  company,
  lostInDesk,
  pairedWith,
  person,
  updating,
  writing,
  type MakeStore,
} from '../../support/store-world';
import { deleted, linkAt, linkedPerson, operate, rest, soon } from './operated';
import { openedFor } from './opened';
import { done } from './step-done';
import { begun, planned } from './step-world';

export function operationsDecidedContract(make: MakeStore): void {
  const opened = openedFor(make);
  const whyNot = (result: OperationResult) => (result.done ? 'done' : result.why);

  describe('choose', () => {
    const choice = (side: 'teamwork' | 'desk', field: 'lastName' | 'company' | 'alternativeEmails') =>
      ({ verb: 'choose', field, side }) as const;

    it('R11 of two values takes that of the side, in each side’s own terms', async () => {
      const { world, person: link } = await linkedPerson(await opened.world(), { desk: { lastName: 'Bee' } });
      expect(whyNot(await operate(world, link, choice('desk', 'lastName')))).toBe('done');
      expect((await linkAt(world, link)).choices).toEqual({ lastName: { teamwork: 'Bee', desk: 'Bee' } });
      expect(await world.dueLinks()).toEqual([link]);
    });

    it('R11 where both agree takes what the side lost, once', async () => {
      const { world, person: link } = await linkedPerson(await opened.world());
      expect(whyNot(await operate(world, link, choice('desk', 'lastName')))).toBe('nothing_to_choose');
      const view = await world.linkOf('customer', 'desk', '8');
      const plan: Plan = { ...agreed, losers: [lostInDesk('lastName', 'Bee', 'Byron')] };
      await world.store.savePlan(world.site, { view, plan });
      expect(whyNot(await operate(world, link, choice('teamwork', 'lastName')))).toBe('nothing_to_choose');
      expect(whyNot(await operate(world, link, choice('desk', 'lastName')))).toBe('done');
      expect((await linkAt(world, link)).choices).toEqual({ lastName: { teamwork: 'Bee', desk: 'Bee' } });
    });

    it('R11 it is the value that was lost last, also by a row that was merged into the link', async () => {
      const world = await opened.world();
      await world.survey('teamwork', 'customer', [person('teamwork', '3', 'a@acme.test')]);
      await world.survey('desk', 'customer', [person('desk', '8', 'a@acme.test')]);
      await world.settle('customer', 'teamwork', () => alone);
      const save = async (side: 'teamwork' | 'desk', plan: Plan) =>
        world.store.savePlan(world.site, {
          view: await world.linkOf('customer', side, side === 'desk' ? '8' : '3'),
          plan,
        });
      await world.settle('customer', 'desk', () => alone);
      for (const value of ['Bee', 'Cee']) {
        await save('desk', { ...alone, losers: [lostInDesk('lastName', value, 'Byron')] });
      }
      await save('teamwork', pairedWith('8'));
      const { link } = await world.linkOf('customer', 'desk', '8');
      expect(whyNot(await operate(world, link.number, choice('desk', 'lastName')))).toBe('done');
      const choices = { lastName: { teamwork: 'Cee', desk: 'Cee' } };
      expect((await linkAt(world, link.number)).choices).toEqual(choices);
      const took: Plan = { ...agreed, agreed: { teamwork: { lastName: 'Cee' }, desk: { lastName: 'Cee' } } };
      await save('desk', took);
      expect((await linkAt(world, link.number)).choices).toEqual({});
    });

    it('R11 what was chosen is chosen no more once it is written', async () => {
      const { world, person: link } = await linkedPerson(await opened.world(), { desk: { lastName: 'Bee' } });
      expect(whyNot(await operate(world, link, choice('desk', 'lastName')))).toBe('done');
      const bee = { lastName: 'Bee' };
      const plan = writing(updating('teamwork', bee));
      const { intent } = await begun(world, await planned(world, 'customer', 'desk', '8', plan));
      await world.store.confirmStep(world.site, intent, done('teamwork', 'customer', '3', bee));
      expect((await linkAt(world, link)).choices).toEqual({});
    });

    it('R27 a company is chosen by its counterpart, and needs one', async () => {
      const { world, person: link } = await linkedPerson(await opened.world());
      await world.linkedCompany('Other', { teamwork: '2', desk: '9' });
      await rest(world);
      const moved = (to: string) =>
        world.store.recordObservation(world.site, person('desk', '8', 'a@acme.test', { company: to }));
      await moved('10');
      expect(whyNot(await operate(world, link, choice('desk', 'company')))).toBe('company_not_linked');
      await moved('9');
      expect(whyNot(await operate(world, link, choice('desk', 'company')))).toBe('done');
      expect((await linkAt(world, link)).choices).toEqual({ company: { teamwork: '2', desk: '9' } });
    });

    it('is refused of a set, of a tombstone, and of a blank that is essential', async () => {
      const { world, person: link } = await linkedPerson(await opened.world(), { desk: { lastName: '' } });
      expect(whyNot(await operate(world, link, choice('desk', 'alternativeEmails')))).toBe('not_choosable');
      expect(whyNot(await operate(world, link, choice('desk', 'lastName')))).toBe('nothing_to_choose');
      await operate(world, link, { verb: 'unlink' });
      expect(whyNot(await operate(world, link, choice('teamwork', 'lastName')))).toBe('not_linked');
    });
  });

  describe('ask', () => {
    const ask = { verb: 'ask' } as const;
    const standingAlone = async (name: string) => {
      const world = await opened.world();
      await world.survey('desk', 'company', [company('desk', '7', name)]);
      await world.settle('company', 'desk', () => alone);
      return { world, link: (await world.linkOf('company', 'desk', '7')).link.number };
    };

    it('R5 a Desk company that stands alone is asked for, and due', async () => {
      const { world, link } = await standingAlone('Acme');
      expect(whyNot(await operate(world, link, ask))).toBe('done');
      expect((await linkAt(world, link)).asked).toBe('yes');
      expect(await world.dueLinks()).toEqual([link]);
    });

    it('R5 a name that a link or the owner company holds is refused, naming the holder', async () => {
      const { world, link } = await standingAlone('Owner');
      const owner = company('teamwork', '1', 'Owner', { scope: 'owner' });
      await world.survey('teamwork', 'company', [owner]);
      const refused = await operate(world, link, ask);
      expect(refused).toMatchObject({ done: false, why: 'taken', holder: { side: 'teamwork', id: '1' } });
      expect((await linkAt(world, link)).asked).toBeNull();
    });

    it('R5 is refused of what is linked, and of what is not in Desk', async () => {
      const { world, company: link } = await linkedPerson(await opened.world());
      expect(await operate(world, link, ask)).toMatchObject({ why: 'already_linked', holder: { id: '1' } });
      await world.survey('teamwork', 'company', [company('teamwork', '5', 'Elsewhere')]);
      await world.settle('company', 'teamwork', () => alone);
      const lone = (await world.linkOf('company', 'teamwork', '5')).link.number;
      expect(whyNot(await operate(world, lone, ask))).toBe('not_in_desk');
    });

    it('R5 of a company with a tombstone joins it again', async () => {
      const { world, company: link } = await linkedPerson(await opened.world());
      await operate(world, link, { verb: 'unlink' });
      expect(await operate(world, link, ask)).toMatchObject({ done: true, status: 'pending' });
      expect(await linkAt(world, link)).toMatchObject({ phase: 'active', asked: 'yes' });
    });

    it.each([
      ['desk', null],
      ['teamwork', 'yes'],
    ] as const)(
      'R5, R22 it goes with the Desk company: restored after %s lost its one, %s',
      async (side, asked) => {
        const own = await linkedPerson(await opened.world());
        const { world, company: link } = own;
        await operate(world, link, { verb: 'unlink' });
        await operate(world, link, ask);
        await rest(world);
        await deleted(own, 'company', side, link);
        expect(whyNot(await operate(world, link, { verb: 'restore', withPeople: false }))).toBe('done');
        expect(await linkAt(world, link)).toMatchObject({ phase: 'lone', asked });
      },
    );

    it('R7 a customer in a company that stands alone is not wanted', async () => {
      const world = await opened.world();
      await world.survey('desk', 'customer', [person('desk', '8', 'a@acme.test', { company: '7' })]);
      await world.settle('customer', 'desk', () => alone);
      const { link } = await world.linkOf('customer', 'desk', '8');
      expect(whyNot(await operate(world, link.number, ask))).toBe('not_wanted');
    });
  });

  describe('R7 everybody who stayed out', () => {
    const excluded: Plan = { ...alone, reason: 'earlier_customer' };
    const stayedOut = async () => {
      const own = await linkedPerson(await opened.world());
      await own.world.survey('desk', 'customer', [person('desk', '9', 'b@acme.test', { company: '7' })]);
      await own.world.settle('customer', 'desk', () => excluded);
      await rest(own.world);
      const { link } = await own.world.linkOf('customer', 'desk', '9');
      return { ...own, link: link.number };
    };

    it('of a company is asked for', async () => {
      const { world, company: of, link } = await stayedOut();
      expect(await operate(world, of, { verb: 'askForPeople' })).toMatchObject({ done: true, people: 1 });
      expect((await linkAt(world, link)).asked).toBe('yes');
      expect(await world.dueLinks()).toEqual([link]);
      await operate(world, of, { verb: 'unlink' });
      expect(whyNot(await operate(world, of, { verb: 'askForPeople' }))).toBe('not_linked');
    });

    it('R1 … but nobody who is gone or one of the staff', async () => {
      const { world, company: of } = await stayedOut();
      const own = { company: '7' };
      for (const id of ['10', '11']) {
        await world.store.recordObservation(world.site, person('desk', id, `p${id}@acme.test`, own));
      }
      await world.settle('customer', 'desk', () => excluded);
      await world.store.recordGone(world.site, 'desk', 'customer', '10', soon());
      const staff = { ...person('desk', '11', 'p11@acme.test', own), scope: 'staff' as const };
      await world.store.recordObservation(world.site, { ...staff, readAt: soon() });
      expect(await operate(world, of, { verb: 'askForPeople' })).toMatchObject({ done: true, people: 1 });
    });

    it('of a site is counted, and asked for once', async () => {
      const { world, link } = await stayedOut();
      expect(await world.operations.excludedCustomers(world.site)).toBe(1);
      expect(await world.operations.askForExcluded(world.site)).toBe(1);
      expect(await world.operations.askForExcluded(world.site)).toBe(0);
      const [due] = await world.store.claimDue(world.site, null, 10);
      expect(due).toMatchObject({ link, read: ['desk'] });
    });
  });

  it('a record named by its id gets its link, or has it already', async () => {
    const { world, person: link } = await linkedPerson(await opened.world());
    expect(await world.operations.linkFor(world.site, 'customer', 'desk', '8')).toBe(link);
    const fresh = await world.operations.linkFor(world.site, 'customer', 'desk', '99');
    expect(await world.operations.unfinished(world.site, [fresh])).toBe(1);
    await world.store.claimDue(world.site, null, 10);
    await world.store.parkUntil(world.site, fresh, '2200-01-01T00:00:00Z', []);
    expect(await world.operations.unfinished(world.site, [fresh])).toBe(0);
  });

  it('R31 whatever fails is due', async () => {
    const { world, person: link } = await linkedPerson(await opened.world());
    const view = await world.linkOf('customer', 'desk', '8');
    const failing: Plan = { ...agreed, status: 'failing', reason: 'refused' };
    await world.store.savePlan(world.site, { view, plan: failing });
    await rest(world);
    expect(await world.operations.retryFailing(world.site)).toBe(1);
    expect(await world.dueLinks()).toEqual([link]);
  });
}
